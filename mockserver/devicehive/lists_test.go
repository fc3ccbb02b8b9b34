package devicehive_test

import (
	"regexp"
	"strings"
	"testing"
)

var idOf = regexp.MustCompile(`"id":(\d+)`)

func ids(a answer) string {
	var found []string
	for _, match := range idOf.FindAllStringSubmatch(a.body, -1) {
		found = append(found, match[1])
	}
	return strings.Join(found, " ")
}

func TestListsOfUsers(t *testing.T) {
	for query, want := range map[string]string{
		"":                                      "1 2 3 4 5 6 7 8",
		"login=client":                          "2",
		"login=nobody":                          "",
		"login=operator&loginPattern=client%25": "2 3 4 5 6 7",
		"loginPattern=client._ocked":            "5",
		"loginPattern=CLIENT%25":                "",
		"loginPattern=%25":                      "1 2 3 4 5 6 7 8",
		"role=0":                                "1 8",
		"role=1&status=2":                       "6",
		"role=7":                                "",
		"sortField=LOGIN&take=3":                "2 3 6",
		"sortField=login&sortOrder=desc&take=2": "8 1",
		"sortField=id&sortOrder=DESC&take=2":    "8 7",
		"sortOrder=DESC":                        "1 2 3 4 5 6 7 8",
		"take=2&skip=3":                         "4 5",
		"skip=7":                                "8",
		"skip=99":                               "",
		"take=0":                                "1 2 3 4 5 6 7 8",
		"take=-1&skip=-1":                       "1 2 3 4 5 6 7 8",
		"status=0&sortField=id&sortOrder=asc&x=y": "1 2 3 4 7 8",
	} {
		m := newMock(t, "documented")
		if got := ids(m.ask(m.admin(), "GET /user?"+query, "")); got != want {
			t.Errorf("GET /user?%s\n got %s\nwant %s", query, got, want)
		}
	}
	m := newMock(t, "documented")
	m.expect(m.admin(), "GET /user?sortField=password", "", refusal(400, "Invalid request parameters"))
	m.expect(m.admin(), "GET /user?sortField=id&sortOrder=up", "", refusal(400, "Unparseable sort order : up"))
	m.expect(m.admin(), "GET /user?take=many", "", refusal(404, "HTTP 404 Not Found"))
	m.expect(m.admin(), "GET /user/count?status=0&loginPattern=client%25", "", `200 {"count":4}`)
}

func TestPatternsAreThoseOfSQL(t *testing.T) {
	m := newMock(t, "documented")
	admin := m.admin()
	for _, name := range []string{"50% off", "50_off", `back\slash`, "Größe"} {
		m.ask(admin, "POST /network", `{"name":"`+strings.ReplaceAll(name, `\`, `\\`)+`"}`)
	}
	for pattern, want := range map[string]string{
		"50%25":             "5 6",
		"50%5C%25%25":       "5",
		"50%5C_off":         "6",
		"50_off":            "6",
		"%25off":            "5 6",
		"%25%25f%25":        "5 6",
		"back%5C%5Cslash":   "7",
		"Gr__e":             "8",
		"Gr___e":            "",
		"%25a%25e%25a%25e":  "",
		"_%25":              "1 2 3 4 5 6 7 8",
		"":                  "",
		"%25S%25e%25N%25rk": "1",
	} {
		if got := ids(m.ask(admin, "GET /network?namePattern="+pattern, "")); got != want {
			t.Errorf("pattern %s: got %q, want %q", pattern, got, want)
		}
	}
}

func TestReachOfTokens(t *testing.T) {
	m := newMock(t, "documented")
	token := func(user, networks, types string) string {
		return m.tokens(m.ask(m.admin(), "POST /token/create", `{"userId":`+user+`,"actions":["GetNetwork","GetDeviceType"],"networkIds":`+networks+`,"deviceTypeIds":`+types+`}`))[0]
	}
	for name, c := range map[string]struct{ user, networks, types, seenNetworks, seenTypes string }{
		"an administrator with everything":  {"1", `["*"]`, `["*"]`, "1 2 3 4", "1 2 3 4 5 6 7 8"},
		"an administrator with some":        {"1", `["3"]`, `[2,3]`, "3", "1 2 3 4 5 6 7 8"},
		"a client sees its own":             {"2", `["*"]`, `["*"]`, "1 2", "2 5"},
		"a client's token narrows":          {"2", `["2","3"]`, `["5","6"]`, "2", "5"},
		"nothing listed is nothing":         {"2", `null`, `null`, "", ""},
		"all types are a client's to see":   {"3", `["1"]`, `["2"]`, "", "1 2 3 4 5 6 7 8"},
		"a network that is no client's own": {"4", `["1"]`, `["1"]`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			given := token(c.user, c.networks, c.types)
			if got := ids(m.ask(given, "GET /network", "")); got != c.seenNetworks {
				t.Errorf("networks %q, want %q", got, c.seenNetworks)
			}
			if got := ids(m.ask(given, "GET /devicetype", "")); got != c.seenTypes {
				t.Errorf("device types %q, want %q", got, c.seenTypes)
			}
		})
	}
	m.expect(token("2", `["3"]`, `["2"]`), "GET /network/1", "", refusal(403, "Access is denied"))
	m.expect(token("2", `["3"]`, `["2"]`), "GET /network/3", "", refusal(404, "Network with id = 3 not found"))
	m.expect(token("2", `["2"]`, `["2"]`), "GET /network/2", "", `200 {"id":2,"name":"Greenhouse","description":"Climate between the tomatoes","devices":[]}`)
	m.expect(token("2", `["2"]`, `["2"]`), "GET /devicetype/3", "", refusal(403, "Access is denied"))
}
