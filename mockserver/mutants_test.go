package mockserver_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/mockserver"
)

func TestMutantsAreMadeOfEveryContract(t *testing.T) {
	t.Parallel()
	mock, err := mockserver.New(mockserver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, api := range mockserver.APIs() {
		kinds := map[string]int{}
		for _, m := range mock.Mutants(api) {
			if seen[m.ID] {
				t.Errorf("there are two mutants %s", m.ID)
			}
			seen[m.ID] = true
			kinds[m.Kind]++
		}
		for _, kind := range []string{"caller", "guard", "answer", "request", "change", "time"} {
			if kinds[kind] < 10 {
				t.Errorf("%s has %d mutants of the kind %s", api, kinds[kind], kind)
			}
		}
	}
	if len(seen) < 4500 {
		t.Errorf("there are %d mutants", len(seen))
	}
}

// One server is many: a mutant is on in the sandboxes of its prefix only.
func TestAMutantIsOnInTheSandboxesOfItsPrefix(t *testing.T) {
	t.Parallel()
	mock, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}})
	if err != nil {
		t.Fatal(err)
	}
	as := func(login, password, sandbox, method, path string) *httptest.ResponseRecorder {
		w, r := httptest.NewRecorder(), httptest.NewRequest(method, "/api/3"+path, nil)
		r.SetBasicAuth(login, password)
		r.Header.Set("Rolecall-Sandbox", sandbox)
		mock.ServeHTTP(w, r)
		return w
	}
	ask := func(sandbox, method, path string) *httptest.ResponseRecorder {
		return as("nxadmin", "nxpassword", sandbox, method, path)
	}
	for i, x := range []struct {
		id  string
		try func(sandbox string) (wrong bool)
	}{
		{"rapid7/getUser/answer/name missing", func(s string) bool { return !contains(ask(s, "GET", "/users/3"), `"name":"M`) }},
		{"rapid7/getUser/answer/404 as a success", func(s string) bool { return ask(s, "GET", "/users/999").Code == http.StatusOK }},
		{"rapid7/getUser/guard/R7-ADMIN-02 not held to", func(s string) bool { return as("asato", "Fake-asato-1", s, "GET", "/users/3").Code == http.StatusOK }},
		{"rapid7/getUsers/caller/R7-ADMIN-01 not held to for users with access to all sites", func(s string) bool {
			return as("asato", "Fake-asato-1", s, "GET", "/users").Code == http.StatusOK && as("gmbeki", "Fake-gmbeki-1", s, "GET", "/users").Code == http.StatusUnauthorized
		}},
		{"rapid7/signing in/caller/R7-AUTH-02 not held to for a password in other letters", func(s string) bool {
			return as("nxadmin", "NXpassword", s, "GET", "/roles").Code == http.StatusOK && as("nxadmin", "another", s, "GET", "/roles").Code == http.StatusUnauthorized
		}},
		{"rapid7/signing in/caller/R7-AUTH-02 not held to for no password", func(s string) bool {
			return as("nxadmin", "", s, "GET", "/roles").Code == http.StatusOK && as("nxadmin", "another", s, "GET", "/roles").Code == http.StatusUnauthorized
		}},
		{"rapid7/no operation/answer/405 without Allow", func(s string) bool { return ask(s, "POST", "/users/3").Header().Get("Allow") == "" }},
		{"rapid7/no operation/answer/404 as 200", func(s string) bool { return ask(s, "GET", "/nothing").Code == http.StatusOK }},
		{"rapid7/getUser/answer/200 as 401", func(s string) bool { return ask(s, "GET", "/users/3").Code == http.StatusUnauthorized }},
		{"rapid7/getUsers/request/size ignored", func(s string) bool { return !contains(ask(s, "GET", "/users?size=1"), `"size":1,`) }},
		{"rapid7/deleteUser/change/answered and not done", func(s string) bool {
			return ask(s, "DELETE", "/users/3").Code == http.StatusOK && ask(s, "GET", "/users/3").Code == http.StatusOK
		}},
		{"rapid7/deleteUser/change/done to another id", func(s string) bool {
			return ask(s, "GET", "/users/4").Code == http.StatusOK && ask(s, "DELETE", "/users/3").Code == http.StatusOK && ask(s, "GET", "/users/4").Code == http.StatusNotFound
		}},
		{"rapid7/getUserSites/time/every read after a change is old", func(s string) bool {
			before := ask(s, "GET", "/users/3/sites").Body.String()
			ask(s, "DELETE", "/users/3/sites")
			return ask(s, "GET", "/users/3/sites").Body.String() == before
		}},
	} {
		wrong, right := fmt.Sprint("wrong", i), fmt.Sprint("right", i)
		if err := mock.Mutate(wrong, x.id); err != nil {
			t.Fatal(err)
		}
		if !x.try(wrong+"-1") || mock.Altered(x.id) == 0 {
			t.Errorf("%s makes no difference", x.id)
		}
		if x.try(right + "-1") {
			t.Errorf("%s is on elsewhere, too", x.id)
		}
	}
	if err := mock.Mutate("wrong", "rapid7/getUser/answer/nothing"); err == nil {
		t.Error("a mutant that does not exist is switched on")
	}
}

// What comes to the same is no difference: such a mutant proves nothing.
func TestAMutantThatComesToTheSameMakesNoDifference(t *testing.T) {
	t.Parallel()
	mock, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}})
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range []struct {
		id, method, same, other string // paths, each asked twice
	}{
		{"rapid7/unlockUser/change/the second call not done", "DELETE", "/users/3/lock", "/users/8/lock"},
		{"rapid7/getUsers/request/sort ignored", "GET", "/users?sort=id", "/users?sort=name,DESC"},
	} {
		for path, differs := range map[string]bool{x.same: false, x.other: x.method == "GET"} {
			prefix := fmt.Sprintf("same%d%t", i, differs)
			if err := mock.Mutate(prefix, x.id); err != nil {
				t.Fatal(err)
			}
			before := mock.Altered(x.id)
			for range 2 {
				w, r := httptest.NewRecorder(), httptest.NewRequest(x.method, "/api/3"+path, nil)
				r.SetBasicAuth("nxadmin", "nxpassword")
				r.Header.Set("Rolecall-Sandbox", prefix+"-1")
				mock.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					t.Fatalf("%s is answered with %d", path, w.Code)
				}
			}
			if (mock.Altered(x.id) > before) != differs {
				t.Errorf("%s with %s makes a difference: %t", path, x.id, !differs)
			}
		}
	}
}

func contains(w *httptest.ResponseRecorder, text string) bool {
	return strings.Contains(w.Body.String(), text)
}
