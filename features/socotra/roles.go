package socotra

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// Roles that came with the account, who made one and when, and versions.

// theBuiltInRole takes a role that the run did not make, and gives it back what
// it was.
func (a *account) theBuiltInRole(called, name string) error {
	all, err := a.everything("fetchMultipleRoles")
	if err != nil {
		return err
	}
	for _, one := range all {
		if one.Get("name").String() != called {
			continue
		}
		r := a.Add(&steps.Record{Kind: a.kinds[1], Name: name, Called: called, ID: one.Get("locator").String()})
		a.Watch("role", r.ID)
		if err := a.Note(r); err != nil {
			return err
		}
		a.Restore("role "+called, func() error { return a.restoreRole(r, one) })
		return nil
	}
	return world.SkipBecause("the server lists no role %q", called)
}

func (a *account) restoreRole(r *steps.Record, was gjson.Result) error {
	now, err := a.Read(r)
	if err != nil {
		return err
	}
	had, has := texts(was.Get("permissions")), texts(now.Get("permissions"))
	if now.Get("name").Raw == was.Get("name").Raw && now.Get("description").Raw == was.Get("description").Raw && slices.Equal(had, has) {
		return nil
	}
	body := fields{
		"name": was.Get("name").String(), "description": was.Get("description").String(), "version": now.Get("version").Int(),
		"addPermissions": lacking(had, has), "removePermissions": lacking(has, had),
	}
	_, err = a.Want(world.Request{Operation: "updateRole", Path: r.Path(), Body: body})
	return err
}

// changesTogether sends a number of changes that are all based on the version
// that is read now, each with a description of its own.
func (a *account) changesTogether(n int, r *steps.Record) error {
	sign, err := a.Sign(steps.Administrator)
	if err != nil {
		return err
	}
	body, err := a.changeOfRole(r, nil)
	if err != nil {
		return err
	}
	var requests []world.Request
	for i := range n {
		one := steps.Into(without()(r, body), steps.Setting{Property: "description", Value: fmt.Sprintf("Changed by number %d", i)})
		requests = append(requests, world.Request{Operation: "updateRole", Path: r.Path(), Sign: sign, As: "the administrator", Body: one})
	}
	a.together, err = a.Together(requests...)
	return err
}

// oneHasWon wants one success; what it said is what the role says.
func (a *account) oneHasWon(r *steps.Record) error {
	var won []*world.Exchange
	for _, x := range a.together {
		if x.Succeeded() {
			won = append(won, x)
		} else if !x.Refused() {
			return fmt.Errorf("a change is answered with %d; it should succeed or be refused", x.Status)
		}
	}
	if len(won) != 1 {
		return fmt.Errorf("%d of %d changes that are based on one version succeeded; it should be one", len(won), len(a.together))
	}
	now, err := a.Read(r)
	for _, property := range []string{"description", "version"} {
		if got, want := now.Get(property), won[0].JSON().Get(property); err == nil && (got.Raw != want.Raw || !want.Exists()) {
			err = fmt.Errorf("%s is %s; the change that succeeded was answered with %s", property, steps.Shown(got), steps.Shown(want))
		}
	}
	return err
}

// clockSkew is how far a server's clock may be off.
const clockSkew = 10 * time.Minute

// isMadeNowBy looks at the answer to a creation and at what is read back.
func (a *account) isMadeNowBy(r *steps.Record, maker steps.Actor) error {
	answered, err := a.Newest()
	if err != nil {
		return err
	}
	me, noMe := a.me()
	who := me.Get("locator").String()
	if maker.Who != nil {
		who = maker.Who.ID
	}
	read, err := a.Ask(steps.Administrator, world.Request{Operation: "getRole", Path: r.Path()})
	if err = cmp.Or(noMe, err); err != nil {
		return err
	}
	for _, x := range []*world.Exchange{answered, read} {
		role, err := steps.Answered(x)
		if err != nil {
			return err
		}
		if by := role.Get("createdBy"); by.String() != who {
			return fmt.Errorf("createdBy is %s; it should be %s, who is %s", steps.Shown(by), who, maker)
		}
		made, err := time.Parse(time.RFC3339Nano, role.Get("createdAt").String())
		if err != nil {
			return fmt.Errorf("createdAt is no time: %w", err)
		}
		now := time.Now()
		if date, err := http.ParseTime(x.Header.Get("Date")); err == nil {
			now = date
		}
		if now.Sub(made).Abs() > clockSkew {
			return fmt.Errorf("createdAt is %s; it is %s now", made, now)
		}
	}
	return nil
}

func (a *account) hasAnotherVersion(r *steps.Record) error {
	now, err := a.Read(r)
	if v := now.Get(version); err == nil && (v.Type != gjson.Number || v.Raw == r.Own[version]) {
		err = fmt.Errorf("version is %s; before the change, it was %s", steps.Shown(v), r.Own[version])
	}
	return err
}
