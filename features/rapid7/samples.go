package rapid7

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// Sample is a well-made request of any operation. On roles that may not be
// touched it uses one that does not exist, unless the target names a disposable
// one; of sites and asset groups the last, because scenarios grant the first.
func (c *console) Sample(op *schemas.Operation, on *steps.Record) (r world.Request, err error) {
	r = world.Request{Operation: op.ID, Path: map[string]string{}}
	if op.Parameter("path", "id") != nil {
		if r.Path["id"], err = c.sampleID(op, on); err != nil {
			return r, err
		}
	}
	switch op.ID {
	case "addUserSite", "removeUserSite":
		r.Path["siteId"] = c.last(factSites)
	case "addUserAssetGroup", "removeUserAssetGroup":
		r.Path["assetGroupId"] = c.last(factAssetGroups)
	}
	r.Body, err = c.sampleBody(op.ID)
	return r, err
}

func (c *console) sampleID(op *schemas.Operation, on *steps.Record) (string, error) {
	ofUser, named := strings.HasPrefix(op.Path, "/users/"), strings.HasPrefix(op.Path, "/roles/") || strings.HasPrefix(op.Path, "/privileges/")
	switch {
	case on == nil && named:
		return unknownName, nil
	case on == nil:
		return unknownID, nil
	case ofUser == (on.Kind.Noun == "user") && (ofUser || strings.HasPrefix(op.Path, "/"+on.Kind.Plural+"/")):
		return on.ID, nil
	case op.ID == "updateRole":
		return c.roleOr(factDisposableRole), nil
	case op.ID == "deleteRole":
		return c.roleOr(factDeletableRole), nil
	}
	return c.firstListed(op)
}

// Witness asks for the first of those that are listed.
func (c *console) Witness(op *schemas.Operation) (world.Request, error) {
	id, err := c.firstListed(op)
	return world.Request{Operation: op.ID, Path: at(id)}, err
}

// firstListed is the id of the first of those that an operation can read.
func (c *console) firstListed(op *schemas.Operation) (string, error) {
	if strings.HasPrefix(op.Path, "/users/") {
		self, err := c.administrator()
		return self.Get("id").Raw, err
	}
	list := "getRoles"
	if strings.HasPrefix(op.Path, "/privileges/") {
		list = "getPrivileges"
	} else if strings.HasPrefix(op.Path, "/authentication_sources/") {
		list = "getAuthenticationSources"
	}
	all, err := c.read(list, nil)
	if err != nil {
		return "", err
	}
	if ids := idsIn(all); len(ids) > 0 && ids[0] != "" {
		return ids[0], nil
	}
	return "", fmt.Errorf("%s lists nothing with an id", list)
}

func (c *console) sampleBody(operation string) (any, error) {
	switch operation {
	case "createUser", "updateUser":
		role, err := c.role("a role")
		login := c.Uninvited(c.kinds[0])
		if operation == "updateUser" {
			login = c.Tag() + "-changed"
		}
		return fields{"login": login, "name": "Uninvited", "password": c.Password(), "role": fields{"id": role}}, err
	case "updateRole":
		return fields{"name": "Changed", "description": "Changed", "privileges": []any{}}, nil
	case "setUserSites":
		return numbers([]string{c.last(factSites)}), nil
	case "setUserAssetGroups":
		return numbers([]string{c.last(factAssetGroups)}), nil
	case "setTwoFactorAuthentication":
		return c.newKey(), nil
	case "resetPassword":
		return fields{"password": c.Password()}, nil
	}
	return nil, nil
}

func (c *console) roleOr(fact string) string {
	if id, err := world.Get[string](c.World, fact); err == nil {
		return id
	}
	return unknownName
}

func (c *console) last(fact string) string {
	if ids, err := world.Get[[]int64](c.World, fact); err == nil && len(ids) > 0 {
		return fmt.Sprint(ids[len(ids)-1])
	}
	return unknownID
}
