package devicehive

import (
	"fmt"
	"net/http"
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

func (w *world) hasNetwork(name, which string) error {
	x, err := w.readsAssociation("getNetwork", name, which)
	if err != nil {
		return err
	}
	if got := x.JSON().Get("network.id"); x.Status != http.StatusOK || !conformance.Same(got, w.groups[which].id) {
		return fmt.Errorf("getNetwork is answered with %d and network %s; it should be network %d", x.Status, conformance.Shown(got), w.groups[which].id)
	}
	return nil
}

func (w *world) hasNotNetwork(name, which string) error {
	x, err := w.readsAssociation("getNetwork", name, which)
	if err == nil && x.Status != http.StatusNotFound {
		err = fmt.Errorf("getNetwork is answered with %d; a network that is not assigned is 404", x.Status)
	}
	return err
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

func (w *world) areExactly(what string, list gjson.Result, names []string) error {
	var got, want []int64
	for _, record := range list.Array() {
		got = append(got, record.Get("id").Int())
	}
	for _, n := range names {
		g, err := w.group(n)
		if err != nil {
			return err
		}
		want = append(want, g.id)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		return fmt.Errorf("the %s are %v; they should be %v", what, got, want)
	}
	return nil
}

// mayUseEvery compares with the list of all device types.
func (w *world) mayUseEvery(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	all, err := w.read("listDeviceTypes", nil, nil)
	if err != nil {
		return err
	}
	list, err := w.read("getDeviceTypes", idOf(p.id), nil)
	if err != nil {
		return err
	}
	if got, want := idsIn(list), idsIn(all); !slices.Equal(got, want) {
		return fmt.Errorf("the device types of %s are %v; all there are is %v", name, got, want)
	}
	return nil
}

func idsIn(list gjson.Result) []int64 {
	ids := []int64{}
	for _, record := range list.Array() {
		ids = append(ids, record.Get("id").Int())
	}
	slices.Sort(ids)
	return ids
}
