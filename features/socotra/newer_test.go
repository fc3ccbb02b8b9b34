package socotra_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/features/socotra"
	"github.com/rolecall/rolecall/mockserver"
	"github.com/rolecall/rolecall/schemas"
)

// What the newer edition is known to break of the document.
const waived = "SO-USER-05"

// In the edition openapi-2026, every answer of every scenario is valid under
// the vendor's newer OpenAPI, too; in the documented one it is not, so that
// this is known to tell them apart.
func TestAnswersOfTheNewerEditionAreValidUnderTheNewerOpenAPI(t *testing.T) {
	newer, err := schemas.LoadFS("socotra", os.DirFS("testdata/openapi-2026"))
	if err != nil {
		t.Fatal(err)
	}
	seen, invalid := play(t, "openapi-2026", newer)
	for id, why := range invalid {
		t.Errorf("%s: %s", id, why)
	}
	for _, op := range newer.Operations {
		if seen[op.ID] == 0 {
			t.Errorf("no scenario sees %s succeed", op.ID)
		}
	}
	if _, invalid := play(t, "documented", newer); len(invalid) == 0 {
		t.Error("the answers of the documented edition pass, too; then this test tells nothing")
	}
}

// play runs every scenario against the mock and holds each success to a
// contract. It counts successes, and says what is wrong first, by operation.
func play(t *testing.T, edition string, newer *schemas.Contract) (seen map[string]int, invalid map[string]string) {
	t.Helper()
	mock, err := mockserver.New(mockserver.Options{APIs: []string{"socotra"}, Editions: map[string]string{"socotra": edition}})
	if err != nil {
		t.Fatal(err)
	}
	seen, invalid = map[string]int{}, map[string]string{}
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		op := operationOf(newer, r)
		answer := httptest.NewRecorder()
		mock.ServeHTTP(answer, r)
		if op != nil && answer.Code == http.StatusOK {
			mu.Lock()
			defer mu.Unlock()
			seen[op.ID]++
			if why := breach(op, answer.Body.Bytes()); why != "" {
				invalid[op.ID] = why
			}
		}
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		w.Write(answer.Body.Bytes())
	}))
	defer server.Close()
	hold(t, server.URL, edition)
	mu.Lock()
	defer mu.Unlock()
	return seen, invalid
}

// hold insists on the rules' verdicts: all pass, but for what is waived.
func hold(t *testing.T, url, edition string) {
	t.Helper()
	api, err := socotra.Suite()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := run.NewCatalogue(api)
	if err != nil {
		t.Fatal(err)
	}
	target := &target.Target{Endpoints: map[string]*target.Endpoint{"socotra": api.ForMock(url + "/auth")}}
	result, err := catalogue.Run(context.Background(), target, run.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range result.Rules {
		want := report.Pass
		if rule.ID == waived && edition == "openapi-2026" {
			want = report.Fail
		}
		if rule.Verdict != want {
			t.Errorf("%s is %s in edition %s, want %s: %s", rule.ID, rule.Verdict, edition, want, rule.Reason)
		}
	}
}

func breach(op *schemas.Operation, body []byte) string {
	schema := op.Response(http.StatusOK).Schema
	if schema == nil {
		if len(body) > 0 {
			return "the answer is void and has a body"
		}
		return ""
	}
	if violations := schema.Validate(body); len(violations) > 0 {
		return violations[0].String()
	}
	return ""
}

// operationOf finds the operation of a request; the most literal path wins.
func operationOf(c *schemas.Contract, r *http.Request) (found *schemas.Operation) {
	path := strings.Split(strings.TrimPrefix(r.URL.EscapedPath(), "/auth"), "/")
	most := -1
	for _, op := range c.Operations {
		segments := strings.Split(op.Path, "/")
		if op.Method != r.Method || len(segments) != len(path) {
			continue
		}
		literals, fits := 0, true
		for i, s := range segments {
			if _, wild := schemas.Wildcard(s); wild {
				continue
			}
			literals++
			fits = fits && s == path[i]
		}
		if fits && literals > most {
			found, most = op, literals
		}
	}
	return found
}
