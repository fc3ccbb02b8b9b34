package conformance_test

import (
	"context"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
)

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
	target, err := catalogue(t, fakeAPI(t, rule("@must", readsOne))).LoadTarget(path)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]*conformance.Endpoint{"fake": {
		URL: "https://things.example.com/fake", Edition: "2",
		Credentials: map[string]conformance.Credential{"keeper": {Login: "keeper", Password: "from the environment", Token: "from a file"}},
		Facts:       map[string]any{"label": "blue", "labels": []string{"blue", "red"}, "limit": int64(5), "sites": []int64{1, 2}, "strict": true},
	}}
	if diff := cmp.Diff(want, target.Endpoints); diff != "" {
		t.Errorf("the target is another (-want +got):\n%s", diff)
	}
	if target.Timeout != 3*time.Second || target.Rate != 2.5 || !cmp.Equal(target.CurlOptions, []string{"--insecure"}) {
		t.Errorf("the target is %+v", target)
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
	c := catalogue(t, fakeAPI(t, rule("@must", readsOne)))
	for _, x := range []struct {
		name, old, new string
		says           []string
	}{
		{"an empty file", fine, "", []string{"apis is empty", "url"}},
		{"no APIs", "apis:\n  fake:\n    url: http://things.example.com/fake\n    credentials:\n      keeper: {login: keeper, password: secret}\n    facts:\n      limit: 5\n", "apis: {}\n", []string{"apis is empty"}},
		{"an unknown key", "rate: 5", "rates: 5", []string{".yaml:2: ", `unknown key "rates"`, "apis, proxy, rate, timeout, tls"}},
		{"two unknown keys", "rate: 5\ntls:", "rates: 5\ntsl:", []string{".yaml:2: ", "rates", ".yaml:3: ", "tsl", "apis, proxy, rate, timeout, tls"}},
		{"an unknown key of tls", "insecure: false", "unsafe: true", []string{".yaml:4: ", "unsafe", "ca, certificate, insecure, key"}},
		{"an unknown key of an API", "    url:", "    uri: x\n    url:", []string{".yaml:7: ", "uri", "credentials, edition, facts, mock, settle, url"}},
		{"an unknown key of a credential", "login: keeper,", "user: keeper,", []string{".yaml:9: ", "user", "login, password, token"}},
		{"a key that is given twice", "rate: 5", "rate: 5\nrate: 6", []string{".yaml:3: ", "rate", "already"}},
		{"an unknown key of a secret", "password: secret", "password: {enc: X}", []string{".yaml:9: ", `"enc"`, "{env: NAME}"}},
		{"a duration without a unit", "timeout: 10s", "timeout: 10", []string{"timeout", `"10"`, `"10s"`}},
		{"a duration that is none", "timeout: 10s", "timeout: soon", []string{"timeout", `"soon"`, `"10s"`}},
		{"a negative duration", "timeout: 10s", "timeout: -1s", []string{"timeout", `"10s"`}},
		{"a rate that is no number", "rate: 5", "rate: fast", []string{".yaml:2: ", "fast"}},
		{"a negative rate", "rate: 5", "rate: -5", []string{"rate", "-5", "requests a second"}},
		{"a rate without end", "rate: 5", "rate: .nan", []string{"rate", "requests a second"}},
		{"a list instead of APIs", "apis:\n  fake:\n    url: http://things.example.com/fake\n    credentials:\n      keeper: {login: keeper, password: secret}\n    facts:\n      limit: 5\n", "apis: [fake]\n", []string{".yaml:5: "}},
		{"an unknown API", "  fake:", "  fkae:", []string{`"fkae"`, `did you mean "fake"`}},
		{"no url", "    url: http://things.example.com/fake\n", "", []string{"apis.fake", "url is missing", "/fake"}},
		{"a url without a scheme", "http://things", "things", []string{"apis.fake", "http://"}},
		{"a url of another scheme", "http://things", "ftp://things", []string{"apis.fake", "http://"}},
		{"a url without a host", "http://things.example.com/fake", "http:///fake", []string{"apis.fake", "http:///fake"}},
		{"a url with a password in it", "http://things", "http://keeper:hunter2@things", []string{"apis.fake", "credentials"}},
		{"a url with a query", "com/fake", "com/fake?x=1", []string{"apis.fake", "?"}},
		{"an unknown role", "keeper: {", "keper: {", []string{"apis.fake", `"keper"`, `did you mean "keeper"`}},
		{"an environment variable that is not set", "password: secret", "password: {env: FAKE_TEST_NOT_SET}", []string{"apis.fake", "credentials.keeper", "FAKE_TEST_NOT_SET is not set"}},
		{"a file that does not exist", "password: secret", "password: {file: nowhere}", []string{"credentials.keeper", "nowhere"}},
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
		{"a proxy that is no URL", "rate: 5", "proxy: localhost", []string{"proxy", `"localhost"`, "http://gateway.example.com:3128"}},
		{"an authority that does not exist", "insecure: false", "ca: nowhere.pem", []string{"tls.ca", "nowhere.pem"}},
		{"an authority that is none", "insecure: false", "ca: no.pem", []string{"tls.ca", "no.pem", "PEM"}},
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
			target, err := c.LoadTarget(path)
			if err == nil {
				t.Fatalf("it was taken: %+v", target.Endpoints["fake"])
			}
			for _, part := range append(x.says, path) {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error is %q; it should say %q", err, part)
				}
			}
			for _, part := range []string{"conformance.", "map[", "hunter2"} {
				if strings.Contains(err.Error(), part) {
					t.Errorf("the error says %q: %s", part, err)
				}
			}
		})
	}
	if _, err := c.LoadTarget(filepath.Join(dir, "nowhere.yaml")); err == nil || !strings.Contains(err.Error(), "nowhere.yaml") {
		t.Errorf("a file that does not exist: %v", err)
	}
}

func TestATargetWithoutTheMainCredentialsIsRefusedBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	c := catalogue(t, fakeAPI(t, rule("@must", readsOne)))
	target, err := c.TargetOf(map[string]string{"fake": "http://127.0.0.1:1/fake"}, false, "", false)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Run(context.Background(), target, conformance.Options{})
	for _, part := range []string{"keeper", "ROLECALL_FAKE_KEEPER_LOGIN", "--mock"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("the error is %v; it should say %q", err, part)
		}
	}
}

func TestCredentialsOfAURLComeFromTheEnvironment(t *testing.T) {
	t.Setenv("ROLECALL_FAKE_KEEPER_LOGIN", "kate")
	t.Setenv("ROLECALL_FAKE_KEEPER_PASSWORD", "pw")
	t.Setenv("ROLECALL_FAKE_VISITOR_TOKEN", "tk")
	c := catalogue(t, fakeAPI(t, rule("@must", readsOne)))
	target, err := c.TargetOf(map[string]string{"fake": "http://127.0.0.1:1/fake"}, false, "", false)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]conformance.Credential{"keeper": {Login: "kate", Password: "pw"}, "visitor": {Token: "tk"}}
	if diff := cmp.Diff(want, target.Endpoints["fake"].Credentials); diff != "" {
		t.Errorf("other credentials (-want +got):\n%s", diff)
	}
	if target, err = c.TargetOf(map[string]string{"fake": "http://127.0.0.1:1/fake"}, true, "", false); err != nil || target.Endpoints["fake"].Credentials["keeper"].Password != "known-of-the-mock" {
		t.Errorf("the mock's credentials are %+v, error %v", target.Endpoints["fake"].Credentials, err)
	}
	if _, err := c.TargetOf(map[string]string{"fkae": "http://127.0.0.1:1/fake"}, true, "", false); err == nil || !strings.Contains(err.Error(), `"fake"`) {
		t.Errorf("a slip in the API's name: %v", err)
	}
}

// The authority of a target file is the only one that is trusted, and a
// redirect is an answer like any other.
func TestAnAuthorityOfOnesOwnAndNoVerificationBothReachATLSServer(t *testing.T) {
	t.Parallel()
	s := &fakeServer{things: map[int]string{1: "first"}}
	server := httptest.NewTLSServer(http.HandlerFunc(s.ServeHTTP))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	ca := write(t, dir, "ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})))
	for _, x := range []struct {
		name, tls string
		exit      int
	}{
		{"with the authority", "{ca: ca.pem}", report.ExitConformant},
		{"with the authority by its whole path", "{ca: " + ca + "}", report.ExitConformant},
		{"without verification", "{insecure: true}", report.ExitConformant},
		{"with neither", "{}", report.ExitUnreachable},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			c := catalogue(t, fakeAPI(t, rule("@must", readsOne)))
			text := "tls: " + x.tls + "\napis: {fake: {url: '" + server.URL + "/fake', credentials: {keeper: {login: keeper, password: secret}}}}\n"
			target, err := c.LoadTarget(write(t, dir, strings.ReplaceAll(x.name, " ", "-")+".yaml", text))
			if err != nil {
				t.Fatal(err)
			}
			r, err := c.Run(context.Background(), target, conformance.Options{Selection: allowAll})
			if err != nil || r.ExitStatus() != x.exit {
				t.Errorf("exit status %d, error %v; checks %+v", r.ExitStatus(), err, r.Checks)
			}
		})
	}
}
