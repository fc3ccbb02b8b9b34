package rapid7

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// A kind is what access is granted to: sites and asset groups have the same
// rules and the same steps.
type kind struct {
	one, fact, flag                   string
	read, set, add, remove, removeAll string // operations
	param                             string
	list                              func(*person) *[]int64
}

var kinds = map[string]kind{
	"sites": {"site", factSites, "allSites", "getUserSites", "setUserSites", "addUserSite", "removeUserSite", "removeAllUserSites", "siteId",
		func(p *person) *[]int64 { return &p.sites }},
	"asset groups": {"asset group", factAssetGroups, "allAssetGroups", "getUserAssetGroups", "setUserAssetGroups", "addUserAssetGroup", "removeUserAssetGroup", "removeAllUserAssetGroups", "assetGroupId",
		func(p *person) *[]int64 { return &p.groups }},
}

// pick finds the ids of "first", "first and second" and so on among the
// target's sites or asset groups; "none" is none, "unknown" one that nobody has.
func (w *world) pick(words string, k kind) ([]int64, error) {
	known, err := conformance.Get[[]int64](w.World, k.fact)
	if err != nil {
		return nil, err
	}
	picked := []int64{}
	for _, word := range strings.FieldsFunc(words, func(r rune) bool { return r == ' ' || r == ',' }) {
		switch place := slices.Index([]string{"first", "second", "third"}, word); {
		case word == "unknown":
			picked = append(picked, unknownID)
		case place >= len(known):
			return nil, conformance.SkipBecause("the target file gives fewer than %d %s", place+1, k.fact)
		case place >= 0:
			picked = append(picked, known[place])
		case word != "and" && word != "none":
			return nil, conformance.CouldNotJudge("%q is none of first, second, third, unknown and none", word)
		}
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
		err = fmt.Errorf("%s is answered with %d; do the %s %v of the target file exist?", k.set, x.Status, k.fact, ids)
	}
	*k.list(p) = ids
	return err
}

// changesGrants grants, revokes or sets some for somebody.
func (w *world) changesGrants(does, which, kindName, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	k := kinds[kindName]
	r := conformance.Request{Operation: k.removeAll, Path: idOf(p.id)}
	if which == "all" {
		return w.when("the administrator", r)
	}
	ids, err := w.pick(which, k)
	if err != nil {
		return err
	}
	if does == "sets" {
		r.Operation, r.Body = k.set, ids
		return w.when("the administrator", r)
	}
	r.Operation = map[string]string{"grants": k.add, "revokes": k.remove}[does]
	if r.Operation == "" || len(ids) != 1 {
		return conformance.CouldNotJudge("%s %s is nothing that can be done; write grants or revokes with one, sets with any, revokes with all", does, which)
	}
	r.Path[k.param] = strconv.FormatInt(ids[0], 10)
	return w.when("the administrator", r)
}

// changesGrantsInTurn takes a table of what is done, to which, and which are
// there afterwards.
func (w *world) changesGrantsInTurn(kindName, name string, table *godog.Table) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	k := kinds[kindName]
	had := *k.list(p)
	for _, row := range table.Rows {
		does, which := row.Cells[0].Value, row.Cells[1].Value
		leaves, err := w.pick(row.Cells[2].Value, k)
		if err != nil {
			return err
		}
		if err := w.changesGrants(does, which, kindName, name); err != nil {
			return err
		}
		answer, changes := w.asked, !slices.Equal(sorted(had), sorted(leaves))
		had = leaves
		expected := *p
		*k.list(&expected) = leaves
		now, err := w.paint(&expected)
		if err != nil {
			return err
		}
		w.try(does+" "+which, func() error {
			judge := conformance.ShouldNotFail // what is so already may be refused
			if changes {
				judge = conformance.ShouldSucceed
			}
			if err := judge(answer); err != nil {
				return err
			}
			return now.shows(expected.details)
		})
	}
	return nil
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
	list, err := w.read(k.read, idOf(p.id))
	if err != nil {
		return err
	}
	return wantIDs(k.fact+" of user "+p.login, ints(list.Get("resources")), want)
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
	list, err := w.read(kinds[kindName].read, idOf(p.id))
	if err != nil {
		return err
	}
	return wantIDs(kindName+" of user "+p.login, ints(list.Get("resources")), ints(w.before.Get("resources")))
}
