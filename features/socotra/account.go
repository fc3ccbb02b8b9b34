package socotra

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/schemas"
)

type fields = steps.Fields

// An account is the target as one scenario sees it: how its sentences are said
// to Socotra's user management.
type account struct {
	*steps.Scene
	kinds    []*steps.Kind
	things   []*steps.Thing
	token    string                  // the administrator's, once signed in
	together []*conformance.Exchange // answers to requests that were sent at one moment
	looks    remembered
}

func newAccount(w *conformance.World) *account {
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
	_, err := conformance.Get[string](a.World, factAccount)
	return err == nil
}

func (a *account) Threshold() (int64, error) {
	return 0, conformance.CouldNotJudge("Socotra documents no lock of accounts")
}

// State makes an equipped user, who has a role of its own, a tenant and an
// e-mail address, so that whatever a change takes away by mistake was there. A
// second role is there to be deleted: a server may keep one that somebody has.
func (a *account) State(p *steps.Record, state string, body fields) (func() error, error) {
	if state != "equipped" {
		return nil, conformance.CouldNotJudge("Socotra has no %s user", state)
	}
	permissions, err := a.spell("users.list", usersCustom)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{own(p), spare(p)} {
		if _, err := a.Exists("role", name, steps.Setting{Property: "permissions", Value: permissions}); err != nil {
			return nil, err
		}
	}
	if body["roles"], err = a.references(a.things[0], own(p)); err != nil {
		return nil, err
	}
	if tenant, err := a.tenant("first"); err == nil { // a target may have none
		body["tenants"] = []string{tenant}
	}
	return nil, nil
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
	return a.Want(conformance.Request{Operation: operation, Path: path})
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
	x, err := a.Ask(steps.Administrator, conformance.Request{Operation: "fetchUserByName", Path: map[string]string{"username": userName}})
	if err != nil || x.Refused() {
		return nil, err
	}
	list, err := steps.Answered(x)
	if err == nil && !list.IsArray() {
		err = fmt.Errorf("fetchUserByName is answered with %s; it should be a list", conformance.Shown(list))
	}
	return list.Array(), err
}

// namedNowhere looks for a deleted user where Read and All do not, with eyes
// that see: the administrator is there.
func (a *account) namedNowhere(p *steps.Record) error {
	me, err := a.me()
	if err != nil {
		return err
	}
	if x, err := a.Ask(steps.Administrator, conformance.Request{Operation: "fetchUserPermissions", Path: p.Path()}); err != nil || x.Succeeded() {
		return fmt.Errorf("what a deleted user may do is still told (%w)", err)
	}
	byName, err := a.usersNamed(p.Called)
	if err != nil {
		return err
	}
	brief, err := a.everything("fetchMultipleBasicUsers")
	if err != nil {
		return err
	}
	if !itemAt(brief, me.Get("locator").String()).Exists() {
		return fmt.Errorf("fetchMultipleBasicUsers does not list the administrator; it should list everybody")
	}
	if len(byName) > 0 || itemAt(brief, p.ID).Exists() {
		return fmt.Errorf("a deleted user is found by its name %d times, and listed in brief: %v", len(byName), itemAt(brief, p.ID).Exists())
	}
	a.Forget("user", p.ID)
	return nil
}

func itemAt(list []gjson.Result, locator string) gjson.Result {
	i := slices.IndexFunc(list, func(item gjson.Result) bool { return item.Get("locator").String() == locator })
	if i < 0 {
		return gjson.Result{}
	}
	return list[i]
}
