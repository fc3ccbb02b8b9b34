package world

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/rolecall/rolecall/conformance/target"
)

// Shared is what the worlds of one run have in common: how requests are sent,
// who waits for whom, the ledger, and what was found so far.
type Shared struct {
	Unwatched bool // do not judge frame and views
	Thorough  bool // look at every view of a real target, whatever it costs
	// MaxRetries is the percentage of the requests that may be reads which are sent
	// again; 0 for none.
	MaxRetries float64
	Counting   bool // invariants are charged without evidence

	findings
	target  *target.Target
	tag     string // of the run
	ledger  *Ledger
	client  *http.Client
	limit   *rate.Limiter
	breaker breaker
	retries retries
	vain    sync.Map // operations that clean-up has asked for in vain: once more each, from then on
	turns   turns
}

// Share begins a run against a target. The tag is the run's; the ledger may be
// nil, to keep none.
func Share(t *target.Target, tag string, ledger *Ledger) *Shared {
	s := &Shared{target: t, tag: tag, ledger: ledger, client: t.Client, limit: rate.NewLimiter(rate.Inf, 1)}
	s.found = Found{charges: map[string][]*charge{}, Watched: map[string]Watched{}, Answers: map[Answered]Tally{}}
	if t.Rate > 0 {
		s.limit.SetLimit(rate.Limit(t.Rate))
	}
	if s.client == nil {
		s.client = target.Client()
	}
	return s
}

// World makes a scenario's world; number makes its tag unique in the run.
func (s *Shared) World(ctx context.Context, api *API, number int) *World {
	w := &World{API: api, Endpoint: s.target.Endpoints[api.Name], shared: s, ctx: ctx, tag: fmt.Sprintf("%s-%d", s.tag, number)}
	for _, c := range w.Endpoint.Credentials {
		w.secrets = append(w.secrets, c.Secrets()...)
	}
	return w
}

// TellCost notes what the invariants cost a real target.
func (s *Shared) TellCost(api *API) {
	seen := s.found.Watched[api.Name]
	if e := s.target.Endpoints[api.Name]; !e.Mock && seen.additional > 0 {
		line := fmt.Sprintf("%s: the invariants sent %d requests beside the scenarios' %d", api.Name, seen.additional, seen.own)
		if e.Settle > 0 {
			line += fmt.Sprintf("; views took up to %s to agree, settle allows %s", seen.settled.Round(time.Millisecond), e.Settle)
		}
		s.Note("%s", line)
	}
}
