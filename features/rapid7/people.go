package rapid7

import (
	"fmt"
	"maps"
	"strings"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// A person is a user that the scenario knows by a name of its own.
type person struct {
	id       int64
	login    string
	password string
	former   []string // passwords that it had before
	details  fields   // what the account must show, by path
	sites    []int64  // granted ones
	groups   []int64
	key      string // two-factor; "": none is known

	locked     bool
	identified bool // its id was seen to be its own
}

func (w *world) aUser(name string) error { return w.create(name, nil) }
func (w *world) aDisabledUser(name string) error {
	return w.create(name, []setting{{"enabled", false}})
}

func (w *world) aUserWithRole(name, words string) error {
	role, err := w.role(words)
	if err != nil {
		return err
	}
	return w.create(name, []setting{{"role.id", role}})
}

// aUserWithAll creates a user with access to everything of a kind.
func (w *world) aUserWithAll(name, kind string) error {
	return w.create(name, []setting{{"role." + kinds[kind].flag, true}})
}

func (w *world) aUserWithDetails(name string, table *godog.Table) error {
	details, err := w.settings("user", table)
	if err != nil {
		return err
	}
	return w.create(name, details)
}

// aUserWithEverything creates a user with every kind of state, as far as the
// target has sites and asset groups to grant.
func (w *world) aUserWithEverything(name string) error {
	err := w.create(name, []setting{{"locale", fields{"default": "en-US", "reports": "en-US"}}})
	for kind, k := range kinds {
		if _, given := w.Endpoint.Facts[k.fact]; given && err == nil {
			err = w.hasAccess(name, "first and third", kind)
		}
	}
	if err == nil {
		err = w.hasKey(name)
	}
	return err
}

func (w *world) alikeUsers() error {
	for i, name := range []string{"one", "two", "three"} {
		if err := w.create(name, []setting{{"name", "Alike " + w.Tag()}, {"email", fmt.Sprintf("alike%d@example.com", i)}}); err != nil {
			return err
		}
	}
	return nil
}

// mostCallers bounds how many roles are tried: a console may have many.
const mostCallers = 8

// everyKindOfCaller creates a user of each role but the Global Administrators',
// and those with access to everything of a kind. A role that a plain account
// may not have is left out.
func (w *world) everyKindOfCaller() error {
	roles, err := w.ordinaryRoles()
	if err != nil {
		return err
	}
	plain, err := w.role("a role")
	if err != nil {
		return err
	}
	kindsOf := map[string][]setting{
		"somebody with all sites": {{"role.id", plain}, {"role.allSites", true}}, "somebody with all asset groups": {{"role.id", plain}, {"role.allAssetGroups", true}},
		"somebody with all sites and asset groups": {{"role.id", plain}, {"role.allSites", true}, {"role.allAssetGroups", true}},
	}
	for _, role := range roles[:min(len(roles), mostCallers)] {
		kindsOf["somebody with the role "+role] = []setting{{"role.id", role}}
	}
	for name, settings := range kindsOf {
		p, body, err := w.newPerson(name, settings)
		if err != nil {
			return err
		}
		x, err := w.send(p, body)
		switch {
		case err != nil:
			return err
		case x.Succeeded():
			w.them = append(w.them, name)
		case settings[0].value == plain:
			return fmt.Errorf("createUser of %s is answered with %d", name, x.Status)
		}
	}
	return nil
}

// create makes a user and knows it by a name from then on.
func (w *world) create(name string, details []setting) error {
	p, body, err := w.newPerson(name, details)
	if err != nil {
		return err
	}
	x, err := w.send(p, body)
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("createUser is answered with %d", x.Status)
	}
	return err
}

// newPerson is a user that does not exist yet, and the body that creates it:
// with all that some console may ask for, which no document does.
func (w *world) newPerson(name string, details []setting) (*person, fields, error) {
	role, err := w.role("a role")
	if err != nil {
		return nil, nil, err
	}
	word := strings.ReplaceAll(name, " ", "-")
	p := &person{login: w.Tag() + "-" + word, password: w.newPassword(), details: fields{"enabled": true}}
	usual := []setting{
		{"login", p.login}, {"name", strings.ToUpper(name[:1]) + name[1:] + " Test"}, {"password", p.password},
		{"email", word + "." + w.Tag() + "@example.com"}, {"role.id", role},
	}
	if source, err := w.standsFor("an internal source"); err == nil {
		usual = append(usual, setting{"authentication", source})
	}
	given := body(append(usual, details...))
	if login, ok := given["login"].(string); ok {
		p.login = login
	}
	p.expect(given)
	w.people[name] = p
	return p, given, nil
}

// send creates the user, under the ledger.
func (w *world) send(p *person, body fields) (x *conformance.Exchange, err error) {
	login, _ := body["login"].(string)
	err = w.Create("user", login, func() (string, error) {
		x, err = w.call("the administrator", conformance.Request{Operation: "createUser", Body: body})
		if err == nil && x.Succeeded() {
			p.id = x.JSON().Get("id").Int()
		}
		return idIfMade(x), err
	})
	return x, err
}

// unshown are what a body may hold and no answer shows, or not as it was given.
var unshown = []string{"password", "passwordResetOnLogin", "id", "locked"}

// expect notes what the account must show from now on, of what it was given.
func (p *person) expect(body fields) {
	flatten(p.details, "", body)
	for _, property := range unshown {
		delete(p.details, property)
	}
}

// bodyOf is a whole user as an update takes it: what is known, with changes.
// The password goes along because some documents require it.
func (w *world) bodyOf(p *person, changes []setting) fields {
	into := fields{"password": p.password}
	for property, value := range p.details {
		put(into, strings.Split(property, "."), value)
	}
	for _, s := range changes {
		put(into, strings.Split(s.property, "."), s.value)
	}
	return into
}

func (w *world) lockedUser(name string) error {
	if err := w.create(name, nil); err != nil {
		return err
	}
	if err := w.failToSignIn(name, "as often as locks an account"); err != nil {
		return err
	}
	p := w.people[name]
	user, err := w.read("getUser", idOf(p.id))
	if err == nil && user.Get("locked").Raw != "true" {
		err = conformance.SkipBecause("the console does not lock an account after as many failed attempts to sign in as lockThreshold says")
	}
	p.locked = true
	return err
}

func (w *world) lockedAndDisabledUser(name string) error {
	if err := w.lockedUser(name); err != nil {
		return err
	}
	p := w.people[name]
	x, err := w.call("the administrator", conformance.Request{Operation: "updateUser", Path: idOf(p.id), Body: w.bodyOf(p, []setting{{"enabled", false}})})
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("updateUser is answered with %d", x.Status)
	}
	p.details["enabled"] = false
	return err
}

// A portrait is all that can be read of a user at one moment.
type portrait struct {
	of                         *person
	user, sites, groups, twoFA *conformance.Exchange
}

// paint reads everything; whatever is wrong with it is for a Then to say.
func (w *world) paint(p *person) (*portrait, error) {
	now := &portrait{of: p}
	for _, part := range []struct {
		into      **conformance.Exchange
		operation string
	}{{&now.user, "getUser"}, {&now.sites, "getUserSites"}, {&now.groups, "getUserAssetGroups"}, {&now.twoFA, "getTwoFactorAuthenticationKey"}} {
		x, err := w.call("the administrator", conformance.Request{Operation: part.operation, Path: idOf(p.id)})
		if err != nil {
			return nil, err
		}
		*part.into = x
	}
	return now, nil
}

// shows holds a portrait to details, and to the grants and the key that the
// scenario knows of. With access to all, what is listed is not documented.
func (now *portrait) shows(details fields) error {
	p := now.of
	user, err := answered(now.user)
	if err == nil {
		err = sees(user, details)
	}
	for _, part := range []struct {
		x    *conformance.Exchange
		k    kind
		want []int64
	}{{now.sites, kinds["sites"], p.sites}, {now.groups, kinds["asset groups"], p.groups}} {
		if err != nil || details["role."+part.k.flag] == true {
			continue
		}
		var list gjson.Result
		if list, err = answered(part.x); err == nil {
			err = wantIDs(part.k.fact+" of user "+p.login, ints(list.Get("resources")), part.want)
		}
	}
	if err == nil && p.key != "" {
		var shown gjson.Result
		if shown, err = answered(now.twoFA); err == nil && shown.Get("key").String() != p.key {
			err = fmt.Errorf("the two-factor key of %s is not the one that was set", p.login)
		}
	}
	return err
}

// with is the details with others in their place.
func with(details fields, changes []setting) fields {
	next := maps.Clone(details)
	flatten(next, "", body(changes))
	for _, property := range unshown {
		delete(next, property)
	}
	return next
}

// aGlobalAdministrator has the role of the administrator, whatever its id is here.
func (w *world) aGlobalAdministrator(name string) error {
	self, err := w.administrator()
	if err != nil {
		return err
	}
	return w.create(name, []setting{{"role.id", self.Get("role.id").String()}})
}
