package features_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/schemas"
)

// emptyServers keep nothing, and know nobody.
var emptyServers = []struct {
	name   string
	answer func(*schemas.Contract, http.ResponseWriter, *http.Request)
}{
	{"an empty object for every request", fixedAnswer(http.StatusOK, "{}")},
	{"an empty list for every request", fixedAnswer(http.StatusOK, "[]")},
	{"no content for every request", fixedAnswer(http.StatusNoContent, "")},
	{"what was sent for every request", func(_ *schemas.Contract, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.Copy(w, r.Body)
	}},
	{"an example of the schema for every request", func(c *schemas.Contract, w http.ResponseWriter, r *http.Request) {
		answerExample(c, w, r, http.StatusOK)
	}},
	{"401 for every request", func(c *schemas.Contract, w http.ResponseWriter, r *http.Request) {
		answerExample(c, w, r, http.StatusUnauthorized)
	}},
	{"404 for every request", func(c *schemas.Contract, w http.ResponseWriter, r *http.Request) {
		answerExample(c, w, r, http.StatusNotFound)
	}},
}

func fixedAnswer(status int, body string) func(*schemas.Contract, http.ResponseWriter, *http.Request) {
	return func(_ *schemas.Contract, w http.ResponseWriter, _ *http.Request) {
		if body != "" {
			w.Header().Set("Content-Type", "application/json")
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// answerExample answers as well-made as one can without knowing anything: with
// the contract's own example of what comes with a status of the operation, or
// with its success of another number.
func answerExample(c *schemas.Contract, w http.ResponseWriter, r *http.Request, status int) {
	body, mediaType := c.Protocol.Schema, c.Protocol.MediaType
	if op := operationOf(c, r); op != nil {
		for _, x := range op.Responses {
			if x.Status == status || status == http.StatusOK && x.Status/100 == 2 {
				status, body, mediaType = x.Status, x.Schema, x.MediaType
				break
			}
		}
	}
	if body == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(status)
	if len(body.Examples) > 0 {
		_, _ = w.Write(body.Examples[0])
	}
}

// operationOf finds the operation of a request, where one with more literal
// segments comes before one with wildcards.
func operationOf(c *schemas.Contract, r *http.Request) (found *schemas.Operation) {
	most := -1
	for _, base := range c.BasePaths {
		path, ok := strings.CutPrefix(r.URL.EscapedPath(), base)
		if !ok {
			continue
		}
		for _, op := range c.Operations {
			if literal := literalSegments(op.Path, path); op.Method == r.Method && literal > most {
				most, found = literal, op
			}
		}
	}
	return found
}

// literalSegments counts those that a path has in common with an operation's;
// -1 where it is not the operation's.
func literalSegments(pattern, path string) (literal int) {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return -1
	}
	for i, segment := range want {
		switch _, wild := schemas.Wildcard(segment); {
		case wild:
		case segment != have[i]:
			return -1
		default:
			literal++
		}
	}
	return literal
}

// claimsNothing are the invariants of which a server that keeps nothing may
// well be right: its answers can be well-formed, and it has no secrets to tell.
var claimsNothing = []string{report.ContractSuffix, report.SilentSuffix, report.SecretsSuffix}

// A rule is about something that a server keeps or tells. None may pass on one
// that does neither: its sentences would be true of nothing.
func TestNoRulePassesOnAServerThatKeepsNothing(t *testing.T) {
	t.Parallel()
	for _, server := range emptyServers {
		for _, name := range schemas.APIs() {
			t.Run(name+" answers "+server.name, func(t *testing.T) {
				t.Parallel()
				c := catalogue(t)
				api := c.API(name)
				s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { server.answer(api.Contract, w, r) }))
				t.Cleanup(s.Close)
				api.SignIn, api.Verify, api.Bystander = nil, nil, nil // the preflight would end the run, as it should
				e := api.ForMock(s.URL + api.Contract.BasePaths[0])
				e.Mock, e.Bystander = false, nil
				target := &conformance.Target{Endpoints: map[string]*conformance.Endpoint{name: e}}
				allow := conformance.Allow{Writes: true, Disruptive: true}
				r, err := c.Run(context.Background(), target, conformance.Options{Selection: conformance.Selection{Allow: allow}, Concurrency: 8})
				if err != nil {
					t.Fatal(err)
				}
				if r.Count(report.Fail)+r.Count(report.Error) == 0 {
					t.Error("nothing was judged")
				}
				for _, rule := range r.Rules {
					if rule.Verdict == report.Pass && !slices.Contains(claimsNothing, strings.TrimPrefix(rule.ID, api.Prefix)) {
						t.Errorf("%s (%s) passes: %s", rule.ID, rule.Level, rule.Title)
					}
				}
			})
		}
	}
}
