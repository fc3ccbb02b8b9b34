package conformance

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
)

// Options are how a run is made.
type Options struct {
	Selection   Selection
	Strict      bool
	Concurrency int     // scenarios at a time; 0 for 8 on a mock and 1 elsewhere
	Ledger      *Ledger // nil to keep none
	Waivers     []Waiver
	Preflight   bool                // only look whether the target is fit for a run
	Progress    func(done, all int) // called after each scenario, never at the same time; nil for nothing
	MinCoverage float64             // percent of the answers that can be provoked that must be seen; 0 for none
	Tag         string              // of the run; "" to draw one
	WithoutThen bool                // leave the Then steps out: the audit's question whether they matter
	Unwatched   bool                // do not judge frame and views: the audit's question what the rules notice themselves
	Thorough    bool                // look at every view of a real target, whatever it costs
	Version     string              // of the suite, for the report

	until string // id of an invariant: the audit wants no more once it is broken

	ScenarioTimeout time.Duration // for one scenario, whatever its requests do; 0 for 2 minutes
}

// Run selects rules, runs their scenarios against the target and judges. An
// error means that the run could not begin: the selection or the target makes
// no sense. Whatever happens later is in the report.
func (c *Catalogue) Run(ctx context.Context, target *Target, o Options) (*report.Report, error) {
	for _, api := range c.APIs {
		if target.Endpoints[api.Name] != nil {
			if err := target.check(api); err != nil {
				return nil, err
			}
		}
	}
	chosen, err := c.Select(o.Selection, target)
	if err != nil {
		return nil, err
	}
	r := newRun(c, target, o)
	whole := o.Selection
	whole.Shard = Shard{} // a shard that has none of an API's rules is still of the same run
	all, err := c.Select(whole, target)
	if err != nil {
		return nil, err
	}
	for _, api := range c.APIs {
		if slices.ContainsFunc(all, func(x Chosen) bool { return x.Rule.API == api }) {
			r.aim(api)
		}
	}
	began := time.Now()
	r.report.Started = began.UTC().Truncate(time.Millisecond)
	r.preflight(ctx, chosen)
	if o.Preflight {
		return r.report, nil
	}
	if r.report.Configured() && r.report.Reached() {
		r.play(ctx, chosen)
	}
	r.conclude(chosen)
	r.waive()
	if r.report.Interrupted = ctx.Err() != nil; r.report.Interrupted {
		r.report.Notes = append(r.report.Notes, "the run was interrupted; what it had not judged is no pass")
	}
	r.report.Took = report.Duration(time.Since(began).Round(time.Millisecond))
	return r.report, nil
}

// run is one run's shared state.
type run struct {
	catalogue *Catalogue
	target    *Target
	options   Options
	client    *http.Client
	ledger    *Ledger
	tag       string
	report    *report.Report
	pace      *pace
	numbered  int // scenarios that have a number
	planned   int // scenarios that are to run

	mu       sync.Mutex
	results  map[*Scenario]*report.Scenario
	charges  map[string][]*charge // by id of the invariant
	watched  map[string]*watched  // by API
	coverage map[pairKey]*report.Pair
	left     []report.Record
	lost     lost
	trial    *Trial   // nil outside of audits
	enough   bool     // end the trial when a must rule has noticed something
	inPart   []string // rules of which some scenarios were left out
}

// watched is how much of an API the invariants have seen.
type watched struct {
	answers           int           // judged
	changed, compared int           // scenarios in which a look saw a change, and a record
	own, additional   int           // requests of scenarios, and of looks
	settled           time.Duration // the longest that views took to agree
}

func (r *run) watchedOf(api *API) *watched {
	w := r.watched[api.Name]
	if w == nil {
		w = &watched{}
		r.watched[api.Name] = w
	}
	return w
}

// note adds a line to what the report tells besides.
func (r *run) note(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if line := fmt.Sprintf(format, args...); !slices.Contains(r.report.Notes, line) {
		r.report.Notes = append(r.report.Notes, line)
	}
}

type pairKey struct {
	api, operation string
	status         int
}

func newRun(c *Catalogue, target *Target, o Options) *run {
	r := &run{
		catalogue: c, target: target, options: o, client: target.Client, ledger: o.Ledger, tag: o.Tag,
		pace:    newPace(target.Rate),
		results: map[*Scenario]*report.Scenario{}, charges: map[string][]*charge{},
		watched: map[string]*watched{}, coverage: map[pairKey]*report.Pair{},
	}
	if r.client == nil {
		r.client = plainClient()
	}
	if r.tag == "" {
		r.tag = drawTag()
	}
	r.report = &report.Report{
		Version: report.Version, Run: r.tag, Strict: o.Strict, Demanded: o.MinCoverage, Selected: o.Selection.reported(),
		Suite: report.Suite{Version: o.Version, Rules: c.Hash, Hashes: map[string]string{}},
	}
	return r
}

// aim notes in the report that an API is judged, by what and where.
func (r *run) aim(api *API) {
	e := r.target.Endpoints[api.Name]
	r.report.Suite.Hashes[api.Name] = api.Contract.Hash
	r.report.Targets = append(r.report.Targets, report.Target{API: api.Name, URL: e.URL, Edition: e.Edition, Mock: e.Mock})
	r.coverPairs(api)
}

// plainClient follows no redirects: a console that redirects an API call is
// not answering it.
func plainClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 32
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// drawTag makes a run's tag: short, unlikely to be drawn again, fit for logins.
func drawTag() string {
	b := make([]byte, 4)
	rand.Read(b) // never fails, by its documentation
	return "rc" + hex.EncodeToString(b)
}

func (r *run) timeout() time.Duration {
	if r.target.Timeout > 0 {
		return r.target.Timeout
	}
	return 10 * time.Second
}

func (r *run) wait(ctx context.Context) error { return r.pace.wait(ctx) }

// world makes a scenario's world; number makes its tag unique in the run.
func (r *run) world(ctx context.Context, api *API, number int) *World {
	w := &World{API: api, Endpoint: r.target.Endpoints[api.Name], run: r, ctx: ctx, tag: fmt.Sprintf("%s-%d", r.tag, number)}
	for _, c := range w.Endpoint.Credentials {
		w.secrets = append(w.secrets, c.secrets()...)
	}
	return w
}

// seen judges an answer against the contract and counts it for coverage.
func (r *run) seen(w *World, x *Exchange) {
	if x.Status == 0 {
		return
	}
	r.judgeAnswer(w, x)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.watchedOf(w.API).answers++
	if x.Operation == nil {
		return
	}
	key := pairKey{w.API.Name, x.Operation.ID, x.Status}
	pair := r.coverage[key]
	if pair == nil {
		pair = &report.Pair{API: w.API.Name, Operation: x.Operation.ID, Status: x.Status}
		r.coverage[key] = pair
	}
	pair.Seen++
	if len(x.Breaches) > 0 {
		pair.Breached++
	}
}

func (r *run) coverPairs(api *API) {
	for _, op := range api.Contract.Documented() {
		for _, status := range op.Statuses() {
			r.coverage[pairKey{api.Name, op.ID, status}] = &report.Pair{
				API: api.Name, Operation: op.ID, Status: status, Documented: true,
				Ineligible: api.Ineligible[fmt.Sprintf("%s %d", op.ID, status)],
			}
		}
	}
}

// A pace holds requests back to so many a second.
type pace struct {
	mu    sync.Mutex
	every time.Duration
	next  time.Time
}

func newPace(rate float64) *pace {
	p := &pace{}
	if rate > 0 {
		p.every = time.Duration(float64(time.Second) / rate)
	}
	return p
}

func (p *pace) wait(ctx context.Context) error {
	if p.every == 0 {
		return ctx.Err()
	}
	p.mu.Lock()
	now := time.Now()
	if p.next.Before(now) {
		p.next = now
	}
	delay := p.next.Sub(now)
	p.next = p.next.Add(p.every)
	p.mu.Unlock()
	select {
	case <-time.After(delay):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
