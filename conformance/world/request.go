package world

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
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

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
	if w.watch.looking {
		x.Step = lookingAround
	}
	w.beforeChange(x)
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
	for _, x := range all {
		w.beforeChange(x)
	}
	w.exchanges = append(w.exchanges, all...)
	start := make(chan struct{})
	var sent errgroup.Group
	for _, x := range all {
		sent.Go(func() error {
			<-start
			return w.exchange(x)
		})
	}
	close(start)
	return all, sent.Wait()
}

// exchange sends what is prepared, again where that is safe, and judges.
func (w *World) exchange(x *Exchange) (err error) {
	defer w.change(x)()
	for attempt := 0; ; attempt++ {
		if err = w.shared.breaker.err(); err != nil && !w.cleaning {
			break
		}
		err = w.send(x)
		w.shared.breaker.note(err != nil && w.ctx.Err() == nil)
		if !again(x, err) || !w.retry(x, attempt) {
			break
		}
		atomic.AddInt64(&w.retries, 1)
	}
	if err != nil {
		return CouldNotJudge("%s %s: %w", x.Method, x.Name(), err)
	}
	w.judgeAnswer(x)
	w.shared.count(w.API.Name, x)
	return nil
}

// again tells whether an attempt failed in a way that passes.
func again(x *Exchange, err error) bool {
	return err != nil || x.Status == http.StatusServiceUnavailable
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
	x := &Exchange{Operation: op, Path: r.Path, Method: op.Method, URL: cmp.Or(strings.TrimSuffix(r.Base, "/"), w.Endpoint.URL) + path, RequestHeader: http.Header{}, Step: w.step, As: strings.Trim(r.As, `"`), sign: r.Sign}
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
	if err := w.shared.limit.Wait(w.ctx); err != nil {
		return err
	}
	ctx := w.ctx
	if x.Method != http.MethodGet {
		// What changes the target is not cut off half-way when the run is interrupted:
		// nobody would know whether it took place.
		ctx = context.WithoutCancel(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(w.shared.target.Timeout, 10*time.Second))
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
	answer, err := w.shared.client.Do(request)
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
	x.Status, x.Header, x.Body, x.Trouble, x.TLS = answer.StatusCode, answer.Header, body, "", answer.TLS
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
	case x.Status >= http.StatusMultipleChoices && x.Status < http.StatusBadRequest && x.Header.Get("Location") != "":
		return fmt.Errorf("the answer redirects (%d) to %s, where no credentials are sent; give the target file that address", x.Status, x.Header.Get("Location"))
	case x.Status == http.StatusBadGateway, x.Status == http.StatusGatewayTimeout, x.Status == http.StatusServiceUnavailable && !w.saysItself(x):
		return fmt.Errorf("a gateway answers %d for the target", x.Status)
	}
	return nil
}

// saysItself tells whether an answer is one that the contract lists, in its own
// envelope: no gateway knows that.
func (w *World) saysItself(x *Exchange) bool {
	return x.Operation != nil && x.Operation.Response(x.Status) != nil && len(w.API.Contract.Check(x.Operation, x.Status, x.Header, x.Body)) == 0
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
