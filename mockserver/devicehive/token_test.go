package devicehive_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"
)

// Tokens that a real server signed with the secret "devicehive", as they stand
// in its own and its clients' public tests, all long expired.
var realTokens = map[string]string{
	"of an administrator's client": "eyJhbGciOiJIUzI1NiJ9.eyJwYXlsb2FkIjp7ImUiOjE1MTQ3NjQ4MDAwMDAsInQiOjEsInUiOjEsImEiOlswXSwibiI6WyIqIl0sImQiOlsiKiJdfX0.ztPbZex2ZXYHPetsz_zVimTfI3oy5xGbCBEgdcateCc",
	"of the Go SDK's tests":        "eyJhbGciOiJIUzI1NiJ9.eyJwYXlsb2FkIjp7ImEiOlsyLDMsNCw1LDYsNyw4LDksMTAsMTEsMTIsMTUsMTYsMTddLCJlIjoxNTI1OTQ4MzYyNzczLCJ0IjoxLCJ1IjozNzg3NiwibiI6WyI0MTY5MSJdLCJkdCI6WyIqIl19fQ.Jn43WlrM-kHjYunF4Mm_V90LwmcbZ4AdyTDsui_PFF8",
}

func TestTokensOfARealServerAreReadAndFoundExpired(t *testing.T) {
	for name, token := range realTokens {
		t.Run(name, func(t *testing.T) {
			m := newMock(t, "documented")
			m.expect(token, "GET /user", "", `401 {"error":401,"message":"Token expired"}`)
			m.expect(token[:len(token)-4]+"AAAA", "GET /user", "", `401 {"error":401,"message":"Unauthorized"}`)
		})
	}
}

func TestTokensAreWrittenAsTheRealServerWritesThem(t *testing.T) {
	m := newMock(t, "documented")
	pair := m.tokens(m.ask(m.admin(), "POST /token/create",
		`{"userId":1,"actions":["*"],"networkIds":["*"],"deviceTypeIds":["*"],"expiration":"2018-01-01T00:00:00.000Z"}`))
	for i, kind := range []string{1: "0", 0: "1"} {
		parts := strings.Split(pair[i], ".")
		header, _ := base64.RawURLEncoding.DecodeString(parts[0])
		payload, _ := base64.RawURLEncoding.DecodeString(parts[1])
		got := string(header) + string(payload)
		want := `{"alg":"HS256"}{"payload":{"a":[0],"e":1514764800000,"t":` + kind + `,"u":1,"n":["*"],"dt":["*"]}}`
		if got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	}
}

func TestTokenPayloads(t *testing.T) {
	end := start.Add(30 * time.Minute).UnixMilli()
	for name, c := range map[string]struct{ login, password, want string }{
		"an administrator's allows everything":                {"dhadmin", "dhadmin_#911", `"a":[0],"e":%d,"t":1,"u":1,"n":["*"],"dt":["*"]`},
		"a client's is for its networks and types":            {"client", "client_#911", `"a":[2,3,4,5,6,7,8,9,10,11,15,16,17],"e":%d,"t":1,"u":2,"n":["1","2"],"dt":["2","5"]`},
		"a client's is for all types if it may have them all": {"client.all-types", "client_#912", `"a":[2,3,4,5,6,7,8,9,10,11,15,16,17],"e":%d,"t":1,"u":3,"n":[],"dt":["*"]`},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMock(t, "documented")
			if got, want := payload(m.signIn(c.login, c.password)), `{"payload":{`+fmt.Sprintf(c.want, end)+`}}`; got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
		})
	}
}

func payload(token string) string {
	text, _ := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	return string(text)
}

func TestIssuingTokens(t *testing.T) {
	day := start.Add(24 * time.Hour).UnixMilli()
	for name, c := range map[string]struct{ body, access string }{
		"without actions it allows nothing":       {`{"userId":2}`, `"a":[1]`},
		"an empty list stands for a client's":     {`{"userId":2,"actions":[]}`, `"a":[]`},
		"names are read in any letter case":       {`{"userId":2,"actions":["getnetwork","MANAGEUSER"]}`, `"a":[2,12]`},
		"numbers are read as well":                {`{"userId":2,"actions":[12,"2"]}`, `"a":[2,12]`},
		"unknown names are passed over":           {`{"userId":2,"actions":["FlyToTheMoon","None"]}`, `"a":[1]`},
		"networks may be numbers":                 {`{"userId":2,"networkIds":[7],"deviceTypeIds":["3"]}`, `"n":["7"],"dt":["3"]`},
		"an end in milliseconds":                  {fmt.Sprintf(`{"userId":2,"expiration":%d}`, day), fmt.Sprintf(`"e":%d`, day)},
		"an end with an empty fraction":           {fmt.Sprintf(`{"userId":2,"expiration":%d.0}`, day), fmt.Sprintf(`"e":%d`, day)},
		"an end in digits":                        {fmt.Sprintf(`{"userId":2,"expiration":"%d"}`, day), fmt.Sprintf(`"e":%d`, day)},
		"an end with a zone":                      {`{"userId":2,"expiration":"2026-03-02T14:00:00+0200"}`, fmt.Sprintf(`"e":%d`, day)},
		"an end without a zone is UTC":            {`{"userId":2,"expiration":"2026-03-02T12:00:00.000"}`, fmt.Sprintf(`"e":%d`, day)},
		"the end of refreshing leaves the access": {`{"userId":2,"refreshExpiration":"2026-03-02"}`, fmt.Sprintf(`"e":%d`, start.Add(30*time.Minute).UnixMilli())},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMock(t, "documented")
			if got := payload(m.tokens(m.ask(m.admin(), "POST /token/create", c.body))[0]); !strings.Contains(got, c.access) {
				t.Errorf("got %s\nwant %s in it", got, c.access)
			}
		})
	}
}

func TestRefusedTokenRequests(t *testing.T) {
	m := newMock(t, "server-3.5")
	admin := m.admin()
	expired := m.tokens(m.ask(admin, "POST /token/create", `{"userId":1,"expiration":"2018-01-01T00:00:00.000Z"}`))
	m.expect("", "POST /token", ``, `400 {"error":400,"message":"Error! Validation failed: Object is null"}`)
	m.expect("", "POST /token", `{"login":" ","password":"x"}`, `400 {"error":400,"message":"Invalid or empty authorization request parameters"}`)
	m.expect("", "POST /token", `{"login":"nobody","password":"x"}`, `401 {"error":401,"message":"User with login = nobody not found or bad password"}`)
	m.expect("", "POST /token", `{"login":"dhadmin","password":1111}`, `401 {"error":401,"message":"Invalid credentials"}`)
	m.expect("", "POST /token", `{"login":"client.locked","password":"client_#914"}`, `401 {"error":401,"message":"User is locked or disabled"}`)
	m.expect(admin, "POST /token/create", `{}`, `400 {"error":400,"message":"Error! Make sure, that the passed object is correct and properly structured. Validation failed: \nOn property userId (value: null): may not be null ; "}`)
	m.expect(admin, "POST /token/create", `{"userId":999999}`, `404 {"error":404,"message":"User with id = 999999 not found"}`)
	m.expect(admin, "POST /token/create", `{"userId":6}`, `403 {"error":403,"message":"User is locked or disabled"}`)
	for _, end := range []string{`"tomorrow"`, `"2026-02-30"`, `""`, `1e300`, `"99999999999999999999"`} {
		m.expect(admin, "POST /token/create", `{"userId":1,"expiration":`+end+`}`, `400 {"error":400,"message":"Invalid request parameters"}`)
		m.expect(admin, "POST /token/create", `{"userId":1,"refreshExpiration":`+end+`}`, `400 {"error":400,"message":"Invalid request parameters"}`)
	}
	m.expect("", "POST /token/create", `{"userId":1}`, `401 {"error":401,"message":"Unauthorized"}`)
	m.expect("", "POST /token/refresh", `{"refreshToken":"`+admin+`"}`, `401 {"error":401,"message":"Invalid token type"}`)
	m.expect("", "POST /token/refresh", `{"refreshToken":"`+expired[1]+`"}`, `401 {"error":401,"message":"Token has expired"}`)
	m.expect("", "POST /token/refresh", `{"refreshToken":"`+expired[0]+`"}`, `401 {"error":401,"message":"Invalid token type"}`)
	m.expect("", "POST /token/refresh", `{"refreshToken":"x"}`, `401 {"timestamp":1772366400000,"status":401,"error":"Unauthorized","message":"Unauthorized","path":"/dh/rest/token/refresh"}`)
	m.expect(expired[0], "GET /info", ``, `401 {"timestamp":1772366400000,"status":401,"error":"Unauthorized","message":"Token expired","path":"/dh/rest/info"}`)
}

func TestTheTenthWrongPasswordLocks(t *testing.T) {
	m := newMock(t, "documented")
	admin := m.admin()
	wrong, right := `{"login":"client","password":"nonsense"}`, `{"login":"client","password":"client_#911"}`
	for range 9 {
		m.expect("", "POST /token", wrong, `401 {"error":401,"message":"Invalid credentials"}`)
	}
	m.signIn("client", "client_#911") // a success starts the count again
	for range 10 {
		m.expect("", "POST /token", wrong, `401 {"error":401,"message":"Invalid credentials"}`)
	}
	m.expect("", "POST /token", right, `401 {"error":401,"message":"User is locked or disabled"}`)
	if got := m.ask(admin, "GET /user?login=client", "").body; !strings.Contains(got, `"status":1`) {
		t.Errorf("the account is not locked: %s", got)
	}
	m.expect(admin, "PUT /user/2", `{"status":0}`, "204")
	m.signIn("client", "client_#911")
}

func TestLastLoginIsTheMomentOfSigningIn(t *testing.T) {
	m := newMock(t, "documented")
	admin := m.admin()
	lastLogin := func() string { return m.ask(admin, "GET /user/8", "").body }
	pair := m.tokens(m.ask("", "POST /token", `{"login":"operator","password":"operator_#911"}`))
	for _, step := range []struct {
		advance time.Duration
		do      func()
		want    string
	}{
		{0, func() {}, "2026-03-01T12:00:00.000"},
		{time.Second, func() { m.signIn("operator", "operator_#911") }, "2026-03-01T12:00:00.000"},
		{time.Millisecond, func() { m.signIn("operator", "operator_#911") }, "2026-03-01T12:00:01.001"},
		{time.Minute, func() { m.ask("", "POST /token/refresh", `{"refreshToken":"`+pair[1]+`"}`) }, "2026-03-01T12:01:01.001"},
	} {
		m.advance(step.advance)
		step.do()
		if got := lastLogin(); !strings.Contains(got, `"lastLogin":"`+step.want+`"`) {
			t.Errorf("want lastLogin %s in %s", step.want, got)
		}
	}
}

func TestTokensEndByTheClockOfTheSandbox(t *testing.T) {
	m := newMock(t, "documented")
	token := m.admin()
	m.advance(30 * time.Minute)
	m.expect(token, "GET /user/count", "", `200 {"count":8}`)
	m.advance(time.Millisecond)
	m.expect(token, "GET /user/count", "", `401 {"error":401,"message":"Token expired"}`)
}

func TestATokenWithoutAnEndIsRefused(t *testing.T) {
	t.Parallel()
	for edition, want := range map[string]string{
		"documented": `401 {"error":401,"message":"Unauthorized"}`,
		"server-3.5": `401 {"timestamp":1772366400000,"status":401,"error":"Unauthorized","message":"Unauthorized","path":"/dh/rest/user/count"}`,
		"server-4.1": "401",
	} {
		r := &replay{newMock(t, edition), nil}
		r.expect(r.signed(`{"u":1,"a":[0],"n":["*"],"dt":["*"],"t":1,"e":1}`, signingSecret), "GET /user/count", "", `200 {"count":8}`)
		r.expect(r.signed(`{"u":1,"a":[0],"n":["*"],"dt":["*"],"t":1}`, signingSecret), "GET /user/count", "", want)
	}
}

// TestABadTokenIsRefusedWhereverItIsSent: even where none is needed, and where
// nothing is.
func TestABadTokenIsRefusedWhereverItIsSent(t *testing.T) {
	t.Parallel()
	m := newMock(t, "server-3.5")
	for _, target := range []string{"GET /info", "POST /token", "GET /nothing", "PATCH /user", "GET /user/two"} {
		if got := m.ask("a.b.c", target, ""); got.status != 401 || got.header.Get("Rolecall-Rule") != "DH-AUTH-02" {
			t.Errorf("%s: %s under %s", target, got, got.header.Get("Rolecall-Rule"))
		}
	}
}
