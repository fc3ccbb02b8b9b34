package rapid7

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/schemas"
)

// Calls of any operation, with a request that would succeed if the caller
// were allowed.

// unknownID is an id that no user, site or source has, on any console that is
// not about to run out of ids.
const unknownID = 2147483000

const unknownName = "rolecall-no-such-thing"

// callsFor calls an operation on somebody, or on what goes with them.
func (w *world) callsFor(actor, operation, name string) error {
	w.walked = nil
	return w.calls(actor, []string{operation}, name)
}

// callsEach calls operations that the contract lists: all, those that read one
// thing, or those on a user.
func (w *world) callsEach(actor, which, name string) error {
	w.walked = nil
	return w.calls(actor, w.operations(which), name)
}

func (w *world) callsThese(actor, name string, table *godog.Table) error {
	w.walked = nil
	return w.calls(actor, firstColumn(table), name)
}

// eachOfThemCalls walks over the callers that the scenario has made; on
// "itself" each calls for its own account.
func (w *world) eachOfThemCalls(name string, table *godog.Table) error {
	w.walked = nil
	for _, actor := range w.them {
		on := name
		if name == "itself" {
			on = actor
		}
		if err := w.calls(actor, firstColumn(table), on); err != nil {
			return err
		}
	}
	return nil
}

func firstColumn(table *godog.Table) (cells []string) {
	for _, row := range table.Rows {
		cells = append(cells, row.Cells[0].Value)
	}
	return cells
}

func (w *world) operations(which string) (ids []string) {
	for _, op := range w.API.Contract.Documented() {
		ofOne := op.Parameter("path", "id") != nil
		if which == "operation" || which == "operation that reads" && ofOne && op.Method == http.MethodGet ||
			which == "operation on a user" && ofOne && strings.HasPrefix(op.Path, "/users/") {
			ids = append(ids, op.ID)
		}
	}
	return ids
}

// calls sends one request an operation. Each is kept for the Thens, also where
// the one before should have been refused and was not.
func (w *world) calls(actor string, operations []string, name string) error {
	for _, operation := range operations {
		r, err := w.sample(operation, name)
		if err != nil {
			return err
		}
		if err := w.when(actor, r); err != nil {
			return err
		}
		w.walked = append(w.walked, w.asked)
	}
	return nil
}

// sample is a request that is well made, on somebody or "something unknown". On
// roles that may not be touched it uses one that does not exist, unless the
// target names a disposable one.
func (w *world) sample(operation, name string) (r conformance.Request, err error) {
	op := w.API.Contract.Operation(operation)
	if op == nil {
		return r, conformance.CouldNotJudge("the contract has no operation %q", operation)
	}
	r = conformance.Request{Operation: operation, Path: map[string]string{}}
	if name == "something unknown" {
		w.sampleUnknown(op, r.Path)
	} else if err = w.sampleKnown(op, name, r.Path); err != nil {
		return r, err
	}
	switch operation {
	case "addUserSite", "removeUserSite":
		r.Path["siteId"] = strconv.FormatInt(w.anyOf(factSites), 10)
	case "addUserAssetGroup", "removeUserAssetGroup":
		r.Path["assetGroupId"] = strconv.FormatInt(w.anyOf(factAssetGroups), 10)
	}
	r.Body, err = w.sampleBody(operation)
	return r, err
}

func (w *world) sampleUnknown(op *schemas.Operation, path map[string]string) {
	switch p := op.Parameter("path", "id"); {
	case p == nil:
	case strings.HasPrefix(op.Path, "/roles/") || strings.HasPrefix(op.Path, "/privileges/"):
		path["id"] = unknownName
	default:
		path["id"] = strconv.Itoa(unknownID)
	}
}

func (w *world) sampleKnown(op *schemas.Operation, name string, path map[string]string) (err error) {
	switch {
	case op.ID == "updateRole":
		path["id"] = w.roleOr(factDisposableRole)
	case op.ID == "deleteRole":
		path["id"] = w.roleOr(factDeletableRole)
	case strings.HasPrefix(op.Path, "/users/"):
		var p *person
		if p, err = w.person(name); err == nil {
			path["id"] = strconv.FormatInt(p.id, 10)
		}
	case op.Parameter("path", "id") != nil:
		path["id"], err = w.listedFirst(op)
	}
	return err
}

// listedFirst is the id of the first of those that an operation can read.
func (w *world) listedFirst(op *schemas.Operation) (string, error) {
	if strings.HasPrefix(op.Path, "/users/") {
		self, err := w.administrator()
		return self.Get("id").Raw, err
	}
	list := "getRoles"
	if strings.HasPrefix(op.Path, "/privileges/") {
		list = "getPrivileges"
	} else if strings.HasPrefix(op.Path, "/authentication_sources/") {
		list = "getAuthenticationSources"
	}
	all, err := w.read(list, nil)
	if err != nil {
		return "", err
	}
	first := all.Get("resources.0")
	if first.IsObject() {
		first = first.Get("id")
	}
	if first.String() == "" {
		return "", fmt.Errorf("%s lists nothing with an id", list)
	}
	return first.String(), nil
}

func (w *world) sampleBody(operation string) (any, error) {
	switch operation {
	case "createUser", "updateUser":
		role, err := w.role("a role")
		login := w.uninvited()
		if operation == "updateUser" {
			login = w.Tag() + "-changed"
		}
		return fields{"login": login, "name": "Uninvited", "password": w.newPassword(), "role": fields{"id": role}}, err
	case "updateRole":
		return fields{"name": "Changed", "description": "Changed", "privileges": []string{}}, nil
	case "setUserSites":
		return []int64{w.anyOf(factSites)}, nil
	case "setUserAssetGroups":
		return []int64{w.anyOf(factAssetGroups)}, nil
	case "setTwoFactorAuthentication":
		return w.newKey(), nil
	case "resetPassword":
		return fields{"password": w.newPassword()}, nil
	}
	return nil, nil
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

// signsInWith reads its own account with another password than its own.
func (w *world) signsInWith(name, how string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	right := p.password
	password, known := map[string]string{
		"a wrong password": w.newPassword(), "an empty password": "", "the password in other letters": swapCase(right),
		"the password without its last letter": right[:len(right)-1], "the password and a letter more": right + "x",
		"the password and a blank": right + " ", "the first half of the password": right[:len(right)/2], "its login as the password": p.login,
	}[how]
	if other, ok := strings.CutPrefix(how, "the password of "); ok {
		o, err := w.person(other)
		if err != nil {
			return err
		}
		password, known = o.password, true
	}
	if !known {
		return conformance.CouldNotJudge("nothing is known as %q", how)
	}
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
	return strings.Map(func(r rune) rune {
		if lower := strings.ToLower(string(r)); lower != string(r) {
			return []rune(lower)[0]
		}
		return []rune(strings.ToUpper(string(r)))[0]
	}, s)
}
