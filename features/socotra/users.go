package socotra

import (
	"fmt"
	"net/http"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// updateOf is an update that says everything, as it was read but for changes.
func (w *world) updateOf(p *person, changes fields) fields {
	body := fields{
		"firstName": p.noted.Get("firstName").String(), "lastName": p.noted.Get("lastName").String(),
		"roles": texts(p.noted.Get("roles")), "tenants": texts(p.noted.Get("tenants")), "permissions": texts(p.noted.Get("permissions")),
	}
	for property, value := range changes {
		body[property] = value
	}
	return body
}

func (w *world) updates(actor, name string, changes fields) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when(actor, conformance.Request{Operation: "updateUser", Path: at(p.locator), Body: w.updateOf(p, changes)})
}

func (w *world) updatesWith(actor, name string, table *godog.Table) error {
	return w.updates(actor, name, w.fromTable(table))
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
	if err := w.when(actor, conformance.Request{Operation: "deleteUser", Path: at(p.locator)}); err != nil {
		return err
	}
	return nil
}

func (w *world) cannotCall(name string) error {
	x, err := w.call(name, conformance.Request{Operation: "fetchMyUserDetails"})
	if err == nil && x.Status != http.StatusUnauthorized && x.Status != http.StatusForbidden {
		err = fmt.Errorf("whoami is answered with %d; the token should be good for nothing", x.Status)
	}
	return err
}

func (w *world) signsIn(name string) error {
	_, err := w.tokenOf(name)
	return err
}
