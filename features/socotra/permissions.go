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
	list, err := w.read("fetchUserPermissions", at(p.locator))
	if err != nil {
		return err
	}
	for _, permission := range split(permissions) {
		if got := slices.Contains(texts(list), permission); got != wanted {
			return fmt.Errorf("%s may do %s: %v; it should be %v", name, permission, got, wanted)
		}
	}
	return nil
}

// mayNoMoreThan compares with somebody who has no roles.
func (w *world) mayNoMoreThan(name, other string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if p.locator == "" {
		return w.nobodyIsNamed(p.userName) // refused
	}
	o, err := w.person(other)
	if err != nil {
		return err
	}
	mine, err := w.read("fetchUserPermissions", at(p.locator))
	if err != nil {
		return err
	}
	others, err := w.read("fetchUserPermissions", at(o.locator))
	if err != nil {
		return err
	}
	for _, permission := range texts(mine) {
		if !slices.Contains(texts(others), permission) {
			return fmt.Errorf("%s may do %s, and %s may not", name, permission, other)
		}
	}
	return nil
}

func (w *world) answerListsOnce() error {
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	list := w.asked.JSON().Array()
	if once := texts(w.asked.JSON()); len(list) == 0 || len(once) != len(list) {
		return fmt.Errorf("%d permissions are listed, %d different ones", len(list), len(once))
	}
	return nil
}
