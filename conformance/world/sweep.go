package world

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/target"
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
func Sweep(ctx context.Context, apis []*API, t *target.Target, ledger *Ledger, entries []Entry) (left []report.Record) {
	s := Share(t, "", ledger)
	for _, e := range entries {
		record := e.Record
		if record.Why = s.sweep(ctx, apis, e); record.Why != "" {
			left = append(left, record)
		}
	}
	return left
}

// sweep deletes one record; it returns why it could not, "" when it could.
func (s *Shared) sweep(ctx context.Context, apis []*API, e Entry) string {
	i, endpoint := slices.IndexFunc(apis, func(a *API) bool { return a.Name == e.API }), s.target.Endpoints[e.API]
	if i < 0 || endpoint == nil {
		return "the target file does not name this API"
	}
	api := apis[i]
	if err := s.target.Check(api.Targeted()); err != nil {
		return err.Error()
	}
	if createdTag.FindString(e.Name) == "" && !slices.Contains(api.Reserved, e.Name) {
		return fmt.Sprintf("no run has made it: its name %q does not begin with the tag of one", e.Name)
	}
	if e.URL != endpoint.URL {
		return fmt.Sprintf("it was created on %s, and the target is %s", e.URL, endpoint.URL)
	}
	w := s.World(ctx, api, 0)
	w.cleaning = true
	if err := api.Delete(w, e.Record); err != nil {
		return w.Redact(err.Error())
	}
	if err := s.ledger.settle(e.Record); err != nil {
		return "deleted, but the ledger cannot be written: " + err.Error()
	}
	return ""
}
