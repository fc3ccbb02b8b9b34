package socotra

import (
	"fmt"
	"net/http"
	"net/url"
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
	pages  []*conformance.Exchange // that a When has read
	tried  []attempt               // what a When has tried, one after the other
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
	next     string // the password that it was to get last
	locator  string
	token    string
	given    fields       // what it was created with
	noted    gjson.Result // as it was read last, before anything was tried
	own      *role        // a role that nobody else has
	spare    *role        // a role that nobody has
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
	userName, _ := body["userName"].(string)
	name, _ := body["name"].(string)
	switch r.Operation {
	case "createUser":
		return w.whenCreating(actor, "user", userName, r)
	case "createRole":
		return w.whenCreating(actor, "role", name, r)
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

// get asks as the administrator and wants an answer that can be judged.
func (w *world) get(operation string, path map[string]string, query url.Values) (*conformance.Exchange, error) {
	x, err := w.call("the administrator", conformance.Request{Operation: operation, Path: path, Query: query})
	if err != nil {
		return nil, err
	}
	return x, conformance.Usable(x)
}

// read wants a success, too.
func (w *world) read(operation string, path map[string]string) (gjson.Result, error) {
	x, err := w.get(operation, path, nil)
	if err != nil {
		return gjson.Result{}, err
	}
	if !x.Succeeded() {
		return gjson.Result{}, fmt.Errorf("%s is answered with %d", operation, x.Status)
	}
	return x.JSON(), nil
}

// isGoneFrom wants anything but a success.
func (w *world) isGoneFrom(operation, locator string) error {
	x, err := w.get(operation, at(locator), nil)
	if err == nil && x.Succeeded() {
		err = fmt.Errorf("%s is answered with %d; the record should be gone", operation, x.Status)
	}
	return err
}

// administratorKnown is the witness of what is said of a refusal, or of a
// search that finds nobody: the same target knows its administrator, and shows
// it by locator and by name.
func (w *world) administratorKnown() error {
	me, err := w.read("fetchMyUserDetails", nil)
	if err != nil {
		return err
	}
	locator, userName := me.Get("locator").String(), me.Get("userName").String()
	if locator == "" || userName == "" {
		return fmt.Errorf("whoami tells the administrator neither locator nor userName")
	}
	byLocator, err := w.read("fetchUserByLocator", at(locator))
	if err != nil {
		return err
	}
	byName, err := w.read("fetchUserByName", map[string]string{"username": userName})
	if err != nil {
		return err
	}
	for how, user := range map[string]gjson.Result{"by locator": byLocator, "by name": itemAt(byName.Array(), locator)} {
		if err := w.allShowSame([]string{"locator", "userName"}, user, me); err != nil {
			return fmt.Errorf("the administrator, %s: %w", how, err)
		}
	}
	return nil
}
