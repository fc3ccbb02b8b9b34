package socotra

import (
	"fmt"

	"github.com/rolecall/rolecall/conformance"
)

// changesRoles gives and takes away roles of a user; "no" is none.
func (w *world) changesRoles(actor, add, remove, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	body := fields{}
	for property, list := range map[string]string{"addRoles": add, "removeRoles": remove} {
		if body[property], err = w.roleNames(list); err != nil {
			return err
		}
	}
	w.target = p
	return w.when(actor, conformance.Request{Operation: "updateUserRoles", Path: at(p.locator), Body: body})
}

func (w *world) givesRoles(actor, roles, name string) error {
	return w.changesRoles(actor, roles, "", name)
}

func (w *world) takesRoles(actor, roles, name string) error {
	return w.changesRoles(actor, "", roles, name)
}

// hasRoles wants exactly these.
func (w *world) hasRoles(name, roles string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	wanted := []string{}
	if roles != "no" {
		if wanted, err = w.roleNames(roles); err != nil {
			return err
		}
	}
	user, err := w.read("fetchUserByLocator", at(p.locator))
	if err != nil {
		return err
	}
	return w.allShowSame([]string{"roles"}, user, asJSON(fields{"roles": wanted}))
}

func (w *world) assigns(name, which string) error { return w.changesTenants(name, which, "no", nil) }

func (w *world) withdraws(name, which string) error { return w.changesTenants(name, "no", which, nil) }

// assignsUnknown names tenants that exist and one that does not.
func (w *world) assignsUnknown(name, which string) error {
	return w.changesTenants(name, which, "no", []string{unknownUser})
}

func (w *world) changesTenants(name, add, remove string, more []string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	given, err := w.pickTenants(add)
	if err != nil {
		return err
	}
	taken, err := w.pickTenants(remove)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: "updateUserTenantAssignments", Path: at(p.locator),
		Body: fields{"addTenants": append(given, more...), "removeTenants": taken}})
}

// isInTenants wants exactly these.
func (w *world) isInTenants(name, which string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	wanted, err := w.pickTenants(which)
	if err != nil {
		return err
	}
	user, err := w.read("fetchUserByLocator", at(p.locator))
	if err != nil {
		return err
	}
	return showsSame("tenants", user.Get("tenants"), asJSON(wanted))
}

// isUnchangedIfRefused says nothing of a server that passes over what does not
// exist.
func (w *world) isUnchangedIfRefused(name string) error {
	if w.asked.Succeeded() {
		return conformance.SkipBecause("the target passes over what does not exist instead of refusing it")
	}
	if err := conformance.ShouldBeRefused(w.asked); err != nil {
		return err
	}
	return w.isUnchanged(name)
}

// deletesEveryAdministrator deletes as many as it can of those who have the
// roles of the administrator.
func (w *world) deletesEveryAdministrator(actor string) error {
	me, err := w.read("fetchMyUserDetails", nil)
	if err != nil {
		return err
	}
	all, err := w.everything("fetchMultipleUsers", 100)
	if err != nil {
		return err
	}
	for _, user := range all {
		if len(lacking(texts(me.Get("roles")), texts(user.Get("roles")))) > 0 {
			continue
		}
		if err := w.when(actor, conformance.Request{Operation: "deleteUser", Path: at(user.Get("locator").String())}); err != nil {
			return err
		}
	}
	return nil
}

// oneStays wants an administrator whose deletion was refused and whom somebody
// can still read.
func (w *world) oneStays(reader string) error {
	for _, x := range w.told {
		if x.Refused() && x.Operation.ID == "deleteUser" {
			still, err := w.call(reader, conformance.Request{Operation: "fetchUserByLocator", Path: x.Path})
			if err != nil {
				return err
			}
			return showsSame("locator", still.JSON().Get("locator"), asJSON(x.Path["locator"]))
		}
	}
	return fmt.Errorf("every administrator is deleted; nobody is left")
}
