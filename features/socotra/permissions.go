package socotra

import (
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/conformance"
)

// may wants at least these permissions: a server may give everybody some.
func (w *world) may(name, permissions string) error {
	return w.permits(name, permissions, true)
}

func (w *world) mayNot(name, permissions string) error {
	return w.permits(name, permissions, false)
}

func (w *world) permits(name, permissions string, wanted bool) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	allowed, err := w.allowedOf(p)
	if err != nil {
		return err
	}
	spelled, err := w.spell(permissions)
	if err != nil {
		return err
	}
	for _, permission := range spelled {
		if got := slices.Contains(allowed, permission); got != wanted {
			return fmt.Errorf("%s may do %s: %v; it should be %v", name, permission, got, wanted)
		}
	}
	return nil
}

// allowedOf is what somebody may do, as the target tells it: a list of texts.
func (w *world) allowedOf(p *person) ([]string, error) {
	list, err := w.read("fetchUserPermissions", at(p.locator))
	if err == nil {
		err = onlyTexts("the list of permissions of "+p.userName, list)
	}
	return texts(list), err
}

// mayNoMoreThan compares with somebody who has no roles. Who was refused, and
// is not there, may nothing.
func (w *world) mayNoMoreThan(name, other string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if p.locator == "" {
		if err := conformance.ShouldBeRefused(w.asked); err != nil {
			return err
		}
		return w.nobodyIsNamed(p.userName)
	}
	o, err := w.person(other)
	if err != nil {
		return err
	}
	mine, err := w.allowedOf(p)
	if err != nil {
		return err
	}
	others, err := w.allowedOf(o)
	if err != nil {
		return err
	}
	if more := lacking(mine, others); len(more) > 0 {
		return fmt.Errorf("%s may do %s, and %s may not", name, more[0], other)
	}
	return nil
}

func (w *world) answerListsOnce() error {
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	if err := onlyTexts("the list of permissions", w.asked.JSON()); err != nil {
		return err
	}
	if len(w.asked.JSON().Array()) == 0 {
		return fmt.Errorf("no permission is listed")
	}
	return nil
}
