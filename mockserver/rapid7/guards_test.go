package rapid7_test

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/mockserver/rapid7"
)

// An attempt is a request that a guard refuses: one that would succeed, with
// something changed. What it leaves empty is as in the request that succeeds,
// sent by the administrator.
type attempt struct {
	login, path, body, settings string
	before                      []provocation                   // what the administrator does first
	with                        func(engine.State) engine.State // instead of the fixtures as they are
	broken                      bool                            // without the guard there is no answer that keeps the contract
}

// to sends the request that succeeds to another path: "/users/3/2FA" to "/users/99/2FA".
func to(old, new string) func(string) attempt {
	return func(path string) attempt { return attempt{path: strings.Replace(path, old, new, 1)} }
}

func by(login string) func(string) attempt {
	return func(string) attempt { return attempt{login: login} }
}

func saying(body string) func(string) attempt {
	return func(string) attempt { return attempt{body: body} }
}

func underPolicy(body string) func(string) attempt {
	return func(string) attempt { return attempt{body: body, settings: `{"passwordPolicy":{"minLength":20}}`} }
}

func minding(body string) func(string) attempt {
	return func(string) attempt { return attempt{body: body, settings: `{"unknownProperties":"refuse"}`} }
}

// again sends to another path what an edition may mind.
func again(old, new string) func(string) attempt {
	return func(path string) attempt {
		return attempt{path: strings.Replace(path, old, new, 1), settings: `{"repetition":"refuse"}`}
	}
}

// attempts are by rule, and by operation and rule where these differ. A guard
// that stands twice for one rule has two.
var attempts = map[string][]func(path string) attempt{
	"R7-AUTH-01":  {by("-")},
	"R7-AUTH-02":  {by("nobody:x"), by("nxadmin:x")},
	"R7-AUTH-03":  {by("dnovak")},
	"R7-AUTH-05":  {by("lfischer")},
	"R7-2FA-05":   {func(string) attempt { return attempt{login: "yharada", settings: `{"twoFactorEnforced":true}`} }},
	"R7-ADMIN-01": {by("mgarcia")},
	"R7-ADMIN-02": {by("tkeller")},
	"R7-ADMIN-03": {by("tkeller")},
	"R7-USER-11":  {to("/users/", "/users/9")}, // 93 or 910
	"R7-ROLE-05":  {to("/roles/", "/roles/no-")},
	"R7-PRIV-02":  {to("/privileges/", "/privileges/no-")},
	"R7-SRC-02":   {to("/2", "/99")},

	"createUser R7-USER-03": {saying(strings.Replace(newUser("jdoe"), `"New User"`, "7", 1)), saying(`{"login":"jdoe"}`), underPolicy(newUser("jdoe"))},
	"updateUser R7-USER-03": {saying(strings.Replace(newUser("jdoe"), `"New User"`, "7", 1)), saying(`{"login":"jdoe"}`), saying(strings.Replace(newUser("jdoe"), "Fake-new-1", "", 1))},
	"R7-USER-05":            {saying(newUser("mgarcia"))},
	"R7-USER-13":            {saying(newUser("nxadmin"))},
	"R7-USER-06": {
		saying(strings.Replace(newUser("jdoe"), `"user"`, `"none"`, 1)),
		saying(strings.Replace(newUser("jdoe"), `"name"`, `"authentication":{"id":3,"type":"saml"},"name"`, 1)),
	},
	"R7-USER-02": {func(string) attempt { return attempt{with: rapid7.UseUpIDs, broken: true} }},
	"R7-SELF-01": {to("/3", "/1"), func(string) attempt {
		return attempt{login: "mgarcia", path: "/users/1", before: []provocation{
			{"PUT", "/users/3", `{"login":"mgarcia","name":"M","role":{"id":"user","superuser":true}}`},
			{"PUT", "/users/2", `{"login":"okuznets","name":"O","enabled":false,"role":{"id":"global-admin"}}`},
		}}
	}},
	"createUser R7-PROTO-01": {minding(strings.Replace(newUser("jdoe"), "{", `{"fly":1,`, 1))},
	"updateUser R7-PROTO-01": {func(string) attempt { return attempt{body: "-", settings: `{"absentBody":"refuse"}`} }, minding(strings.Replace(newUser("jdoe"), "{", `{"fly":1,`, 1))},
	"updateRole R7-PROTO-01": {func(string) attempt { return attempt{body: "-", settings: `{"absentBody":"refuse"}`} }, minding(`{"name":"Desk","description":"","fly":1}`)},
	"getUsers R7-PROTO-01":   {to("/users", "/users?sort=password")},
	"R7-PROTO-01":            {saying(`{}`)},
	"R7-PAGE-06":             {to("/users", "/users?page=100")},

	"R7-ROLE-02": {to("exception-approver", "system-admin")},
	"R7-ROLE-03": {to("exception-approver", "ticket-desk")},
	"R7-ROLE-08": {
		saying(`{"name":7,"description":""}`),
		saying(`{"name":"Desk"}`),
		saying(`{"id":"other","name":"Desk","description":""}`),
		saying(`{"name":"Desk","description":"","privileges":["fly"]}`),
	},
	"R7-ROLE-09": {to("ticket-desk", "custom")},

	"R7-SITE-05":  {to("/3/", "/7/")},
	"R7-GROUP-05": {to("/3/", "/8/")},
	"R7-SITE-06": {func(string) attempt {
		return attempt{path: "/users/7/sites", settings: `{"grantToAllAccess":"refuse"}`}
	}},
	"R7-GROUP-06": {func(string) attempt {
		return attempt{path: "/users/8/asset_groups", settings: `{"grantToAllAccess":"refuse"}`}
	}},
	"setUserSites R7-SITE-07":          {saying(`[1,99]`)},
	"setUserAssetGroups R7-GROUP-07":   {saying(`[11,99]`)},
	"addUserSite R7-SITE-07":           {to("/8", "/99")},
	"removeUserSite R7-SITE-07":        {to("/1", "/99")},
	"addUserAssetGroup R7-GROUP-07":    {to("/12", "/99")},
	"removeUserAssetGroup R7-GROUP-07": {to("/11", "/99")},
	"R7-SITE-08":                       {again("/8", "/1")},
	"R7-GROUP-08":                      {again("/12", "/11")},
	"R7-SITE-03":                       {again("/1", "/8")},
	"R7-GROUP-03":                      {again("/11", "/12")},
	"R7-LOCK-03":                       {again("/5", "/3")},
	"R7-LOCK-02":                       {to("/5", "/6")},
	"R7-2FA-03":                        {to("/10/", "/3/")},
	"R7-2FA-04":                        {saying(`{"key":"A"}`), saying(`"1"`)},
	"R7-PWD-02":                        {by("mgarcia")},
	"R7-PWD-03":                        {saying(`{"password":7}`), underPolicy(`"N"`)},
}

// TestEveryGuardRefusesAndNothingElseDoesWhereItIsLeftOut walks the guards as
// they are listed.
func TestEveryGuardRefusesAndNothingElseDoesWhereItIsLeftOut(t *testing.T) {
	t.Parallel()
	api, state := served(t)
	seen := map[string]int{}
	for _, g := range api.Guards() {
		key := g.Operation + " " + g.Rule
		place := seen[key]
		seen[key]++
		ways := attempts[key]
		if ways == nil {
			ways = attempts[g.Rule]
		}
		if place >= len(ways) {
			t.Errorf("guard %d of %s: there is no attempt that it refuses; add one", place+1, key)
			continue
		}
		operation := g.Operation
		if operation == "" {
			operation = "getRoles" // for everybody who is signed in
		}
		good := provocations[operation][200]
		for _, lifted := range []bool{false, true} {
			x := newGuarded(t, api, state, ways[place](good.path), g, lifted)
			status, rule := x.tries(good)
			refused, fails := rule == g.Rule, lifted && x.broken
			if refused == lifted || (status >= 500) != fails || !lifted && status != g.Status {
				t.Errorf("guard %d of %s, left out %t: answered with %d under %q", place+1, key, lifted, status, rule)
			}
		}
	}
}

// TestGuardsAnswerWithDocumentedStatuses, but for two: the document lists no
// 400 where a sort makes no sense and where somebody deletes itself.
func TestGuardsAnswerWithDocumentedStatuses(t *testing.T) {
	t.Parallel()
	api, _ := served(t)
	undocumented := map[string]int{}
	for _, g := range api.Guards() {
		for _, op := range api.Contract.Documented() {
			if (g.Operation == op.ID || g.Operation == "") && !slices.Contains(op.Statuses(), g.Status) {
				undocumented[op.ID+" "+g.Rule] = g.Status
			}
		}
	}
	if diff := gocmp.Diff(map[string]int{"getUsers R7-PROTO-01": 400, "deleteUser R7-SELF-01": 400}, undocumented); diff != "" {
		t.Error(diff)
	}
}

// served is the API as it is served, and what it starts with.
func served(t *testing.T) (*engine.API, engine.State) {
	t.Helper()
	dir, err := fixtures.FS("rapid7")
	if err != nil {
		t.Fatal(err)
	}
	api, err := rapid7.New(dir, "documented")
	if err != nil {
		t.Fatal(err)
	}
	if err := api.Prepare(); err != nil {
		t.Fatal(err)
	}
	state, err := api.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return api, state
}

// A guarded is a console on its way to one refusal.
type guarded struct {
	attempt
	handler http.Handler
}

func newGuarded(t *testing.T, api *engine.API, state engine.State, x attempt, g engine.Guard, lifted bool) *guarded {
	t.Helper()
	if x.with != nil {
		state = x.with(state)
	}
	if x.settings != "" {
		var err error
		if state, err = state.Configure([]byte(x.settings)); err != nil {
			t.Fatal(err)
		}
	}
	sandbox := engine.NewSandbox(map[string]engine.State{"rapid7": state}, &engine.Clock{}, 1, nil)
	made := &guarded{x, engine.Router([]*engine.API{api}, func(string) (*engine.Sandbox, error) { return sandbox, nil })}
	for _, p := range x.before {
		if status, _ := made.send(p, "nxadmin"); status != 200 {
			t.Fatalf("%s %s is answered with %d", p.method, p.path, status)
		}
	}
	if lifted {
		defect := engine.Defect{ID: "lifted", Breaks: g.Rule}
		if g.Operation != "" {
			defect.On = []string{g.Operation}
		}
		sandbox.SetDefects([]engine.Defect{defect})
	}
	return made
}

// tries sends the request that would succeed, changed as the attempt says.
func (x *guarded) tries(good provocation) (status int, rule string) {
	p := provocation{good.method, cmp.Or(x.path, good.path), cmp.Or(x.body, good.body)}
	if x.body == "-" {
		p.body = ""
	}
	return x.send(p, cmp.Or(x.login, "nxadmin"))
}

func (x *guarded) send(p provocation, login string) (status int, rule string) {
	r := httptest.NewRequest(p.method, "/api/3"+p.path, strings.NewReader(p.body))
	if name, pass, given := strings.Cut(login, ":"); given {
		r.SetBasicAuth(name, pass)
	} else if login != "-" {
		r.SetBasicAuth(login, password(login))
	}
	w := httptest.NewRecorder()
	x.handler.ServeHTTP(w, r)
	return w.Code, w.Header().Get("Rolecall-Rule")
}
