package devicehive_test

import (
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// TestSilentPointsAreDecidedInAnotherWayByEachEdition: what the document does not
// say, asked of the administrator unless another is named.
func TestSilentPointsAreDecidedInAnotherWayByEachEdition(t *testing.T) {
	t.Parallel()
	const alice = `{"login":"alice","password":"s3cret-enough","role":1}`
	asAdmin := func(target, body string) func(*mock) string {
		return func(m *mock) string { return m.ask(m.anyAdmin(), target, body).String() }
	}
	field := func(target, path string) func(*mock) string {
		return func(m *mock) string { return gjson.Get(m.ask(m.anyAdmin(), target, "").body, path).String() }
	}
	after := func(target, body string, then func(*mock) string) func(*mock) string {
		return func(m *mock) string {
			m.ask(m.anyAdmin(), target, body)
			return then(m)
		}
	}
	for name, c := range map[string]struct {
		ask                           func(*mock) string
		documented, contrary, another string // what the answer begins with
	}{
		"the answer to an insertion":    {asAdmin("POST /user", alice), `201 {"id":9,"login":"alice","role":1`, `200 {"id":9}`, `201 {"networks":[],"id":9,"login":"alice"`},
		"the answer to an update":       {asAdmin("PUT /user/2", `{"status":2}`), "204", "200 {}", "202"},
		"the answer to an assignment":   {asAdmin("PUT /user/2/network/3", ""), "204", "201", "202"},
		"the answer to signing in":      {asAdmin("POST /token", `{"login":"client","password":"client_#911"}`), `201 {"accessToken`, `200 {"accessToken`, `201 {"accessToken`},
		"how no token is refused":       {func(m *mock) string { return m.ask("", "GET /user", "").String() }, `401 {"error":401`, "403", `400 {"timestamp":"2026`},
		"how a bad token is refused":    {func(m *mock) string { return m.ask("a.b.c", "GET /user", "").String() }, `401 {"error":401`, "403", `400 {"timestamp"`},
		"how a missing action is":       {func(m *mock) string { return m.ask(m.token(2, "GetNetwork"), "GET /user", "").String() }, `403 {"error":403`, "404", `401 {"timestamp"`},
		"how an unknown user is":        {asAdmin("GET /user/99", ""), `404 {"error":404`, "410", `400 {"timestamp"`},
		"how an unknown network is":     {asAdmin("PUT /user/2/network/99", ""), `404 {"error":404`, "410", `400 {"timestamp"`},
		"how a login that is taken is":  {asAdmin("PUT /user/2", `{"login":"operator"}`), `403 {"error":403`, "409", `422 {"timestamp"`},
		"how a role that is none is":    {asAdmin("PUT /user/2", `{"role":2}`), `400 {"error":400`, "422", `409 {"timestamp"`},
		"how an unreadable body is":     {asAdmin("PUT /user/2", `{`), `400 {"error":400`, "422", `409 {"timestamp"`},
		"how a number that is none is":  {asAdmin("GET /user/two", ""), `404 {"error":404`, "400", `422 {"timestamp"`},
		"how an unknown path is":        {asAdmin("GET /nothing", ""), `404 {"error":404`, "404", `404 {"timestamp"`},
		"what comes first":              {func(m *mock) string { return m.ask("", "GET /user/two", "").String() }, "401", "400", "400"},
		"deleting oneself":              {asAdmin("DELETE /user/1", ""), "403", "200 {}", `422 {"timestamp"`},
		"a login of one letter":         {asAdmin("PUT /user/2", `{"login":"x"}`), "400", "200", "422"},
		"a single type beside all":      {asAdmin("PUT /user/3/devicetype/2", ""), "403", "201", "409"},
		"what new users are allowed":    {after("POST /user", alice, field("GET /user/9/devicetype", "#")), "8", "0", "0"},
		"data that an update leaves":    {after("PUT /user/2", `{"status":0}`, field("GET /user/2", "data.locale")), "en", "", "en"},
		"parameters of a list":          {field("GET /user?login=client&take=1", "#"), "1", "8", "1"},
		"taking nothing":                {field("GET /user?take=0", "#"), "8", "8", "0"},
		"the order of a list":           {after("PUT /user/2", `{"status":0}`, field("GET /user", "@reverse.0.id")), "8", "2", "2"},
		"the first property of a user":  {asAdmin("GET /user/4", ""), `200 {"networks":[],"id"`, `200 {"introReviewed"`, `200 {"networks":[],"id"`},
		"networks of users in a list":   {field("GET /user", "0.networks.#"), "", "", "2"},
		"a slash at the end of a path":  {asAdmin("GET /user/2/", ""), "404", "200", "404"},
		"how a wrong method is told so": {func(m *mock) string { return m.ask(m.anyAdmin(), "DELETE /user", "").header.Get("Allow") }, "GET, HEAD, POST", "GET, HEAD, POST", ""},
		"the token of a user who is disabled": {func(m *mock) string {
			token := m.token(2, "GetCurrentUser")
			m.ask(m.anyAdmin(), "PUT /user/2", `{"status":2}`)
			return m.ask(token, "GET /user/current", "").String()
		}, "401", "200", "404"},
		"how many attempts are too many": {func(m *mock) string {
			for n := 1; ; n++ {
				m.ask("", "POST /token", `{"login":"client","password":"wrong"}`)
				if gjson.Get(m.ask(m.anyAdmin(), "GET /user/2", "").body, "status").Int() == 1 {
					return strings.Repeat("I", n)
				}
			}
		}, "IIIIIIIIII", "III", "IIIIII"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for edition, want := range map[string]string{"documented": c.documented, "contrary": c.contrary, "contrary-2": c.another} {
				if got := c.ask(newMock(t, edition)); got != want && (want == "" || !strings.HasPrefix(got, want)) {
					t.Errorf("%s: %s, want %s", edition, got, want)
				}
			}
		})
	}
}

// anyAdmin signs in where the status of that is not to be relied on.
func (m *mock) anyAdmin() string {
	m.t.Helper()
	return gjson.Get(m.ask("", "POST /token", `{"login":"dhadmin","password":"dhadmin_#911"}`).body, "accessToken").String()
}
