package world

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/schemas"
)

// A World is one scenario's view of the target. It is private to the scenario.
type World struct {
	API      *API
	Endpoint *target.Endpoint

	// Adapter is what the invariants ask; the API's steps set it.
	Adapter Adapter

	shared    *Shared
	scenario  *rules.Scenario // nil outside of scenarios
	watch     watch
	ctx       context.Context
	tag       string // of the scenario: the run's, and a number
	step      string // the text of the step under way
	sentence  rules.PickledStep
	exchanges []*Exchange
	created   []*made
	undo      []restoration
	secrets   []string
	told      *schemas.Secrets // those that no answer may tell
	toldOf    int              // how many secrets there were when they were made
	retries   atomic.Int32
	unread    atomic.Bool // since the newest change
	still     bool        // the changes of other scenarios wait
	cleaning  bool        // it deletes what a scenario created, whatever has happened
}

// Context is done when the run is to end.
func (w *World) Context() context.Context { return w.ctx }

// Tag begins the name of everything that the scenario creates. It is unique
// over all runs and fits a login.
func (w *World) Tag() string { return w.tag }

// Secret notes a value that must appear in no report, and returns it.
func (w *World) Secret(value string) string {
	w.secrets = append(w.secrets, value)
	return value
}

// Last is the newest exchange; nil before the first.
func (w *World) Last() *Exchange {
	if len(w.exchanges) == 0 {
		return nil
	}
	return w.exchanges[len(w.exchanges)-1]
}

// Sentence is the step under way, as the feature has it.
func (w *World) Sentence() rules.PickledStep { return w.sentence }

// Blame notes the exchange that a judgement is about, so that the report shows it.
func (w *World) Blame(x *Exchange) { x.Blamed = true }

// Exchanges are all of the scenario's so far.
func (w *World) Exchanges() []*Exchange { return w.exchanges }

// Credential is what a role signs in with on this target. A role without one
// makes the scenario a skip.
func (w *World) Credential(role string) (target.Credential, error) {
	c, ok := w.Endpoint.Credentials[role]
	if !ok {
		return c, SkipBecause("the target gives no credentials of the role %q", role)
	}
	return c, nil
}

// Get is what the target file says of the target under a name. A fact that is
// not given makes the scenario a skip.
func Get[T any](w *World, fact string) (T, error) {
	value, ok := w.Endpoint.Facts[fact].(T)
	if !ok {
		return value, SkipBecause("the target file gives no %s", fact)
	}
	return value, nil
}

// UnknownID is the id of a record that the target created without telling its
// id. It is looked for by its tag.
const UnknownID = "?"

// Create enters a record in the ledger, sends the request that creates it, and
// notes its id. It is deleted when the scenario ends. An empty id means that
// the target told none: only where it refused for good there is nothing to
// delete, and otherwise the record is looked for by its tag.
func (w *World) Create(kind, name string, send func() (id string, err error)) error {
	if TagIn(name) != w.tag {
		name = w.tag + "-nameless"
	}
	return w.enter(&made{Record: report.Record{API: w.API.Name, Kind: kind, Name: name}}, send)
}

// Put is Create for a request that makes what it changes, under an id of the
// run's, where nothing is yet. It says whether there was; then nothing is sent.
func (w *World) Put(kind, id string, send func() error) (there bool, err error) {
	m := &made{Record: report.Record{API: w.API.Name, Kind: kind, Name: id, ID: id}, sure: true}
	if !w.Endpoint.Mock {
		shown, err := w.API.Keeper(w).Show(kind, id)
		if err != nil || shown != nil {
			return shown != nil, err
		}
		m.was = http.StatusNotFound
	}
	return false, w.enter(m, func() (string, error) { return id, send() })
}

func (w *World) enter(m *made, send func() (id string, err error)) error {
	if err := w.ctx.Err(); err != nil {
		return CouldNotJudge("the run is over, so nothing is created: %w", err)
	}
	if err := w.shared.breaker.err(); err != nil {
		return CouldNotJudge("%w", err)
	}
	ledger, before := w.shared.ledger, len(w.exchanges)
	if err := ledger.intend(*m, w.Endpoint.URL); err != nil {
		return CouldNotJudge("the ledger cannot be written, so nothing is created: %w", err)
	}
	id, err := send()
	var sent *Exchange
	for _, x := range w.exchanges[before:] { // the one before it may sign in
		if changing(x) {
			sent = x
		}
	}
	if sent == nil || err == nil && refusedForGood(sent) {
		return cmp.Or(err, ledger.settle(m.Record))
	}
	if err != nil {
		m.since = time.Now()
	} else if m.ID == "" && id != UnknownID && plainID.MatchString(id) {
		m.ID = id
		// What was sent without the tag cannot show it: there, the id is trusted.
		m.sure = !bytes.Contains(sent.Request, []byte(w.tag))
		err = ledger.created(m.Record)
	}
	w.created = append(w.created, m)
	return err
}

// refusedForGood tells an answer after which nothing was made for certain: a 4xx
// that does not mean "try again". What is answered with a 5xx may have been done.
func refusedForGood(x *Exchange) bool {
	passing := []int{http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests, 499}
	return x.Refused() && !slices.Contains(passing, x.Status)
}

// Confirm notes that a record which the run created was seen under its id with
// the name that it was given: the id is trusted from then on, whatever it is
// changed to.
func (w *World) Confirm(kind, id string) {
	for _, m := range w.created {
		m.sure = m.sure || m.Kind == kind && m.ID == id
	}
}

// Forget takes a record out of the clean-up, because the scenario itself saw
// it deleted.
func (w *World) Forget(kind, id string) {
	w.created = slices.DeleteFunc(w.created, func(m *made) bool {
		if m.Kind == kind && m.ID == id {
			w.shared.ledger.settle(m.Record)
			return true
		}
		return false
	})
}

// Tell adds a line to what the report tells besides, as that a record of the
// target is used up.
func (w *World) Tell(format string, args ...any) {
	w.shared.Note("%s: %s", w.API.Name, w.Redact(fmt.Sprintf(format, args...)))
}

// Restore notes how to undo what the scenario changes on a record of the target
// that it did not make. It is done when the scenario ends, however it ends, the
// last first, before what the scenario made is deleted. On a mock, where the
// whole sandbox goes, it is not.
func (w *World) Restore(what string, undo func() error) {
	w.undo = append(w.undo, restoration{what, undo})
}

// A restoration undoes a change to a record of the target.
type restoration struct {
	what string // as in "role rolecall-role"
	undo func() error
}

// Control calls the mock's control plane for this scenario's sandbox. Away
// from the mock it makes the scenario a skip.
func (w *World) Control(method, what string, body any) error {
	if !w.Endpoint.Mock {
		return SkipBecause("it needs the mock's control plane")
	}
	text, err := json.Marshal(body)
	if err != nil {
		return CouldNotJudge("%w", err)
	}
	request, err := http.NewRequestWithContext(w.ctx, method, w.Endpoint.Control(w.API.Contract.BasePaths)+what, bytes.NewReader(text))
	if err != nil {
		return CouldNotJudge("%w", err)
	}
	request.Header.Set("Rolecall-Sandbox", w.tag)
	answer, err := w.shared.client.Do(request)
	if err != nil {
		return CouldNotJudge("control plane: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= http.StatusBadRequest {
		said, _ := io.ReadAll(io.LimitReader(answer.Body, 4096))
		return CouldNotJudge("control plane: %s %s: %s", method, what, strings.TrimSpace(string(said)))
	}
	return nil
}
