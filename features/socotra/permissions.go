package socotra

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// What roles permit, and who may do what.

func (a *account) aRoleThatPermits(name string, p permissions) error {
	list, err := a.list(p)
	if err == nil {
		_, err = a.Exists("role", name, steps.Setting{Property: "permissions", Value: list})
	}
	return err
}

func (a *account) aUserWhoMay(ref steps.Ref, p permissions) error {
	role := own(&steps.Record{Name: ref.Name})
	if err := a.aRoleThatPermits(role, p); err != nil {
		return err
	}
	references, err := a.references(a.things[0], role)
	if err == nil {
		_, err = a.Exists("user", ref.Name, steps.Setting{Property: "roles", Value: references})
	}
	return err
}

// list writes permissions as the target does. All but an operation's are those
// of users and roles, without what stands for several.
func (a *account) list(p permissions) ([]string, error) {
	if p.but == "" {
		return a.spell(p.names...)
	}
	available, err := a.available()
	if err != nil {
		return nil, err
	}
	if a.API.Contract.Operation(p.but) == nil {
		return nil, world.CouldNotJudge("the contract has no operation %q", p.but)
	}
	var left, rest []string
	for _, permission := range a.permissionsFor(p.but) {
		left = append(left, keyOf(permission))
	}
	for key, permission := range available {
		words := wordsOf(permission)
		if (slices.Contains(words, "users") || slices.Contains(words, "roles")) && !slices.Contains(words, "*") && !slices.Contains(words, "custom") && !slices.Contains(left, key) {
			rest = append(rest, permission)
		}
	}
	slices.Sort(rest)
	return rest, nil
}

// asked says of which operations a request is sent, by their permissions: four
// name none in the document.
type asked string

var nameNone = []string{"createUser", "createRole", "updateUserRoles", "updateUserTenantAssignments"}

func (which asked) means(op *schemas.Operation, permissions []string) bool {
	guarded := slices.ContainsFunc(permissions, func(p string) bool { return p != "custom" })
	switch named := !slices.Contains(nameNone, op.ID); which {
	case "names its permission":
		return guarded && named
	case "names no permission":
		return guarded && !named
	}
	return guarded
}

func (a *account) triesThoseThat(actor steps.Actor, which asked, on steps.Target) error {
	return a.Tries(actor, on, a.Documented(func(op steps.Operation) bool { return which.means(op, a.permissionsFor(op.ID)) })...)
}

// mayOrMayNot wants at least these permissions, or none of them: a server may
// give everybody some.
func (a *account) mayOrMayNot(p *steps.Record, wanted bool, which permissions) error {
	allowed, err := a.allowedOf(p)
	if err != nil {
		return err
	}
	list, err := a.list(which)
	for _, permission := range list {
		if got := slices.Contains(allowed, permission); got != wanted {
			return fmt.Errorf("%s may do %s: %v; it should be %v", p, permission, got, wanted)
		}
	}
	return err
}

// allowedOf is what somebody may do, as the target tells it: a list of texts.
func (a *account) allowedOf(p *steps.Record) ([]string, error) {
	list, err := a.read("fetchUserPermissions", p.Path())
	if err == nil {
		err = onlyTexts("the list of permissions of "+p.String(), list)
	}
	return texts(list), err
}

// onlyTexts wants a list that has nothing but texts, none of them empty and
// none of them twice.
func onlyTexts(what string, list gjson.Result) error {
	if !list.IsArray() {
		return fmt.Errorf("%s is %s; it should be a list", what, steps.Shown(list))
	}
	for _, item := range list.Array() {
		if item.Type != gjson.String || item.Str == "" {
			return fmt.Errorf("%s has %s in it; it should have texts", what, item.Raw)
		}
	}
	all := texts(list)
	if once := slices.Compact(slices.Clone(all)); len(once) != len(all) {
		return fmt.Errorf("%s has %d items, %d different ones", what, len(all), len(once))
	}
	return nil
}

// mayNoMoreThan compares with somebody who has no roles. Who was refused, and
// is not there, may do nothing.
func (a *account) mayNoMoreThan(p, other *steps.Record) error {
	if p.ID == "" {
		return a.refusedOr(func() error { return fmt.Errorf("%s has no locator", p) })
	}
	mine, noList := a.allowedOf(p)
	others, err := a.allowedOf(other)
	err = cmp.Or(noList, err)
	if more := lacking(mine, others); err == nil && len(more) > 0 {
		err = fmt.Errorf("%s may do %s, and %s may not", p, more[0], other)
	}
	return err
}

// refusedOr takes a refusal that has changed nothing, or judges a success.
func (a *account) refusedOr(judge func() error) error {
	x, err := a.Newest()
	switch {
	case err != nil:
		return err
	case x.Refused():
		return a.NothingHasChanged()
	}
	return orElse(steps.ShouldSucceed(x), judge)
}

func orElse(err error, otherwise func() error) error {
	if err != nil {
		return err
	}
	return otherwise()
}

// doesNotPermit takes a refusal, or a role that leaves the permission out.
func (a *account) doesNotPermit(r *steps.Record, p permissions) error {
	return a.refusedOr(func() error {
		now, err := a.Read(r)
		if err == nil {
			err = onlyTexts("permissions", now.Get("permissions"))
		}
		for _, permission := range p.names {
			if err == nil && slices.Contains(texts(now.Get("permissions")), permission) {
				err = fmt.Errorf("the role has the permission %s, which does not exist", permission)
			}
		}
		return err
	})
}

// hasNothingOf takes either: the role is gone and with it what it gave, or the
// server keeps roles that are held.
func (a *account) hasNothingOf(p, r *steps.Record) error {
	return a.refusedOr(func() error {
		has, noRoles := a.things[0].Of(p)
		allowed, err := a.allowedOf(p)
		err = cmp.Or(noRoles, err)
		ghosts := lacking(allowed, lacking(allowed, texts(gjson.Parse(r.Is["permissions"]))))
		if err == nil && (slices.Contains(has, r.ID) || len(ghosts) > 0) {
			err = fmt.Errorf("%s has %v and may do %v; %s and what it permits should be gone", p, has, ghosts, r)
		}
		return err
	})
}

// unchangedIfRefused says nothing of a server that passes over what does not
// exist.
func (a *account) unchangedIfRefused() error {
	return a.refusedOr(func() error {
		return world.SkipBecause("the target passes over what does not exist instead of refusing it")
	})
}

func (a *account) everyPermissionIsListedOnce() error {
	list, err := a.Answer()
	if err == nil && len(list.Array()) == 0 {
		err = fmt.Errorf("no permission is listed")
	}
	return orElse(err, func() error { return onlyTexts("the list of permissions", list) })
}
