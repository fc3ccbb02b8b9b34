package socotra

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// Steps that walk through data: one sentence, many attempts.

// An attempt is one of the things that a When has done one after the other.
type attempt struct {
	what          string
	key           string // of the record, as the scenario knows it
	changes       fields
	answer        *conformance.Exchange
	before, after gjson.Result // the record, as it was read
}

// oddTexts are what texts break over.
var oddTexts = []struct{ what, text string }{
	{"an empty text", ""}, {"a blank", " "}, {"blanks at both ends", "  in between  "}, {"a tab and a line break", "one\ttwo\nthree"},
	{"65 letters", strings.Repeat("a", 65)}, {"256 letters", strings.Repeat("b", 256)}, {"4000 letters", strings.Repeat("c", 4000)},
	{"letters of four scripts", "Añn Ωμέγα Жанна 安"}, {"an emoji of several parts", "👩‍👩‍👧‍👦 and 🏳️‍🌈"}, {"an accent of its own", "e\u0301tude"},
	{"right to left", "\u05d0\u05d1\u05d2 abc"}, {"capitals that grow when they are made small", "İSTANBUL ẞ"}, {"markup", `<b onclick="x()">bold</b> &amp; &lt;`},
	{"quotes and backslashes", `O'Neil "the \second\"`}, {"SQL", `Robert'); DROP TABLE users;--`}, {"a placeholder", "${jndi:ldap://x} {{7*7}} %s %n"},
	{"an escape", "%41%20%2F+&=?#"}, {"digits", "0012"}, {"a number", "1e3"}, {"the word null", "null"}, {"the word true", "true"}, {"a formula", "=1+1"},
}

// createsWithOddTexts makes one record for each odd text in a property. A name
// of a role begins with the scenario's tag, by which it is deleted.
func (w *world) createsWithOddTexts(kind, property string) error {
	for i, odd := range oddTexts {
		key, text := fmt.Sprintf("odd%d", i), odd.text
		if property == "name" {
			text = fmt.Sprintf("%s-%d%s", w.Tag(), i, text)
		}
		details, create := fields{property: text}, w.creates
		if kind == "role" {
			create = func(key string, details fields) error { return w.createRole("the administrator", key, details) }
		}
		if err := create(key, details); err != nil {
			return err
		}
		w.tried = append(w.tried, attempt{what: property + " as " + odd.what, key: key, changes: details, answer: w.asked})
	}
	return nil
}

// textsAreKept takes texts that are shown as they were given, or refused, so
// that nothing is there; but a target that refuses most keeps nothing.
func (w *world) textsAreKept(kind string) error {
	kept := 0
	for _, t := range w.tried {
		err := conformance.Usable(t.answer)
		if err == nil && t.answer.Succeeded() {
			kept++
			var now gjson.Result
			if kind == "role" {
				_, now, err = w.roleNow(t.key)
			} else {
				_, now, err = w.userNow(t.key)
			}
			if err == nil {
				err = w.allShowSame(slices.Collect(maps.Keys(t.changes)), now, asJSON(t.changes))
			}
		} else if err == nil && kind == "user" {
			if found, lookErr := w.usersNamed(w.people[t.key].userName); lookErr != nil || len(found) > 0 {
				err = fmt.Errorf("it was refused with %d, and %d users have the name", t.answer.Status, len(found))
			}
		}
		if err != nil {
			w.Blame(t.answer)
			return fmt.Errorf("%s: %w", t.what, err)
		}
	}
	if kept < len(w.tried)/2 || kept == 0 {
		return fmt.Errorf("of %d texts, %d are taken", len(w.tried), kept)
	}
	return nil
}

// waysThrough are the properties one by one, and in pairs.
func waysThrough(properties []string) (ways [][]string) {
	for i, p := range properties {
		ways = append(ways, []string{p})
		for _, other := range properties[i+1:] {
			ways = append(ways, []string{p, other})
		}
	}
	return ways
}

// updatesEachWay updates a user in some properties alone and in pairs. Roles and
// tenants go through lists of none, one and two.
func (w *world) updatesEachWay(name, properties string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	var roles, tenants [][]string
	for _, list := range []string{"one", "one, two", "two", ""} {
		names, err := w.roleNames(list)
		if err != nil {
			return err
		}
		roles = append(roles, names)
	}
	for _, list := range []string{"second", "first and second", "no", "first"} {
		picked, err := w.pickTenants(list)
		if err != nil {
			return err
		}
		tenants = append(tenants, picked)
	}
	next := 0
	return w.walk(split(properties), func(property string, round int) any {
		switch property {
		case "roles":
			next++
			return roles[next%len(roles)]
		case "tenants":
			next++
			return tenants[next%len(tenants)]
		case "email":
			return fmt.Sprintf("round%d.%s@example.org", round, w.Tag())
		}
		return fmt.Sprintf("%s of round %d", property, round)
	}, func(changes fields) (gjson.Result, error) {
		if _, err := w.sends("the administrator", conformance.Request{Operation: "updateUser", Path: at(p.locator), Body: w.updateOf(p, changes)}); err != nil {
			return gjson.Result{}, err
		}
		x, err := w.get("fetchUserByLocator", at(p.locator), nil)
		if err == nil && x.Succeeded() {
			p.noted = x.JSON()
		}
		return p.noted, err
	}, p.noted)
}

// updatesRoleEachWay does the same with a role. Permissions that are added may
// be there already, and those that are removed may not.
func (w *world) updatesRoleEachWay(name, properties string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	pool, err := w.spell("users.list, users.read, roles.list, roles.read")
	if err != nil {
		return err
	}
	return w.walk(split(properties), func(property string, round int) any {
		switch property {
		case "addPermissions":
			return []string{pool[round%4]}
		case "removePermissions":
			return []string{pool[(round+1)%4], pool[(round+2)%4]}
		case "name":
			return fmt.Sprintf("%s-%s-%d", w.Tag(), name, round)
		}
		return fmt.Sprintf("%s of round %d", property, round)
	}, func(changes fields) (gjson.Result, error) {
		if _, err := w.sends("the administrator", conformance.Request{Operation: "updateRole", Path: at(r.locator), Body: w.updateOfRole(r, changes)}); err != nil {
			return gjson.Result{}, err
		}
		x, err := w.get("getRole", at(r.locator), nil)
		if err == nil && x.Succeeded() {
			r.noted, r.name = x.JSON(), x.JSON().Get("name").String()
		}
		return r.noted, err
	}, r.noted)
}

func (w *world) walk(properties []string, value func(property string, round int) any, update func(fields) (gjson.Result, error), before gjson.Result) error {
	for round, way := range waysThrough(properties) {
		changes := fields{}
		for _, property := range way {
			changes[property] = value(property, round)
		}
		after, err := update(changes)
		if err != nil {
			return err
		}
		w.tried = append(w.tried, attempt{what: "an update of " + strings.Join(way, " and "), changes: changes, answer: w.asked, before: before, after: after})
		before = after
	}
	return nil
}

// everyUpdateShows wants of each update that it succeeded, shows what it named
// and leaves the rest as it was.
func (w *world) everyUpdateShows() error {
	if len(w.tried) == 0 {
		return conformance.CouldNotJudge("nothing was tried")
	}
	for _, t := range w.tried {
		properties := userProperties
		if t.answer.Operation.ID == "updateRole" {
			properties = []string{"locator", "name", "description", "createdAt", "createdBy", "permissions"}
		}
		err := conformance.ShouldSucceed(t.answer)
		if err == nil {
			err = w.allShowSame(properties, t.after, t.wanted(properties))
		}
		if err != nil {
			w.Blame(t.answer)
			return fmt.Errorf("%s: %w", t.what, err)
		}
	}
	return nil
}

// wanted is what should be read after an update.
func (t attempt) wanted(properties []string) gjson.Result {
	wanted := fields{}
	for _, property := range properties {
		wanted[property] = t.before.Get(property).Value()
		if change, named := t.changes[property]; named {
			wanted[property] = change
		}
	}
	if slices.Contains(properties, "description") {
		removed, added := texts(asJSON(t.changes["removePermissions"])), texts(asJSON(t.changes["addPermissions"]))
		kept := lacking(texts(t.before.Get("permissions")), removed)
		wanted["permissions"] = append(kept, lacking(added, kept)...)
	}
	return asJSON(wanted)
}

// triesEverything calls every operation on somebody, of those that ask for a
// permission if the caller has a token.
func (w *world) triesEverything(actor, name string) error {
	_, known := w.people[strings.Trim(actor, `"`)]
	for _, op := range w.API.Contract.Documented() {
		if known && !slices.ContainsFunc(w.permissionsFor(op.ID), func(p string) bool { return p != "custom" }) {
			continue
		}
		if err := w.callsFor(actor, op.ID, name); err != nil {
			return err
		}
		w.tried = append(w.tried, attempt{what: op.ID, answer: w.asked})
	}
	return nil
}

// everyAttemptIsRefusedAs wants the statuses that HTTP has for the reason.
func (w *world) everyAttemptIsRefusedAs(reason string) error {
	statuses := map[string][]int{"unauthenticated": {401}, "forbidden": {403, 404}}[reason]
	if err := w.everyAttemptIsRefused(); err != nil {
		return err
	}
	for _, t := range w.tried {
		if err := conformance.ShouldBeRefusedWith(t.answer, statuses...); err != nil {
			w.Blame(t.answer)
			return fmt.Errorf("%s: %w", t.what, err)
		}
	}
	return nil
}
