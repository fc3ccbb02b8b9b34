package devicehive

import (
	"fmt"
	"maps"
	"slices"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// Changes of several properties, alone and in pairs.

// A change is one update, the user as it is shown after it, and what it should
// show.
type change struct {
	asked *conformance.Exchange
	after gjson.Result
	want  fields
}

// changesInPairs sends one update for each property of the table by itself, and
// for each two of them. A property has two values, of which it gets the one
// that it has not. What goes along is sent with every update.
func (w *world) changesInPairs(actor, name, operation, along string, table *godog.Table) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	w.changes = nil
	for i := range table.Rows {
		for j := i; j < len(table.Rows); j++ {
			named := fields{}
			for _, cells := range [][]string{cellsOf(table, i), cellsOf(table, j)} {
				if err := w.otherValue(p, named, cells[0], cells[1:]); err != nil {
					return err
				}
			}
			if err := w.changesAtOnce(actor, p, operation, along, named); err != nil {
				return err
			}
		}
	}
	return nil
}

// otherValue names the value of a property that the user does not have.
func (w *world) otherValue(p *person, named fields, property string, cells []string) error {
	if err := conformance.KnownProperty(w.API.Contract, property, schemasOf["user"]...); err != nil {
		return err
	}
	for _, cell := range cells {
		value := w.value(cell)
		if written(value) != written(p.details[property]) {
			named[property] = value
			return nil
		}
	}
	return conformance.CouldNotJudge("the table gives %s no value that %s has not", property, p.login)
}

func (w *world) changesAtOnce(actor string, p *person, operation, along string, named fields) error {
	body := maps.Clone(named)
	if along != "" {
		body["oldPassword"], body["password"] = p.password, w.newPassword()
	}
	if err := w.when(actor, conformance.Request{Operation: operation, Path: idOf(p.id), Body: body}); err != nil {
		return err
	}
	asked := w.asked
	after, err := w.read("get", idOf(p.id), nil)
	if err != nil {
		return err
	}
	if actor == "the administrator" && asked.Succeeded() {
		p.expect(named)
		if password, named := named["password"].(string); named {
			p.old, p.password = p.password, password
		}
		if _, sent := named["data"]; !sent { // silent: deployed servers clear it
			p.details["data"] = after.Get("data").Value()
		}
	}
	w.changes = append(w.changes, change{asked, after, maps.Clone(p.details)})
	if along != "" && asked.Succeeded() {
		return w.keepsWorkingPassword(p, body["password"].(string))
	}
	return nil
}

// keepsWorkingPassword finds out which password a change has left.
func (w *world) keepsWorkingPassword(p *person, fresh string) error {
	x, err := w.signsInWith(p.login, fresh)
	if err == nil && x.Succeeded() {
		p.password = fresh
	}
	return err
}

// eachChangeIsDone wants every update to succeed, and to change what it names
// and nothing else.
func (w *world) eachChangeIsDone() error { return w.eachChange(conformance.ShouldSucceed) }

// noChangeIsDone lets updates be refused or have no effect.
func (w *world) noChangeIsDone() error { return w.eachChange(conformance.ShouldNotFail) }

func (w *world) eachChange(judge func(*conformance.Exchange) error) error {
	if len(w.changes) == 0 {
		return conformance.CouldNotJudge("nothing was changed")
	}
	for _, c := range w.changes {
		if err := judge(c.asked); err != nil {
			w.Blame(c.asked)
			return err
		}
		for _, property := range slices.Sorted(maps.Keys(c.want)) {
			if got, want := c.after.Get(property), c.want[property]; !conformance.Same(got, want) {
				w.Blame(c.asked)
				return fmt.Errorf("after the change of %s, %s is %s; it should be %s", c.asked.Request, property, conformance.Shown(got), written(want))
			}
		}
	}
	return nil
}
