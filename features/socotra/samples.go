package socotra

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// Sample is a well-made request of any operation. It gives nobody anything that
// its sender might not have itself. Of the roles of an equipped user, the one
// that nobody has is deleted.
func (a *account) Sample(op *schemas.Operation, on *steps.Record) (r world.Request, err error) {
	r = world.Request{Operation: op.ID, Path: map[string]string{}}
	user, role := a.meant(op, on)
	switch {
	case op.Parameter("path", "username") != nil:
		r.Path["username"] = user.Called
	case op.Parameter("path", "locator") == nil:
	case strings.HasPrefix(op.Path, "/roles/"):
		r.Path["locator"] = role.ID
	default:
		r.Path["locator"] = user.ID
	}
	r.Body, err = a.sampleBody(op.ID, user, role)
	return r, err
}

// meant is the user and the role that a request is about; what is not there, for
// nobody.
func (a *account) meant(op *schemas.Operation, on *steps.Record) (user, role *steps.Record) {
	user = &steps.Record{Kind: a.kinds[0], Name: "nobody", ID: unknownUser, Called: a.Tag() + "-no-such-user@example.com"}
	role = &steps.Record{Kind: a.kinds[1], Name: "none", ID: unknownRole, Own: map[string]string{}}
	switch {
	case on == nil:
	case on.Kind.Noun == "role":
		role = on
	default:
		user = on
		name := own(on)
		if op.ID == "deleteRole" {
			name = spare(on)
		}
		if r, err := a.Known(steps.Ref{Noun: "role", Name: name}); err == nil {
			role = r
		}
	}
	return user, role
}

func (a *account) sampleBody(operation string, user, role *steps.Record) (any, error) {
	switch operation {
	case "createUser":
		name := a.Uninvited(a.kinds[0])
		return fields{
			"firstName": "Not", "lastName": "Invited", "userName": name, "email": name,
			"password": a.newPassword(), "temporaryPassword": false, "roles": []string{}, "tenants": []string{},
		}, nil
	case "updateUser":
		body, err := a.changeOfUser(user, nil)
		return steps.Into(body, steps.Setting{Property: "firstName", Value: "Changed"}, steps.Setting{Property: "lastName", Value: "Changed"}), err
	case "resetUserPassword":
		return a.newPassword(), nil
	case "createRole":
		// It permits nothing, so that nothing but the caller's permission can be missing.
		return fields{"name": a.Uninvited(a.kinds[1]), "description": "Not invited", "permissions": []string{}}, nil
	case "updateRole":
		body, err := a.changeOfRole(role, nil)
		return steps.Into(body, steps.Setting{Property: "description", Value: "Changed"}), err
	case "updateUserRoles":
		taken := []string{}
		if role.ID != unknownRole { // of what does not exist, nothing else is wrong
			taken = a.refer([]string{role.ID})
		}
		return fields{"addRoles": []string{}, "removeRoles": taken}, nil
	case "updateUserTenantAssignments":
		tenants, err := a.references(a.things[1], "first")
		return fields{"addTenants": tenants, "removeTenants": []string{}}, err
	}
	return nil, nil
}

// Witness asks for the administrator, or for the first role that is listed. What
// changes something, or is no operation, has whoami for one.
func (a *account) Witness(op *schemas.Operation) (world.Request, error) {
	me, err := a.me()
	if err != nil || op == nil || op.Method != "GET" {
		return world.Request{Operation: "fetchMyUserDetails"}, err
	}
	r := world.Request{Operation: op.ID, Path: map[string]string{}}
	switch {
	case op.Parameter("path", "username") != nil:
		r.Path["username"] = me.Get("userName").String()
	case op.Parameter("path", "locator") == nil:
	case strings.HasPrefix(op.Path, "/roles/"):
		all, err := a.everything("fetchMultipleRoles")
		if err != nil || len(all) == 0 {
			return r, fmt.Errorf("no role is listed (%w)", err)
		}
		r.Path["locator"] = all[0].Get("locator").String()
	default:
		r.Path["locator"] = me.Get("locator").String()
	}
	return r, nil
}

var (
	aList    = regexp.MustCompile(`^[a-z*]+\.[a-z*-]+(?:, [a-z*]+\.[a-z*-]+)*$`)
	listedAs = regexp.MustCompile(`^the (roles?|tenants?) ((?:"[a-z]+"(?:, | and )?)+)$`)
	quoted   = regexp.MustCompile(`[a-z]+`)
)

// StandsFor is what words in parentheses mean: permissions as the target writes
// them, and roles and tenants as it takes them.
func (a *account) StandsFor(words string) (any, error) {
	switch {
	case words == "all that there are":
		list, err := a.read("fetchAvailablePermissions", nil)
		return texts(list), err
	case words == formerVersion:
		for _, r := range a.Cast("role") {
			if former := r.Own[formerVersion]; former != "" {
				return steps.Value(former), nil
			}
		}
		return nil, world.CouldNotJudge("the scenario has changed no role before")
	case words == "a version to come":
		for _, r := range a.Cast("role") {
			return steps.Value(r.Is[version] + "000"), nil
		}
	case aList.MatchString(words):
		return a.spell(strings.Split(words, ", ")...)
	}
	if m := listedAs.FindStringSubmatch(words); m != nil {
		t := a.things[0]
		if strings.HasPrefix(m[1], "tenant") {
			t = a.things[1]
		}
		var names []string
		for _, name := range quoted.FindAllString(m[2], -1) {
			if name != "and" {
				names = append(names, name)
			}
		}
		return a.references(t, names...)
	}
	return nil, world.CouldNotJudge("nothing is known as (%s)", words)
}
