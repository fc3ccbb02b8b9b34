package rapid7

import (
	"fmt"
	"strings"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// aUser creates a plain user.
func (w *world) aUser(name string) error { return w.create(name, nil) }

func (w *world) aUserWithRole(name, role string) error {
	return w.create(name, fields{"role": fields{"id": role}})
}

func (w *world) aDisabledUser(name string) error { return w.create(name, fields{"enabled": false}) }

// aUserWithAll creates a user with access to everything of a kind.
func (w *world) aUserWithAll(name, kind string) error {
	return w.create(name, fields{"role": fields{"id": "user", kinds[kind].flag: true}})
}

// aUserWithDetails takes a table of property and value.
func (w *world) aUserWithDetails(name string, table *godog.Table) error {
	return w.create(name, fromTable(table))
}

// create makes a user and knows it by a name from then on.
func (w *world) create(name string, details fields) error {
	p, body := w.newPerson(name, details)
	x, err := w.send(p, body)
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("createUser is answered with %d", x.Status)
	}
	return err
}

// newPerson is a user that does not exist yet, and the body that creates it.
func (w *world) newPerson(name string, details fields) (*person, fields) {
	p := &person{login: w.Tag() + "-" + name, password: w.newPassword(name)}
	body := fields{
		"login": p.login, "name": strings.ToUpper(name[:1]) + name[1:] + " Test", "password": p.password,
		"email": name + "." + w.Tag() + "@example.com", "role": fields{"id": "user"},
	}
	for property, value := range details {
		body[property] = value
	}
	p.expect(body)
	w.people[name] = p
	return p, body
}

// newPassword makes a password that any policy accepts and no report shows.
func (w *world) newPassword(name string) string { return w.Secret("Pw9!" + name + "-" + w.Tag()) }

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

// expect notes what the account must show from now on, of what it was given.
func (p *person) expect(body fields) {
	if p.details == nil {
		p.details = fields{"enabled": true, "locked": false}
	}
	flatten(p.details, "", body)
	for _, unseen := range []string{"password", "passwordResetOnLogin", "id"} {
		delete(p.details, unseen)
	}
	p.details["locked"] = false
}

func flatten(into fields, prefix string, body fields) {
	for property, value := range body {
		if inner, ok := value.(fields); ok {
			flatten(into, prefix+property+".", inner)
		} else {
			into[prefix+property] = value
		}
	}
}

func (w *world) lockedUser(name string) error {
	if err := w.create(name, nil); err != nil {
		return err
	}
	return w.lock(name)
}

// lock fails to sign in as often as it takes.
func (w *world) lock(name string) error {
	if err := w.failToSignIn(name, "as often as locks an account"); err != nil {
		return err
	}
	p, err := w.person(name)
	if err != nil {
		return err
	}
	p.details["locked"] = true
	user, err := w.read("getUser", idOf(p.id))
	if err == nil && !user.Get("locked").Bool() {
		err = fmt.Errorf("the account is not locked after failed attempts to sign in")
	}
	return err
}

func (w *world) lockedAndDisabledUser(name string) error {
	if err := w.lockedUser(name); err != nil {
		return err
	}
	p := w.people[name]
	x, err := w.call("the administrator", conformance.Request{Operation: "updateUser", Path: idOf(p.id), Body: w.bodyOf(p, fields{"enabled": false})})
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("updateUser is answered with %d", x.Status)
	}
	p.details["enabled"] = false
	return err
}

// bodyOf is a whole user as an update takes it: what is known, with changes.
// The password goes along because the document requires it.
func (w *world) bodyOf(p *person, changes fields) fields {
	role := fields{"id": p.details["role.id"]}
	for _, flag := range []string{"allSites", "allAssetGroups"} {
		if on, ok := p.details["role."+flag]; ok {
			role[flag] = on
		}
	}
	body := fields{
		"login": p.login, "name": p.details["name"], "email": p.details["email"],
		"enabled": p.details["enabled"], "password": p.password, "role": role,
	}
	for property, value := range changes {
		body[property] = value
	}
	return body
}

// fromTable reads a table of property and value. Values are JSON, or text as
// it stands.
func fromTable(table *godog.Table) fields {
	body := fields{}
	for _, row := range table.Rows {
		put(body, strings.Split(row.Cells[0].Value, "."), conformance.Value(row.Cells[1].Value))
	}
	return body
}

func put(body fields, path []string, v any) {
	for _, name := range path[:len(path)-1] {
		inner, ok := body[name].(fields)
		if !ok {
			inner = fields{}
			body[name] = inner
		}
		body = inner
	}
	body[path[len(path)-1]] = v
}
