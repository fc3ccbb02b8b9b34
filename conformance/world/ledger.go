package world

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
)

// A Ledger is what a run created or may have created: one JSON object a line,
// written before the request that creates leaves. What is settled is deleted
// or was never there. A nil Ledger keeps nothing, which is right for a mock.
type Ledger struct {
	mu      sync.Mutex
	file    *os.File
	written time.Time // when the file was, before it was opened
}

// An Entry is one line of a ledger.
type Entry struct {
	Event string `json:"event"`         // intent, created, settled
	URL   string `json:"url,omitempty"` // of the API's endpoint; with an intent
	Was   int    `json:"was,omitempty"` // the status of what is made under an id of the run's, before it is made
	report.Record
}

// OpenLedger opens a ledger for appending, and makes the file if need be. Several
// runs may write into one. A last line that a crash cut off is taken away, so
// that the next one stands for itself.
func OpenLedger(path string) (*Ledger, error) {
	l, err := openLedger(path)
	if err != nil {
		return nil, err
	}
	if lock(l.file, alone) == nil { // nobody else writes, so that a line without end is a crash's
		err = l.mend()
	}
	if err = cmp.Or(err, lock(l.file, together)); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

// OpenLedgerAlone opens a ledger that no run writes into, for sweeping: what a run
// still works with is not to be deleted.
func OpenLedgerAlone(path string) (*Ledger, error) {
	l, err := openLedger(path)
	if err != nil {
		return nil, err
	}
	if err = lock(l.file, alone); err != nil {
		err = fmt.Errorf("%s: a run or a sweep is at work with it; wait for its end: %w", path, err)
	}
	if err = cmp.Or(err, l.mend()); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

func openLedger(path string) (*Ledger, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	l := &Ledger{file: f}
	if info, err := f.Stat(); err == nil {
		l.written = info.ModTime()
	}
	return l, nil
}

func (l *Ledger) mend() error {
	text, err := io.ReadAll(l.file)
	if whole := bytes.LastIndexByte(text, '\n') + 1; err == nil && whole < len(text) {
		err = l.file.Truncate(int64(whole))
	}
	return err
}

// Close closes the file.
func (l *Ledger) Close() error {
	if l == nil {
		return nil
	}
	return l.file.Close()
}

func (l *Ledger) intend(m made, url string) error {
	return l.write(Entry{Event: "intent", URL: url, Was: m.was, Record: m.Record}, true)
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
