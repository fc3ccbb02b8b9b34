package socotra

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

type fields = steps.Fields

// An account is the target as one scenario sees it: how its sentences are said
// to Socotra's user management.
type account struct {
	*steps.Scene
	kinds    []*steps.Kind
	things   []*steps.Thing
	token    string            // the administrator's, once signed in
	together []*world.Exchange // answers to requests that were sent at one moment
	looks    remembered
}

func newAccount(w *world.World) *account {
	a := &account{looks: remembered{
		names: map[string]string{}, held: map[invariants.Record][]string{}, token: map[string]string{}, gone: map[string]bool{},
	}}
	a.Scene = steps.NewScene(w, a)
	a.kinds, a.things = a.allKinds(), a.allThings()
	return a
}

func (a *account) Kinds() []*steps.Kind   { return a.kinds }
func (a *account) Things() []*steps.Thing { return a.things }

// CanSignIn is false where the target file does not say where people sign in.
func (a *account) CanSignIn(*steps.Record) bool {
	_, err := world.Get[string](a.World, factAccount)
	return err == nil
}

func (a *account) Threshold() (int64, error) {
	return 0, world.CouldNotJudge("Socotra documents no lock of accounts")
}

// State makes an equipped user, who has a role of its own, a tenant and an
// e-mail address, so that whatever a change takes away by mistake was there. A
// second role is there to be deleted: a server may keep one that somebody has.
func (a *account) State(p *steps.Record, state string, body fields) (func() error, error) {
	if state != "equipped" {
		return nil, world.CouldNotJudge("Socotra has no %s user", state)
	}
	for _, name := range []string{own(p), spare(p)} {
		if err := a.aRoleThatPermits(name, permissions{names: []string{"users.list", usersCustom}}); err != nil {
			return nil, err
		}
	}
	if tenant, err := a.tenant("first"); err == nil { // a target may have none
		body["tenants"] = []string{tenant}
	}
	roles, err := a.references(a.things[0], own(p))
	body["roles"] = roles
	return nil, err
}

// own and spare are the scenario's names of the roles that are made for somebody.
func own(p *steps.Record) string   { return p.Name + "s" }
func spare(p *steps.Record) string { return p.Name + "spare" }

// Statuses are HTTP's. The document has none.
func (a *account) Statuses(why steps.Reason, _ *schemas.Operation) ([]int, bool) {
	switch why {
	case "unauthenticated":
		return []int{http.StatusUnauthorized}, true
	case "forbidden":
		return []int{http.StatusForbidden, http.StatusNotFound}, true
	}
	return nil, true
}

func at(locator string) map[string]string { return map[string]string{"locator": locator} }

// read asks as the administrator and wants a success.
func (a *account) read(operation string, path map[string]string) (gjson.Result, error) {
	return a.Want(world.Request{Operation: operation, Path: path})
}

// me is the administrator, as whoami tells it.
func (a *account) me() (gjson.Result, error) {
	me, err := a.read("fetchMyUserDetails", nil)
	if err == nil && (me.Get("locator").String() == "" || me.Get("userName").String() == "") {
		err = fmt.Errorf("whoami tells the administrator neither locator nor userName")
	}
	return me, err
}

// usersNamed takes an empty list and a refusal for the same: nobody.
func (a *account) usersNamed(userName string) ([]gjson.Result, error) {
	x, err := a.Ask(steps.Administrator, world.Request{Operation: "fetchUserByName", Path: map[string]string{"username": userName}})
	if err != nil || x.Refused() {
		return nil, err
	}
	list, err := steps.Answered(x)
	if err == nil && !list.IsArray() {
		err = fmt.Errorf("fetchUserByName is answered with %s; it should be a list", steps.Shown(list))
	}
	return list.Array(), err
}

// namedNowhere looks for a deleted user where Read and All do not, with eyes
// that see: the administrator is there.
func (a *account) namedNowhere(p *steps.Record) error {
	if x, err := a.Ask(steps.Administrator, world.Request{Operation: "fetchUserPermissions", Path: p.Path()}); err != nil || x.Succeeded() {
		return fmt.Errorf("what a deleted user may do is still told (%w)", err)
	}
	me, noMe := a.me()
	byName, noName := a.usersNamed(p.Called)
	brief, noList := a.everything("fetchMultipleBasicUsers")
	err, listed := cmp.Or(noMe, noName, noList), itemAt(brief, p.ID).Exists()
	switch {
	case err != nil:
	case !itemAt(brief, me.Get("locator").String()).Exists():
		err = fmt.Errorf("fetchMultipleBasicUsers does not list the administrator; it should list everybody")
	case len(byName) > 0 || listed:
		err = fmt.Errorf("a deleted user is found by its name %d times, and listed in brief: %v", len(byName), listed)
	default:
		a.Forget("user", p.ID)
	}
	return err
}

func itemAt(list []gjson.Result, locator string) (first gjson.Result) {
	if i := slices.Index(locators(list), locator); i >= 0 {
		first = list[i]
	}
	return first
}
