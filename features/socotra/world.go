package socotra

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/report"
)

// world is one scenario's view of an account.
type world struct {
	*conformance.World
	people map[string]*person
	roles  map[string]*role
	asked  *conformance.Exchange   // what the newest When was answered with
	told   []*conformance.Exchange // what every When was answered with
	target *person                 // whom the newest call of any operation was for
	seen   []string                // locators that a When collected over several pages
	token  string                  // the administrator's, once signed in
	looks  remembered
}

func newWorld(w *conformance.World) *world {
	return &world{World: w, people: map[string]*person{}, roles: map[string]*role{}, looks: remembered{
		names: map[string]string{}, held: map[invariants.Record][]string{}, token: map[string]string{}, gone: map[string]bool{},
	}}
}

// A person is a user that the scenario knows by a name of its own.
type person struct {
	userName string
	password string
	locator  string
	token    string
	given    fields       // what it was created with
	noted    gjson.Result // as it was read last, before anything was tried
	own      *role        // a role that nobody else has
}

// A role is one that the scenario knows by a name of its own.
type role struct {
	name    string // as the server knows it
	locator string
	given   fields
	noted   gjson.Result
}

type fields = map[string]any

func signIn(w *conformance.World) error {
	x, err := newWorld(w).call("the administrator", conformance.Request{Operation: "fetchMyUserDetails"})
	switch {
	case err != nil:
		return err
	case x.Status == http.StatusUnauthorized:
		return fmt.Errorf("the server refuses the administrator's token (401)")
	case !x.Succeeded():
		return fmt.Errorf("the server answers whoami with %d", x.Status)
	}
	return nil
}

// remove deletes what a run created. A record whose locator was never learnt
// is looked for by its name, which begins with the run's tag.
func remove(w *conformance.World, r report.Record) error {
	x := newWorld(w)
	read, named, remove, find := "fetchUserByLocator", "userName", "deleteUser", x.findUser
	if r.Kind == "role" {
		read, named, remove, find = "getRole", "name", "deleteRole", x.findRole
	}
	locator := r.ID
	if locator != "" {
		found, err := x.call("the administrator", conformance.Request{Operation: read, Path: at(locator)})
		if err != nil {
			return err
		}
		if !conformance.Ours(found.JSON().Get(named).String(), r.Name) {
			locator = "" // gone, or a locator that is somebody else's
		}
	}
	if locator == "" {
		found, err := find(r.Name)
		if err != nil || !found.Exists() {
			return err
		}
		locator = found.Get("locator").String()
	}
	return x.delete(remove, read, locator)
}

// delete removes a record and looks whether it is gone: a server that confirms
// and forgets would leave it behind unnoticed.
func (w *world) delete(operation, read, locator string) error {
	answer, err := w.call("the administrator", conformance.Request{Operation: operation, Path: at(locator)})
	if err != nil {
		return err
	}
	if !answer.Succeeded() && answer.Status != http.StatusNotFound {
		return fmt.Errorf("%s is answered with %d", operation, answer.Status)
	}
	if answer, err = w.call("the administrator", conformance.Request{Operation: read, Path: at(locator)}); err == nil && answer.Succeeded() {
		err = fmt.Errorf("%s was confirmed, and the record is still there", operation)
	}
	return err
}

func at(locator string) map[string]string { return map[string]string{"locator": locator} }

// call sends a request as somebody.
func (w *world) call(actor string, r conformance.Request) (*conformance.Exchange, error) {
	token, err := w.tokenOf(actor)
	if err != nil {
		return nil, err
	}
	if token != "" {
		r.Sign = bearer(token)
	}
	r.As = actor
	return w.Do(r)
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

func (w *world) role(name string) (*role, error) {
	if r := w.roles[name]; r != nil {
		return r, nil
	}
	return nil, conformance.CouldNotJudge("the scenario uses the role %q before it says what that is", name)
}

// when sends the request of a When step and keeps the answer for the Thens.
func (w *world) when(actor string, r conformance.Request) error {
	body, _ := r.Body.(fields)
	switch r.Operation {
	case "createUser":
		return w.whenCreating(actor, "user", fmt.Sprint(body["userName"]), r)
	case "createRole":
		return w.whenCreating(actor, "role", fmt.Sprint(body["name"]), r)
	}
	_, err := w.sends(actor, r)
	return err
}

// whenCreating is when for what may create a record: the ledger is told first.
func (w *world) whenCreating(actor, kind, name string, r conformance.Request) error {
	return w.Create(kind, name, func() (string, error) { return w.sends(actor, r) })
}

// sends returns the locator of what is created or changed; "" for nothing.
func (w *world) sends(actor string, r conformance.Request) (locator string, err error) {
	if w.asked, err = w.call(actor, r); err != nil {
		return "", err
	}
	w.told = append(w.told, w.asked)
	if w.asked.Succeeded() {
		locator = w.asked.JSON().Get("locator").String()
	}
	return locator, nil
}

// read asks as the administrator and wants a success.
func (w *world) read(operation string, path map[string]string) (gjson.Result, error) {
	x, err := w.call("the administrator", conformance.Request{Operation: operation, Path: path})
	if err != nil {
		return gjson.Result{}, err
	}
	if !x.Succeeded() {
		return gjson.Result{}, fmt.Errorf("%s is answered with %d", operation, x.Status)
	}
	return x.JSON(), nil
}
