package target_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/schemas"
)

// apis is an API with every kind of fact.
func apis(t testing.TB) []*target.API {
	t.Helper()
	return []*target.API{{
		Name: "fake", Contract: &schemas.Contract{Title: "Things", BasePaths: []string{"/fake"}}, Roles: []string{"keeper", "visitor"},
		Facts: []target.Fact{
			{Name: "label", Kind: target.Text, Example: "blue"}, {Name: "labels", Kind: target.Texts, Example: "[blue, red]"},
			{Name: "limit", Kind: target.Integer, Example: "5"}, {Name: "sites", Kind: target.IDs, Example: "[1, 2]"},
			{Name: "strict", Kind: target.Flag, Example: "true"},
		},
		Mock: target.Endpoint{Credentials: map[string]target.Credential{"keeper": {Login: "keeper", Password: "known-of-the-mock"}}},
	}}
}

func write(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestATargetFileSaysWhereWhoAndWhat(t *testing.T) {
	t.Setenv("FAKE_TEST_PASSWORD", "from the environment")
	dir := t.TempDir()
	write(t, dir, "token", "from a file\n")
	path := write(t, dir, "target.yaml", `
timeout: 3s
rate: 2.5
tls: {insecure: true}
apis:
  fake:
    url: https://things.example.com/fake/
    edition: "2"
    credentials:
      keeper:
        login: keeper
        password: {env: FAKE_TEST_PASSWORD}
        token: {file: token}
    facts:
      label: blue
      labels: [blue, red]
      limit: 5
      sites: [1, 2]
      strict: true
`)
	got, err := target.Load(path, apis(t))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]*target.Endpoint{"fake": {
		URL: "https://things.example.com/fake", Edition: "2",
		Credentials: map[string]target.Credential{"keeper": {Login: "keeper", Password: "from the environment", Token: "from a file"}},
		Facts:       map[string]any{"label": "blue", "labels": []string{"blue", "red"}, "limit": int64(5), "sites": []int64{1, 2}, "strict": true},
	}}
	if diff := cmp.Diff(want, got.Endpoints); diff != "" {
		t.Errorf("the target is another (-want +got):\n%s", diff)
	}
	if got.Timeout != 3*time.Second || got.Rate != 2.5 || !cmp.Equal(got.CurlOptions, []string{"--insecure"}) {
		t.Errorf("the target is %+v", got)
	}
}

const fine = `timeout: 10s
rate: 5
tls:
  insecure: false
apis:
  fake:
    url: http://things.example.com/fake
    credentials:
      keeper: {login: keeper, password: secret}
    facts:
      limit: 5
`

func TestBrokenTargetFilesAreRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "no.pem", "this is no certificate")
	c := apis(t)
	for _, x := range []struct {
		name, old, new string
		says           []string
	}{
		{"an empty file", fine, "", []string{"apis is empty", "url"}},
		{"no APIs", "apis:\n  fake:\n    url: http://things.example.com/fake\n    credentials:\n      keeper: {login: keeper, password: secret}\n    facts:\n      limit: 5\n", "apis: {}\n", []string{"apis is empty"}},
		{"an unknown key", "rate: 5", "rates: 5", []string{".yaml:2: ", `unknown key "rates"`, "apis, proxy, rate, timeout, tls"}},
		{"two unknown keys", "rate: 5\ntls:", "rates: 5\ntsl:", []string{".yaml:2: ", "rates", ".yaml:3: unknown key", "apis, proxy, rate, timeout, tls"}},
		{"an unknown key of tls", "insecure: false", "unsafe: true", []string{".yaml:4: ", "unknown key; the keys are ca, certificate, insecure, key"}},
		{"an unknown key of an API", "    url:", "    uri: x\n    url:", []string{".yaml:7: ", "uri", "credentials, edition, facts, mock, settle, url"}},
		{"an unknown key of a credential", "login: keeper,", "user: keeper,", []string{".yaml:9: ", "unknown key; the keys are login, password, token"}},
		{"a key that is given twice", "rate: 5", "rate: 5\nrate: 6", []string{".yaml:3: ", "already"}},
		{"an unknown key of a secret", "password: secret", "password: {enc: X}", []string{".yaml:9: ", "unknown key", "{env: NAME}"}},
		{"a duration without a unit", "timeout: 10s", "timeout: 10", []string{"timeout", `"10s"`}},
		{"a duration that is none", "timeout: 10s", "timeout: soon", []string{"timeout", `"10s"`}},
		{"a negative duration", "timeout: 10s", "timeout: -1s", []string{"timeout", `"10s"`}},
		{"a rate that is no number", "rate: 5", "rate: fast", []string{".yaml:2: rate: text cannot be read as a number"}},
		{"a negative rate", "rate: 5", "rate: -5", []string{"rate", "requests a second"}},
		{"a rate without end", "rate: 5", "rate: .nan", []string{"rate", "requests a second"}},
		{"a list instead of APIs", "apis:\n  fake:\n    url: http://things.example.com/fake\n    credentials:\n      keeper: {login: keeper, password: secret}\n    facts:\n      limit: 5\n", "apis: [fake]\n", []string{".yaml:5: "}},
		{"an unknown API", "  fake:", "  fkae:", []string{`"fkae"`, `did you mean "fake"`}},
		{"no url", "    url: http://things.example.com/fake\n", "", []string{"apis.fake", "url is missing", "/fake"}},
		{"a url without a scheme", "http://things", "things", []string{"apis.fake", "http://"}},
		{"a url of another scheme", "http://things", "ftp://things", []string{"apis.fake", "http://"}},
		{"a url without a host", "http://things.example.com/fake", "http:///fake", []string{"apis.fake", "a host"}},
		{"a url with a password in it", "http://things", "http://keeper:hunter2@things", []string{"apis.fake", "credentials"}},
		{"a url with a query", "com/fake", "com/fake?x=1", []string{"apis.fake", "?"}},
		{"an unknown role", "keeper: {", "keper: {", []string{"apis.fake", `did you mean "keeper"`}},
		{"an environment variable that is not set", "password: secret", "password: {env: FAKE_TEST_NOT_SET}", []string{"apis.fake", "credentials.keeper", "FAKE_TEST_NOT_SET is not set"}},
		{"a file that does not exist", "password: secret", "password: {file: nowhere}", []string{"credentials.keeper", "its file cannot be read"}},
		{"a file and a variable", "password: secret", "password: {file: nowhere, env: PATH}", []string{".yaml:9: ", "one of"}},
		{"a secret of nothing", "password: secret", "password: {}", []string{".yaml:9: ", "{env: NAME}"}},
		{"a secret that is a list", "password: secret", "password: [secret]", []string{".yaml:9: ", "{env: NAME}"}},
		{"an unknown fact", "limit: 5", "limits: 5", []string{"apis.fake", "line 11", `unknown fact "limits"`, `did you mean "limit"`}},
		{"a fact of another type", "limit: 5", "limit: many", []string{"line 11", "limit must be", "5"}},
		{"a number with a fraction", "limit: 5", "limit: 5.5", []string{"line 11", "limit must be"}},
		{"one instead of a list", "limit: 5", "sites: 5", []string{"line 11", "sites must be", "[1, 2]"}},
		{"names instead of ids", "limit: 5", "sites: [one]", []string{"line 11", "sites must be"}},
		{"a flag that is none", "limit: 5", "strict: maybe", []string{"line 11", "strict must be", "true"}},
		{"a fact that says nothing", "limit: 5", "sites:", []string{"line 11", "sites must be"}},
		{"a proxy that is no URL", "rate: 5", "proxy: localhost", []string{"proxy", "http://gateway.example.com:3128"}},
		{"an authority that does not exist", "insecure: false", "ca: nowhere.pem", []string{"tls.ca", "cannot be read"}},
		{"an authority that is none", "insecure: false", "ca: no.pem", []string{"tls.ca", "PEM"}},
		{"a certificate without key", "insecure: false", "certificate: no.pem", []string{"tls.certificate", "tls.key"}},
		{"an authority that nobody looks at", "insecure: false", "insecure: true\n  ca: no.pem", []string{"tls", "insecure", "ca"}},
		{"two documents", "rate: 5", "rate: 5\n---\nrate: 6", []string{"a second document begins here"}},
		{"no YAML", "rate: 5", "rate: [", []string{".yaml:1: "}},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(fine, x.old) {
				t.Fatalf("the file has no %q", x.old)
			}
			path := write(t, dir, strings.ReplaceAll(x.name, " ", "-")+".yaml", strings.Replace(fine, x.old, x.new, 1))
			got, err := target.Load(path, c)
			if err == nil {
				t.Fatalf("it was taken: %+v", got.Endpoints["fake"])
			}
			for _, part := range append(x.says, path) {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error is %q; it should say %q", err, part)
				}
			}
			for _, part := range []string{"target.", "map["} {
				if strings.Contains(err.Error(), part) {
					t.Errorf("the error says %q: %s", part, err)
				}
			}
		})
	}
	if _, err := target.Load(filepath.Join(dir, "nowhere.yaml"), c); err == nil || !strings.Contains(err.Error(), "nowhere.yaml") {
		t.Errorf("a file that does not exist: %v", err)
	}
}

// Whatever is written in the wrong place, an error about it is no place to read it.
func TestErrorsAboutATargetFileTellNoValue(t *testing.T) {
	t.Parallel()
	dir, c := t.TempDir(), apis(t)
	for i, x := range []struct{ name, old, new string }{
		{"a login in the url", "http://things", "http://keeper:hunter2@things"},
		{"a login in a url without a scheme", "http://things", "keeper:hunter2@things"},
		{"a login in a url that cannot be read", "http://things", "http://keeper:hunter2@[things"},
		{"a token in the url", "com/fake", "com/fake?token=hunter2"},
		{"a fragment", "com/fake", "com/fake#hunter2"},
		{"a proxy without a scheme", "rate: 5", "proxy: keeper:hunter2@gateway:3128"},
		{"a proxy that cannot be read", "rate: 5", "proxy: http://keeper:hunter2@[gateway"},
		{"a text in place of credentials", "\n      keeper: {login: keeper, password: secret}", " hunter2"},
		{"a text in place of a role", "{login: keeper, password: secret}", "hunter2"},
		{"a key in place of a role", "\n      keeper: {login: keeper, password: secret}", " {hunter2}"},
		{"a key in place of a role's value", "{login: keeper, password: secret}", "{hunter2}"},
		{"a key in place of a role's name", "keeper: {login: keeper, password: secret}", "hunter2: {login: keeper}"},
		{"a list", "{login: keeper, password: secret}", "[keeper, hunter2]"},
		{"a key in place of a password", "password: secret", "password: {hunter2}"},
		{"a mapping in place of a password", "password: secret", "password: {hunter2: x}"},
		{"an alias that is none", "password: secret", "password: *hunter2"},
		{"a tag that is none", "password: secret", "password: {env: !hunter2 [x]}"},
		{"a password that is given twice", "password: secret", "password: secret, password: hunter2"},
		{"a role that is given twice", "    facts:", "      hunter2: {}\n      hunter2: {}\n    facts:"},
		{"a variable", "password: secret", "password: {env: hunter2}"},
		{"a file", "password: secret", "password: {file: hunter2}"},
		{"an authority", "insecure: false", "ca: hunter2"},
		{"a key of TLS", "insecure: false", "key: hunter2"},
		{"a certificate", "insecure: false", "certificate: hunter2"},
		{"a flag", "insecure: false", "insecure: hunter2"},
		{"a timeout", "timeout: 10s", "timeout: hunter2"},
		{"a rate", "rate: 5", "rate: hunter2"},
		{"a fact", "limit: 5", "limit: hunter2"},
		{"a settle", "    facts:", "    settle: hunter2\n    facts:"},
		{"a key of the file", "rate: 5", "hunter2: 5"},
		{"a merge of nothing", "rate: 5", "<<: hunter2"},
		{"a document that ends early", "password: secret}", `password: "hunter2`},
	} {
		if !strings.Contains(fine, x.old) {
			t.Fatalf("%s: the file has no %q", x.name, x.old)
		}
		path := write(t, dir, fmt.Sprintf("%d.yaml", i), strings.Replace(fine, x.old, x.new, 1))
		_, err := target.Load(path, c)
		if err == nil || strings.Contains(err.Error(), "hunter") || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: the error is %v", x.name, err)
		}
	}
}

func TestCredentialsOfAURLComeFromTheEnvironment(t *testing.T) {
	t.Setenv("ROLECALL_FAKE_KEEPER_LOGIN", "kate")
	t.Setenv("ROLECALL_FAKE_KEEPER_PASSWORD", "pw")
	t.Setenv("ROLECALL_FAKE_VISITOR_TOKEN", "tk")
	c := apis(t)
	got, err := target.Of(map[string]string{"fake": "http://127.0.0.1:1/fake"}, c, false, "", false)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]target.Credential{"keeper": {Login: "kate", Password: "pw"}, "visitor": {Token: "tk"}}
	if diff := cmp.Diff(want, got.Endpoints["fake"].Credentials); diff != "" {
		t.Errorf("other credentials (-want +got):\n%s", diff)
	}
	if got, err = target.Of(map[string]string{"fake": "http://127.0.0.1:1/fake"}, c, true, "", false); err != nil || got.Endpoints["fake"].Credentials["keeper"].Password != "known-of-the-mock" {
		t.Errorf("the mock's credentials are %+v, error %v", got.Endpoints["fake"].Credentials, err)
	}
	if _, err := target.Of(map[string]string{"fkae": "http://127.0.0.1:1/fake"}, c, true, "", false); err == nil || !strings.Contains(err.Error(), `"fake"`) {
		t.Errorf("a slip in the API's name: %v", err)
	}
}
