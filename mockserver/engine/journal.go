package engine

import (
	"sync"
	"time"
)

// journalSize is how many calls a sandbox remembers; older ones are forgotten.
const journalSize = 500

// bodyKept is up to which size in bytes the journal keeps a body.
const bodyKept = 16 << 10

// An Entry is one call as the journal remembers it. It holds secrets as they
// were sent; whoever shows it must hide them.
type Entry struct {
	Number    int
	Time      time.Time // by the sandbox's clock
	API       string
	Operation string // "" when no operation was found
	Method    string
	URL       string // path and query
	Request   []byte // nil when there was none or it was too large to keep
	Status    int
	Rule      string // the rule under which the call was refused
	Answer    []byte
	Took      time.Duration
}

// Journal is the calls of a sandbox, the newest last.
type Journal struct {
	mu    sync.Mutex
	next  int
	calls []Entry
}

// Add remembers a call.
func (j *Journal) Add(e Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	e.Number = j.next
	if len(j.calls) < journalSize {
		j.calls = append(j.calls, e)
	} else {
		j.calls[j.next%journalSize] = e
	}
	j.next++
}

// Entries lists what is remembered, the oldest first, and the number of all
// calls ever made.
func (j *Journal) Entries() ([]Entry, int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	all := make([]Entry, 0, len(j.calls))
	start := 0
	if len(j.calls) == journalSize {
		start = j.next % journalSize
	}
	all = append(all, j.calls[start:]...)
	return append(all, j.calls[:start]...), j.next
}

// Clear forgets every call.
func (j *Journal) Clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.next, j.calls = 0, nil
}

// record notes every call in the sandbox's journal.
func record(next Handler) Handler {
	return func(c *Call) (Response, error) {
		began := time.Now()
		r, err := next(c)
		c.note(r, time.Since(began))
		return r, err
	}
}

func (c *Call) note(r Response, took time.Duration) {
	e := Entry{
		Time: c.Now(), API: c.API.Name(), Method: c.Method, URL: c.URL.RequestURI(),
		Request: kept(c.Body), Status: r.Status, Answer: kept(r.raw), Took: took,
	}
	if c.Operation != nil {
		e.Operation = c.Operation.ID
	}
	if c.Problem != nil {
		e.Rule = c.Problem.Rule
	}
	c.Sandbox.Journal.Add(e)
}

func kept(body []byte) []byte {
	if len(body) > bodyKept {
		return nil
	}
	return body
}
