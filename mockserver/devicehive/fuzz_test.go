package devicehive_test

import (
	"testing"
)

// FuzzBodies sends anything to every operation that reads a body: it is
// answered with less than 500, and refused without effect.
func FuzzBodies(f *testing.F) {
	for _, body := range []string{
		``, `null`, `{}`, `[]`, `"x"`, `{"login":"alice","password":"s3cret-enough","role":1}`, `{"login":`,
		`{"role":1e99}`, `{"role":-0}`, `{"status":2.0}`, `{"data":{"a":[[[]]]}}`, "{\"login\":\"\xff\"}", `{"userId":1,"expiration":1e400}`,
		`{"userId":9223372036854775807,"actions":[null]}`, `{"name":"\u0000"}`, `{"refreshToken":"a.b.c"}`, `{"login":{},"login":1}`,
	} {
		f.Add(body)
	}
	targets := []string{"POST /user", "PUT /user/2", "PUT /user/current", "POST /token", "POST /token/create", "POST /token/refresh", "POST /network", "PUT /devicetype/1"}
	f.Fuzz(func(t *testing.T, body string) {
		for _, target := range targets {
			m := newMock(t, "documented")
			admin, witness := m.admin(), m.signIn("operator", "operator_#911")
			before := m.ask(witness, "GET /user", "").body
			got := m.ask(admin, target, body)
			if got.status >= 500 {
				t.Errorf("%s %q: %s", target, body, got)
			}
			if after := m.ask(witness, "GET /user", "").body; got.status >= 400 && target != "POST /token" && after != before {
				t.Errorf("%s %q was refused and has an effect", target, body)
			}
		}
	})
}

// FuzzQueries sends anything as the query of lists.
func FuzzQueries(f *testing.F) {
	for _, query := range []string{"", "take=-1", "role=1&role=0", "loginPattern=%25%25%25a%25%5C", "sortField=%00", "skip=2147483648", "%zz", ";"} {
		f.Add(query)
	}
	m := newMock(f, "documented")
	admin := m.admin()
	f.Fuzz(func(t *testing.T, query string) {
		for _, path := range []string{"/user", "/user/count", "/network", "/devicetype/count"} {
			if got := m.askQuery(admin, path, query); got.status >= 500 {
				t.Errorf("GET %s?%q: %s", path, query, got)
			}
		}
	})
}
