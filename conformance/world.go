package conformance

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
)

// A World is one scenario's view of the target. It is private to the scenario.
type World struct {
	API      *API
	Endpoint *Endpoint

	run       *run
	ctx       context.Context
	tag       string // of the scenario: the run's, and a number
	step      string // the text of the step under way
	exchanges []*Exchange
	created   []report.Record
	secrets   []string
	retries   int64
	cleaning  bool // it deletes what a scenario created, whatever has happened
}

// A Request is one call of an operation.
type Request struct {
	Operation string            // id
	Base      string            // instead of the target's URL, for an operation that another host serves
	Path      map[string]string // wildcards
	Query     url.Values
	Header    http.Header
	Body      any                 // marshalled as JSON; nil for none
	Raw       []byte              // instead of Body: sent as it is
	MediaType string              // "" for the documented one
	Method    string              // instead of the operation's
	Sign      func(*http.Request) // adds credentials; nil for none
	As        string              // who that is, for the report, as in "the administrator"
}

// maxAnswer is the size in bytes up to which an answer is read. A longer one
// cannot be judged.
const maxAnswer = 16 << 20

// Do sends a request and judges the answer against the contract. Trouble on
// the way is an error that makes the scenario one that could not be judged; an
// answer is never an error, whatever it says.
func (w *World) Do(r Request) (*Exchange, error) {
	x, err := w.prepare(r)
	if err != nil {
		return nil, CouldNotJudge("%w", err)
	}
	w.exchanges = append(w.exchanges, x)
	return x, w.exchange(x)
}

// Together sends several requests at one moment and waits for all answers,
// which come in the order of the requests.
func (w *World) Together(requests ...Request) ([]*Exchange, error) {
	var all []*Exchange
	for _, r := range requests {
		x, err := w.prepare(r)
		if err != nil {
			return nil, CouldNotJudge("%w", err)
		}
		all = append(all, x)
	}
	w.exchanges = append(w.exchanges, all...)
	errs := make([]error, len(all))
	start := make(chan struct{})
	var sent sync.WaitGroup
	for i, x := range all {
		sent.Go(func() {
			<-start
			errs[i] = w.exchange(x)
		})
	}
	close(start)
	sent.Wait()
	return all, errors.Join(errs...)
}

// exchange sends what is prepared, again where that is safe, and judges.
func (w *World) exchange(x *Exchange) (err error) {
	for attempt := 0; ; attempt++ {
		if err = w.run.lost.err(); err != nil && !w.cleaning {
			break
		}
		err = w.send(x)
		w.run.lost.note(x.Status == 0 && w.ctx.Err() == nil)
		if !again(x, err) || !w.retry(x, attempt) {
			break
		}
		atomic.AddInt64(&w.retries, 1)
	}
	if err != nil {
		return CouldNotJudge("%s %s: %w", x.Method, x.operationName(), err)
	}
	w.run.seen(w, x)
	return nil
}

// again tells whether an attempt failed in a way that passes.
func again(x *Exchange, err error) bool {
	return err != nil || x.Status == http.StatusBadGateway || x.Status == http.StatusServiceUnavailable || x.Status == http.StatusGatewayTimeout
}

// maxRetryAfter is how long a run waits because a target says so.
const maxRetryAfter = 5 * time.Second

// retry waits and tells whether to ask again: reads only, from real targets
// only, twice at most. What changes state is never sent twice.
func (w *World) retry(x *Exchange, attempt int) bool {
	if w.Endpoint.Mock || x.Method != http.MethodGet || attempt >= 2 || w.ctx.Err() != nil {
		return false
	}
	pause := time.Duration(attempt+1) * 200 * time.Millisecond
	if seconds, err := strconv.Atoi(x.Header.Get("Retry-After")); err == nil && seconds >= 0 {
		pause = min(time.Duration(seconds)*time.Second, maxRetryAfter)
	}
	select {
	case <-time.After(pause):
		return true
	case <-w.ctx.Done():
		return false
	}
}

func (w *World) prepare(r Request) (*Exchange, error) {
	op := w.API.Contract.Operation(r.Operation)
	if op == nil {
		return nil, fmt.Errorf("the contract of %s has no operation %q", w.API.Name, r.Operation)
	}
	path, err := op.Expand(r.Path)
	if err != nil {
		return nil, err
	}
	x := &Exchange{Operation: op, Method: op.Method, URL: cmp.Or(strings.TrimSuffix(r.Base, "/"), w.Endpoint.URL) + path, RequestHeader: http.Header{}, Step: w.step, As: strings.Trim(r.As, `"`), sign: r.Sign}
	if len(r.Query) > 0 {
		x.URL += "?" + r.Query.Encode()
	}
	if r.Method != "" && r.Method != op.Method {
		x.Method, x.Operation = r.Method, nil
	}
	x.Request = r.Raw
	if r.Body != nil {
		if x.Request, err = json.Marshal(r.Body); err != nil {
			return nil, err
		}
	}
	x.RequestHeader.Set("Accept", "application/json")
	if len(x.Request) > 0 {
		mediaType := r.MediaType
		if mediaType == "" {
			mediaType = "application/json"
		}
		x.RequestHeader.Set("Content-Type", mediaType)
	}
	if w.Endpoint.Mock {
		x.RequestHeader.Set("Rolecall-Sandbox", w.tag)
	}
	maps.Copy(x.RequestHeader, r.Header)
	return x, nil
}

// send makes one attempt and takes in the whole answer.
func (w *World) send(x *Exchange) (err error) {
	began := time.Now()
	x.Status, x.Header, x.Body = 0, nil, nil // of an attempt before
	defer func() {
		x.Took = time.Since(began)
		if err != nil {
			x.Trouble = plainTrouble(err)
		}
	}()
	if err := w.run.wait(w.ctx); err != nil {
		return err
	}
	ctx := w.ctx
	if x.Method != http.MethodGet {
		// What changes the target is not cut off half-way when the run is interrupted:
		// nobody would know whether it took place.
		ctx = context.WithoutCancel(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, w.run.timeout())
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, x.Method, x.URL, bytes.NewReader(x.Request))
	if err != nil {
		return err
	}
	request.Header = x.RequestHeader.Clone()
	if x.sign != nil {
		x.sign(request)
	}
	x.RequestHeader = request.Header
	answer, err := w.run.client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	if err != nil {
		return fmt.Errorf("the answer broke off: %w", err)
	}
	if len(body) > maxAnswer {
		return fmt.Errorf("the answer is larger than %d bytes", maxAnswer)
	}
	x.Status, x.Header, x.Body, x.Trouble, x.tls = answer.StatusCode, answer.Header, body, "", answer.TLS
	return w.intercepted(x)
}

// intercepted tells when somebody on the way answered instead of the target:
// a proxy with a page, a gateway that is over its limit. Such a 403 or 429
// would otherwise pass for a refusal by the rules.
func (w *World) intercepted(x *Exchange) error {
	mediaType, _, _ := mime.ParseMediaType(x.Header.Get("Content-Type"))
	switch {
	case mediaType == "text/html":
		return fmt.Errorf("the answer (%d) is an HTML page; a proxy or a login page seems to be in the way", x.Status)
	case x.Status == http.StatusTooManyRequests:
		return fmt.Errorf("the target asks for fewer requests (429); give the target file a lower rate")
	case x.Status == http.StatusProxyAuthRequired:
		return fmt.Errorf("a proxy asks for credentials (407)")
	}
	return nil
}

// plainTrouble is an error of the network without the URL, which the exchange
// has already.
func plainTrouble(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "no complete answer in time"
	}
	return err.Error()
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

// Blame notes the exchange that a judgement is about, so that the report shows it.
func (w *World) Blame(x *Exchange) { x.Blamed = true }

// Exchanges are all of the scenario's so far.
func (w *World) Exchanges() []*Exchange { return w.exchanges }

// Credential is what a role signs in with on this target. A role without one
// makes the scenario a skip.
func (w *World) Credential(role string) (Credential, error) {
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
// id. It is looked for by its name when it is to be deleted.
const UnknownID = "?"

// Create enters a record in the ledger, sends the request that creates it, and
// notes its id. It is deleted when the scenario ends. An empty id means that
// the target refused, and there is nothing to delete.
func (w *World) Create(kind, name string, send func() (id string, err error)) error {
	if err := w.ctx.Err(); err != nil {
		return CouldNotJudge("the run is over, so nothing is created: %w", err)
	}
	if err := w.run.lost.err(); err != nil {
		return CouldNotJudge("%w", err)
	}
	r := report.Record{API: w.API.Name, Kind: kind, Name: name}
	if err := w.run.ledger.intend(r, w.Endpoint.URL); err != nil {
		return CouldNotJudge("the ledger cannot be written, so nothing is created: %w", err)
	}
	id, err := send()
	if err == nil && id == "" {
		return w.run.ledger.settle(r)
	}
	if err == nil && id != UnknownID {
		r.ID = id
		err = w.run.ledger.created(r)
	}
	// After trouble on the way nobody knows whether the record exists; deleting
	// looks for it by its name.
	w.created = append(w.created, r)
	return err
}

// Forget takes a record out of the clean-up, because the scenario itself saw
// it deleted.
func (w *World) Forget(kind, id string) {
	w.created = slices.DeleteFunc(w.created, func(r report.Record) bool {
		if r.Kind == kind && r.ID == id {
			w.run.ledger.settle(r)
			return true
		}
		return false
	})
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
	request, err := http.NewRequestWithContext(w.ctx, method, w.Endpoint.control(w.API)+what, bytes.NewReader(text))
	if err != nil {
		return CouldNotJudge("%w", err)
	}
	request.Header.Set("Rolecall-Sandbox", w.tag)
	answer, err := w.run.client.Do(request)
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
