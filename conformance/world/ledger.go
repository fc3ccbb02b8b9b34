package world

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"regexp"
	"sync"

	"github.com/rolecall/rolecall/conformance/report"
)

// A Ledger is what a run created or may have created: one JSON object a line,
// written before the request that creates leaves. What is settled is deleted
// or was never there. A nil Ledger keeps nothing, which is right for a mock.
type Ledger struct {
	mu   sync.Mutex
	file *os.File
}

// An Entry is one line of a ledger.
type Entry struct {
	Event string `json:"event"`         // intent, created, settled
	URL   string `json:"url,omitempty"` // of the API's endpoint; with an intent
	report.Record
}

// createdTag is the tag of a scenario, which the name of everything begins
// with that it creates.
var createdTag = regexp.MustCompile(`^rc[0-9a-f]{8}-\d+`)

// Ours tells whether what has a name now is what the run created under another:
// a scenario may have renamed it, and a server may have told a wrong id. Only
// what is ours is ever deleted.
func Ours(name, created string) bool {
	tag := createdTag.FindString(created)
	return name == created || tag != "" && createdTag.FindString(name) == tag
}

// OpenLedger opens a ledger for appending, and makes the file if need be. A
// last line that a crash cut off is taken away, so that the next one stands
// for itself.
func OpenLedger(path string) (*Ledger, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(f)
	if whole := bytes.LastIndexByte(text, '\n') + 1; err == nil && whole < len(text) {
		err = f.Truncate(int64(whole))
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return &Ledger{file: f}, nil
}

// Close closes the file.
func (l *Ledger) Close() error {
	if l == nil {
		return nil
	}
	return l.file.Close()
}

func (l *Ledger) intend(r report.Record, url string) error {
	return l.write(Entry{Event: "intent", URL: url, Record: r}, true)
}

func (l *Ledger) created(r report.Record) error {
	return l.write(Entry{Event: "created", Record: r}, false)
}

func (l *Ledger) settle(r report.Record) error {
	return l.write(Entry{Event: "settled", Record: r}, false)
}

// write appends a line; what must be on disk before anything else happens is
// synced, so that a crash of the machine does not lose it either.
func (l *Ledger) write(e Entry, sync bool) error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if _, err := l.file.Write(append(line, '\n')); err != nil || !sync {
		return err
	}
	return l.file.Sync()
}
