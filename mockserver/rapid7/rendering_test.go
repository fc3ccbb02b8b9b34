package rapid7

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What is remembered of a rendering is by all that it shows: another address,
// another setting, another role or source make another one.
func TestARenderingIsOfAllThatItShows(t *testing.T) {
	t.Parallel()
	mock, sandbox, first := alone(t)
	administrator := first.Administrator().(*User)
	shows := func(step, host, want string, not ...string) {
		t.Helper()
		for _, path := range []string{"/users/9", "/users?size=500", "/users/9"} {
			w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "http://"+host+"/api/3"+path, nil)
			r.SetBasicAuth(administrator.Login, administrator.Password)
			mock.ServeHTTP(w, r)
			if w.Code != 200 || !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s: %s is %d and does not show %s: %.1000s", step, path, w.Code, want, w.Body)
			}
			for _, text := range not {
				if strings.Contains(w.Body.String(), text) {
					t.Errorf("%s: %s shows %s: %.1000s", step, path, text, w.Body)
				}
			}
		}
	}
	change := func(edit func(s *State, u *User)) {
		sandbox.Store("rapid7").Update(func(next engine.State) {
			s := next.(*State)
			u, _ := s.users.Get(9)
			edit(s, u)
		})
	}
	shows("at first", "one.example.com", "http://one.example.com/api/3/users/9/sites", "two.example.com")
	shows("by another name", "two.example.com", "http://two.example.com/api/3/users/9/sites", "one.example.com")
	change(func(s *State, u *User) { s.change(u, func(u *User) { u.Name = "Renamed" }) })
	shows("the user", "one.example.com", `"name":"Renamed"`)
	change(func(s *State, u *User) {
		role, _ := s.roles.Get(u.Role)
		changed := *role
		changed.Name = "Role renamed"
		s.roles.Put(role.ID, &changed)
	})
	shows("the role", "one.example.com", `"name":"Role renamed"`)
	change(func(s *State, u *User) {
		s.sources = s.sources.Copy()
		s.sources.Put(u.Source, &Source{ID: u.Source, Name: "Source renamed", Type: "normal"})
	})
	shows("the source", "one.example.com", `"name":"Source renamed"`)
	if err := sandbox.Change(func(s map[string]engine.State) (err error) {
		s["rapid7"], err = s["rapid7"].Configure([]byte(`{"links":"self"}`))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	shows("a setting", "one.example.com", `"id":9`, "/api/3/users/9/sites")
}
