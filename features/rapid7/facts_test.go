package rapid7_test

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/features/rapid7"
	"github.com/rolecall/rolecall/mockserver"
)

// realTarget is the mock as a target of which nothing is known beforehand.
func realTarget(t *testing.T) (*run.Catalogue, *target.Target) {
	t.Helper()
	mock, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(mock)
	t.Cleanup(server.Close)
	api, err := rapid7.Suite()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := run.NewCatalogue(api)
	if err != nil {
		t.Fatal(err)
	}
	e := api.ForMock(server.URL + "/api/3")
	e.Mock, e.Bystander, e.Facts = false, nil, maps.Clone(e.Facts)
	return catalogue, &target.Target{Endpoints: map[string]*target.Endpoint{"rapid7": e}}
}

func TestWhatIsWrongWithAFactIsSaidBeforeTheRun(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, fact string
		value      any
		says       string // "" where nothing is wrong
	}{
		{"facts that are true", "sites", []int64{1, 2, 3}, ""},
		{"a site that does not exist", "sites", []int64{1, 2, 99}, "site 99 of your target file does not exist"},
		{"one asset group three times", "assetGroups", []int64{11, 11, 11}, "assetGroups has 1 different ids"},
		{"a built-in role that does not exist", "builtInRoles", []string{"usr"}, `role "usr" of your target file does not exist`},
		{"a disposable role that does not exist", "disposableRole", "nowhere", `role "nowhere" of your target file does not exist`},
		{"a disposable role that somebody has", "disposableRole", "ticket-desk", `role "ticket-desk" is held by user 30: it is not disposable`},
		{"a disposable role that is built in", "disposableRole", "system-admin", "stands under builtInRoles, too"},
		{"a role to change and to delete", "deletableRole", "exception-approver", "is the disposable one, too"},
		{"a threshold below zero", "lockThreshold", int64(-1), "lockThreshold is -1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			catalogue, target := realTarget(t)
			target.Endpoints["rapid7"].Facts[c.fact] = c.value
			r, err := catalogue.Run(t.Context(), target, run.Options{Preflight: true})
			if err != nil {
				t.Fatal(err)
			}
			var said []string
			for _, check := range r.Checks {
				if check.Result == report.Fail {
					said = append(said, check.What+": "+check.Detail)
				}
			}
			if c.says == "" && len(said) > 0 || c.says != "" && (len(said) != 1 || !strings.Contains(said[0], c.says)) {
				t.Errorf("the preflight says %q; it should say %q", said, c.says)
			}
		})
	}
}

// What a run does to a role of a target it undoes.
func TestARoleOfATargetIsAsBefore(t *testing.T) {
	t.Parallel()
	catalogue, target := realTarget(t)
	before := readRole(t, target)
	o := run.Options{Selection: rules.Selection{Rules: []string{"R7-PRIV-04"}, Allow: rules.Allow{Writes: true}}}
	r, err := catalogue.Run(t.Context(), target, o)
	if err != nil {
		t.Fatal(err)
	}
	if r.ExitStatus() != report.ExitConformant || len(r.Left) > 0 {
		t.Errorf("%s; left behind: %v", r.Headline(), r.Left)
	}
	if diff := cmp.Diff(before, readRole(t, target)); diff != "" {
		t.Errorf("the role is another after the run (-before +after):\n%s", diff)
	}
}

func readRole(t *testing.T, target *target.Target) string {
	t.Helper()
	e := target.Endpoints["rapid7"]
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, e.URL+"/roles/exception-approver", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(e.Credentials["administrator"].Login, e.Credentials["administrator"].Password)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%d, %v", answer.StatusCode, err)
	}
	return string(body)
}
