package world

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/report"
)

// cleanUpTimeout is how long restoring and deleting after a scenario may take.
// It goes on when the run is interrupted.
const cleanUpTimeout = 30 * time.Second

// CleanUp restores what the scenario changed and deletes what it created, the
// last first. On a mock the whole sandbox goes.
func (w *World) CleanUp() {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(w.ctx), cleanUpTimeout)
	defer cancel()
	w.ctx, w.cleaning, w.watch.on = ctx, true, false
	if w.Endpoint.Mock {
		_ = w.Control(http.MethodDelete, "sandboxes", nil) // a mock forgets idle sandboxes anyway
		return
	}
	for _, x := range slices.Backward(w.undo) {
		if err := Safely(x.undo); err != nil {
			w.shared.leave(report.Record{API: w.API.Name, Kind: "change", Name: x.what, Why: w.Redact("it could not be restored: " + err.Error())})
		}
	}
	cleaner := w.shared.World(ctx, w.API, 0)
	cleaner.tag, cleaner.cleaning = w.tag, true
	for _, record := range slices.Backward(w.created) {
		err := Safely(func() error { return w.API.Delete(cleaner, record) })
		if err == nil {
			err = w.shared.ledger.settle(record)
		}
		if err != nil {
			record.Why = w.Redact(err.Error())
			w.shared.leave(record)
		}
	}
}

// Bystander makes, on a target that is no mock, the record that no scenario is
// about, and returns how to delete it. Without one, the run judges by what the
// scenarios make.
func (s *Shared) Bystander(ctx context.Context, api *API) (remove func()) {
	w := s.World(ctx, api, 0)
	if api.Bystander == nil || w.Endpoint.Mock || s.Unwatched {
		return func() {}
	}
	if err := Safely(func() error { return api.Bystander(w) }); err != nil {
		s.Note("%s: no bystander could be made, so frame and views are judged by what the scenarios make: %s", api.Name, w.Redact(err.Error()))
	}
	for _, x := range w.created {
		w.Endpoint.Bystander = append(w.Endpoint.Bystander, invariants.Record{Kind: x.Kind, ID: x.ID})
	}
	return w.CleanUp
}
