package socotra

import (
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
	for name, x := range map[string]struct {
		breakThem func(*User, *Role)
		wants     [5]int // of a user, the lists of users in full and in brief, a role, the list of roles
	}{
		"a user without a locator":     {func(u *User, _ *Role) { u.Locator = "" }, [5]int{500, 500, 500, 200, 200}},
		"a locator that is no UUID":    {func(u *User, _ *Role) { u.Locator = "second" }, [5]int{500, 500, 200, 200, 200}},
		"a role without a locator":     {func(_ *User, r *Role) { r.Locator = "" }, [5]int{200, 200, 200, 500, 500}},
		"a role that a text has made":  {func(_ *User, r *Role) { r.CreatedBy = "somebody" }, [5]int{200, 200, 200, 500, 500}},
		"a version beyond 32 bits":     {func(_ *User, r *Role) { r.Version = 1 << 31 }, [5]int{200, 200, 200, 500, 500}},
		"a time in a year of its own":  {func(_ *User, r *Role) { r.CreatedAt = r.CreatedAt.AddDate(10_000, 0, 0) }, [5]int{200, 200, 200, 500, 500}},
		"nothing that breaks anything": {func(*User, *Role) {}, [5]int{200, 200, 200, 200, 200}},
		"a name that needs escapes":    {func(u *User, _ *Role) { u.FirstName = "\"\\\n\u2028é" }, [5]int{200, 200, 200, 200, 200}},
	} {
		dir, err := fixtures.FS("socotra")
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
		sandbox := engine.NewSandbox(map[string]engine.State{"socotra": first}, &engine.Clock{}, 0, nil)
		mock := engine.Router([]*engine.API{api}, func(string) (*engine.Sandbox, error) { return sandbox, nil })
		s := first.(*State)
		user, _ := s.users.Get(2)
		_, listed := s.listedRoles()
		role := listed(0)
		all := [5]string{"/users/" + user.Locator, "/users/list", "/users/basic/list", "/roles/" + role.Locator, "/roles/list"}
		ask := func(path string) int {
			w, r := httptest.NewRecorder(), httptest.NewRequest("GET", api.Contract.BasePaths[0]+path, nil)
			r.Header.Set("Authorization", "Bearer "+s.Credentials()[0].Token)
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
		sandbox.Store("socotra").Update(func(next engine.State) {
			s, u, r := next.(*State), *user, *role
			x.breakThem(&u, &r)
			s.users.Put(u.Number, &u)
			s.roles.Put(r.Number, &r)
		})
		for i, path := range all {
			if status := ask(path); status != x.wants[i] {
				t.Errorf("%s: %s is %d, want %d", name, path, status, x.wants[i])
			}
		}
	}
}
