package rapid7

import (
	"fmt"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// Whens that walk over data, and keep for the Thens what came of each item.

// createsCombinations creates a user with each property alone, and one with
// each pair.
func (w *world) createsCombinations(table *godog.Table) error {
	all, err := w.settings("user", table)
	if err != nil {
		return err
	}
	for _, combination := range aloneAndInPairs(all) {
		name := "somebody with " + described(combination)
		if err := w.creates(name, combination); err != nil {
			return err
		}
		w.them = append(w.them, name)
	}
	return nil
}

// A trial is one of several things that a When does, and how it is judged.
type trial struct {
	what  string
	judge func() error
}

func (w *world) eachTrial() error {
	if len(w.trials) == 0 {
		return conformance.CouldNotJudge("the scenario has tried nothing")
	}
	for _, t := range w.trials {
		if err := t.judge(); err != nil {
			return fmt.Errorf("%s: %w", t.what, err)
		}
	}
	return nil
}

func (w *world) try(what string, judge func() error) {
	w.trials = append(w.trials, trial{what, judge})
}

// updatesCombinations changes each property alone and each pair, and makes the
// user what it was in between.
func (w *world) updatesCombinations(name string, table *godog.Table) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	all, err := w.settings("user", table)
	if err != nil {
		return err
	}
	for _, combination := range aloneAndInPairs(all) {
		if err := w.sendsUpdate(p, w.bodyOf(p, combination)); err != nil {
			return err
		}
		answer, want := w.asked, with(p.details, combination)
		now, err := w.paint(p)
		if err != nil {
			return err
		}
		w.try("an update of "+described(combination), func() error {
			if err := conformance.ShouldSucceed(answer); err != nil {
				return err
			}
			return now.shows(want)
		})
		if err := w.sendsUpdate(p, w.bodyOf(p, nil)); err != nil {
			return err
		}
	}
	return nil
}

// createsTexts creates a user with each text as a property.
func (w *world) createsTexts(property string, table *godog.Table) error {
	if err := w.named("user", property); err != nil {
		return err
	}
	for i, cell := range firstColumn(table) {
		text, name := textOf(cell), fmt.Sprintf("text %d", i)
		if property == "login" { // by its beginning it is known as the run's own
			text = w.Tag() + "-" + text
		}
		if err := w.creates(name, []setting{{property, text}}); err != nil {
			return err
		}
		answer, p := w.asked, w.people[name]
		w.try(fmt.Sprintf("%s %q", property, text), func() error {
			if answer.Refused() {
				return w.loginIsListedTimes(p.login, 0)
			}
			if err := conformance.ShouldSucceed(answer); err != nil {
				return err
			}
			return w.readsBack(name)
		})
	}
	return nil
}

// updatesTexts gives one user each text in turn. A refused one leaves the one
// before.
func (w *world) updatesTexts(name, property string, table *godog.Table) error {
	if err := w.named("user", property); err != nil {
		return err
	}
	for _, cell := range firstColumn(table) {
		if err := w.updatesWith(name, []setting{{property, textOf(cell)}}); err != nil {
			return err
		}
		p := w.people[name]
		answer, want := w.asked, with(p.details, nil)
		now, err := w.paint(p)
		if err != nil {
			return err
		}
		w.try(fmt.Sprintf("%s %q", property, textOf(cell)), func() error {
			if err := conformance.ShouldNotFail(answer); err != nil {
				return err
			}
			return now.shows(want)
		})
	}
	return nil
}
