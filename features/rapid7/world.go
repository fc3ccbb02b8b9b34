package rapid7

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
)

// world is one scenario's view of a console.
type world struct {
	*conformance.World
	people map[string]*person
	asked  *conformance.Exchange   // what the newest When was answered with
	walked []*conformance.Exchange // what each of its requests was answered with, where it walks
	them   []string                // people that the scenario has made by the dozen
	trials []trial
	before gjson.Result   // a resource as it was
	roles  []gjson.Result // of getRoles; nil: not read yet

	sources []gjson.Result // of getAuthenticationSources; nil: not read yet

	builtIn  []gjson.Result // roles as they were
	lists    []userList
	everyone []gjson.Result // as listed with the lists
	pages    []*conformance.Exchange
	pageSize int

	tracks map[string]*track // what looks saw of users, by id
}

func newWorld(w *conformance.World) *world {
	return &world{World: w, people: map[string]*person{}, tracks: map[string]*track{}}
}

func signIn(w *conformance.World) error {
	x, err := (&world{World: w}).call("the administrator", conformance.Request{Operation: "getUsers", Query: url.Values{"size": {"1"}}})
	switch {
	case err != nil:
		return err
	case x.Status == http.StatusUnauthorized:
		return fmt.Errorf("the console refuses the administrator's login and password (401)")
	case x.Status == http.StatusForbidden:
		return fmt.Errorf("the console answers getUsers with 403; the account must be a Global Administrator's")
	case !x.Succeeded():
		return fmt.Errorf("the console answers getUsers with %d", x.Status)
	}
	return nil
}

// remove deletes what a run created. An id alone is not trusted: a console
// with a defect may have told another's. What is deleted has the name that the
// run gave it.
func remove(w *conformance.World, r report.Record) error {
	x := &world{World: w}
	if r.Kind == "role" {
		return x.delete("deleteRole", r.Name)
	}
	id := r.ID
	if id != "" {
		answer, err := x.call("the administrator", conformance.Request{Operation: "getUser", Path: map[string]string{"id": id}})
		if err != nil {
			return err
		}
		if !conformance.Ours(answer.JSON().Get("login").String(), r.Name) {
			id = ""
		}
	}
	if id == "" {
		user, err := x.findByLogin(r.Name)
		if err != nil || !user.Exists() {
			return err
		}
		id = user.Get("id").Raw
	}
	if err := x.delete("deleteUser", id); err != nil {
		return err
	}
	// A console that confirms and forgets would leave it behind unnoticed.
	answer, err := x.call("the administrator", conformance.Request{Operation: "getUser", Path: map[string]string{"id": id}})
	if err == nil && answer.Succeeded() {
		err = fmt.Errorf("deleteUser was confirmed, and the user is still there")
	}
	return err
}

func (w *world) delete(operation, id string) error {
	answer, err := w.call("the administrator", conformance.Request{Operation: operation, Path: map[string]string{"id": id}})
	if err == nil && !answer.Succeeded() && answer.Status != http.StatusNotFound {
		err = fmt.Errorf("%s is answered with %d", operation, answer.Status)
	}
	return err
}

// call sends a request as somebody.
func (w *world) call(actor string, r conformance.Request) (*conformance.Exchange, error) {
	sign, err := w.signature(actor)
	if err != nil {
		return nil, err
	}
	r.Sign, r.As = sign, actor
	return w.Do(r)
}

// signature is how somebody signs in. Actors are "the administrator",
// "nobody" (no credentials), "somebody unknown", and people by their names.
func (w *world) signature(actor string) (func(*http.Request), error) {
	switch actor {
	case "nobody":
		return nil, nil
	case "somebody unknown":
		return basic(w.Tag()+"-unknown", w.newPassword()), nil
	case "the administrator":
		c, err := w.Credential("administrator")
		return basic(c.Login, c.Password), err
	}
	p, err := w.person(actor)
	if err != nil {
		return nil, err
	}
	return basic(p.login, p.password), nil
}

func basic(login, password string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(login, password) }
}

// person finds somebody by the name that the feature gives, with or without quotes.
func (w *world) person(name string) (*person, error) {
	if p := w.people[unquoted(name)]; p != nil {
		return p, w.identify(p)
	}
	return nil, conformance.CouldNotJudge("the scenario uses %q before it says who that is", name)
}

// identify makes sure, once and on a real console only, that the id of a user
// is that user's: a wrong one would have the run change somebody else.
func (w *world) identify(p *person) error {
	if w.Endpoint.Mock || p.identified || p.id == 0 {
		return nil
	}
	c, err := w.Credential("administrator")
	if err != nil {
		return err
	}
	x, err := w.Do(conformance.Request{Operation: "getUser", Path: idOf(p.id), Sign: basic(c.Login, c.Password)})
	if err != nil {
		return err
	}
	if login := x.JSON().Get("login"); x.Succeeded() && login.String() != p.login {
		return conformance.CouldNotJudge("the console told id %d for a user that it is not of; nothing is done to it", p.id)
	}
	p.identified = true
	return nil
}

// when sends the request of a When step and keeps the answer for the Thens.
// Whatever may come to be by it is in the ledger first, also where it should
// be refused.
func (w *world) when(actor string, r conformance.Request) (err error) {
	kind, name := "", ""
	switch {
	case r.Operation == "createUser" && r.Method == "":
		kind, name = "user", w.uninvited()
	case r.Operation == "updateRole" && r.Path["id"] == unknownName: // some consoles create it then
		kind, name = "role", unknownName
	default:
		w.asked, err = w.call(actor, r)
		return err
	}
	return w.Create(kind, name, func() (string, error) {
		w.asked, err = w.call(actor, r)
		return idIfMade(w.asked), err
	})
}

// idIfMade is the id that a success tells; "" where nothing came to be.
func idIfMade(x *conformance.Exchange) string {
	if x == nil || !x.Succeeded() {
		return ""
	}
	if id := x.JSON().Get("id"); id.Exists() {
		return id.Raw
	}
	return conformance.UnknownID
}

// read asks as the administrator and wants a success.
func (w *world) read(operation string, path map[string]string) (gjson.Result, error) {
	x, err := w.call("the administrator", conformance.Request{Operation: operation, Path: path})
	if err != nil {
		return gjson.Result{}, err
	}
	return answered(x)
}

// answered is what a success says. A failure of the console shows nothing.
func answered(x *conformance.Exchange) (gjson.Result, error) {
	if err := conformance.Usable(x); err != nil {
		return gjson.Result{}, err
	}
	if !x.Succeeded() {
		return gjson.Result{}, fmt.Errorf("%s is answered with %d; it should succeed", x.Operation.ID, x.Status)
	}
	return x.JSON(), nil
}

func idOf(id int64) map[string]string { return map[string]string{"id": strconv.FormatInt(id, 10)} }

// everybody lists all users, page by page.
func (w *world) everybody() (all []gjson.Result, err error) {
	var before []int64
	for page := int64(0); ; page++ {
		x, err := w.call("the administrator", conformance.Request{Operation: "getUsers",
			Query: url.Values{"page": {strconv.FormatInt(page, 10)}, "size": {"500"}}})
		if err != nil {
			return nil, err
		}
		list, err := answered(x)
		if err != nil {
			return nil, err
		}
		now := userIDs(list)
		if page > 0 && slices.Equal(now, before) {
			return nil, fmt.Errorf("page %d of the users repeats the one before", page)
		}
		all, before = append(all, list.Get("resources").Array()...), now
		if page+1 >= list.Get("page.totalPages").Int() {
			return all, nil
		}
	}
}

// findByLogin looks for a user in the list; the result does not exist when
// nobody has the login.
func (w *world) findByLogin(login string) (gjson.Result, error) {
	all, err := w.everybody()
	for _, user := range all {
		if user.Get("login").String() == login {
			return user, nil
		}
	}
	return gjson.Result{}, err
}
