package devicehive

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
)

// world is one scenario's view of a server.
type world struct {
	*conformance.World
	people  map[string]*person
	groups  map[string]*group       // networks and device types
	admin   string                  // the administrator's token, once it is needed
	asked   *conformance.Exchange   // what the newest When was answered with
	calls   []*conformance.Exchange // of a When that calls several methods
	changes []change                // of a When that sends several updates
	had     map[string][]string     // networks and device types that a user was seen with
	pair    [2]string               // tokens that a When asked for: access and refresh
}

// A group is a network or a device type that the scenario knows by a name of
// its own.
type group struct {
	id   int64
	kind kind
	name string
}

type fields = map[string]any

// administrator is the role whose credentials a target must give.
const administrator = "administrator"

// unknownID is a number that no user, network or device type has, on any
// server that is not about to run out of numbers.
const unknownID = 2147483000

func newWorld(w *conformance.World) *world {
	return &world{World: w, people: map[string]*person{}, groups: map[string]*group{}, had: map[string][]string{}}
}

func signIn(c *conformance.World) error {
	w := newWorld(c)
	x, err := w.call("the administrator", conformance.Request{Operation: "count"})
	switch {
	case err != nil:
		return err
	case x.Status == http.StatusUnauthorized:
		return fmt.Errorf("the server refuses the administrator's token (401)")
	case x.Status == http.StatusForbidden:
		return fmt.Errorf("the server answers count with 403; the account must be an administrator's")
	case !x.Succeeded():
		return fmt.Errorf("the server answers count with %d", x.Status)
	}
	return nil
}

// remove deletes what a run created. What has no number yet is looked for by
// its name, which begins with the run's tag.
func remove(c *conformance.World, r report.Record) error {
	w := newWorld(c)
	k, id := kinds[r.Kind], r.ID
	if id != "" {
		x, err := w.call("the administrator", conformance.Request{Operation: k.get, Path: map[string]string{"id": id}})
		if err != nil {
			return err
		}
		if !conformance.Ours(x.JSON().Get(k.named).String(), r.Name) {
			id = "" // gone, or an id that is somebody else's
		}
	}
	if id == "" {
		list, err := w.read(k.list, nil, nil)
		if err != nil {
			return err
		}
		for _, record := range list.Array() {
			if record.Get(k.named).String() == r.Name {
				id = record.Get("id").Raw
			}
		}
		if id == "" {
			return nil
		}
	}
	return w.delete(k, id)
}

// delete removes a record and looks whether it is gone: a server that confirms
// and forgets would leave it behind unnoticed.
func (w *world) delete(k kind, id string) error {
	path := map[string]string{"id": id}
	x, err := w.call("the administrator", conformance.Request{Operation: k.delete, Path: path})
	if err != nil {
		return err
	}
	if !x.Succeeded() && x.Status != http.StatusNotFound {
		return fmt.Errorf("%s is answered with %d", k.delete, x.Status)
	}
	if x, err = w.call("the administrator", conformance.Request{Operation: k.get, Path: path}); err == nil && x.Succeeded() {
		err = fmt.Errorf("%s was confirmed, and the record is still there", k.delete)
	}
	return err
}

// call sends a request as somebody.
func (w *world) call(actor string, r conformance.Request) (*conformance.Exchange, error) {
	token, err := w.tokenOf(actor)
	if err != nil {
		return nil, err
	}
	r.As = actor
	return w.callWith(token, r)
}

// callWith sends a request with a token; without one if it is "".
func (w *world) callWith(token string, r conformance.Request) (*conformance.Exchange, error) {
	if token != "" {
		r.Sign = bearer(token)
	}
	return w.send(r)
}

// send sends requests for tokens to the service that gives them.
func (w *world) send(r conformance.Request) (*conformance.Exchange, error) {
	switch r.Operation {
	case "login", "createToken", "refreshToken":
		r.Base, _ = w.Endpoint.Facts[factTokenService].(string)
	}
	return w.Do(r)
}

// when sends the request of a When step and keeps the answer for the Thens.
func (w *world) when(actor string, r conformance.Request) (err error) {
	w.asked, err = w.call(actor, r)
	return err
}

// must sends, as the administrator, what a condition of the scenario needs.
func (w *world) must(r conformance.Request) error {
	x, err := w.call("the administrator", r)
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("%s is answered with %d", r.Operation, x.Status)
	}
	return err
}

// read asks as the administrator and wants a success.
func (w *world) read(operation string, path map[string]string, query url.Values) (gjson.Result, error) {
	x, err := w.call("the administrator", conformance.Request{Operation: operation, Path: path, Query: query})
	if err != nil {
		return gjson.Result{}, err
	}
	if err := conformance.Usable(x); err != nil {
		return gjson.Result{}, err
	}
	if !x.Succeeded() {
		return gjson.Result{}, fmt.Errorf("%s is answered with %d", operation, x.Status)
	}
	return x.JSON(), nil
}

func idOf(id int64) map[string]string { return map[string]string{"id": strconv.FormatInt(id, 10)} }
