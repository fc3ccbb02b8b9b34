package engine

import (
	"sync"
	"time"
)

// journalSize is how many calls a sandbox remembers at most; older ones are forgotten.
const journalSize = 500

// bodyKept is up to which size in bytes the journal keeps a body.
const bodyKept = 16 << 10

// An Entry is one call as the journal remembers it. It holds secrets as they
// were sent; whoever shows it must hide them.
type Entry struct {
	Number    int
	RequestID string
	Time      time.Time // by the sandbox's clock
	API       string
	Operation string // "" when no operation was found
	Caller    string // the account's name; "" for nobody's
	Method    string
	URL       string // path and query
	Request   []byte // nil when there was none or it was too large to keep
	Status    int    // 0 when the connection was closed instead
	Rule      string // the rule under which the call was refused
	Answer    []byte
	Took      time.Duration
}

// size is about how many bytes of memory the entry holds.
func (e *Entry) size() int64 { return int64(cap(e.Request) + cap(e.Answer) + len(e.URL) + 240) }

// Journal is the calls of a sandbox, the newest last.
type Journal struct {
	budget *Budget // nil for no limit but the number of calls

	mu    sync.Mutex
	calls []Entry // by number, modulo journalSize
	next  int     // number
	first int     // number of the oldest that is remembered
	bytes int64
}

// Add remembers a call.
func (j *Journal) Add(e Entry) {
	j.mu.Lock()
	e.Number = j.next
	grown := e.size()
	if len(j.calls) < journalSize {
		j.calls = append(j.calls, e)
	} else {
		if j.next-j.first == journalSize {
			grown -= j.drop()
		}
		j.calls[j.next%journalSize] = e
	}
	j.next++
	j.bytes += grown
	j.mu.Unlock()
	j.budget.grow(grown)
}

// drop forgets the oldest call, and returns what it held.
func (j *Journal) drop() int64 {
	e := &j.calls[j.first%journalSize]
	size := e.size()
	*e = Entry{}
	j.first++
	return size
}

// Entries lists what is remembered, the oldest first, and the number of all
// calls ever made.
func (j *Journal) Entries() ([]Entry, int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	all := make([]Entry, 0, j.next-j.first)
	for n := j.first; n < j.next; n++ {
		all = append(all, j.calls[n%journalSize])
	}
	return all, j.next
}

// Bytes is about how much memory the journal holds.
func (j *Journal) Bytes() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.bytes
}

// Clear forgets every call, and that there were any.
func (j *Journal) Clear() {
	j.mu.Lock()
	held := j.bytes
	j.next, j.first, j.calls, j.bytes = 0, 0, nil, 0
	j.mu.Unlock()
	j.budget.grow(-held)
}

// halve forgets the older half of the calls, and returns what they held.
func (j *Journal) halve() (freed int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for range (j.next - j.first + 1) / 2 {
		freed += j.drop()
	}
	j.bytes -= freed
	return freed
}

// entry is the call and its answer as the journal remembers them.
func (c *Call) entry(r Response) Entry {
	e := Entry{
		Time: c.Now(), API: c.API.Name(), Method: c.Method, URL: c.URL.RequestURI(),
		Request: kept(c.Body), Status: r.Status, Answer: kept(r.raw), Took: time.Since(c.began), RequestID: c.requestID(),
	}
	if c.Operation != nil {
		e.Operation = c.Operation.ID
	}
	if c.Problem != nil {
		e.Rule = c.Problem.Rule
	}
	if c.Caller != nil && c.API.SignIn.Name != nil {
		e.Caller = c.API.SignIn.Name(c.Caller)
	}
	return e
}

func kept(body []byte) []byte {
	if len(body) > bodyKept {
		return nil
	}
	return body
}
