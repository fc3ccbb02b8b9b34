package socotra

import (
	"fmt"
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

// aUserWithOwnRole creates a role, and a user who has it.
func (w *world) aUserWithOwnRole(name string) error { return w.aUserWhoMay(name, "users.list") }

// aUserWhoMay creates a user with a role that permits just that.
func (w *world) aUserWhoMay(name, permissions string) error {
	own := name + "-role"
	if err := w.aRole(own, permissions); err != nil {
		return err
	}
	if err := w.create(name, fields{"roles": []string{w.roles[own].name}}); err != nil {
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
	needed := strings.Join(w.permissionsFor(operation), " ")
	var rest []string
	for _, p := range texts(available) {
		resource, action, _ := strings.Cut(p, ".")
		if (resource == "users" || resource == "roles") && action != "custom" && action != "*" && !strings.Contains(needed+" ", p+" ") {
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
	var err error
	p.noted, err = w.read("fetchUserByLocator", at(p.locator))
	return err
}

// creates asks for a new user; whether it gets one is for the Thens to say.
func (w *world) creates(name string, details fields) error {
	p, body := w.newPerson(name, details)
	if err := w.when("the administrator", conformance.Request{Operation: "createUser", Body: body}); err != nil {
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
	p := &person{userName: w.Tag() + "." + name + "@example.com", password: w.newPassword(name)}
	body := fields{
		"firstName": strings.ToUpper(name[:1]) + name[1:], "lastName": "Test", "userName": p.userName,
		"email": name + "." + w.Tag() + "@example.org", "password": p.password, "temporaryPassword": false,
		"roles": []string{}, "tenants": []string{},
	}
	for property, value := range details {
		if value == nil {
			delete(body, property)
		} else {
			body[property] = value
		}
	}
	if chosen, ok := body["userName"].(string); ok {
		p.userName = chosen
	}
	p.given = body
	w.people[name] = p
	return p, body
}

// newPassword makes a password that the vendor's default policy accepts, that
// no report shows, and that reads the same in a form.
func (w *world) newPassword(name string) string {
	return w.Secret("Cf9_" + name + "-Passw0rd-" + w.Tag())
}

func (w *world) createsUser(name string) error { return w.creates(name, nil) }

// createsUserWith takes a table of property and value.
func (w *world) createsUserWith(name string, table *godog.Table) error {
	return w.creates(name, w.fromTable(table))
}

func (w *world) createsUserWithout(name, property string) error {
	return w.creates(name, fields{property: nil})
}

func (w *world) createsUserWithRoles(name, roles string) error {
	names, err := w.roleNames(roles)
	if err != nil {
		return err
	}
	return w.creates(name, fields{"roles": names})
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

// roleNames are the server's names of roles, given as the scenario's names
// with commas between them. One that the scenario does not know is unknown to
// the server, too.
func (w *world) roleNames(list string) ([]string, error) {
	names := []string{}
	for _, name := range split(list) {
		if r := w.roles[name]; r != nil {
			name = r.name
		} else {
			name = w.Tag() + "-" + name
		}
		names = append(names, name)
	}
	return names, nil
}

// pickTenants finds "first", "second" and so on among the target's tenants.
func (w *world) pickTenants(words string) ([]string, error) {
	known, err := conformance.Get[[]string](w.World, factTenants)
	if err != nil {
		return nil, err
	}
	picked := []string{}
	for _, word := range strings.Fields(words) {
		place, ok := map[string]int{"first": 0, "second": 1}[word]
		if !ok {
			continue // "and", "no"
		}
		if place >= len(known) {
			return nil, conformance.SkipBecause("the target file gives fewer than %d tenants", place+1)
		}
		picked = append(picked, known[place])
	}
	return picked, nil
}
