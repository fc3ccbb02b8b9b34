package mockserver_test

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/tidwall/gjson"
	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"

	"github.com/rolecall/rolecall/mockserver"
)

// A player sends requests of any kind to one sandbox of a mock.
type player struct {
	*rapid.T
	mock    *mockserver.Server
	sandbox string
	signIn  map[string]string // header Authorization by API
}

func (p *player) send(method, path, body, authorization string) (int, string) {
	r := httptest.NewRequest(method, "http://localhost"+strings.ReplaceAll(path, " ", "%20"), strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:5"
	r.Header.Set("Rolecall-Sandbox", p.sandbox)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	w := httptest.NewRecorder()
	p.mock.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func (p *player) control(method, what, body string) string {
	status, text := p.send(method, "/_rolecall/"+what, body, "")
	if status >= 300 {
		p.Fatalf("%s %s is answered with %d %s", method, what, status, text)
	}
	return text
}

func (p *player) text(name string) string {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"a", "true", "null", "~", "12", "1e3", "2026-01-01", "0x1f", "- a: b", "{x}", " a ", "'", `"`, `\`, "a\nb", "\u2028", "\ufeff", "é😀", "\u0085", "\x7f", "<&>", "!secret", "omitted", "#", "a #b", "a: b"}),
		rapid.StringN(1, 12, 40),
	).Draw(p.T, name)
}

func (p *player) number(name string) int { return rapid.IntRange(1, 34).Draw(p.T, name) }

func (p *player) among(path string) string {
	all := gjson.Get(p.control("GET", "state?secrets=include", ""), path).Array()
	if len(all) == 0 {
		return "none"
	}
	return rapid.SampledFrom(all).Draw(p.T, path).String()
}

func asJSON(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

type object map[string]any

// steps are requests that change a state in one way or another.
var steps = map[string][]func(p *player) (method, path, body string){
	"rapid7": {
		func(p *player) (string, string, string) {
			return "POST", "/api/3/users", asJSON(object{"login": p.text("login"), "name": p.text("name"), "email": "a@example.com", "password": "Fake-1" + p.text("password"), "role": object{"id": p.among("rapid7.roles.#.id")}, "passwordResetOnLogin": true})
		},
		func(p *player) (string, string, string) {
			return "PUT", fmt.Sprint("/api/3/users/", p.number("user")), asJSON(object{"login": p.text("login"), "name": p.text("name"), "enabled": rapid.Bool().Draw(p.T, "enabled"), "role": object{"id": p.among("rapid7.roles.#.id"), "allSites": true}, "locale": object{"default": "de-DE"}})
		},
		func(p *player) (string, string, string) {
			return "DELETE", fmt.Sprint("/api/3/users/", p.number("user")), ""
		},
		func(p *player) (string, string, string) {
			return "PUT", "/api/3/roles/" + p.among("rapid7.roles.#.id"), asJSON(object{"name": p.text("name"), "description": p.text("description"), "privileges": []string{"create-reports"}})
		},
		func(p *player) (string, string, string) {
			return "PUT", "/api/3/roles/new", asJSON(object{"id": "new", "name": p.text("name"), "description": "d", "privileges": []string{}})
		},
		func(p *player) (string, string, string) {
			return "DELETE", "/api/3/roles/" + p.among("rapid7.roles.#.id"), ""
		},
		func(p *player) (string, string, string) {
			return "PUT", fmt.Sprint("/api/3/users/", p.number("user"), "/sites"), asJSON([]int{3, 1, p.number("site")%8 + 1})
		},
		func(p *player) (string, string, string) {
			return "POST", fmt.Sprint("/api/3/users/", p.number("user"), "/2FA"), ""
		},
		func(p *player) (string, string, string) {
			p.send("GET", "/api/3/users/3", "", "Basic bWdhcmNpYTp4") // a failed attempt of mgarcia's
			return "DELETE", fmt.Sprint("/api/3/users/", p.number("user"), "/lock"), ""
		},
	},
	"devicehive": {
		func(p *player) (string, string, string) {
			return "POST", "/dh/rest/user", asJSON(object{"login": p.text("login"), "role": 1, "status": 0, "password": "Fake-1" + p.text("password"), "data": object{p.text("key"): []any{1.50, 1e100, 12345678901234567, nil, p.text("value"), object{"b": true, "a": 1}}}})
		},
		func(p *player) (string, string, string) {
			return "PUT", fmt.Sprint("/dh/rest/user/", p.number("user")%12), asJSON(object{"login": p.text("login"), "status": p.number("status") % 3, "data": object{}})
		},
		func(p *player) (string, string, string) {
			return "DELETE", fmt.Sprint("/dh/rest/user/", p.number("user")%12), ""
		},
		func(p *player) (string, string, string) {
			return "PUT", fmt.Sprint("/dh/rest/user/", p.number("user")%12, "/network/", p.number("network")%5), "{}"
		},
		func(p *player) (string, string, string) {
			return "POST", "/dh/rest/network", asJSON(object{"name": p.text("name"), "description": p.text("description")})
		},
		func(p *player) (string, string, string) {
			return "DELETE", fmt.Sprint("/dh/rest/devicetype/", p.number("type")%9), ""
		},
		func(p *player) (string, string, string) {
			return "POST", "/dh/rest/token", `{"login":"client","password":"` + rapid.SampledFrom([]string{"client_#911", "x"}).Draw(p.T, "password") + `"}`
		},
	},
	"socotra": {
		func(p *player) (string, string, string) {
			return "POST", "/auth/users", asJSON(object{"userName": p.text("userName"), "firstName": p.text("first"), "lastName": "L", "password": "Cf!9-Fake" + p.text("password"), "roles": []string{p.among("socotra.roles.#.name")}, "tenants": []string{"any", p.text("tenant")}})
		},
		func(p *player) (string, string, string) {
			return "DELETE", "/auth/users/" + p.among("socotra.users.#.locator"), ""
		},
		func(p *player) (string, string, string) {
			return "PATCH", "/auth/users/" + p.among("socotra.users.#.locator"), asJSON(object{"firstName": p.text("first"), "permissions": []string{p.text("permission")}})
		},
		func(p *player) (string, string, string) {
			return "POST", "/auth/roles", asJSON(object{"name": rapid.SampledFrom([]string{"auditor", p.text("name")}).Draw(p.T, "role"), "description": p.text("description"), "permissions": []string{p.among("socotra.roles.#.permissions.0"), p.text("permission")}})
		},
		func(p *player) (string, string, string) {
			return "DELETE", "/auth/roles/" + p.among("socotra.roles.#.locator"), ""
		},
		func(p *player) (string, string, string) {
			return "PATCH", "/auth/users/" + p.among("socotra.users.#.locator") + "/roles", asJSON(object{"addRoles": []string{p.among("socotra.roles.#.name")}, "removeRoles": []string{}})
		},
		func(p *player) (string, string, string) {
			return "POST", "/auth/realms/harbor-mutual/protocol/openid-connect/token", asJSON(object{"grant_type": "password", "client_id": "c", "username": "users@harbor.example", "password": "Cf!9-harbor-Users-0003"})
		},
	},
}

// TestWhatIsExportedIsTakenBackAsItWas plays any sequence of requests and brings
// the state that they leave into another sandbox, which then answers the same.
func TestWhatIsExportedIsTakenBackAsItWas(t *testing.T) {
	t.Parallel()
	mocks, editions := map[string]*mockserver.Server{}, []string{"documented", "contrary", "contrary-2"}
	for _, edition := range editions {
		mock, err := mockserver.New(optionsOf(edition))
		if err != nil {
			t.Fatal(err)
		}
		mocks[edition] = mock
	}
	var runs atomic.Int64
	rapid.Check(t, func(t *rapid.T) {
		edition := rapid.SampledFrom(editions).Draw(t, "edition")
		mock, name := mocks[edition], fmt.Sprint("run-", runs.Add(1))
		signIn := headers(mock)
		p, q := &player{t, mock, name, signIn}, &player{t, mock, name + "-again", signIn}
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			api := rapid.SampledFrom(mockserver.APIs()).Draw(t, "api")
			method, path, body := rapid.SampledFrom(steps[api]).Draw(t, "step")(p)
			if status, text := p.send(method, path, body, signIn[api]); status >= 500 {
				t.Fatalf("%s %s %s: %d %s", method, path, body, status, text)
			}
		}
		was := p.control("GET", "state?secrets=include", "")
		format := rapid.SampledFrom([]string{"json", "yaml"}).Draw(t, "format")
		written := p.control("GET", "state?secrets=include&format="+format, "")
		for _, method := range []string{"PUT", "PATCH"} {
			q.control(method, "state", written)
			same(t, "after "+method+" the state", was, q.control("GET", "state?secrets=include", ""))
		}
		for api, list := range map[string]string{"rapid7": "/api/3/users?size=500", "devicehive": "/dh/rest/user", "socotra": "/auth/users/list"} {
			_, text := p.send("GET", list, "", signIn[api])
			_, again := q.send("GET", list, "", signIn[api])
			same(t, list, plain(text), plain(again))
		}
		if format == "yaml" && edition == "documented" {
			asFixtures(t, optionsOf(edition), written, was)
		}
	})
}

func optionsOf(edition string) mockserver.Options {
	return mockserver.Options{Now: noon, Editions: map[string]string{"rapid7": edition, "devicehive": edition, "socotra": edition}}
}

// headers are those with which administrators of each API call, or nobody.
func headers(mock *mockserver.Server) map[string]string {
	p := &player{T: nil, mock: mock, sandbox: "sign-in"}
	_, answer := p.send("POST", "/dh/rest/token", `{"login":"dhadmin","password":"dhadmin_#911"}`, "")
	return map[string]string{
		"rapid7": "Basic bnhhZG1pbjpueHBhc3N3b3Jk", "devicehive": "Bearer " + gjson.Get(answer, "accessToken").String(), "socotra": "Bearer SOCP_000000000000000000000ADM1N",
	}
}

// plain is JSON in one way of the many in which it can be written.
func plain(text string) string {
	var v any
	_ = json.Unmarshal([]byte(text), &v)
	return asJSON(v)
}

func same(t *rapid.T, what, one, other string) {
	if one != other {
		at := 0
		for at < min(len(one), len(other)) && one[at] == other[at] {
			at++
		}
		cut := func(s string) string { return s[max(0, at-200):min(len(s), at+100)] }
		t.Fatalf("%s differs:\n%s\n---\n%s", what, cut(one), cut(other))
	}
}

// asFixtures starts a mock on what was exported.
func asFixtures(t *rapid.T, o mockserver.Options, exported, was string) {
	var apis map[string]map[string]yaml.Node
	if err := yaml.Unmarshal([]byte(exported), &apis); err != nil {
		t.Fatal(err)
	}
	own := fstest.MapFS{}
	for api, tables := range apis {
		for table, node := range tables {
			text, err := yaml.Marshal(&node)
			if err != nil {
				t.Fatal(err)
			}
			own[api+"/"+table+".yaml"] = &fstest.MapFile{Data: text}
		}
	}
	o.Fixtures = own
	mock, err := mockserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the state of fixtures", was, (&player{T: t, mock: mock, sandbox: "x"}).control("GET", "state?secrets=include", ""))
}
