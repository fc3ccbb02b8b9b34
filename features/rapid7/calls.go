package rapid7

import (
	"net/http"
	"strconv"

	"github.com/rolecall/rolecall/conformance"
)

// Calls of any operation, with a request that would succeed if the caller
// were allowed.

// unknownID is an id that no user, site or source has, on any console that is
// not about to run out of ids.
const unknownID = 2147483000

const unknownName = "rolecall-no-such-thing"

// callsFor calls an operation on somebody, or on what goes with them.
func (w *world) callsFor(actor, operation, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	r, err := w.sample(operation, p)
	if err != nil {
		return err
	}
	return w.when(actor, r)
}

// callsForUnknown calls an operation on something that does not exist.
func (w *world) callsForUnknown(actor, operation string) error {
	r, err := w.sample(operation, nil)
	if err != nil {
		return err
	}
	for name := range r.Path {
		if name == "id" {
			r.Path[name] = strconv.Itoa(unknownID)
		}
	}
	if _, named := namedResources[operation]; named {
		r.Path["id"] = unknownName
	}
	if body, ok := r.Body.(fields); ok && operation == "updateRole" {
		delete(body, "id") // nothing but the path is to be wrong
	}
	return w.when(actor, r)
}

// namedResources are the operations whose id is a name.
var namedResources = map[string]bool{
	"getPrivilege": true, "getUsersWithPrivilege": true,
	"getRole": true, "updateRole": true, "deleteRole": true, "getRoleUsers": true,
}

// sample is a request that is well made. On roles that may not be touched it
// uses one that does not exist, unless the target names a disposable one.
func (w *world) sample(operation string, p *person) (conformance.Request, error) {
	r := conformance.Request{Operation: operation, Path: map[string]string{}}
	op := w.API.Contract.Operation(operation)
	if op == nil {
		return r, conformance.CouldNotJudge("the contract has no operation %q", operation)
	}
	if op.Parameter("path", "id") != nil {
		r.Path["id"] = strconv.Itoa(unknownID)
		if p != nil {
			r.Path["id"] = strconv.FormatInt(p.id, 10)
		}
	}
	switch operation {
	case "getAuthenticationSource", "getAuthenticationSourceUsers":
		r.Path["id"] = "1"
	case "getPrivilege", "getUsersWithPrivilege":
		r.Path["id"] = "all-permissions"
	case "getRole", "getRoleUsers":
		r.Path["id"] = "user"
	case "updateRole":
		r.Path["id"] = w.roleOr(factDisposableRole)
	case "deleteRole":
		r.Path["id"] = w.roleOr(factDeletableRole)
	case "addUserSite", "removeUserSite":
		r.Path["siteId"] = strconv.FormatInt(w.anyOf(factSites), 10)
	case "addUserAssetGroup", "removeUserAssetGroup":
		r.Path["assetGroupId"] = strconv.FormatInt(w.anyOf(factAssetGroups), 10)
	}
	r.Body = w.sampleBody(operation, p)
	return r, nil
}

func (w *world) sampleBody(operation string, p *person) any {
	switch operation {
	case "createUser":
		return fields{"login": w.uninvited(), "name": "Uninvited", "password": w.newPassword("uninvited"), "role": fields{"id": "user"}}
	case "updateUser":
		return fields{"login": w.Tag() + "-changed", "name": "Changed", "password": w.newPassword("changed"), "role": fields{"id": "user", "allSites": true}}
	case "updateRole":
		return fields{"id": w.roleOr(factDisposableRole), "name": "Changed", "description": "Changed", "privileges": []string{}}
	case "setUserSites":
		return []int64{w.anyOf(factSites)}
	case "setUserAssetGroups":
		return []int64{w.anyOf(factAssetGroups)}
	case "setTwoFactorAuthentication":
		return w.Secret(otherKey)
	case "resetPassword":
		return fields{"password": w.newPassword("stolen")}
	}
	return nil
}

// uninvited is the login of a user that must never come to be.
func (w *world) uninvited() string { return w.Tag() + "-uninvited" }

func (w *world) roleOr(fact string) string {
	if id, err := conformance.Get[string](w.World, fact); err == nil {
		return id
	}
	return unknownName
}

// anyOf is the last of the target's sites or asset groups: the first ones are
// those that scenarios grant.
func (w *world) anyOf(fact string) int64 {
	if ids, err := conformance.Get[[]int64](w.World, fact); err == nil && len(ids) > 0 {
		return ids[len(ids)-1]
	}
	return unknownID
}

// signsInWrongly reads its own account with a wrong password.
func (w *world) signsInWrongly(name, how string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	password := map[string]string{
		"a wrong password": "Wr0ng!" + w.Tag(), "an empty password": "", "the password in other letters": swapCase(p.password),
	}[how]
	w.asked, err = w.Do(conformance.Request{Operation: "getUser", Path: idOf(p.id), Sign: basic(p.login, password), As: name + " with " + how})
	return err
}

// sendsAuthorization sends a header Authorization that is no HTTP Basic.
func (w *world) sendsAuthorization(value string) error {
	var err error
	w.asked, err = w.Do(conformance.Request{Operation: "getRoles", Sign: func(r *http.Request) { r.Header.Set("Authorization", value) }})
	return err
}

func swapCase(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			b[i] = c ^ 0x20
		}
	}
	return string(b)
}
