package devicehive_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/devicehive"
)

// folder is the embedded folder of fixtures with one file edited.
func folder(t *testing.T, file, old, new string) fs.FS {
	t.Helper()
	dir, err := fixtures.FS("devicehive")
	if err != nil {
		t.Fatal(err)
	}
	copied := fstest.MapFS{}
	err = fs.WalkDir(dir, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(dir, path)
		copied[path] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.Replace(string(copied[file].Data), old, new, 1)
	if edited == string(copied[file].Data) {
		t.Fatalf("%s does not contain %q", file, old)
	}
	copied[file].Data = []byte(edited)
	return copied
}

func TestBrokenFilesAreNamed(t *testing.T) {
	for name, c := range map[string]struct{ file, old, new, want string }{
		"an unknown key of a user":  {"users.yaml", "login: dhadmin", "name: dhadmin", `users.yaml:4: unknown key "name"; the keys are `},
		"a role that is none":       {"users.yaml", "role: 1", "role: 2", "role is 2; write 0 for an administrator or 1 for a client"},
		"a status that is none":     {"users.yaml", "status: 1", "status: 3", "status is 3; write 0 for active"},
		"a login used twice":        {"users.yaml", "login: client\n", "login: dhadmin\n", `login "dhadmin" is used twice`},
		"a number used twice":       {"users.yaml", "id: 2", "id: 1", "id 1 is used twice"},
		"a network that is not":     {"users.yaml", "networks: [1, 2]", "networks: [1, 9]", "network 9 does not exist"},
		"a device type that is not": {"users.yaml", "deviceTypes: [2, 5]", "deviceTypes: [2, 50]", "device type 50 does not exist"},
		"a date with a zone":        {"users.yaml", "39:49.123", "39:49.123Z", `write it as in "2018-05-25T11:39:49.123"`},
		"a network without a name":  {"networks.yaml", "name: Attic", `name: ""`, "networks.yaml:5: name is empty"},
		"an unknown setting":        {"editions/documented.yaml", "clientMayChange", "clientsMayChange", `unknown key "clientsMayChange"`},
		"an unknown action":         {"editions/documented.yaml", "list: [ManageUser]", "list: [ManageUsers]", `requiredActions of list: there is no action "ManageUsers"`},
		"an unknown operation":      {"editions/documented.yaml", "    list: [", "    lists: [", `requiredActions names "lists"; write some of list, insert,`},
		"no action":                 {"editions/documented.yaml", "list: [ManageUser]", "list: []", "requiredActions lacks list"},
		"an unknown property":       {"editions/documented.yaml", "listFields: [id", "listFields: [password", `listFields names "password"; write some of allDeviceTypesAvailable, data, id,`},
		"what no client changes":    {"editions/documented.yaml", "clientMayChange: [password]", "clientMayChange: [id]", `clientMayChange names "id"`},
		"a secret too short":        {"editions/documented.yaml", "jwtSecret: devicehive", "jwtSecret: dh", "base64 makes no key of it"},
		"a refusal of no rule":      {"editions/documented.yaml", "refusals: {}", "refusals: {AUTH-01: {}}", `refusals names "AUTH-01"; write the id of a rule, or one of [header`},
		"a form that is none":       {"editions/documented.yaml", "refusals: {}", "refusals: {query: {form: page}}", `refusals of query: form is "page"; write one of [application container none]`},
		"a refusal that is none":    {"editions/documented.yaml", "refusals: {}", "refusals: {DH-AUTH-01: {status: 200}}", "refusals of DH-AUTH-01: status is 200; write one from 400 to 599"},
		"a success that is none":    {"editions/documented.yaml", "refusals: {}", "successes: {list: 400}", "successes has 400 of list; write a status from 200 to 299"},
		"a success of nothing":      {"editions/documented.yaml", "refusals: {}", "successes: {lists: 200}", `successes names "lists"; write some of list,`},
		"a failure that is none":    {"editions/documented.yaml", "refusals: {}", "failures: {power: out}", `failures names "power"; write some of range, commit,`},
		"a rule that nobody lifts":  {"editions/documented.yaml", "refusals: {}", "permits: [DH-USER-06]", `permits names "DH-USER-06"; write some of DH-AUTH-05,`},
		"a time that is none":       {"editions/documented.yaml", "refusals: {}", "containerTime: noon", `containerTime names "noon"; write some of milliseconds, text`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, c.file, c.old, c.new)
			api, err := devicehive.New(dir, "documented")
			if err == nil {
				_, err = api.Load(dir)
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestSettingsCanBeChangedWhileTheMockRuns(t *testing.T) {
	dir, err := fixtures.FS("devicehive")
	if err != nil {
		t.Fatal(err)
	}
	api, err := devicehive.New(dir, "documented")
	if err != nil {
		t.Fatal(err)
	}
	state, err := api.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := state.Configure([]byte(`{"lockThreshold": 3, "oldPasswordRequired": false}`)); err != nil {
		t.Error(err)
	}
	if _, err := state.Configure([]byte(`{"lockTreshold": 3}`)); err == nil || !strings.Contains(err.Error(), "lockTreshold") {
		t.Errorf("a misspelt setting: %v", err)
	}
}
