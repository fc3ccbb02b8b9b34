package report_test

import (
	"time"

	"github.com/rolecall/rolecall/conformance/report"
)

// nasty is what a target may answer: everything that ends a string, a cell, a
// block or a script somewhere, a terminal's escape, control characters, a mark
// that turns the direction of writing, and a byte that is not UTF-8.
const nasty = "Zoë 🦊 | `tick` ``` ]]> </script><script>alert(1)</script> <b>&amp;</b> \x1b[31mred\x00\x07 \u202eevil \xff {{.}} ${x}\nsecond line"

const (
	ms  = report.Duration(time.Millisecond)
	sec = report.Duration(time.Second)
)

var started = time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC)

// base is a report of two APIs without rules.
func base() *report.Report {
	return &report.Report{
		Version: report.Version,
		Suite: report.Suite{
			Version: "1.2.0",
			Rules:   "4f0c6ea7c0b1d2c3a4958677a0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3",
			Hashes: map[string]string{
				"rapid7":     "9b2a11d0c0ffee00112233445566778899aabbccddeeff001122334455667788",
				"devicehive": "17c0de5500112233445566778899aabbccddeeff0011223344556677889900aa",
			},
		},
		Run: "rc-7f3a", Started: started, Took: 12*sec + 345*ms,
		Selected: report.Selected{APIs: []string{"rapid7", "devicehive"}, Allow: []string{"writes"}},
		Targets: []report.Target{
			{API: "rapid7", URL: "https://console.example.test:3780/api/3", Edition: "console-6.6"},
			{API: "devicehive", URL: "http://127.0.0.1:8780/dh/rest", Edition: "documented", Mock: true},
		},
		Checks: []report.Check{
			{API: "rapid7", What: "reachable", Result: report.Pass, Detail: "HTTP 200 in 31ms"},
			{API: "rapid7", What: "clock", Result: report.Pass, Detail: "0.2s ahead"},
		},
	}
}

// green is the report of a run in which all is well.
func green() *report.Report {
	r := base()
	r.Rules = []report.Rule{
		passed("R7-ROLE-01", "rapid7", report.Must, 8), passed("R7-ROLE-02", "rapid7", report.Must, 20),
		passed("R7-USER-04", "rapid7", report.Should, 40), passed("DH-USER-01", "devicehive", report.Must, 9),
	}
	r.Coverage = coverage()[:3]
	return r
}

func passed(id, api string, level report.Level, line int) report.Rule {
	return report.Rule{
		ID: id, API: api, Level: level, Title: "A listed role reads back by its id",
		Source: "000_ed3294674eb9bc89.txt, getRole", File: "features/" + api + "/roles.feature", Line: line,
		Tags: []string{"@" + api, "@safe"}, Verdict: report.Pass,
		Scenarios: []report.Scenario{{Name: "Reading one", Line: line + 3, Verdict: report.Pass, Took: 21 * ms}},
	}
}

// sample has everything that a report can have.
func sample() *report.Report {
	r := base()
	r.Strict = true
	r.Checks = append(r.Checks, report.Check{API: "devicehive", What: "refresh token", Result: report.Skip, Detail: "the target names none"})
	r.Rules = append(r.Rules, passed("R7-ROLE-01", "rapid7", report.Must, 8), failedRule(), erroredRule(), skippedRule(), waivedRule())
	contract := contractRule()
	notRun := passed("DH-USER-02", "devicehive", report.Must, 31)
	notRun.Verdict, notRun.Scenarios, notRun.Reason = report.NotRun, nil, "the run was interrupted"
	observed := passed("DH-USER-03", "devicehive", report.Observed, 44)
	observed.Verdict, observed.Reason = report.Fail, "the list has 9 users, not 10"
	observed.Scenarios = []report.Scenario{{
		Name: "Ten users | a `page`", Line: 46, Verdict: report.Fail, Reason: observed.Reason,
		Step: "Then the page has 10 users", StepLine: 49, Took: 5 * ms,
	}}
	r.Rules = append(r.Rules, contract, passed("DH-USER-01", "devicehive", report.Must, 9), notRun, observed)
	r.Coverage = coverage()
	r.Left = []report.Record{
		{API: "rapid7", Kind: "role", Name: "rc-7f3a-role-4", ID: "rc-7f3a-role-4", Why: "DELETE answered 500"},
		{API: "rapid7", Kind: "user", Name: "rc-7f3a-user-9\x1b[2J"},
	}
	r.Stale = []report.Waiver{{Rule: "R7-ROLE-01", Reason: "fixed in the next release", Stale: "the rule passes"}}
	r.Notes = []string{"the run was interrupted by SIGTERM", "a note with <b>markup</b> | and a pipe"}
	return r
}

// contractRule is charged with one cause in two operations, and with another.
func contractRule() report.Rule {
	x := passed("R7-CONTRACT", "rapid7", report.Must, 0)
	x.Title, x.Source, x.File = "Every answer is what the contract says", "the documents of the API", ""
	x.Verdict, x.Scenarios = report.Fail, nil
	charge := func(cause, operation, why string, count int, places ...string) {
		x.Scenarios = append(x.Scenarios, report.Scenario{
			Name: places[0], Places: places[1:], Line: 1, Verdict: report.Fail, Cause: cause, Operation: operation, View: operation, Count: count,
			Reason: operation + " " + why, Exchanges: []report.Exchange{{Operation: operation, Method: "GET", URL: "https://console.example.test:3780/api/3/roles", Status: 401, Took: 2 * ms}},
		})
	}
	charge("204 where it is not listed", "deleteRole", "is answered with status 204", 3, "R7-ROLE-01: A role (features/roles.feature:9)")
	charge("401 with an empty body", "getRoles", "401: is empty", 17, "R7-AUTH-01: Nobody | a `pipe` (features/auth.feature:9)", "R7-AUTH-02: Somebody (features/auth.feature:19)")
	charge("401 with an empty body", "getUser", "401: is empty", 31, "R7-AUTH-01: Nobody | a `pipe` (features/auth.feature:9)", "R7-AUTH-03: A user (features/auth.feature:29)", "R7-AUTH-04: A role (features/auth.feature:39)")
	x.Sum()
	return x
}

func failedRule() report.Rule {
	x := passed("R7-ROLE-02", "rapid7", report.Must, 20)
	x.Title, x.Source = "A built-in role is never deleted", "000_ed3294674eb9bc89.txt, deleteRole"
	x.Verdict, x.Reason = report.Fail, "the request was accepted with 204"
	x.Scenarios = append(x.Scenarios, report.Scenario{
		Name: "Deleting global-admin", Line: 27, Verdict: report.Fail, Reason: "the request was accepted with 204",
		Step: "Then the request is refused", StepLine: 26, Took: 73 * ms, Retries: 1,
		Exchanges: []report.Exchange{
			{Operation: "getRoles", Method: "GET", URL: "https://console.example.test:3780/api/3/roles", Status: 200, Took: 4 * ms, Response: `{"resources":[]}`},
			{Operation: "getUser", Method: "GET", URL: "https://console.example.test:3780/api/3/users/1", Status: 200, Took: 4 * ms, Response: `{"id":1}`},
			{
				Operation: "deleteRole", Method: "DELETE", URL: "https://console.example.test:3780/api/3/roles/global-admin",
				RequestHeader: []string{"Authorization: Basic (hidden)", "Accept: application/json"}, Status: 204, Took: 12 * ms,
				Breaches: []string{"204 is not documented for deleteRole"},
				Curl:     `curl --request DELETE --user "$RAPID7_USER:$RAPID7_PASSWORD" 'https://console.example.test:3780/api/3/roles/global-admin'`,
			},
			{
				Operation: "createUser", Method: "POST", URL: "https://console.example.test:3780/api/3/users?x=%3Cscript%3E",
				RequestHeader: []string{"Content-Type: application/json"}, Request: `{"login":"` + nasty + `"}`,
				Status: 400, ResponseHeader: []string{"Content-Type: application/json"}, Took: 9 * ms,
				Response: `{"status":"400","message":"no such login","links":[{"rel":"self","href":"https://console.example.test:3780/api/3/users"}]}`,
				Curl:     `curl --request POST --data '{"login":"` + nasty + `"}' https://console.example.test:3780/api/3/users`,
			},
		},
	})
	return x
}

func erroredRule() report.Rule {
	x := passed("R7-USER-05", "rapid7", report.Should, 60)
	x.Title, x.Verdict, x.Reason = "A second user with the same login is refused", report.Error, "the target did not answer"
	x.Scenarios = []report.Scenario{{
		Name: "The same login twice " + nasty, Line: 63, Verdict: report.Error, Reason: "the target did not answer",
		Step: "When the administrator creates a user", StepLine: 65, Took: 30 * sec,
		Exchanges: []report.Exchange{{
			Operation: "createUser", Method: "POST", URL: "https://console.example.test:3780/api/3/users", Request: nasty,
			Trouble: "timeout after 30s", Took: 30 * sec, Curl: "curl https://console.example.test:3780/api/3/users",
		}},
	}}
	return x
}

func skippedRule() report.Rule {
	x := passed("R7-SITE-01", "rapid7", report.Must, 70)
	x.Title, x.Verdict, x.Reason = "A granted site is listed", report.Skip, "the target names no site"
	x.Scenarios[0].Verdict, x.Scenarios[0].Reason = report.Skip, x.Reason
	return x
}

func waivedRule() report.Rule {
	x := passed("R7-PAGE-01", "rapid7", report.Must, 80)
	x.Title, x.Verdict, x.Reason = "Pages are numbered from zero", report.Fail, "the first page has number 1"
	x.Waived = "known since 6.5, ticket OPS-1 | agreed by Zoë"
	x.Scenarios[0].Verdict, x.Scenarios[0].Reason = report.Fail, x.Reason
	return x
}

func coverage() []report.Pair {
	pair := func(operation string, status, seen int) report.Pair {
		return report.Pair{API: "rapid7", Operation: operation, Status: status, Documented: true, Seen: seen}
	}
	storm := pair("getRoles", 503, 0)
	storm.Ineligible = "only an overloaded server answers so"
	breached := pair("deleteRole", 204, 3)
	breached.Documented, breached.Breached = false, 3
	extra := pair("createUser", 415, 1)
	extra.Documented = false
	return []report.Pair{
		pair("getRoles", 200, 41), pair("getRoles", 401, 2), storm, pair("deleteRole", 200, 6), pair("deleteRole", 404, 0), breached,
		pair("createUser", 201, 17), pair("createUser", 400, 4), extra, pair("setUserSites", 200, 0), pair("setUserSites", 400, 0),
		{API: "devicehive", Operation: "listUsers", Status: 200, Documented: true, Seen: 3},
	}
}
