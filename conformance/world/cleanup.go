package world

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
)

// cleanUpTimeout is how long restoring and deleting after a scenario may take.
// It goes on when the run is interrupted.
const cleanUpTimeout = 30 * time.Second

// A made record is one that the run created, or may have.
type made struct {
	report.Record
	sure  bool      // the id that the target told is its own
	gone  bool      // there is nothing with the id that the target told
	since time.Time // of a request without an answer: it may take effect after that
	was   int       // the status with which its id was answered before, where the run chose it
}

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
	k := w.shared.cleaner(ctx, w.API)
	k.world.scenario = w.scenario
	var lost []string // kinds of which something has no id
	for _, m := range slices.Backward(w.created) {
		if k.delete(m) == nil {
			continue
		}
		w.shared.doubt(*m)
		if (m.ID == "" || m.gone) && !slices.Contains(lost, m.Kind) {
			lost = append(lost, m.Kind)
			_, _ = k.deleteTagged(m.Kind, w.tag, []string{w.tag}) // in the way of other scenarios; judged when all are over
		}
	}
}

// A cleaner deletes, and asks again where that fails.
type cleaner struct {
	Keeper
	world *World
}

func (s *Shared) cleaner(ctx context.Context, api *API) cleaner {
	w := s.World(ctx, api, 0)
	w.cleaning = true
	return cleaner{api.Keeper(w), w}
}

// notOurs is the error of an id that is told of a record that is another's.
type notOurs struct{ id string }

func (e notOurs) Error() string {
	return fmt.Sprintf("the record with the id %q carries no tag of the run: nothing is done to it", e.id)
}

// delete deletes a record by its id, and settles it.
func (k cleaner) delete(m *made) error {
	return Safely(func() error {
		if m.ID == "" {
			return fmt.Errorf("the target did not tell its id")
		}
		tag := TagIn(m.Name)
		if !m.sure {
			shown, err := k.Show(m.Kind, m.ID)
			switch {
			case err != nil:
				return err
			case shown == nil:
				m.gone = true
				return fmt.Errorf("no record has the id that the target told")
			case !shown.carries(tag):
				return notOurs{m.ID}
			}
		}
		if err := k.erase(m.Kind, m.ID, tag); err != nil {
			return err
		}
		return k.world.shared.ledger.settle(m.Record)
	})
}

// deleteTagged deletes what carries one of some tags, which begin alike, and
// returns those tags.
func (k cleaner) deleteTagged(kind, begin string, tags []string) (found []string, err error) {
	list, err := k.List(kind, begin)
	for _, one := range list {
		for _, tag := range tags {
			if one.carries(tag) && plainID.MatchString(one.ID) {
				found, err = append(found, tag), cmp.Or(err, k.erase(kind, one.ID, tag))
				break
			}
		}
	}
	return found, err
}

// erase deletes, and makes sure of it. What confirms the deletion and goes on
// showing the record breaks the views, and has left nothing behind if it can be
// deleted only once or is listed no more.
func (k cleaner) erase(kind, id, tag string) error {
	x, err := k.Erase(kind, id)
	if err != nil || x.Status == http.StatusNotFound {
		return err
	}
	if !x.Succeeded() {
		return fmt.Errorf("%s is answered with %d", x.Name(), x.Status)
	}
	shown, err := k.Show(kind, id)
	for end := time.Now().Add(k.world.Endpoint.Settle); err == nil && shown != nil && time.Now().Before(end); {
		time.Sleep(settlePause)
		shown, err = k.Show(kind, id)
	}
	if err != nil || shown == nil {
		return err
	}
	why := fmt.Sprintf("%s was confirmed, and the %s is still shown", x.Name(), kind)
	k.world.charge(breach{invariant: rules.Views, operation: x.Name(), cause: why, Breach: invariants.Breach{Why: why, View: "a read after it"}}, []*Exchange{x, k.world.Last()})
	if again, err := k.Erase(kind, id); err != nil || again.Refused() {
		return err
	}
	list, err := k.List(kind, tag)
	if err == nil && slices.ContainsFunc(list, func(t Trace) bool { return t.ID == id }) {
		err = fmt.Errorf("%s was confirmed, and the record is still there", x.Name())
	}
	return err
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
