package rapid7

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/conformance"
)

// A kind is what access is granted to: sites and asset groups have the same
// rules and the same steps.
type kind struct {
	fact, flag                        string
	read, set, add, remove, removeAll string // operations
	param                             string
	list                              func(*person) *[]int64
}

var kinds = map[string]kind{
	"sites": {factSites, "allSites", "getUserSites", "setUserSites", "addUserSite", "removeUserSite", "removeAllUserSites", "siteId",
		func(p *person) *[]int64 { return &p.sites }},
	"asset groups": {factAssetGroups, "allAssetGroups", "getUserAssetGroups", "setUserAssetGroups", "addUserAssetGroup", "removeUserAssetGroup", "removeAllUserAssetGroups", "assetGroupId",
		func(p *person) *[]int64 { return &p.groups }},
}

var ordinals = map[string]int{"first": 0, "second": 1, "third": 2}

// pick finds the ids of "first", "first and second" and so on among the
// target's sites or asset groups; "no" is none.
func (w *world) pick(words string, k kind) ([]int64, error) {
	known, err := conformance.Get[[]int64](w.World, k.fact)
	if err != nil {
		return nil, err
	}
	picked := []int64{}
	for _, word := range strings.FieldsFunc(words, func(r rune) bool { return r == ' ' || r == ',' }) {
		place, ok := ordinals[word]
		if !ok {
			continue // "and", "no", "the"
		}
		if place >= len(known) {
			return nil, conformance.SkipBecause("the target file gives fewer than %d %s", place+1, k.fact)
		}
		picked = append(picked, known[place])
	}
	return picked, nil
}

// hasAccess grants, as a condition of the scenario.
func (w *world) hasAccess(name, which, kindName string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	k := kinds[kindName]
	ids, err := w.pick(which, k)
	if err != nil {
		return err
	}
	x, err := w.call("the administrator", conformance.Request{Operation: k.set, Path: idOf(p.id), Body: ids})
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("%s is answered with %d", k.set, x.Status)
	}
	*k.list(p) = ids
	return err
}

func (w *world) setsGrants(kindName, name, which string) error {
	return w.setsGrantsOf(kindName, name, which, nil)
}

// setsGrantsTwice names every one of them twice.
func (w *world) setsGrantsTwice(kindName, name, which string) error {
	return w.setsGrantsOf(kindName, name, which, func(ids []int64) []int64 { return append(ids, ids...) })
}

func (w *world) setsGrantsOf(kindName, name, which string, more func([]int64) []int64) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	k := kinds[kindName]
	ids, err := w.pick(which, k)
	if err != nil {
		return err
	}
	if more != nil {
		ids = more(ids)
	}
	return w.when("the administrator", conformance.Request{Operation: k.set, Path: idOf(p.id), Body: ids})
}

func (w *world) grantsOne(which, kindName, name string) error {
	return w.oneGrant(func(k kind) string { return k.add }, which, kindName, name)
}

func (w *world) revokesOne(which, kindName, name string) error {
	return w.oneGrant(func(k kind) string { return k.remove }, which, kindName, name)
}

func (w *world) oneGrant(operation func(kind) string, which, kindName, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	k := kinds[plural(kindName)]
	ids, err := w.pick(which, k)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: operation(k),
		Path: map[string]string{"id": strconv.FormatInt(p.id, 10), k.param: strconv.FormatInt(ids[0], 10)}})
}

func plural(kindName string) string { return strings.TrimSuffix(kindName, "s") + "s" }

func (w *world) revokesAll(kindName, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: kinds[kindName].removeAll, Path: idOf(p.id)})
}

// grantsUnknown and its like name a site or asset group that does not exist.
func (w *world) grantsUnknown(operation, kindName, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	k := kinds[plural(kindName)]
	r := conformance.Request{Path: idOf(p.id)}
	switch operation {
	case "grants":
		r.Operation, r.Path[k.param] = k.add, strconv.Itoa(unknownID)
	case "revokes":
		r.Operation, r.Path[k.param] = k.remove, strconv.Itoa(unknownID)
	default:
		known, err := conformance.Get[[]int64](w.World, k.fact)
		if err != nil {
			return err
		}
		r.Operation, r.Body = k.set, []int64{known[0], unknownID}
	}
	return w.when("the administrator", r)
}

func (w *world) grants(p *person, k kind) ([]int64, error) {
	list, err := w.read(k.read, idOf(p.id))
	return ints(list.Get("resources")), err
}

// hasGrants holds the account to the grants that the scenario knows of. With
// access to all, what is listed is not documented.
func (w *world) hasGrants(p *person, k kind) error {
	if p.details["role."+k.flag] == true {
		return nil
	}
	got, err := w.grants(p, k)
	if err != nil {
		return err
	}
	return wantIDs(k.fact+" of user "+p.login, got, *k.list(p))
}

func (w *world) hasExactly(name, which, kindName string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	k := kinds[kindName]
	want, err := w.pick(which, k)
	if err != nil {
		return err
	}
	got, err := w.grants(p, k)
	if err != nil {
		return err
	}
	return wantIDs(k.fact+" of user "+p.login, got, want)
}

// hasGrantsAsBefore is for the kind that a request was not about.
func (w *world) hasGrantsAsBefore(kindName, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.hasGrants(p, kinds[kindName])
}

// notesGrants remembers what is listed, whatever it is.
func (w *world) notesGrants(kindName, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	w.before, err = w.read(kinds[kindName].read, idOf(p.id))
	return err
}

func (w *world) listsAsNoted(kindName, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	got, err := w.grants(p, kinds[kindName])
	if err != nil {
		return err
	}
	return wantIDs(kindName+" of user "+p.login, got, ints(w.before.Get("resources")))
}
