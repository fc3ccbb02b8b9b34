package devicehive

import (
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// readsAssociation reads one association by itself.
func (w *world) readsAssociation(operation, name, which string) (*conformance.Exchange, error) {
	p, err := w.person(name)
	if err != nil {
		return nil, err
	}
	r, err := w.assignment(operation, p, which)
	if err != nil {
		return nil, err
	}
	return w.call("the administrator", r)
}

func (w *world) hasNetwork(name, which string) (err error) {
	w.asked, err = w.readsAssociation("getNetwork", name, which)
	if err != nil {
		return err
	}
	return w.answerIsNetwork(which)
}

func (w *world) answerIsNetwork(which string) error {
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	if got := inner(w.asked.JSON()).Get("id"); !conformance.Same(got, w.groups[which].id) {
		return fmt.Errorf("getNetwork shows network %s; it should be network %d", conformance.Shown(got), w.groups[which].id)
	}
	return nil
}

func (w *world) hasNotNetwork(name, which string) error {
	x, err := w.readsAssociation("getNetwork", name, which)
	if err != nil {
		return err
	}
	return shouldBeGone(x)
}

// showsExactly holds the networks that the user is shown with.
func (w *world) showsExactly(name, list string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	p.networks = wordsOf(list)
	return w.showsNetworks(p)
}

func (w *world) showsNetworks(p *person) error {
	user, err := w.read("get", idOf(p.id), nil)
	if err != nil {
		return err
	}
	return w.areExactly("networks of "+p.login, user.Get("networks"), p.networks)
}

// answerShowsNetworks looks at the user in the newest answer.
func (w *world) answerShowsNetworks(list string) error {
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	return w.areExactly("networks in the answer", w.asked.JSON().Get("networks"), wordsOf(list))
}

// mayUseExactly holds the list of the user's device types.
func (w *world) mayUseExactly(name, list string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	p.types = wordsOf(list)
	return w.listsTypes(p)
}

func (w *world) listsTypes(p *person) error {
	list, err := w.read("getDeviceTypes", idOf(p.id), nil)
	if err != nil {
		return err
	}
	return w.areExactly("device types of "+p.login, list, p.types)
}

// areExactly holds a list to what somebody has. An item twice is one too many.
func (w *world) areExactly(what string, list gjson.Result, names []string) error {
	if !list.IsArray() {
		return fmt.Errorf("the %s are %s; they should be a list", what, conformance.Shown(list))
	}
	got, want := idsIn(list), []int64{}
	for _, n := range names {
		g, err := w.group(n)
		if err != nil {
			return err
		}
		want = append(want, g.id)
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		return fmt.Errorf("the %s are %v; they should be %v", what, got, want)
	}
	return nil
}

// mayUseEvery compares with the list of all device types, which has those that
// the scenario made. Somebody else may make more meanwhile.
func (w *world) mayUseEvery(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	var got, before, after []int64
	for range 5 {
		for _, list := range []struct {
			into      *[]int64
			operation string
			path      map[string]string
		}{{&before, "listDeviceTypes", nil}, {&got, "getDeviceTypes", idOf(p.id)}, {&after, "listDeviceTypes", nil}} {
			answer, err := w.read(list.operation, list.path, nil)
			if err != nil {
				return err
			}
			*list.into = idsIn(answer)
		}
		for which, g := range w.groups {
			if g.kind.insert == "insertDeviceType" && !slices.Contains(got, g.id) {
				return fmt.Errorf("the device types of %s are %v; device type %d, %s, is one of all", name, got, g.id, which)
			}
		}
		if slices.Equal(got, before) {
			return nil
		}
		if slices.Equal(before, after) {
			return fmt.Errorf("the device types of %s are %v; all there are is %v", name, got, before)
		}
	}
	return conformance.CouldNotJudge("the list of device types does not stand still")
}

// idsIn are the numbers of networks or device types in a list, sorted.
func idsIn(list gjson.Result) []int64 {
	ids := []int64{}
	for _, item := range list.Array() {
		ids = append(ids, inner(item).Get("id").Int())
	}
	slices.Sort(ids)
	return ids
}
