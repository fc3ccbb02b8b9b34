package conformance

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/rolecall/rolecall/conformance/report"
)

// ReadLedger lists what a ledger says was created, or may have been, and not
// deleted, the newest first. A last line that is cut off, as a crash leaves
// it, is passed over: its request never left.
func ReadLedger(path string) ([]report.Record, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var open []report.Record
	lines := bufio.NewScanner(f)
	for number, torn := 1, error(nil); lines.Scan(); number++ {
		if torn != nil {
			return nil, torn
		}
		var e Entry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			torn = fmt.Errorf("%s:%d: this line is no ledger entry: %w", path, number, err)
			continue
		}
		same := func(r report.Record) bool { return r.API == e.API && r.Kind == e.Kind && r.Name == e.Name }
		open = slices.DeleteFunc(open, same)
		if e.Event != "settled" {
			open = append(open, e.Record)
		}
	}
	slices.Reverse(open)
	return open, lines.Err()
}

// Sweep deletes records from a target and settles them in the ledger. It
// returns what could not be deleted, each with the reason.
func (c *Catalogue) Sweep(ctx context.Context, target *Target, ledger *Ledger, records []report.Record) (left []report.Record) {
	r := newRun(c, target, Options{Ledger: ledger})
	for _, record := range records {
		api := c.API(record.API)
		if api == nil || target.Endpoints[record.API] == nil {
			record.Why = "the target file does not name this API"
			left = append(left, record)
			continue
		}
		w := r.world(ctx, api, 0)
		if err := api.Delete(w, record); err != nil {
			record.Why = r.clean(w, err.Error())
			left = append(left, record)
			continue
		}
		if err := ledger.settle(record); err != nil {
			record.Why = "deleted, but the ledger cannot be written: " + err.Error()
			left = append(left, record)
		}
	}
	return left
}
