package socotra_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/schemas"
)

func TestBadInputIsRefusedAndChangesNothing(t *testing.T) {
	s := serve(t, "documented")
	good := newUser("ada@example.com", nil)
	before := want(t, 200, s, "administrator", "GET", "/users/list?count=200", "").body
	for name, c := range map[string]struct {
		method, path, body string
		header             [2]string
		status             int
	}{
		"cut off":                     {"POST", "/users", good[:20], [2]string{}, 400},
		"followed by more":            {"POST", "/users", good + "{}", [2]string{}, 400},
		"a name twice":                {"POST", "/users", strings.Replace(good, "{", `{"userName":"x@example.com",`, 1), [2]string{}, 400},
		"another case of a name":      {"POST", "/users", strings.Replace(good, `"userName"`, `"username"`, 1), [2]string{}, 400},
		"a list":                      {"POST", "/users", "[" + good + "]", [2]string{}, 400},
		"null":                        {"POST", "/users", "null", [2]string{}, 400},
		"nothing":                     {"POST", "/users", "", [2]string{}, 400},
		"no UTF-8":                    {"POST", "/users", strings.Replace(good, "Ada", "\xff\xfe", 1), [2]string{}, 400},
		"deep nesting":                {"POST", "/users", strings.Replace(good, "{", `{"x":`+strings.Repeat("[", 50000)+strings.Repeat("]", 50000)+",", 1), [2]string{}, 400},
		"a large body":                {"POST", "/users", strings.Replace(good, "Ada", strings.Repeat("x", 2<<20), 1), [2]string{}, 413},
		"a large plain password":      {"PATCH", "/users/9b08923d-10c6-4fd9-94b2-b8fda02f34a6/passwordreset", strings.Repeat("x", 2<<20), [2]string{"Content-Type", "text/plain"}, 413},
		"a form":                      {"POST", "/users", "a=b", [2]string{"Content-Type", "application/x-www-form-urlencoded"}, 415},
		"an answer nobody can read":   {"GET", "/users/list", "", [2]string{"Accept", "text/html"}, 406},
		"a method that is not there":  {"PUT", "/users", good, [2]string{}, 405},
		"a path that is not there":    {"GET", "/users/list/", "", [2]string{}, 404},
		"a double slash":              {"GET", "//users/list", "", [2]string{}, 404},
		"a slash in a locator":        {"GET", "/users/9b08923d%2F10c6", "", [2]string{}, 400},
		"a locator in braces":         {"GET", "/users/%7B9b08923d-10c6-4fd9-94b2-b8fda02f34a6%7D", "", [2]string{}, 400},
		"a role's locator for a user": {"GET", "/users/01JN8A90YGECYYS9E9R04A2K1H", "", [2]string{}, 400},
		"a number beyond all":         {"GET", "/users/list?offset=99999999999999999999", "", [2]string{}, 400},
	} {
		t.Run(name, func(t *testing.T) {
			var headers []string
			if c.header[0] != "" {
				headers = c.header[:]
			}
			a := want(t, c.status, s, "administrator", c.method, c.path, c.body, headers...)
			if a.get("httpStatus").Int() != int64(c.status) || a.header.Get("Content-Type") != "application/json" {
				t.Errorf("the answer is %s: %s", a.header.Get("Content-Type"), a.body)
			}
		})
	}
	if want(t, 200, s, "administrator", "GET", "/users/list?count=200", "").body != before {
		t.Error("something has changed")
	}
}

func TestEveryDocumentedRefusalCanBeHadOnDemand(t *testing.T) {
	contract, err := schemas.Load("socotra")
	if err != nil {
		t.Fatal(err)
	}
	s, pairs := serve(t, "documented"), 0
	for _, op := range contract.Operations {
		path, err := op.Expand(map[string]string{"locator": "9b08923d-10c6-4fd9-94b2-b8fda02f34a6", "username": "x", "account": "harbor-mutual"})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range op.Responses {
			if r.Status < http.StatusBadRequest || r.Observed {
				continue
			}
			pairs++
			a := want(t, r.Status, s, "administrator", op.Method, path, "", "Prefer", "code="+strconv.Itoa(r.Status))
			if wrong := r.Schema.Validate([]byte(a.body)); len(wrong) > 0 {
				t.Errorf("%s %d: %v in %s", op.ID, r.Status, wrong, a.body)
			}
		}
	}
	if pairs != 66 {
		t.Errorf("%d refusals are documented, 66 were when this was written", pairs)
	}
}
