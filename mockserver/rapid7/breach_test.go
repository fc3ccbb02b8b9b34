package rapid7

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
)

// A record that no answer may show is found in every view of it: the check is
// left out for none, and what was proved of one record says nothing of another.
func TestAViewThatBreaksTheContractIsFound(t *testing.T) {
	t.Parallel()
	for name, breakUser := range map[string]func(*State, *User){
		"an id beyond 32 bits":     func(_ *State, u *User) { u.ID = 1 << 31 },
		"an empty login":           func(_ *State, u *User) { u.Login = "" },
		"a language that is none":  func(_ *State, u *User) { u.Locale = &Locale{Default: "no language"} },
		"a role without an id":     func(_ *State, u *User) { u.Role = "" },
		"a source that is missing": func(_ *State, u *User) { u.Source = 999 },
		"a source of an unknown type": func(s *State, u *User) {
			s.sources = s.sources.Copy()
			s.sources.Put(u.Source, &Source{ID: u.Source, Name: "x", Type: "new"})
		},
		"a privilege that cannot be one":  func(s *State, u *User) { s.roles.Put(u.Role, &Role{ID: u.Role, Privileges: []string{"Not One"}}) },
		"nothing that breaks anything":    func(*State, *User) {},
		"a name that needs to be escaped": func(_ *State, u *User) { u.Name = "\"\\\n\u2028é" },
	} {
		mock, sandbox, first := alone(t)
		ask := func(path string) int {
			w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/api/3"+path, nil)
			administrator := first.Administrator().(*User)
			r.SetBasicAuth(administrator.Login, administrator.Password)
			mock.ServeHTTP(w, r)
			return w.Code
		}
		if ask("/users/9") != 200 || ask("/users?size=500") != 200 {
			t.Fatal("the users are not shown")
		}
		want := 500
		if strings.HasSuffix(name, "anything") || strings.HasSuffix(name, "escaped") {
			want = 200
		}
		sandbox.Store("rapid7").Update(func(next engine.State) {
			s := next.(*State)
			old, _ := s.users.Get(9)
			broken := *old
			breakUser(s, &broken)
			s.users.Put(9, &broken)
		})
		if one, page := ask("/users/9"), ask("/users?size=500"); one != want || page != want {
			t.Errorf("%s: the user is answered with %d, the page with %d; want %d", name, one, page, want)
		}
	}
}

// alone is a mock of this API and nothing else, with its sandbox and its state.
func alone(t *testing.T) (http.Handler, *engine.Sandbox, *State) {
	t.Helper()
	dir, err := fixtures.FS("rapid7")
	if err != nil {
		t.Fatal(err)
	}
	api, err := New(dir, "documented")
	if err != nil {
		t.Fatal(err)
	}
	first, err := api.Load(dir)
	if err != nil || api.Prepare() != nil {
		t.Fatal(err)
	}
	sandbox := engine.NewSandbox(map[string]engine.State{"rapid7": first}, &engine.Clock{}, 0, nil)
	return engine.Router([]*engine.API{api}, func(string) (*engine.Sandbox, error) { return sandbox, nil }), sandbox, first.(*State)
}
