package devicehive

import (
	"fmt"
	"strconv"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// A person is a user that the scenario knows by a name of its own.
type person struct {
	id       int64
	login    string
	password string
	old      string   // the password before the newest change
	details  fields   // what the user must show, by property
	networks []string // names of groups; nil: not known
	types    []string // names of groups; nil: not known
	tokens   map[string]string
}

// person finds somebody by the name that the feature gives, with or without quotes.
func (w *world) person(name string) (*person, error) {
	if unquoted, err := strconv.Unquote(name); err == nil {
		name = unquoted
	}
	if p := w.people[name]; p != nil {
		return p, nil
	}
	return nil, conformance.CouldNotJudge("the scenario uses %q before it says who that is", name)
}

// newPerson is a client that does not exist yet, and the body that creates it.
func (w *world) newPerson(name string, details fields) (*person, fields) {
	p := &person{login: w.Tag() + "-" + name, password: w.newPassword(), tokens: map[string]string{}}
	body := fields{
		"login": p.login, "password": p.password, "role": 1, "status": 0,
		"data": fields{"made": "by rolecall"}, "introReviewed": false,
	}
	for property, value := range details {
		body[property] = value
	}
	p.details = fields{}
	p.expect(body)
	w.people[name] = p
	return p, body
}

// expect notes what the user must show from now on.
func (p *person) expect(body fields) {
	for property, value := range body {
		if property != "password" && property != "oldPassword" {
			p.details[property] = value
		}
	}
	if login, ok := body["login"].(string); ok {
		p.login = login
	}
}

// insert creates the user, under the ledger.
func (w *world) insert(p *person, body fields) (x *conformance.Exchange, err error) {
	login, _ := body["login"].(string)
	err = w.Create("user", login, func() (string, error) {
		x, err = w.call("the administrator", conformance.Request{Operation: "insert", Body: body})
		if err != nil || !x.Succeeded() {
			return "", err
		}
		p.id, err = w.numberOf(x, login)
		if err != nil || p.id == 0 {
			return conformance.UnknownID, err
		}
		return idOf(p.id)["id"], nil
	})
	return x, err
}

// numberOf is the number of a new user. The document does not say that the
// answer to a creation has it; the list does.
func (w *world) numberOf(x *conformance.Exchange, login string) (int64, error) {
	if id := x.JSON().Get("id"); id.Type == gjson.Number {
		return id.Int(), nil
	}
	found, err := w.usersWhere(func(u gjson.Result) bool { return u.Get("login").String() == login })
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0].Get("id").Int(), nil
}

// create makes a user and knows it by a name from then on.
func (w *world) create(name string, details fields) error {
	p, body := w.newPerson(name, details)
	x, err := w.insert(p, body)
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("insert is answered with %d", x.Status)
	}
	return err
}

func (w *world) aUser(name string) error { return w.create(name, nil) }

func (w *world) anAdministrator(name string) error { return w.create(name, fields{"role": 0}) }

func (w *world) aLockedUser(name string) error { return w.create(name, fields{"status": 1}) }

func (w *world) aDisabledUser(name string) error { return w.create(name, fields{"status": 2}) }

func (w *world) aUserWith(name string, table *godog.Table) error {
	details, err := w.fromTable("user", table)
	if err != nil {
		return err
	}
	return w.create(name, details)
}

// anEquippedUser has one network and one device type of its own; there is one
// more of each that it does not have.
func (w *world) anEquippedUser(name string) error {
	for _, step := range []func() error{
		func() error { return w.aUser(name) },
		func() error { return w.aGroup("network", "home") },
		func() error { return w.aGroup("network", "attic") },
		func() error { return w.aGroup("device type", "lamp") },
		func() error { return w.aGroup("device type", "fan") },
		func() error { return w.hasGroups(name, "network", "home") },
		func() error { return w.hasOnly(name, "lamp") },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// theClientWithoutPassword is a record of the target: no method makes one.
func (w *world) theClientWithoutPassword(name string) error {
	id, err := conformance.Get[int64](w.World, factPasswordlessUser)
	if err != nil {
		return err
	}
	user, err := w.read("get", idOf(id), nil)
	if err != nil {
		return err
	}
	w.Watch("user", idOf(id)["id"])
	w.people[name] = &person{id: id, login: user.Get("login").String(), details: fields{}, tokens: map[string]string{}}
	return nil
}

// bodyOf is a whole user as an update takes it: what is known, with changes.
func (p *person) bodyOf(changes fields) fields {
	body := fields{}
	for property, value := range p.details {
		body[property] = value
	}
	for property, value := range changes {
		body[property] = value
	}
	return body
}
