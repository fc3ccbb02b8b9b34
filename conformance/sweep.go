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
func ReadLedger(path string) ([]Entry, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var open []Entry
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
		i := slices.IndexFunc(open, func(x Entry) bool { return x.API == e.API && x.Kind == e.Kind && x.Name == e.Name })
		switch {
		case i < 0 && e.Event == "intent":
			open = append(open, e)
		case i >= 0 && e.Event == "created":
			open[i].ID = e.ID
		case i >= 0 && e.Event == "settled":
			open = slices.Delete(open, i, i+1)
		}
	}
	slices.Reverse(open)
	return open, lines.Err()
}

// Sweep deletes what a ledger says from the target that it was created on, and
// settles it in the ledger. It returns what could not be deleted, each with
// the reason.
func (c *Catalogue) Sweep(ctx context.Context, target *Target, ledger *Ledger, entries []Entry) (left []report.Record) {
	r := newRun(plan{catalogue: c, target: target, options: Options{Ledger: ledger}})
	for _, e := range entries {
		record := e.Record
		if record.Why = r.sweep(ctx, e); record.Why != "" {
			left = append(left, record)
		}
	}
	return left
}

// sweep deletes one record; it returns why it could not, "" when it could.
func (r *run) sweep(ctx context.Context, e Entry) string {
	api, endpoint := r.catalogue.API(e.API), r.target.Endpoints[e.API]
	if api == nil || endpoint == nil {
		return "the target file does not name this API"
	}
	if err := r.target.Check(api.targeted()); err != nil {
		return err.Error()
	}
	if createdTag.FindString(e.Name) == "" && !slices.Contains(api.Reserved, e.Name) {
		return fmt.Sprintf("no run has made it: its name %q does not begin with the tag of one", e.Name)
	}
	if e.URL != endpoint.URL {
		return fmt.Sprintf("it was created on %s, and the target is %s", e.URL, endpoint.URL)
	}
	w := r.world(ctx, api, 0)
	w.cleaning = true
	if err := api.Delete(w, e.Record); err != nil {
		return w.clean(err.Error())
	}
	if err := r.options.Ledger.settle(e.Record); err != nil {
		return "deleted, but the ledger cannot be written: " + err.Error()
	}
	return ""
}
