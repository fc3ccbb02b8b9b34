package mockserver_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver"
	"github.com/rolecall/rolecall/schemas"
)

// TestTheListsOfAPIsAgree: the mock's, the contracts' and the fixtures'.
func TestTheListsOfAPIsAgree(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(schemas.APIs(), mockserver.APIs()); diff != "" {
		t.Errorf("contracts and mocks are not of the same APIs:\n%s", diff)
	}
	for _, api := range mockserver.APIs() {
		dir, err := fixtures.FS(api)
		if err != nil {
			t.Error(err)
			continue
		}
		editions := fixtures.Editions(dir)
		if !strings.Contains(strings.Join(editions, " "), "documented") {
			t.Errorf("%s has the editions %v; documented is missing", api, editions)
		}
		for _, edition := range editions {
			m, err := mockserver.New(mockserver.Options{APIs: []string{api}, Editions: map[string]string{api: edition}})
			if err != nil {
				t.Errorf("%s in edition %s is not served: %v", api, edition, err)
				continue
			}
			if s := m.Served(); len(s) != 1 || s[0].API != api || s[0].Edition != edition || len(s[0].Credentials) == 0 {
				t.Errorf("%s in edition %s is served as %v", api, edition, s)
			}
		}
	}
}

func TestDefectsHaveIDsOfTheirOwn(t *testing.T) {
	t.Parallel()
	m, err := mockserver.New(mockserver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range m.Defects() {
		if d.ID == "" || d.Breaks == "" || d.Summary == "" || seen[d.ID] {
			t.Errorf("defect %+v lacks something or is there twice", d)
		}
		seen[d.ID] = true
	}
}

func TestWhatDoesNotExistIsRefusedWithASuggestion(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name    string
		options mockserver.Options
		says    string
	}{
		{"an API", mockserver.Options{APIs: []string{"rapid"}}, `there is no API "rapid"; did you mean "rapid7"?`},
		{"an edition", mockserver.Options{Editions: map[string]string{"rapid7": "console-66"}}, `there is no edition "console-66"; the editions are console-6.6, contrary, contrary-2, documented; did you mean "console-6.6"?`},
		{"an edition that leads elsewhere", mockserver.Options{Editions: map[string]string{"rapid7": "../users"}}, `there is no edition`},
		{"an edition of what is not served", mockserver.Options{APIs: []string{"socotra"}, Editions: map[string]string{"rapid7": "documented"}}, `an edition is chosen for "rapid7", which is not served`},
		{"a defect", mockserver.Options{Defects: []string{"r7-any-pasword"}}, `did you mean "r7-any-password"?`},
		{"a defect of what is not served", mockserver.Options{APIs: []string{"socotra"}, Defects: []string{"r7-any-password"}}, `there is no defect "r7-any-password"`},
		{"waivers as an edition", mockserver.Options{Editions: map[string]string{"devicehive": "server-3.5.waivers"}}, `server-3.5`},
	} {
		if _, err := mockserver.New(x.options); err == nil || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: the error is %v, want %q", x.name, err, x.says)
		}
	}
}

func TestAnAPIThatIsNamedTwiceIsServedOnce(t *testing.T) {
	t.Parallel()
	m, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7", "rapid7"}})
	if err == nil && len(m.Served()) != 1 {
		t.Errorf("it is served %d times", len(m.Served()))
	}
}

// own is a folder of fixtures with one file.
func own(file, text string) fs.FS { return fstest.MapFS{file: {Data: []byte(text)}} }

func TestOwnFixturesReplaceTheEmbeddedOnes(t *testing.T) {
	t.Parallel()
	users := "- {id: 7, login: nxadmin, name: Me, password: nxpassword, role: global-admin, source: 1}\n"
	c := serve(t, mockserver.Options{APIs: []string{"rapid7"}, Fixtures: own("rapid7/users.yaml", users)})
	a := c.want(200, "GET", "/api/3/users", "")
	if a.get("page.totalResources").Int() != 1 || a.get("resources.0.name").String() != "Me" {
		t.Errorf("the users are %s", a.body)
	}
	if got := c.want(200, "GET", "/api/3/roles", "").get("resources.#").Int(); got < 6 {
		t.Errorf("there are %d roles; those that are embedded should stay", got)
	}
}

func TestOwnFixturesThatWouldNotBeUsedAreRefused(t *testing.T) {
	t.Parallel()
	for file, says := range map[string]string{
		"rapid/users.yaml":       `rapid: it stands in no fixture's place; did you mean "rapid7"?`,
		"socotra/user.yaml":      `socotra/user.yaml: it stands in no fixture's place; did you mean "users.yaml"?`, // though it is not served
		"rapid7/users.yaml/part": "rapid7/users.yaml: here belongs a file",
	} {
		_, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}, Fixtures: own(file, "[]")})
		if err == nil || !strings.Contains(err.Error(), "\n"+says) {
			t.Errorf("%s: the error is %v", file, err)
		}
	}
}

func TestOwnEditionsStandBesideTheEmbeddedOnes(t *testing.T) {
	t.Parallel()
	dir, err := fixtures.FS("rapid7")
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(dir, "editions/documented.yaml")
	if err != nil {
		t.Fatal(err)
	}
	mine := strings.Replace(string(text), "errorStatus: string", "errorStatus: name", 1)
	c := serve(t, mockserver.Options{
		APIs: []string{"rapid7"}, Editions: map[string]string{"rapid7": "mine"}, Fixtures: own("rapid7/editions/mine.yaml", mine),
	})
	if got := c.want(404, "GET", "/api/3/users/99", "").get("status").String(); got != "NOT_FOUND" {
		t.Errorf("status is %q", got)
	}
	_, err = mockserver.New(mockserver.Options{APIs: []string{"rapid7"}, Editions: map[string]string{"rapid7": "mien"}, Fixtures: own("rapid7/editions/mine.yaml", mine)})
	if err == nil || !strings.Contains(err.Error(), `did you mean "mine"?`) {
		t.Errorf("of a misspelt edition of one's own the error is %v", err)
	}
}

func TestBrokenFixturesAreRefusedWithFileLineAndWhatToWrite(t *testing.T) {
	t.Parallel()
	user := "- id: 1\n  login: a\n  name: A\n  password: p\n  role: user\n  source: 2\n"
	dir, err := fixtures.FS("rapid7")
	if err != nil {
		t.Fatal(err)
	}
	documented, err := fs.ReadFile(dir, "editions/documented.yaml")
	if err != nil {
		t.Fatal(err)
	}
	edited := func(old, new string) string { return strings.Replace(string(documented), old, new, 1) }
	for _, x := range []struct{ name, file, text, says string }{
		{"an unknown key", "users.yaml", user + "  pasword: x\n", `users.yaml:7: unknown key "pasword"; the keys are allAssetGroups`},
		{"text for a number", "users.yaml", "- id: one\n", "users.yaml:1: id: `one` cannot be read as an integer"},
		{"text for a boolean", "users.yaml", user + "  locked: maybe\n", "users.yaml:7: locked: `maybe` cannot be read as true or false"},
		{"text for a list", "users.yaml", user + "  sites: all\n", "users.yaml:7: sites: `all` cannot be read as a list"},
		{"text for a record", "users.yaml", user + "- b\n", "users.yaml:7: `b` cannot be read as a record of keys and values"},
		{"no list at all", "users.yaml", "id: 1\n", "users.yaml:1:"},
		{"an empty record", "users.yaml", "- ~\n" + user, "users.yaml:1:"},
		{"a second document", "users.yaml", user + "---\n" + user, "users.yaml:7:"},
		{"a key twice", "users.yaml", user + "  login: b\n", "users.yaml:7:"},
		{"a tabulator", "users.yaml", "- id: 1\n\tlogin: a\n", "users.yaml:2:"},
		{"an id twice", "users.yaml", user + strings.Replace(user, "login: a", "login: b", 1), "users.yaml:7: id 1 is used twice"},
		{"an id of 0", "users.yaml", strings.Replace(user, "id: 1", "id: 0", 1), "users.yaml:1: id 0 is no 32-bit id above 0"},
		{"no login", "users.yaml", strings.Replace(user, "login: a", "login: ''", 1), "users.yaml:1: login is empty"},
		{"a login twice", "users.yaml", user + strings.Replace(user, "id: 1", "id: 2", 1), `users.yaml:7: login "a" is used twice`},
		{"an unknown role", "users.yaml", strings.Replace(user, "role: user", "role: usr", 1), `users.yaml:1: role "usr" is not in roles.yaml; did you mean "user"?`},
		{"an unknown source", "users.yaml", strings.Replace(user, "source: 2", "source: 9", 1), "users.yaml:1: source 9 is not in authentication_sources.yaml"},
		{"an unknown site", "users.yaml", user + "  sites: [1, 99]\n", "users.yaml:1: site 99 is not in sites.yaml"},
		{"a key that is no base32", "users.yaml", user + "  twoFactorKey: '1'\n", "users.yaml:1: twoFactorKey"},
		{"a locale that is none", "users.yaml", user + "  locale: {default: en_US}\n", "users.yaml:1: locale"},
		{"an unknown privilege", "roles.yaml", "- {id: a, name: A, privileges: [fly]}\n", `roles.yaml:1: privilege "fly"`},
		{"an unknown type of source", "authentication_sources.yaml", "- {id: 1, name: A, type: radius}\n", `authentication_sources.yaml:1: type is "radius"; write one of normal, kerberos`},
		{"a site's id twice", "sites.yaml", "- {id: 1, name: A}\n- {id: 1, name: B}\n", "sites.yaml:2: id 1"},
		{"a bad value in an edition", "editions/documented.yaml", edited("errorStatus: string", "errorStatus: hex"), `documented.yaml:8: errorStatus is "hex"; write string or integer or name`},
		{"a wrong type in an edition", "editions/documented.yaml", edited("lockThreshold: 5", "lockThreshold: five"), "documented.yaml:89: settings.lockThreshold: `five` cannot be read as an integer"},
		{"an unknown setting", "editions/documented.yaml", edited("lockThreshold: 5", "lockTreshold: 5"), `documented.yaml:89: unknown key "lockTreshold"; the keys are `},
		{"a setting that is missing", "editions/documented.yaml", edited("errorStatus: string", ""), `documented.yaml: errorStatus is ""; write string`},
	} {
		_, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}, Fixtures: own("rapid7/"+x.file, x.text)})
		if err == nil || !strings.Contains(err.Error(), x.says) || strings.Contains(err.Error(), `did you mean "documented"`) {
			t.Errorf("%s: the error is\n  %v\nwant\n  %s", x.name, err, x.says)
		}
	}
}
