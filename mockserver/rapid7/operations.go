package rapid7

import "github.com/rolecall/rolecall/mockserver/engine"

var (
	op      = engine.Op
	refuse  = engine.Refuse
	explain = engine.Explain
	find    = engine.Find
	body    = engine.Body
)

// operations are the 32 of the documents in their order, each with what it
// refuses. The statuses are those that the document lists for the operation.
func operations() []engine.Operation {
	theUser, theRole := userNamed(404), find("R7-ROLE-05", 404, roleInPath, `there is no role "{id}"`)
	thePrivilege := find("R7-PRIV-02", 404, privilegeInPath, `there is no privilege "{id}"`)
	bodyMissing := refuse("R7-PROTO-01", 400, engine.Malformed, bodyIsMissing, "the request needs a body")
	noUnknown := explain("R7-PROTO-01", 400, engine.Malformed, unknownProperty)
	theSource := find("R7-SRC-02", 404, sourceInPath, "there is no authentication source {id}")
	return []engine.Operation{
		op("getAuthenticationSources", getAuthenticationSources),
		op("getAuthenticationSource", getAuthenticationSource, theSource),
		op("getAuthenticationSourceUsers", getAuthenticationSourceUsers, theSource),
		op("getPrivileges", getPrivileges),
		op("getPrivilege", getPrivilege, thePrivilege),
		op("getUsersWithPrivilege", getUsersWithPrivilege, thePrivilege),
		op("getRoles", getRoles),
		op("getRole", getRole, theRole),
		op("updateRole", updateRole, managers,
			find("R7-ROLE-05", 404, roleToUpdate, `there is no role "{id}"`),
			body("R7-ROLE-08"), bodyMissing, noUnknown,
			explain("R7-ROLE-08", 400, engine.Malformed, lacks(toUpdateRole)),
			refuse("R7-ROLE-09", 400, engine.WrongState, isBuiltIn, `role "{id}" is built-in; only custom roles can be changed`),
			refuse("R7-ROLE-08", 400, engine.Conflict, isOfAnotherRole, "the role of the path has another id than the body; make them the same or leave id out of the body"),
			explain("R7-ROLE-08", 400, engine.Reference, unknownPrivilege)),
		op("deleteRole", deleteRole, managers, theRole,
			refuse("R7-ROLE-02", 400, engine.WrongState, isBuiltIn, `role "{id}" is built-in; only custom roles can be deleted`),
			refuse("R7-ROLE-03", 400, engine.Conflict, isHeld, `role "{id}" is assigned to users; assign them another one first`)),
		op("getRoleUsers", getRoleUsers, theRole),
		op("getUsers", getUsers, administrators,
			explain("R7-PROTO-01", 400, engine.BadParameter, sortsByNothing),
			explain("R7-PAGE-06", 404, engine.Unknown, isBeyondTheLastPage)),
		op("createUser", createUser, administrators,
			body("R7-USER-03"), noUnknown,
			explain("R7-USER-03", 400, engine.Malformed, lacks(toCreate)),
			refuse("R7-USER-02", 400, engine.WrongState, idsAreUsedUp, "no user id is left"),
			refuse("R7-USER-05", 400, engine.Conflict, loginIsTaken, `login "{login}" belongs to another user`),
			explain("R7-USER-03", 400, engine.Malformed, accountPasswordLacks),
			refuse("R7-USER-06", 400, engine.Reference, roleIsUnknown, `role "{role.id}" does not exist`),
			explain("R7-USER-06", 400, engine.Reference, sourceLacks)),
		op("getUser", getUser, itself, theUser),
		op("updateUser", updateUser, administrators, theUser,
			body("R7-USER-03"), bodyMissing, noUnknown,
			explain("R7-USER-03", 400, engine.Malformed, lacks(toUpdate)),
			refuse("R7-USER-13", 400, engine.Conflict, loginIsTaken, `login "{login}" belongs to another user`),
			explain("R7-USER-03", 400, engine.Malformed, accountPasswordLacks),
			refuse("R7-USER-06", 400, engine.Reference, roleIsUnknown, `role "{role.id}" does not exist`),
			explain("R7-USER-06", 400, engine.Reference, sourceLacks)),
		op("deleteUser", deleteUser, administrators, theUser,
			refuse("R7-SELF-01", 400, engine.WrongState, isItself, "nobody deletes its own account"),
			refuse("R7-SELF-01", 400, engine.WrongState, isLastAdministrator, "user {id} is the last Global Administrator who can sign in")),
		op("getTwoFactorAuthenticationKey", getTwoFactorKey, itsSecret, theUser,
			refuse("R7-2FA-03", 404, engine.WrongState, keyIsMissing, "no two-factor key is configured for user {id}")),
		op("regenerateTwoFactorAuthentication", regenerateTwoFactorKey, itsSecret, userNamed(400)), // no 404 is documented
		op("setTwoFactorAuthentication", setTwoFactorKey, itsSecret, theUser,
			body("R7-2FA-04"),
			refuse("R7-2FA-04", 400, engine.Malformed, keyIsNoSeed, "the key must be base32: letters A to Z and digits 2 to 7")),
		op("getUserAssetGroups", assetGroups.get, itsGrants, theUser),
		op("setUserAssetGroups", assetGroups.set, administrators, theUser,
			body("R7-PROTO-01"), assetGroups.refuseList(), assetGroups.refuseUnknownInList()),
		op("removeAllUserAssetGroups", assetGroups.removeAll, managers, theUser),
		op("addUserAssetGroup", assetGroups.add, administrators, theUser,
			assetGroups.refuseUnknown(), assetGroups.refuseSingle(), assetGroups.refuseRepeated()),
		op("removeUserAssetGroup", assetGroups.remove, administrators, theUser, assetGroups.refuseUnknown(), assetGroups.refuseAbsent()),
		op("unlockUser", unlockUser, managers, theUser, // of the statuses documented, 404 is the one that fits best
			refuse("R7-LOCK-02", 404, engine.WrongState, isDisabled, "the account of user {id} is disabled; a disabled account is not unlocked"),
			refuse("R7-LOCK-03", 404, engine.WrongState, isNotLocked, "the account of user {id} is not locked")),
		op("resetPassword", resetPassword, theUser,
			refuse("R7-PWD-02", 401, engine.Permission, isAnother, "users change only their own password"),
			body("R7-PWD-03"),
			explain("R7-PWD-03", 400, engine.Malformed, passwordLacks)),
		op("getUserPrivileges", getUserPrivileges, administrators, theUser),
		op("getUserSites", sites.get, itsGrants, theUser),
		op("setUserSites", sites.set, administrators, theUser,
			body("R7-PROTO-01"), sites.refuseList(), sites.refuseUnknownInList()),
		op("removeAllUserSites", sites.removeAll, managers, theUser),
		op("addUserSite", sites.add, administrators, theUser,
			sites.refuseUnknown(), sites.refuseSingle(), sites.refuseRepeated()),
		op("removeUserSite", sites.remove, administrators, theUser, sites.refuseUnknown(), sites.refuseAbsent()),
	}
}
