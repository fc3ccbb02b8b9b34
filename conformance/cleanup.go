package conformance

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

// cleanUp restores what the scenario changed and deletes what it created, the
// last first. On a mock the whole sandbox goes.
func (r *run) cleanUp(w *World) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(w.ctx), cleanUpTimeout)
	defer cancel()
	w.ctx, w.cleaning, w.watch.on = ctx, true, false
	if w.Endpoint.Mock {
		_ = w.Control(http.MethodDelete, "sandboxes", nil) // a mock forgets idle sandboxes anyway
		return
	}
	for _, x := range slices.Backward(w.undo) {
		if err := withoutPanic(x.undo); err != nil {
			r.leave(report.Record{API: w.API.Name, Kind: "change", Name: x.what, Why: w.clean("it could not be restored: " + err.Error())})
		}
	}
	cleaner := r.world(ctx, w.API, 0)
	cleaner.tag, cleaner.cleaning = w.tag, true
	for _, record := range slices.Backward(w.created) {
		err := withoutPanic(func() error { return w.API.Delete(cleaner, record) })
		if err == nil {
			err = r.options.Ledger.settle(record)
		}
		if err != nil {
			record.Why = w.clean(err.Error())
			r.leave(record)
		}
	}
}

// bystander makes, on a target that is no mock, the record that no scenario is
// about, and returns how to delete it. Without one, the run judges by what the
// scenarios make.
func (r *run) bystander(ctx context.Context, api *API) (remove func()) {
	e := r.target.Endpoints[api.Name]
	if api.Bystander == nil || e.Mock || !r.options.Selection.Allow.Writes || r.options.Unwatched {
		return func() {}
	}
	w := r.world(ctx, api, 0)
	if err := withoutPanic(func() error { return api.Bystander(w) }); err != nil {
		r.note("%s: no bystander could be made, so frame and views are judged by what the scenarios make: %s", api.Name, w.clean(err.Error()))
	}
	for _, x := range w.created {
		e.Bystander = append(e.Bystander, invariants.Record{Kind: x.Kind, ID: x.ID})
	}
	return func() { r.cleanUp(w) }
}
