package schemas_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/schemas"
)

func TestABodyIsShownWithoutItsSecretsAndOtherwiseAsItIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, api, body, want string }{
		{"what the contract marks", "rapid7", `{"key": "JBSWY3DPEHPK3PXP", "login": "ann"}`, `{"key":"(hidden)","login":"ann"}`},
		{"what the contract gives another meaning", "socotra", `{"token_type": "Bearer", "access_token": "x.y.z"}`, `{"token_type":"Bearer","access_token":"(hidden)"}`},
		{"names in any letter case", "rapid7", `{"Password": "a", "oldPASSWORD": "b"}`, `{"Password":"(hidden)","oldPASSWORD":"(hidden)"}`},
		{"names that no contract lists", "devicehive", `{"passwordHash": "a", "apiKey": "b", "clientSecret": "c"}`, `{"passwordHash":"(hidden)","apiKey":"(hidden)","clientSecret":"(hidden)"}`},
		{"what is under such a name, however deep", "rapid7", `{"password": {"new": ["a", 7, true, null]}, "n": 7}`, `{"password":{"new":["(hidden)","(hidden)",true,null]},"n":7}`},
		{"flags, which are no secrets", "socotra", `{"temporaryPassword": true}`, `{"temporaryPassword":true}`},
		{"a bare string", "rapid7", ` "s3cret"`, `"(hidden)"`},
		{"a bare string that is cut off", "rapid7", `"s3cre`, `(hidden)`},
		{"a bare number", "rapid7", `12.50`, `12.50`},
		{"a list of texts", "rapid7", `["a", "b"]`, `["a","b"]`},
		{"a name that is given twice", "rapid7", `{"a": 1, "password": "x", "a": 2, "password": "y"}`, `{"a":1,"password":"(hidden)","a":2,"password":"(hidden)"}`},
		{"numbers as they are written", "rapid7", `{"b": 1.0e2, "a": 100000000000000000001}`, `{"b":1.0e2,"a":100000000000000000001}`},
		{"text as it is written", "rapid7", `{"a": "\u00e4\/<&"}`, `{"a":"\u00e4\/<&"}`},
		{"an address with a secret in it", "rapid7", `{"href": "https://h/users?page=0&token=abc"}`, `{"href":"https://h/users?page=0\u0026token=(hidden)"}`},
		{"nothing", "rapid7", ``, ``},
		{"empty things", "rapid7", `{"a": {}, "b": []}`, `{"a":{},"b":[]}`},
		{"JSON that is cut off", "rapid7", `{"login": "ann", "password": "s3c`, `{"login": "ann", "password": "(hidden)`},
		{"a form", "socotra", `grant_type=password&username=ann&password=s3cret`, `grant_type=password&username=ann&password=(hidden)`},
		{"a text", "rapid7", `Bad gateway`, `Bad gateway`},
	} {
		if got := load(t, c.api).Redactor().Body([]byte(c.body)); got != c.want {
			t.Errorf("%s: %s is shown as\n  %s\nwant\n  %s", c.name, c.body, got, c.want)
		}
	}
}

func TestAnAddressIsShownWithoutItsSecrets(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{
		"/api/3/users/3?page=1":                         "/api/3/users/3?page=1",
		"/api/3/users/3?page=1&access_token=abc&x":      "/api/3/users/3?page=1&access_token=(hidden)&x",
		"/api/3/users/3/password":                       "/api/3/users/3/password",
		"/api/3/users/3/password/s3cret/x":              "/api/3/users/3/password/(hidden)/x",
		"/api/3/users/password=s3cret":                  "/api/3/users/password=(hidden)",
		"/dh/rest/token/refresh":                        "/dh/rest/token/refresh",
		"/dh/rest/token/refreshs3cret":                  "/dh/rest/token/(hidden)",
		"/api/3/users/eyJhbGciOiJIUzI1NiJ9.e30.c2ln":    "/api/3/users/(hidden)",
		"/api/3/users?eyJhbGciOiJIUzI1NiJ9.e30.c2ln":    "/api/3/users?(hidden)",
		"/api/3/users?q=Bearer+eyJhbGciOiJ9.e30.c&p=1":  "/api/3/users?(hidden)&p=1",
		"/auth/users/SOCP_000000000000000000000ADM1N?a": "/auth/users/(hidden)?a",
		"": "",
	} {
		if got := load(t, "devicehive").Redactor().Target(target); got != want {
			t.Errorf("%s is shown as %s, want %s", target, got, want)
		}
	}
}

func TestHeadersAndQueriesAreShownWithoutTheirSecrets(t *testing.T) {
	t.Parallel()
	known := load(t, "rapid7").Redactor()
	got := known.Header(http.Header{"Authorization": {"Basic a"}, "Set-Cookie": {"s=1", "t=2"}, "X-Api-Key": {"k"}, "Token": {"123456"}, "Accept": {"*/*"}})
	want := []string{"Accept: */*", "Authorization: (hidden)", "Set-Cookie: (hidden)", "Set-Cookie: (hidden)", "Token: (hidden)", "X-Api-Key: (hidden)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for target, want := range map[string]string{
		"/users?page=0&password=x&size=1": "/users?page=0&password=(hidden)&size=1",
		"/users?api%5Fkey=x":              "/users?api%5Fkey=(hidden)",
		"/users?token=x;y&page=%zz":       "/users?token=(hidden)&page=%zz",
		"/password/token":                 "/password/token",
	} {
		if got := known.URL(target); got != want {
			t.Errorf("%s is shown as %s", target, got)
		}
	}
}

func TestSecretsAreFoundByTheirNames(t *testing.T) {
	t.Parallel()
	body := []byte(`{"accessToken": "a", "deep": [{"passwords": ["b", 7]}], "login": "ann", "key": "c"}`)
	for api, want := range map[string][]string{
		"rapid7":     {"a", "b", "7", "c"}, // its contract marks key
		"devicehive": {"a", "b", "7"},
	} {
		if diff := cmp.Diff(want, load(t, api).Redactor().Found(body)); diff != "" {
			t.Errorf("%s: %s", api, diff)
		}
	}
	if found := load(t, "rapid7").Redactor().Found([]byte(`{"password": "x"`)); found != nil {
		t.Errorf("%q are found in what is no JSON", found)
	}
}

// Whoever adds a property that is a secret marks it. Flags are none, and those
// listed here only sound like one.
func TestPropertiesThatSoundLikeSecretsAreMarked(t *testing.T) {
	t.Parallel()
	sounds := regexp.MustCompile(`(?i)password|token|secret|key$`)
	files, err := filepath.Glob("*/*.json")
	if err != nil || len(files) < 60 {
		t.Fatalf("%d schemas, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		gjson.GetBytes(text, "properties").ForEach(func(name, property gjson.Result) bool {
			sounds := sounds.MatchString(name.String()) && !strings.Contains(property.Get("type").Raw, "boolean") && name.String() != "token_type"
			if marked := property.Get("x-secret").Bool(); marked != sounds {
				t.Errorf("%s: %s is marked x-secret: %t", file, name, marked)
			}
			return true
		})
	}
}

// FuzzRedactor: what is JSON stays JSON, with the same names and numbers, and no
// secret is left in it.
func FuzzRedactor(f *testing.F) {
	for _, body := range []string{`{"password":"s3cret","a":[1,{"b":null}]}`, `"s3cret"`, `{"password":["s3cret",{"x":"s3cret"}]}`, `{"a":"?token=s3cret"}`, `{"\u0070assword":"s3cret"}`, `[[]]`, `{"":{}}`} {
		f.Add([]byte(body))
	}
	c, err := schemas.Load("rapid7")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		shown := c.Redactor().Body(body)
		if !json.Valid(body) {
			return
		}
		if !json.Valid([]byte(shown)) {
			t.Fatalf("%q is shown as %q, which is no JSON", body, shown)
		}
		for _, secret := range c.Redactor().Found([]byte(shown)) {
			if secret != schemas.Hidden {
				t.Fatalf("%q is shown as %q with the secret %q", body, shown, secret)
			}
		}
	})
}
