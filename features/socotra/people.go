package socotra

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// aUser creates a user without roles and tenants.
func (w *world) aUser(name string) error { return w.create(name, nil) }

// aUserWithRoles takes names of roles that the scenario knows.
func (w *world) aUserWithRoles(name, roles string) error {
	names, err := w.roleNames(roles)
	if err != nil {
		return err
	}
	return w.create(name, fields{"roles": names})
}

// aUserInTenants takes "first", "second" or "first and second".
func (w *world) aUserInTenants(name, which string) error {
	tenants, err := w.pickTenants(which)
	if err != nil {
		return err
	}
	return w.create(name, fields{"tenants": tenants})
}

// bystander makes the user, and the role, that no scenario is about.
func bystander(c *conformance.World) error {
	w := newWorld(c)
	if err := w.aRole("bystanders", "users.list"); err != nil {
		return err
	}
	names, err := w.roleNames("bystanders")
	if err != nil {
		return err
	}
	tenants, err := w.pickTenants("first")
	if err != nil {
		tenants = []string{} // the target file gives none
	}
	return w.create("bystander", fields{"roles": names, "tenants": tenants})
}

// aUserWithEverything has a role of its own, a tenant and an e-mail address, so
// that whatever a change takes away by mistake was there. A second role is there
// to be deleted: a server may keep one that somebody has.
func (w *world) aUserWithEverything(name string) error {
	tenants, err := w.pickTenants("first")
	if err != nil {
		return err
	}
	own, spare := name+"-role", name+"-spare"
	for _, role := range []string{own, spare} {
		if err := w.aRole(role, "users.list, "+usersCustom); err != nil {
			return err
		}
	}
	if err := w.create(name, fields{"roles": []string{w.reference(w.roles[own])}, "tenants": tenants}); err != nil {
		return err
	}
	w.people[name].own, w.people[name].spare = w.roles[own], w.roles[spare]
	return nil
}

// aUserWhoMay creates a user with a role that permits just that.
func (w *world) aUserWhoMay(name, permissions string) error {
	own := name + "-role"
	if err := w.aRole(own, permissions); err != nil {
		return err
	}
	if err := w.create(name, fields{"roles": []string{w.reference(w.roles[own])}}); err != nil {
		return err
	}
	w.people[name].own = w.roles[own]
	return nil
}

// aUserWhoMayAllBut creates a user who may do everything with users and roles
// but what an operation asks for.
func (w *world) aUserWhoMayAllBut(name, operation string) error {
	available, err := w.read("fetchAvailablePermissions", nil)
	if err != nil {
		return err
	}
	left := []string{}
	for _, p := range w.permissionsFor(operation) {
		left = append(left, keyOf(p))
	}
	var rest []string
	for _, p := range texts(available) {
		words := wordsOf(p)
		if (slices.Contains(words, "users") || slices.Contains(words, "roles")) && !slices.Contains(words, "*") && !slices.Contains(words, "custom") && !slices.Contains(left, keyOf(p)) {
			rest = append(rest, p)
		}
	}
	return w.aUserWhoMay(name, strings.Join(rest, ", "))
}

// permissionsFor is what the contract says of an operation.
func (w *world) permissionsFor(operation string) []string {
	op := w.API.Contract.Operation(operation)
	if op == nil {
		return nil
	}
	var names []string
	listed, _ := op.Extensions["x-permissions"].([]any)
	for _, p := range listed {
		names = append(names, fmt.Sprint(p))
	}
	return names
}

// create makes a user, knows it by a name from then on, and notes how it reads.
func (w *world) create(name string, details fields) error {
	if err := w.creates(name, details); err != nil {
		return err
	}
	p := w.people[name]
	if p.locator == "" {
		return fmt.Errorf("createUser is answered with %d", w.asked.Status)
	}
	return w.notes(p)
}

// notes reads a user as it is now, which must be the one that was made.
func (w *world) notes(p *person) (err error) {
	if p.noted, err = w.read("fetchUserByLocator", at(p.locator)); err != nil {
		return err
	}
	return w.allShowSame([]string{"locator", "userName"}, p.noted, asJSON(fields{"locator": p.locator, "userName": p.userName}))
}

// creates asks for a new user; whether it gets one is for the Thens to say.
func (w *world) creates(name string, details fields) error {
	return w.createsAs("the administrator", name, details)
}

func (w *world) createsAs(actor, name string, details fields) error {
	p, body := w.newPerson(name, details)
	if err := w.when(actor, conformance.Request{Operation: "createUser", Body: body}); err != nil {
		return err
	}
	if w.asked.Succeeded() {
		p.locator = w.asked.JSON().Get("locator").String()
	}
	return nil
}

// newPerson is a user that does not exist yet, and the body that creates it.
// Details that are nil are left out.
func (w *world) newPerson(name string, details fields) (*person, fields) {
	p := &person{userName: w.Tag() + "." + name + "@example.com", password: w.newPassword()}
	body := fields{
		"firstName": strings.ToUpper(name[:1]) + name[1:], "lastName": "Test", "userName": p.userName,
		"email": name + "." + w.Tag() + "@example.org", "password": p.password, "temporaryPassword": false,
		"roles": []string{}, "tenants": []string{},
	}
	changed(body, details)
	if chosen, ok := body["userName"].(string); ok {
		p.userName = chosen
	}
	p.given = body
	w.people[name] = p
	return p, body
}

// newPassword makes a password that the vendor's default policy accepts, that
// nobody guesses, that no report shows, and that reads the same in a form.
func (w *world) newPassword() string { return w.Secret("Cf9_" + rand.Text()) }

func (w *world) createsUser(name string) error { return w.creates(name, nil) }

// createsUserWith takes a table of property and value.
func (w *world) createsUserWith(name string, table *godog.Table) error {
	details, err := w.fromTable("user", table)
	if err != nil {
		return err
	}
	return w.creates(name, details)
}

func (w *world) createsUserWithout(name, property string) error {
	return w.creates(name, fields{property: nil})
}

func (w *world) createsUserWithRoles(actor, name, roles string) error {
	names, err := w.roleNames(roles)
	if err != nil {
		return err
	}
	return w.createsAs(actor, name, fields{"roles": names})
}

func (w *world) createsUserInTenants(name, which string) error {
	tenants, err := w.pickTenants(which)
	if err != nil {
		return err
	}
	return w.creates(name, fields{"tenants": tenants})
}

// createsUserLike gives a new user the name of another, as it is or in capitals.
func (w *world) createsUserLike(name, other string) error {
	p, err := w.person(other)
	if err != nil {
		return err
	}
	return w.creates(name, fields{"userName": p.userName})
}

// roleNames are what roles are given by, for the scenario's names of them with
// commas between. One that the scenario does not know is unknown to the server,
// too.
func (w *world) roleNames(list string) ([]string, error) {
	names := []string{}
	for _, name := range split(list) {
		switch r := w.roles[name]; {
		case r != nil:
			name = w.reference(r)
		case w.habits().byLocator:
			name = unknownRole
		default:
			name = w.Tag() + "-" + name
		}
		names = append(names, name)
	}
	return names, nil
}
