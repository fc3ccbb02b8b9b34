package socotra_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/features/socotra"
	"github.com/rolecall/rolecall/mockserver"
)

// A server may decide every point that the document leaves open otherwise than
// our mock, and still keep the document: no must rule may fail on it.
func TestNoMustRuleFailsAFaithfulServer(t *testing.T) {
	t.Parallel()
	settings, err := os.ReadFile("../../fixtures/socotra/editions/documented.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, setting := range []string{"fullErrors", "userNameIgnoresCase", "permissionsExpanded", "grantCeiling", "envelopeByDefault", "selfDeleteRefused", "builtInRolesProtected", "emptyUpdateBumpsVersion"} {
		settings = bytes.Replace(settings, []byte(setting+": true"), []byte(setting+": false"), 1)
	}
	for _, setting := range []string{"foreignPermissionsRefused", "roleInUseKept", "largeCountRefused"} {
		settings = bytes.Replace(settings, []byte(setting+": false"), []byte(setting+": true"), 1)
	}
	settings = bytes.Replace(settings, []byte("firstVersion: 1"), []byte("firstVersion: 7"), 1)
	mock, err := mockserver.New(mockserver.Options{APIs: []string{"socotra"}, Fixtures: fstest.MapFS{"socotra/editions/documented.yaml": {Data: settings}}})
	if err != nil {
		t.Fatal(err)
	}
	other := httptest.NewServer(&faithful{mock: mock})
	t.Cleanup(other.Close)
	api, err := socotra.Suite()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := conformance.NewCatalogue(api)
	if err != nil {
		t.Fatal(err)
	}
	target := &conformance.Target{Endpoints: map[string]*conformance.Endpoint{"socotra": api.ForMock(other.URL + "/auth")}}
	r, err := catalogue.Run(context.Background(), target, conformance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range r.Rules {
		if rule.Level == report.Must && rule.Verdict != report.Pass {
			t.Errorf("%s is %s: %s", rule.ID, rule.Verdict, rule.Reason)
		}
	}
}

// faithful stands before the mock: roles are given and shown by locator,
// permissions have no dots, successes and refusals have other statuses, refusals
// say nothing, and the version of a role is nobody's business.
type faithful struct{ mock http.Handler }

var (
	permission = regexp.MustCompile(`"([a-z-]+)\.([a-z-]+)"`)
	written    = regexp.MustCompile(`"([a-z-]+)__([a-z-]+)"`)
	ulid       = regexp.MustCompile(`^[0-9A-Z]{26}$`)
	otherwise  = map[int]int{400: 422, 401: 403, 403: 400, 404: 410, 409: 412}
)

func (f *faithful) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if strings.Contains(r.URL.Path, "/_rolecall/") || strings.Contains(r.URL.Path, "/realms/") {
		f.pass(w, r, body)
		return
	}
	roles := f.roles(r)
	byName := false
	body = written.ReplaceAll(body, []byte(`"$1.$2"`))
	body = edited(body, func(name string, value any) any {
		if list, ok := value.([]any); ok && strings.HasSuffix(strings.ToLower(name), "roles") {
			for _, reference := range list {
				text, _ := reference.(string)
				byName = byName || !ulid.MatchString(text)
			}
		}
		if version, ok := roles[pathEnd(r)]; ok && name == "version" {
			return version.Version // whatever it says
		}
		return value
	})
	answer := httptest.NewRecorder()
	if byName {
		answer.Code = http.StatusBadRequest
	} else {
		f.pass(answer, r, body)
	}
	switch said := answer.Body.Bytes(); {
	case answer.Code >= 400:
		w.WriteHeader(cmp.Or(otherwise[answer.Code], answer.Code))
	case len(said) == 0:
		w.WriteHeader(http.StatusNoContent)
	default:
		w.Header().Set("Content-Type", "application/json")
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusCreated)
		}
		said = edited(said, func(name string, value any) any {
			for _, role := range roles {
				if name == "roles" {
					value = replaced(value, role.Name, role.Locator)
				}
			}
			return value
		})
		w.Write(permission.ReplaceAll(said, []byte(`"${1}__$2"`)))
	}
}

type shownRole struct {
	Name, Locator string
	Version       int
}

func pathEnd(r *http.Request) string { return r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:] }

// roles asks the mock which roles there are, by locator.
func (f *faithful) roles(r *http.Request) map[string]shownRole {
	ask := httptest.NewRequest(http.MethodGet, "/auth/roles/list?count=200&extended=true", nil)
	ask.Header.Set("Authorization", "Bearer SOCP_000000000000000000000ADM1N")
	ask.Header.Set("Rolecall-Sandbox", r.Header.Get("Rolecall-Sandbox"))
	answer := httptest.NewRecorder()
	f.mock.ServeHTTP(answer, ask)
	var list struct{ Items []shownRole }
	_ = json.Unmarshal(answer.Body.Bytes(), &list) // nobody's roles are none
	found := map[string]shownRole{}
	for _, role := range list.Items {
		found[role.Locator] = role
	}
	return found
}

func (f *faithful) pass(w http.ResponseWriter, r *http.Request, body []byte) {
	next := r.Clone(r.Context())
	next.Body, next.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	f.mock.ServeHTTP(w, next)
}

// edited changes members of objects at any depth. What is no JSON stays.
func edited(text []byte, edit func(name string, value any) any) []byte {
	var value any
	d := json.NewDecoder(bytes.NewReader(text))
	if d.Decode(&value) != nil || d.More() || !strings.Contains("[{", string(text[:1])) || bytes.Count(text, []byte(`"firstName"`)) == 2 {
		return text
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, member := range v {
				v[name] = edit(name, member)
				walk(v[name])
			}
		case []any:
			for _, item := range v {
				walk(item)
			}
		}
	}
	walk(value)
	out, err := json.Marshal(value)
	if err != nil {
		return text
	}
	return out
}

func replaced(list any, from, to string) any {
	items, _ := list.([]any)
	for i, item := range items {
		if item == from {
			items[i] = to
		}
	}
	return list
}
