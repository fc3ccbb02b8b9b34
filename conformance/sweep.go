package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"

	"github.com/rolecall/rolecall/conformance/report"
)

// ReadLedger lists what a ledger says was created, or may have been, and not
// deleted, the newest first. A last line that is cut off, as a crash leaves
// it, is passed over: its request never left.
func ReadLedger(path string) ([]Entry, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var open []Entry
	lines := bytes.Split(text, []byte("\n"))
	for n, line := range lines {
		var e Entry
		err := json.Unmarshal(line, &e)
		if err != nil && n == len(lines)-1 {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: this line is no ledger entry: %w", path, n+1, err)
		}
		if e.Event == "intent" {
			open = append(open, e)
		} else if i := entryOf(open, e); i >= 0 && e.Event == "created" {
			open[i].ID = e.ID
		} else if i >= 0 && e.Event == "settled" {
			open = slices.Delete(open, i, i+1)
		}
	}
	slices.Reverse(open)
	return open, nil
}

// entryOf finds what an event is about. One name may be tried several times: the
// newest is meant, of those with the id of what is settled if there are any, and
// of those without one.
func entryOf(open []Entry, e Entry) int {
	id := e.ID
	if e.Event == "created" {
		id = ""
	}
	found := -1
	for i, x := range open {
		same := x.API == e.API && x.Kind == e.Kind && x.Name == e.Name
		if same && (found < 0 || x.ID == id || open[found].ID != id) {
			found = i
		}
	}
	return found
}

// Sweep deletes what a ledger says from the target that it was created on, and
// settles it in the ledger. It returns what could not be deleted, each with
// the reason.
func (c *Catalogue) Sweep(ctx context.Context, target *Target, ledger *Ledger, entries []Entry) (left []report.Record) {
	r := newRun(plan{catalogue: c, target: target, options: Options{Ledger: ledger}})
	open := map[*API][]made{}
	for _, e := range entries {
		if e.Why = r.refuses(e); e.Why != "" {
			left = append(left, e.Record)
			continue
		}
		api := c.API(e.API)
		open[api] = append(open[api], made{Record: e.Record, since: ledger.written})
	}
	for api, made := range open {
		left = append(left, r.cleaner(ctx, api).resolve(made)...)
	}
	return left
}

// refuses tells why nothing is done about an entry: "" for nothing. Whoever wrote
// it, only what a run has made is deleted.
func (r *run) refuses(e Entry) string {
	api, endpoint := r.catalogue.API(e.API), r.target.Endpoints[e.API]
	if api == nil || endpoint == nil {
		return "the target file does not name this API"
	}
	if err := r.target.Check(api.targeted()); err != nil {
		return err.Error()
	}
	switch {
	case TagIn(e.Name) == "":
		return fmt.Sprintf("no run has made it: its name %q does not begin with the tag of one", e.Name)
	case e.ID != "" && !plainID.MatchString(e.ID):
		return fmt.Sprintf("no run has made it: %q is no id", e.ID)
	case e.ID == e.Name && e.Was != http.StatusNotFound:
		return "the ledger does not say that it was not there before the run"
	case e.URL != endpoint.URL:
		return fmt.Sprintf("it was created on %s, and the target is %s", e.URL, endpoint.URL)
	}
	return ""
}
