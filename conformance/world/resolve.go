package world

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
)

// doubt keeps what may still be on the target until the scenarios are over.
func (f *findings) doubt(m made) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.doubts = append(f.doubts, m)
}

// Resolve looks, when the scenarios of an API are over, for what they may have left.
func (s *Shared) Resolve(ctx context.Context, api *API) {
	open := s.doubts
	s.doubts = nil
	for _, left := range s.cleaner(ctx, api).resolve(open) {
		s.leave(left)
	}
}

// resolve deletes what is open and settles it; it returns what may be left, each
// with the reason. What has no id, or another's, is listed by its tag twice: the
// second time when no request can be under way any more.
func (k cleaner) resolve(open []made) (left []report.Record) {
	if len(open) == 0 {
		return nil
	}
	timeout := cmp.Or(k.world.shared.target.Timeout, defaultTimeout)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(k.world.ctx), timeout+cleanUpTimeout)
	defer cancel()
	k.world.ctx = ctx
	leave := func(m made, err error) {
		m.Why = k.world.Redact(err.Error())
		left = append(left, m.Record)
	}
	var lost []made
	var since time.Time
	for _, m := range open {
		err := k.delete(&m)
		if err != nil && (m.ID == "" || m.gone || errors.As(err, &notOurs{})) {
			lost = append(lost, m)
			if m.since.After(since) {
				since = m.since
			}
		} else if err != nil {
			leave(m, err)
		}
	}
	if len(lost) == 0 {
		return left
	}
	found, _ := k.lookFor(lost)
	select {
	case <-time.After(time.Until(since.Add(timeout))):
	case <-ctx.Done():
	}
	later, failed := k.lookFor(lost)
	for _, m := range lost {
		err, tag := failed[groupOf(m)], TagIn(m.Name)
		if err == nil && m.ID != "" && !m.gone && !slices.Contains(found, tag) && !slices.Contains(later, tag) {
			err = notOurs{m.ID}
		}
		if err == nil {
			err = k.world.shared.ledger.settle(m.Record)
		}
		if err != nil {
			leave(m, err)
		}
	}
	return left
}

// A group is what one listing finds: a run's records of a kind.
type group struct{ kind, run string }

func groupOf(m made) group {
	run, _, _ := strings.Cut(m.Name, "-")
	return group{m.Kind, run}
}

// lookFor lists once for each group; it returns the tags of what it deleted, and
// why a group could not be looked through.
func (k cleaner) lookFor(lost []made) (found []string, failed map[group]error) {
	tags := map[group][]string{}
	for _, m := range lost {
		if of, tag := groupOf(m), TagIn(m.Name); !slices.Contains(tags[of], tag) {
			tags[of] = append(tags[of], tag)
		}
	}
	failed = map[group]error{}
	for of, tags := range tags {
		failed[of] = Safely(func() error {
			deleted, err := k.deleteTagged(of.kind, of.run, tags)
			found = append(found, deleted...)
			return err
		})
	}
	return found, failed
}
