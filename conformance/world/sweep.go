package world

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/target"
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
func Sweep(ctx context.Context, apis []*API, t *target.Target, ledger *Ledger, entries []Entry) (left []report.Record) {
	s := Share(t, "", ledger)
	open := map[*API][]made{}
	for _, e := range entries {
		api, why := s.acceptable(apis, e)
		if e.Why = why; why != "" {
			left = append(left, e.Record)
			continue
		}
		open[api] = append(open[api], made{Record: e.Record, since: ledger.written})
	}
	for api, made := range open {
		left = append(left, s.cleaner(ctx, api).resolve(made)...)
	}
	return left
}

// acceptable finds the API of an entry, or says why nothing is done about it.
// Whoever wrote it, only what a run has made is deleted.
func (s *Shared) acceptable(apis []*API, e Entry) (api *API, why string) {
	i, endpoint := slices.IndexFunc(apis, func(a *API) bool { return a.Name == e.API }), s.target.Endpoints[e.API]
	if i < 0 || endpoint == nil {
		return nil, "the target file does not name this API"
	}
	api = apis[i]
	if err := s.target.Check(api.Targeted()); err != nil {
		return nil, err.Error()
	}
	switch {
	case TagIn(e.Name) == "":
		return nil, fmt.Sprintf("no run has made it: its name %q does not begin with the tag of one", e.Name)
	case e.ID != "" && !plainID.MatchString(e.ID):
		return nil, fmt.Sprintf("no run has made it: %q is no id", e.ID)
	case e.ID == e.Name && e.Was != http.StatusNotFound:
		return nil, "the ledger does not say that it was not there before the run"
	case e.URL != endpoint.URL:
		return nil, fmt.Sprintf("it was created on %s, and the target is %s", e.URL, endpoint.URL)
	}
	return api, ""
}
