package socotra

import (
	"fmt"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// updateOf is an update that says everything, as it was read but for changes.
func (w *world) updateOf(p *person, changes fields) fields {
	body := fields{
		"firstName": p.noted.Get("firstName").String(), "lastName": p.noted.Get("lastName").String(),
		"roles": w.given(p.noted), "tenants": texts(p.noted.Get("tenants")), "permissions": texts(p.noted.Get("permissions")),
	}
	if changes["roles"] != nil {
		body["permissions"] = []string{} // those of other roles may be refused
	}
	return changed(body, changes)
}

// given are the roles that an answer about a user shows, as they are given.
func (w *world) given(user gjson.Result) []string {
	references := w.rolesShown(user)
	for i, name := range references {
		for _, r := range w.roles {
			if r.name == name {
				references[i] = w.reference(r)
			}
		}
	}
	return references
}

func (w *world) updates(actor, name string, changes fields) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when(actor, conformance.Request{Operation: "updateUser", Path: at(p.locator), Body: w.updateOf(p, changes)})
}

func (w *world) updatesWith(actor, name string, table *godog.Table) error {
	changes, err := w.fromTable("user", table)
	if err != nil {
		return err
	}
	return w.updates(actor, name, changes)
}

// updatesOwnRoles is for a user that would give itself what it has not.
func (w *world) updatesRoles(actor, name, roles string) error {
	names, err := w.roleNames(roles)
	if err != nil {
		return err
	}
	return w.updates(actor, name, fields{"roles": names})
}

func (w *world) updatesTenants(actor, name, which string) error {
	tenants, err := w.pickTenants(which)
	if err != nil {
		return err
	}
	return w.updates(actor, name, fields{"tenants": tenants})
}

func (w *world) deletes(actor, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	w.target = p
	return w.when(actor, conformance.Request{Operation: "deleteUser", Path: at(p.locator)})
}

// tokenIsGood takes a token and uses it.
func (w *world) tokenIsGood(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	x, err := w.call(name, conformance.Request{Operation: "fetchMyUserDetails"})
	if err != nil {
		return err
	}
	if !x.Succeeded() || x.JSON().Get("locator").String() != p.locator {
		return fmt.Errorf("whoami is answered with %d; it should tell who %s is", x.Status, name)
	}
	return nil
}

func (w *world) tokenIsNoGood(name string) error {
	x, err := w.call(name, conformance.Request{Operation: "fetchMyUserDetails"})
	if err != nil {
		return err
	}
	if err := conformance.ShouldBeRefused(x); err != nil {
		return fmt.Errorf("the token of %s should be good for nothing: %w", name, err)
	}
	return w.administratorKnown()
}

// signsInAgain forgets the token that somebody has, and takes another.
func (w *world) signsInAgain(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	p.token, err = w.newToken(p.userName, p.password)
	return err
}
