package rapid7

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

type fields = steps.Fields

// A console is the target as one scenario sees it: how its sentences are said
// to an InsightVM console.
type console struct {
	*steps.Scene
	kinds  []*steps.Kind
	things []*steps.Thing

	known  []gjson.Result // of getRoles; nil: not read yet
	given  []gjson.Result // of getAuthenticationSources; nil: not read yet
	tracks map[string]*track
	lists  []userList
	ofEach string // what the lists are of
}

func newConsole(w *world.World) *console {
	c := &console{tracks: map[string]*track{}}
	c.Scene = steps.NewScene(w, c)
	c.kinds, c.things = c.allKinds(), c.allThings()
	return c
}

func (c *console) Kinds() []*steps.Kind   { return c.kinds }
func (c *console) Things() []*steps.Thing { return c.things }

func basic(login, password string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(login, password) }
}

func (c *console) Sign(a steps.Actor) (func(*http.Request), error) {
	switch {
	case a.With != "":
		return nil, world.CouldNotJudge("a console knows no %s", a.With)
	case a.Who != nil:
		return basic(a.Who.Called, a.Who.Password), nil
	case a.Name == "nobody":
		return nil, nil
	case a.Name == "a stranger":
		return basic(c.Tag()+"-unknown", c.Password()), nil
	}
	credential, err := c.Credential("administrator")
	return basic(credential.Login, credential.Password), err
}

// SignIn reads the own account.
func (c *console) SignIn(p *steps.Record, password string) (world.Request, error) {
	return world.Request{Operation: "getUser", Path: p.Path(), Sign: basic(p.Called, password)}, nil
}

func (c *console) CanSignIn(p *steps.Record) bool {
	return p.Is["locked"] != "true" && p.Is["enabled"] != "false"
}

func (c *console) Threshold() (int64, error) {
	n, err := world.Get[int64](c.World, factLockThreshold)
	if err == nil && n < 2 {
		err = world.SkipBecause("the console locks no accounts (lockThreshold %d)", n)
	}
	return n, err
}

// State brings a new user into a state. An equipped one has every kind of it,
// as far as the target has sites and asset groups to grant.
func (c *console) State(p *steps.Record, state string, body fields) (func() error, error) {
	switch state {
	case "administrator": // has the administrator's role, whatever its id is here
		self, err := c.administrator()
		steps.Into(body, steps.Setting{Property: "role.id", Value: self.Get("role.id").String()})
		return nil, err
	case "disabled":
		body["enabled"] = false
		return nil, nil
	case "locked":
		return func() error { return c.lock(p) }, nil
	case "locked and disabled":
		return func() error {
			if err := c.lock(p); err != nil {
				return err
			}
			_, err := c.Want(world.Request{Operation: "updateUser", Path: p.Path(), Body: steps.Into(c.bodyOfUser(p), steps.Setting{Property: "enabled", Value: false})})
			return err
		}, nil
	case "equipped":
		body["locale"] = fields{"default": "en-US", "reports": "en-US"}
		return func() error { return c.equip(p) }, nil
	}
	return nil, world.CouldNotJudge("a console has no %s user", state)
}

func (c *console) lock(p *steps.Record) error {
	if err := c.Fails(p, 0); err != nil {
		return err
	}
	user, err := c.Read(p)
	if err == nil && user.Get("locked").Raw != "true" {
		err = world.SkipBecause("the console does not lock an account after as many failed attempts to sign in as lockThreshold says")
	}
	return err
}

func (c *console) equip(p *steps.Record) error {
	for _, t := range c.things {
		if _, given := c.Endpoint.Facts[factOf[t.Noun]]; !given {
			continue
		}
		var ids []string
		for _, name := range []string{"first", "third"} {
			id, err := t.Find(name)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		if err := c.Has(p, t, ids); err != nil {
			return err
		}
	}
	return c.hasKey(p)
}

// Statuses are what a faithful console may say: to a caller without permission
// 401 is documented, 403 and 404 are in the vendor's overview; who changes a
// password may be told first that it is another's.
func (c *console) Statuses(why steps.Reason, op *schemas.Operation) ([]int, bool) {
	switch why {
	case "unauthenticated":
		return []int{http.StatusUnauthorized}, true
	case "forbidden":
		return []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound}, true
	case "malformed":
		return []int{http.StatusBadRequest}, true
	case "unknown":
		switch {
		case op != nil && op.ID == "resetPassword":
			return []int{http.StatusNotFound, http.StatusUnauthorized}, true
		case op == nil || op.Response(http.StatusNotFound) == nil:
			return nil, true
		}
		return []int{http.StatusNotFound}, true
	}
	return nil, false
}

// read asks as the administrator and wants a success.
func (c *console) read(operation string, path map[string]string) (gjson.Result, error) {
	return c.Want(world.Request{Operation: operation, Path: path})
}

func at(id string) map[string]string { return map[string]string{"id": id} }

// everybody lists all users, page by page.
func (c *console) everybody() (all []gjson.Result, err error) {
	var before []string
	for page := 0; ; page++ {
		list, err := c.Want(world.Request{Operation: "getUsers", Query: pageOf(page, 500)})
		if err != nil {
			return nil, err
		}
		now := idsIn(list)
		if page > 0 && slices.Equal(now, before) {
			return nil, fmt.Errorf("page %d of the users repeats the one before", page)
		}
		all, before = append(all, list.Get("resources").Array()...), now
		if int64(page)+1 >= list.Get("page.totalPages").Int() {
			return all, nil
		}
	}
}

// idsIn are the ids in a list of resources, or of ids.
func idsIn(list gjson.Result) []string {
	ids := []string{}
	for _, one := range resources(list) {
		ids = append(ids, idIn(one))
	}
	return ids
}

func idIn(one gjson.Result) string {
	if one.IsObject() {
		one = one.Get("id")
	}
	return one.String()
}

// administrator is the account that the run signs in with, as listed.
func (c *console) administrator() (gjson.Result, error) {
	credential, err := c.Credential("administrator")
	if err != nil {
		return gjson.Result{}, err
	}
	all, err := c.everybody()
	for _, user := range all {
		if user.Get("login").String() == credential.Login {
			return user, nil
		}
	}
	return gjson.Result{}, cmp.Or(err, fmt.Errorf("the administrator is not in the list of users"))
}
