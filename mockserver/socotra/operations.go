package socotra

import (
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

var (
	refuse  = engine.Refuse
	explain = engine.Explain
)

// operations are those of the document in its order, and what clients need of
// the identity provider. Each is for callers with one of its permissions.
func operations() []engine.Operation {
	rolesExist, tenantsExist := exist("SO-USER-16", "role", (*State).readRoles, "roles"), exist("SO-USER-16", "tenant", (*State).readTenants, "tenants")
	strong := explain("SO-PWD-02", 400, engine.Malformed, weakPassword)
	builtIn := refuse("SO-ROLE-12", 403, engine.WrongState, isProtected, "the role is built-in and stays as it is")
	otherName := refuse("SO-ROLE-13", 409, engine.Conflict, roleNameTaken, `name "{name}" belongs to another role`)
	return []engine.Operation{
		op("createUser", becomes(created),
			body("SO-USER-05", map[string]string{"userName": "SO-USER-04", "email": "SO-USER-17", "password": "SO-PWD-02"}),
			refuse("SO-USER-06", 409, engine.Conflict, userNameTaken, `userName "{userName}" belongs to another user`),
			strong, rolesExist, tenantsExist, ceiling(created)),
		op("fetchMyUserDetails", fetchMyUserDetails,
			refuse("SO-AUTH-04", 401, engine.Unknown, callerIsGone, "the user of this token is gone")),
		op("fetchUserByName", fetchUserByName,
			refuse("SO-USER-09", 404, engine.Unknown, nobodyIsCalled, `nobody is called "{username}"`)),
		onUser("fetchUserByLocator", fetchUserByLocator),
		listing("fetchMultipleUsers", (*State).listedUsers, func(s *Settings) int { return s.MaxUsers }, viewUser),
		listing("fetchMultipleBasicUsers", (*State).listedUsers, func(s *Settings) int { return s.MaxBasicUsers }, viewBasicUser),
		onUser("updateUser", becomes(updated),
			body("SO-PROTO-01", map[string]string{"email": "SO-USER-17"}),
			refuse("SO-USER-11", 403, engine.Permission, promotesItself, "without users.update, a user changes names and e-mail of itself, and no roles, permissions or tenants"),
			rolesExist, tenantsExist,
			refuse("SO-USER-11", 400, engine.Malformed, claimsForeignPermissions, "permissions has more than the roles give; it is roles that give permissions"),
			ceiling(updated)),
		onUser("resetUserPassword", resetUserPassword, body("SO-PWD-02", nil), strong),
		onUser("deleteUser", deleteUser,
			refuse("SO-USER-15", 409, engine.WrongState, isCaller, "users do not delete themselves"),
			refuse("SO-USER-15", 409, engine.WrongState, isLastAdmin, "user {locator} is the last one with the role "+adminRole)),

		op("createRole", roleBecomes(createdRole),
			body("SO-PROTO-01", map[string]string{"name": "SO-ROLE-13", "permissions": "SO-ROLE-09"}),
			otherName,
			exist("SO-ROLE-09", "permission", (*State).readPermissions, "permissions"),
			roleCeiling(createdRole)),
		onRole("getRole", getRole),
		onRole("updateRole", roleBecomes(updatedRole),
			body("SO-PROTO-01", map[string]string{"name": "SO-ROLE-13", "addPermissions": "SO-ROLE-09", "removePermissions": "SO-ROLE-09"}),
			builtIn, otherName,
			exist("SO-ROLE-09", "permission", (*State).readPermissions, "addPermissions", "removePermissions"),
			apart("SO-ROLE-05", (*State).readPermissions, "addPermissions", "removePermissions"),
			roleCeiling(updatedRole),
			refuse("SO-ROLE-06", 409, engine.Conflict, isStale, "the update is based on version {version}, and the role is in another by now; read it again")),
		listing("fetchMultipleRoles", (*State).listedRoles, func(s *Settings) int { return s.MaxRoles }, viewRole),
		onRole("deleteRole", deleteRole, builtIn,
			refuse("SO-ROLE-08", 409, engine.WrongState, isHeldForGood, "the role is assigned to users")),

		op("fetchAvailablePermissions", fetchAvailablePermissions),
		onUser("fetchUserPermissions", fetchUserPermissions),
		onUser("updateUserRoles", becomes(withRoles),
			body("SO-PROTO-01", nil),
			exist("SO-ASSIGN-04", "role", (*State).readRoles, "addRoles", "removeRoles"),
			apart("SO-ASSIGN-04", (*State).readRoles, "addRoles", "removeRoles"),
			ceiling(withRoles)),
		onUser("updateUserTenantAssignments", becomes(withTenants),
			body("SO-PROTO-01", nil),
			exist("SO-ASSIGN-04", "tenant", (*State).readTenants, "addTenants", "removeTenants"),
			apart("SO-ASSIGN-04", (*State).readTenants, "addTenants", "removeTenants")),

		engine.Op(tokenOperation, createToken,
			refuse("SO-PROTO-01", 404, engine.Unknown, accountUnknown, `there is no business account "{account}"`),
			engine.Body("SO-PROTO-01"),
			refuse("SO-PROTO-01", 400, engine.Malformed, otherGrant, `grant_type is "{grant_type}"; only password is known here`),
			engine.Find("SO-PWD-01", 401, userToSignIn, "nobody has that name and password"),
			refuse("SO-PWD-01", 401, engine.Stranger, wrongPassword, "nobody has that name and password")),
	}
}

// op is an operation for callers with one of its permissions.
func op(id string, effect engine.Handler, guards ...engine.Guard) engine.Operation {
	return engine.Op(id, effect, append([]engine.Guard{explain("SO-AUTH-02", 403, engine.Permission, mayNot)}, guards...)...)
}

func onUser(id string, effect engine.Handler, guards ...engine.Guard) engine.Operation {
	return onRecord(op(id, effect, guards...), "SO-USER-14", (*State).userAt, "there is no user {locator}")
}

func onRole(id string, effect engine.Handler, guards ...engine.Guard) engine.Operation {
	return onRecord(op(id, effect, guards...), "SO-ROLE-11", (*State).roleAt, `there is no role "{locator}"`)
}

// onRecord looks for the record after the permission: a caller without
// permission learns nothing (SO-AUTH-03). Servers that look first tell; and where
// nobody minds deleting what is not there, there is nothing to do for it.
func onRecord[R any](o engine.Operation, rule string, at func(*State, string) *R, message string) engine.Operation {
	find := func(c *engine.Call) (any, bool) {
		record := at(stateOf(c), c.Path.Get("locator"))
		return record, record != nil || c.Operation.Method == "DELETE" && !stateOf(c).settings.UnknownDeleteRefused
	}
	tell := refuse(rule, 404, engine.Permission, func(c *engine.Call) bool {
		_, found := find(c)
		return !found && stateOf(c).settings.TargetFirst
	}, message)
	o.Guards = slices.Concat([]engine.Guard{tell, o.Guards[0], engine.Find(rule, 404, find, message)}, o.Guards[1:])
	return o
}

// body holds a body to the contract's schema, or to the edition's.
func body(rule string, properties map[string]string) engine.Guard {
	return engine.BodyCheck{Rule: rule, Properties: properties, Schema: requestSchema}.Guard()
}
