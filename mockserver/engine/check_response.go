package engine

import (
	"fmt"
	"hash/maphash"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"github.com/rolecall/rolecall/schemas"
)

// checkResponse holds the mock to the contract that it serves. An answer that
// breaks it is replaced by one that says so.
func (a *API) checkResponse(op *schemas.Operation) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			r, err := next(c)
			breach := a.breach(c, op, r)
			if err != nil || breach == "" {
				return r, err
			}
			slog.Error("an answer breaks the contract", "operation", op.ID, "status", r.Status, "breach", breach)
			return a.answer(c, broken(op.ID+": "+breach))
		}
	}
}

// breach says how an answer breaks the contract; "" when it does not. The mock
// is held to more than servers are: it sends no body where none is promised, and
// what any path may answer is a refusal. What no document says, an edition of
// deployed servers may decide.
func (a *API) breach(c *Call, op *schemas.Operation, r Response) string {
	documented, free := op.Response(r.Status), a.Observed && a.Contract.SilentStatuses
	switch {
	case r.Seen && a.Observed, c.Problem != nil && c.Problem.Kind == Broken:
		return ""
	case documented != nil && documented.Observed && !a.Observed:
		return fmt.Sprintf("status %d is not documented, only observed, and edition %s answers as documented", r.Status, a.Edition)
	case free:
	case documented == nil && c.Problem == nil:
		return fmt.Sprintf("status %d is not documented", r.Status)
	case documented != nil && documented.Schema == nil && len(r.raw) > 0:
		return fmt.Sprintf("status %d is documented without a body", r.Status)
	}
	return a.judged.breaches(c, op, r, free)
}

// memo remembers which bodies were found valid, so that an answer which is
// given again is not judged again. Validating costs ten times as much as
// writing the answer; without it the mock could not be both strict and fast.
// It holds hashes only: the newest few thousand, in two generations.
type memo struct {
	seed maphash.Seed
	mu   sync.Mutex
	now  map[memoKey]struct{}
	old  map[memoKey]struct{}
}

type memoKey struct {
	operation *schemas.Operation
	status    int
	hash      uint64
	size      int
}

const memoGeneration = 8192

func newMemo() *memo { return &memo{seed: maphash.MakeSeed(), now: map[memoKey]struct{}{}} }

func (m *memo) breaches(c *Call, op *schemas.Operation, r Response, free bool) string {
	key := memoKey{op, r.Status, maphash.Bytes(m.seed, r.raw), len(r.raw)}
	if m.knows(key) {
		return ""
	}
	header := http.Header{"Content-Type": {c.mediaType(r.Status)}}
	var found []string
	for _, b := range c.API.Contract.Check(op, r.Status, header, r.raw) {
		if !free || !b.Silent {
			found = append(found, b.String())
		}
	}
	if found == nil {
		m.note(key)
	}
	return strings.Join(found, "; ")
}

func (m *memo) knows(key memoKey) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.now[key]; ok {
		return true
	}
	_, ok := m.old[key]
	return ok
}

func (m *memo) note(key memoKey) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.now) >= memoGeneration {
		m.now, m.old = make(map[memoKey]struct{}, memoGeneration), m.now
	}
	m.now[key] = struct{}{}
}
