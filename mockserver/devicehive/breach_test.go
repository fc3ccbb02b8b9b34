package devicehive

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
)

// A record that no answer may show is found in every view of it: the check is
// left out for none, and what was proved of one record says nothing of another.
func TestAViewThatBreaksTheContractIsFound(t *testing.T) {
	t.Parallel()
	all := []string{"/user/2", "/user", "/user/2/network/2"}
	for name, x := range map[string]struct {
		breakUser func(*State, *User)
		wants     [3]int // of a user, the list of all, and one of its networks
	}{
		"an id below one":                  {func(_ *State, u *User) { u.ID = 0 }, [3]int{500, 500, 200}},
		"a role that is none":              {func(_ *State, u *User) { u.Role = 2 }, [3]int{500, 500, 200}},
		"a status that is none":            {func(_ *State, u *User) { u.Status = 3 }, [3]int{500, 500, 200}},
		"data that is a list":              {func(_ *State, u *User) { u.Data = []byte(`[]`) }, [3]int{500, 500, 200}},
		"data that is no JSON":             {func(_ *State, u *User) { u.Data = []byte(`{"a":`) }, [3]int{500, 500, 200}},
		"a moment in a year of its own":    {func(_ *State, u *User) { u.LastLogin = time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC) }, [3]int{500, 500, 200}},
		"a network without a number":       {func(s *State, _ *User) { s.networks.Put(2, &Group{Name: "x"}) }, [3]int{500, 200, 500}},
		"nothing that breaks anything":     {func(*State, *User) {}, [3]int{200, 200, 200}},
		"a login that needs to be escaped": {func(_ *State, u *User) { u.Login = "\"\\\n\u2028é" }, [3]int{200, 200, 200}},
	} {
		dir, err := fixtures.FS("devicehive")
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
		sandbox := engine.NewSandbox(map[string]engine.State{"devicehive": first}, &engine.Clock{}, 0, nil)
		mock := engine.Router([]*engine.API{api}, func(string) (*engine.Sandbox, error) { return sandbox, nil })
		s := first.(*State)
		caller := s.Administrator().(*Caller)
		caller.Token.User = &caller.User.ID
		token, err := signed(*caller.Token, accessType, time.Now().Add(time.Hour).UnixMilli(), s.settings.key)
		if err != nil {
			t.Fatal(err)
		}
		ask := func(path string) int {
			w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/dh/rest"+path, nil)
			r.Header.Set("Authorization", "Bearer "+token)
			mock.ServeHTTP(w, r)
			if w.Code == 500 && !strings.Contains(w.Body.String(), "broke its own contract") {
				t.Errorf("%s: %s says %s", name, path, w.Body)
			}
			return w.Code
		}
		for _, path := range all {
			if status := ask(path); status != 200 {
				t.Fatalf("%s is %d before anything is broken", path, status)
			}
		}
		sandbox.Store("devicehive").Update(func(next engine.State) {
			s := next.(*State)
			old, _ := s.users.Get(2)
			broken := *old
			x.breakUser(s, &broken)
			s.users.Put(2, &broken)
		})
		for i, path := range all {
			if status := ask(path); status != x.wants[i] {
				t.Errorf("%s: %s is %d, want %d", name, path, status, x.wants[i])
			}
		}
	}
}
