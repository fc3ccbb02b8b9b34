package devicehive

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// A kind is what a run creates: users, and the networks and device types that
// they are given, which have the same steps.
type kind struct {
	named                             string // the property by which it is found again
	list, insert, get, update, delete string // operations
	assign, unassign, parameter       string
}

var kinds = map[string]kind{
	"user": {named: "login", list: "list", get: "get", delete: "delete"},
	"network": {named: "name",
		list: "listNetworks", insert: "insertNetwork", get: "getNetworkById", update: "updateNetwork", delete: "deleteNetwork",
		assign: "assignNetwork", unassign: "unassignNetwork", parameter: "networkId"},
	"device type": {named: "name",
		list: "listDeviceTypes", insert: "insertDeviceType", get: "getDeviceTypeById", update: "updateDeviceType", delete: "deleteDeviceType",
		assign: "assignDeviceType", unassign: "unassignDeviceType", parameter: "deviceTypeId"},
}

func (w *world) group(name string) (*group, error) {
	if g := w.groups[name]; g != nil {
		return g, nil
	}
	return nil, conformance.CouldNotJudge("the scenario uses %q before it says what that is", name)
}

// aGroup creates a network or a device type.
func (w *world) aGroup(noun, name string) error {
	x, err := w.createGroup(noun, name, fields{})
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("%s is answered with %d", kinds[noun].insert, x.Status)
	}
	return err
}

func (w *world) createGroup(noun, name string, details fields) (x *conformance.Exchange, err error) {
	g := &group{kind: kinds[noun], name: w.Tag() + "-" + name}
	body := fields{"name": g.name, "description": "Made by rolecall"}
	for property, value := range details {
		body[property] = value
	}
	w.groups[name] = g
	err = w.Create(noun, g.name, func() (string, error) {
		x, err = w.call("the administrator", conformance.Request{Operation: g.kind.insert, Body: body})
		if err != nil || !x.Succeeded() {
			return "", err
		}
		g.id = x.JSON().Get("id").Int()
		return x.JSON().Get("id").Raw, nil
	})
	return x, err
}

// Networks and device types themselves.

func (w *world) createsGroup(noun, name string) (err error) {
	w.asked, err = w.createGroup(noun, name, nil)
	return err
}

func (w *world) createsGroupWith(noun, name string, table *godog.Table) (err error) {
	details, err := w.fromTable(noun, table)
	if err != nil {
		return err
	}
	w.asked, err = w.createGroup(noun, name, details)
	return err
}

func (w *world) createsGroupLike(noun, name, other string) error {
	g, err := w.group(other)
	if err != nil {
		return err
	}
	w.asked, err = w.createGroup(noun, name, fields{"name": g.name})
	return err
}

func (w *world) changesGroup(property, noun, name, text string) error {
	g, err := w.group(name)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: g.kind.update, Path: idOf(g.id), Body: fields{property: text}})
}

func (w *world) deletesGroup(noun, name string) error {
	g, err := w.group(name)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: g.kind.delete, Path: idOf(g.id)})
}

func (w *world) groupShowsName(noun, name string) error {
	g, err := w.group(name)
	if err != nil {
		return err
	}
	return w.groupShows(noun, name, "name", g.name)
}

func (w *world) groupShows(noun, name, property, want string) error {
	g, err := w.group(name)
	if err != nil {
		return err
	}
	record, err := w.read(g.kind.get, idOf(g.id), nil)
	if err != nil {
		return err
	}
	if got := record.Get(property); got.String() != want {
		return fmt.Errorf("%s of the %s is %s; it should be %s", property, noun, conformance.Shown(got), want)
	}
	return nil
}

func (w *world) groupIsGone(noun, name string) error {
	g, err := w.group(name)
	if err != nil {
		return err
	}
	x, err := w.call("the administrator", conformance.Request{Operation: g.kind.get, Path: idOf(g.id)})
	if err != nil {
		return err
	}
	return shouldBeGone(x)
}

// nameIsListedTimes counts the groups that have the name of one.
func (w *world) nameIsListedTimes(noun, name string, times int) error {
	g, err := w.group(name)
	if err != nil {
		return err
	}
	list, err := w.read(g.kind.list, nil, url.Values{"name": {g.name}})
	if err != nil {
		return err
	}
	if found := len(list.Array()); found != times {
		return fmt.Errorf("the list has the name %q %d times; it should have it %d times", g.name, found, times)
	}
	return nil
}

// readsGroupWithTokenFor asks with a token that is for one group only.
func (w *world) readsGroupWithTokenFor(name, reach, noun, which string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	g, err := w.group(which)
	if err != nil {
		return err
	}
	r, err := w.group(reach)
	if err != nil {
		return err
	}
	ids := []string{strconv.FormatInt(r.id, 10)}
	token, err := w.issued(p, fields{"actions": []string{"GetNetwork", "GetDeviceType"}, "networkIds": ids, "deviceTypeIds": ids})
	if err != nil {
		return err
	}
	w.asked, err = w.callWith(token, conformance.Request{Operation: g.kind.get, Path: idOf(g.id)})
	return err
}
