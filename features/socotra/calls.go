package socotra

import (
	"net/http"
	"strings"

	"github.com/rolecall/rolecall/conformance"
)

// Calls of any operation, with a request that would succeed if the caller
// were allowed.

// Locators that nothing has.
const (
	unknownUser = "00000000-0000-4000-8000-000000000000"
	unknownRole = "00000000000000000000000000"
)

// callsFor calls an operation on somebody, or on a role that it has.
func (w *world) callsFor(actor, operation, name string) error {
	return w.callsWith(actor, operation, name, func(fields) {})
}

func (w *world) callsWith(actor, operation, name string, edit func(fields)) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	p.ensureRoles()
	r, err := w.sample(operation, p)
	if err != nil {
		return err
	}
	if body, ok := r.Body.(fields); ok {
		edit(body)
	}
	w.target = p
	return w.when(actor, r)
}

// callsForWithout leaves a property out of a body that is well made otherwise.
func (w *world) callsForWithout(actor, operation, name, property string) error {
	return w.callsWith(actor, operation, name, func(body fields) { delete(body, property) })
}

// callsForUnknown calls an operation on something that does not exist.
func (w *world) callsForUnknown(actor, operation string) error {
	p := &person{userName: w.Tag() + ".no-such-user@example.com", locator: unknownUser}
	p.ensureRoles()
	w.target = nil
	r, err := w.sample(operation, p)
	if err != nil {
		return err
	}
	return w.when(actor, r)
}

// ensureRoles gives somebody without them roles that do not exist.
func (p *person) ensureRoles() {
	if p.own == nil {
		p.own = &role{locator: unknownRole}
	}
	if p.spare == nil {
		p.spare = p.own
	}
}

func (w *world) callsOperation(actor, operation string) error {
	return w.callsForUnknown(actor, operation)
}

// sample is a request that is well made. It gives nobody anything that the
// caller might not have itself.
func (w *world) sample(operation string, p *person) (conformance.Request, error) {
	r := conformance.Request{Operation: operation, Path: map[string]string{}}
	op := w.API.Contract.Operation(operation)
	if op == nil {
		return r, conformance.CouldNotJudge("the contract has no operation %q", operation)
	}
	switch {
	case op.Parameter("path", "username") != nil:
		r.Path["username"] = p.userName
	case op.Parameter("path", "locator") == nil:
	case operation == "deleteRole":
		r.Path["locator"] = p.spare.locator
	case strings.HasPrefix(op.Path, "/roles/"):
		r.Path["locator"] = p.own.locator
	default:
		r.Path["locator"] = p.locator
	}
	var err error
	r.Body, err = w.sampleBody(operation, p)
	return r, err
}

func (w *world) sampleBody(operation string, p *person) (any, error) {
	switch operation {
	case "createUser":
		return fields{
			"firstName": "Not", "lastName": "Invited", "userName": w.uninvited(), "email": w.uninvited(),
			"password": w.newPassword(), "temporaryPassword": false, "roles": []string{}, "tenants": []string{},
		}, nil
	case "updateUser":
		return w.updateOf(p, fields{"firstName": "Changed"}), nil
	case "resetUserPassword":
		return w.newPassword(), nil
	case "createRole":
		permissions, err := w.spell("roles.add")
		return fields{"name": w.uninvited(), "description": "Not invited", "permissions": permissions}, err
	case "updateRole":
		return w.updateOfRole(p.own, fields{"description": "Changed"}), nil
	case "updateUserRoles":
		taken := []string{} // of what does not exist, nothing else is wrong
		if p.own.locator != unknownRole {
			taken = append(taken, w.reference(p.own))
		}
		return fields{"addRoles": []string{}, "removeRoles": taken}, nil
	case "updateUserTenantAssignments":
		tenants, err := w.pickTenants("first")
		return fields{"addTenants": tenants, "removeTenants": []string{}}, err
	}
	return nil, nil
}

// uninvited is the name of a user or a role that must never come to be.
func (w *world) uninvited() string { return w.Tag() + ".uninvited@example.com" }

// nothingHasComeOfIt reads back what the newest call could have changed.
func (w *world) nothingHasComeOfIt() error {
	p, operation := w.target, w.asked.Operation.ID
	if p == nil {
		return conformance.CouldNotJudge("the newest call was for nobody")
	}
	if err := w.userIsAsNoted(p); err != nil {
		return err
	}
	for _, r := range []*role{p.own, p.spare} {
		if r.locator == unknownRole {
			continue
		}
		if err := w.roleIsAsNoted(r); err != nil {
			return err
		}
	}
	switch operation {
	case "createUser":
		return w.nobodyIsNamed(w.uninvited())
	case "createRole":
		return w.noRoleIsNamed(w.uninvited())
	case "resetUserPassword":
		return w.passwordWorks(p)
	}
	return nil
}

// sendsAuthorization reads the caller's own details with a header of this text.
func (w *world) sendsAuthorization(value string) (err error) {
	w.asked, err = w.Do(conformance.Request{Operation: "fetchMyUserDetails", Sign: func(r *http.Request) { r.Header.Set("Authorization", value) }})
	return err
}
