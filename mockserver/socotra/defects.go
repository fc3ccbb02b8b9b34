package socotra

import (
	"net/http"
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// defects are the deliberate breaches, at least one a rule, in the order of
// the rules. Those without a Wrap leave the guards of their rule out; everything
// else is done to the request, the answer or the state from outside.
func defects() []engine.Defect {
	return slices.Concat(ruleDefects, invariantDefects, refinedDefects)
}

var ruleDefects = []engine.Defect{
	{ID: "so-no-token-needed", Breaks: "SO-AUTH-01", Summary: "The server lets callers in without a token, or with any."},
	{ID: "so-delete-without-token", Breaks: "SO-AUTH-01", Summary: "The server deletes roles for callers without a token.", On: on("deleteRole")},
	{ID: "so-expired-token-works", Breaks: "SO-AUTH-01", Summary: "The server takes no notice of the time at which a token expires.", For: presentsExpired},
	{ID: "so-anyone-may", Breaks: "SO-AUTH-02", Summary: "The server asks callers for no permission."},
	{ID: "so-anyone-resets-passwords", Breaks: "SO-AUTH-02", Summary: "The server asks for no permission where a password is reset.", On: on("resetUserPassword")},
	{ID: "so-every-permission-needed", Breaks: "SO-AUTH-02", Summary: "The server asks for all permissions of an operation where any one is enough.", Wrap: engine.RefuseWrongly(http.StatusForbidden, lacksAny)},
	{ID: "so-tells-who-exists", Breaks: "SO-AUTH-03", Summary: "The server looks for the target before it asks for permission.", Wrap: engine.RefuseWrongly(http.StatusNotFound, targetUnknown)},
	{ID: "so-token-outlives-user", Breaks: "SO-AUTH-04", Summary: "The server lets the tokens of deleted users in."},
	{ID: "so-not-even-oneself", Breaks: "SO-AUTH-05", Summary: "The server asks users for a permission to read and update themselves.", On: on("fetchUserByLocator", "updateUser", "fetchUserPermissions"), Wrap: engine.RefuseWrongly(http.StatusForbidden, onlyItself)},

	{ID: "so-last-name-lost", Breaks: "SO-USER-01", Summary: "The server loses the last name of a new user.", On: on("createUser"), Wrap: engine.EditRequest(engine.Set("lastName", ""))},
	{ID: "so-roles-lost", Breaks: "SO-USER-01", Summary: "The server loses the roles of a new user.", On: on("createUser"), Wrap: engine.EditRequest(engine.Set("roles", []any{}))},
	{ID: "so-one-locator", Breaks: "SO-USER-02", Summary: "The server answers every creation with the same locator.", On: on("createUser"), Wrap: engine.EditAnswer(engine.Set("locator", "00000000-0000-4000-8000-000000000000"))},
	{ID: "so-tenants-left-out", Breaks: "SO-USER-03", Summary: "The server leaves tenants out where a user has none.", Wrap: engine.EditAnswer(engine.OnObject(leaveOutEmptyTenants))},
	{ID: "so-any-user-name", Breaks: "SO-USER-04", Summary: "The server takes a user name that is no e-mail address."},
	{ID: "so-nothing-required", Breaks: "SO-USER-05", Summary: "The server creates users of whom required fields are missing."},
	{ID: "so-name-taken-twice", Breaks: "SO-USER-06", Summary: "The server gives a user name that is taken to another user."},
	{ID: "so-password-echoed", Breaks: "SO-SECRETS", Summary: "The server answers a creation with the password.", On: on("createUser"), Wrap: engine.EditAnswer(echoPassword)},
	{ID: "so-whoami-stranger", Breaks: "SO-USER-08", Summary: "The server takes every caller for the first user.", On: on("fetchMyUserDetails"), Wrap: engine.EditAnswer(firstUser)},
	{ID: "so-name-is-pattern", Breaks: "SO-USER-09", Summary: "The server takes % and * in a user name for wildcards.", On: on("fetchUserByName"), Wrap: engine.EditAnswer(findByPattern)},
	{ID: "so-name-finds-nobody", Breaks: "SO-USER-09", Summary: "The server finds nobody by name.", On: on("fetchUserByName"), Wrap: engine.EditAnswer(nobody)},
	{ID: "so-update-renames", Breaks: "SO-USER-10", Summary: "The server changes the user name in an update.", On: on("updateUser"), Wrap: engine.Also(rename)},
	{ID: "so-update-forgotten", Breaks: "SO-USER-10", Summary: "The server says that a user is updated, and leaves it as it was.", On: on("updateUser"), Wrap: engine.Forget},
	{ID: "so-self-promotion", Breaks: "SO-USER-11", Summary: "The server lets users give themselves roles and tenants."},
	{ID: "so-delete-forgotten", Breaks: "SO-USER-12", Summary: "The server says that a user is deleted, and keeps it.", On: on("deleteUser"), Wrap: engine.Forget},
	{ID: "so-locator-from-body", Breaks: "SO-USER-13", Summary: "The server takes the locator of a new user from the request.", On: on("createUser"), Wrap: engine.EditAnswer(takeLocator)},
	{ID: "so-unknown-user-answers", Breaks: "SO-USER-14", Summary: "The server makes up the user that a locator names."},
	{ID: "so-deletes-itself", Breaks: "SO-USER-15", Summary: "The server lets administrators delete themselves."},
	{ID: "so-unknown-role-reads", Breaks: "SO-USER-16", Summary: "The server takes an unknown role for read-only.", On: on("createUser"), Wrap: engine.EditRequest(readForUnknown)},
	{ID: "so-answers-without-email", Breaks: "SO-USER-20", Summary: "The server answers changes of a user without its email.", On: on("updateUser", "updateUserRoles", "updateUserTenantAssignments"), Wrap: engine.EditAnswer(engine.Without("email"))},
	{ID: "so-any-email", Breaks: "SO-USER-17", Summary: "The server takes an email that is no e-mail address."},

	{ID: "so-any-password", Breaks: "SO-PWD-01", Summary: "The server signs users in with any password."},
	{ID: "so-reset-forgotten", Breaks: "SO-PWD-01", Summary: "The server says that a password is reset, and keeps the old one.", On: on("resetUserPassword"), Wrap: engine.Forget},
	{ID: "so-empty-password", Breaks: "SO-PWD-02", Summary: "The server accepts a new password that is empty or no string."},

	{ID: "so-offset-ignored", Breaks: "SO-LIST-01", Summary: "The server begins every page at the first item.", On: on("fetchMultipleUsers", "fetchMultipleBasicUsers", "fetchMultipleRoles"), Wrap: engine.EditQuery(dropOffset)},
	{ID: "so-one-more", Breaks: "SO-LIST-01", Summary: "The server answers with one item more than was asked for.", On: on("fetchMultipleUsers", "fetchMultipleBasicUsers", "fetchMultipleRoles"), Wrap: engine.EditQuery(oneMore("count"))},
	{ID: "so-page-edge-lost", Breaks: "SO-LIST-02", Summary: "The server loses an item between two pages.", On: on("fetchMultipleUsers", "fetchMultipleBasicUsers", "fetchMultipleRoles"), Wrap: engine.EditQuery(oneMore("offset"))},
	{ID: "so-always-complete", Breaks: "SO-LIST-03", Summary: "The server calls every page the last.", On: on("fetchMultipleUsers", "fetchMultipleBasicUsers", "fetchMultipleRoles"), Wrap: engine.EditAnswer(engine.Set("listCompleted", true))},
	{ID: "so-basic-tells-roles", Breaks: "SO-LIST-04", Summary: "The server shows roles in the basic list.", On: on("fetchMultipleBasicUsers"), Wrap: engine.EditAnswer(tellRoles)},
	{ID: "so-basic-holds-less", Breaks: "SO-LIST-05", Summary: "The server gives no more than ten basic users at once.", On: on("fetchMultipleBasicUsers"), Wrap: engine.EditAnswer(cutToTen)},

	{ID: "so-description-lost", Breaks: "SO-ROLE-01", Summary: "The server loses the description of a new role.", On: on("createRole"), Wrap: engine.EditRequest(engine.Set("description", ""))},
	{ID: "so-made-by-nobody", Breaks: "SO-ROLE-02", Summary: "The server does not know who created a role.", On: on("createRole"), Wrap: engine.EditAnswer(engine.Set("createdBy", "00000000-0000-4000-8000-000000000000"))},
	{ID: "so-made-long-ago", Breaks: "SO-ROLE-02", Summary: "The server does not know when a role was created.", On: on("createRole"), Wrap: engine.EditAnswer(engine.Set("createdAt", "1970-01-01T00:00:00Z"))},
	{ID: "so-role-listed-twice", Breaks: "SO-ROLE-03", Summary: "The server lists a role twice.", On: on("fetchMultipleRoles"), Wrap: engine.EditAnswer(lastAgain)},
	{ID: "so-role-delete-forgotten", Breaks: "SO-ROLE-04", Summary: "The server says that a role is deleted, and keeps it.", On: on("deleteRole"), Wrap: engine.Forget},
	{ID: "so-permission-not-removed", Breaks: "SO-ROLE-05", Summary: "The server removes no permission from a role.", On: on("updateRole"), Wrap: engine.EditRequest(engine.Set("removePermissions", []any{}))},
	{ID: "so-permissions-replaced", Breaks: "SO-ROLE-05", Summary: "The server removes every permission that is not among the added.", On: on("updateRole"), Wrap: engine.EditRequest(haveOnly("addPermissions", "removePermissions", permissionsNow))},
	{ID: "so-stale-version", Breaks: "SO-ROLE-06", Summary: "The server takes an update that is based on any version."},
	{ID: "so-lost-update", Breaks: "SO-ROLE-06", Summary: "The server compares the version first and writes later, so that parallel updates overwrite one another.", On: on("updateRole"), Wrap: compareTooEarly},
	{ID: "so-version-from-reading", Breaks: "SO-ROLE-07", Summary: "The server changes the version of a role that is only read.", On: on("getRole"), Wrap: engine.Also(bumpVersion)},
	{ID: "so-creator-changes", Breaks: "SO-ROLE-07", Summary: "The server takes who updates a role for who created it.", On: on("updateRole"), Wrap: engine.Also(takeOver)},
	{ID: "so-ghost-permissions", Breaks: "SO-ROLE-08", Summary: "The server leaves the permissions of a deleted role with its users.", On: on("deleteRole"), Wrap: engine.Afterwards(leaveGhost)},
	{ID: "so-any-permission", Breaks: "SO-ROLE-09", Summary: "The server gives a role permissions that do not exist."},
	{ID: "so-grants-beyond", Breaks: "SO-ROLE-10", Summary: "The server lets callers grant more than they have."},
	{ID: "so-unknown-role-answers", Breaks: "SO-ROLE-11", Summary: "The server makes up the role that a locator names."},
	{ID: "so-built-in-changes", Breaks: "SO-ROLE-12", Summary: "The server changes and deletes built-in roles."},
	{ID: "so-role-name-twice", Breaks: "SO-ROLE-13", Summary: "The server gives one name to two roles."},

	{ID: "so-permission-twice", Breaks: "SO-PERM-01", Summary: "The server lists an available permission twice.", On: on("fetchAvailablePermissions"), Wrap: engine.EditAnswer(lastAgain)},
	{ID: "so-permission-made-up", Breaks: "SO-PERM-01", Summary: "The server lists a permission that no role can have.", On: on("fetchAvailablePermissions"), Wrap: engine.EditAnswer(oneMadeUp)},
	{ID: "so-first-role-only", Breaks: "SO-PERM-02", Summary: "The server counts only the permissions of a user's first role.", On: on("fetchUserPermissions"), Wrap: engine.EditAnswer(ofFirstRole)},
	{ID: "so-role-not-taken", Breaks: "SO-ASSIGN-01", Summary: "The server takes no role away.", On: on("updateUserRoles"), Wrap: engine.EditRequest(engine.Set("removeRoles", []any{}))},
	{ID: "so-role-not-given", Breaks: "SO-ASSIGN-01", Summary: "The server gives no role.", On: on("updateUserRoles"), Wrap: engine.EditRequest(engine.Set("addRoles", []any{}))},
	{ID: "so-tenant-not-withdrawn", Breaks: "SO-ASSIGN-02", Summary: "The server withdraws a user from no tenant.", On: on("updateUserTenantAssignments"), Wrap: engine.EditRequest(engine.Set("removeTenants", []any{}))},
	{ID: "so-roles-replaced", Breaks: "SO-ASSIGN-03", Summary: "The server takes away every role that is not among the added.", On: on("updateUserRoles"), Wrap: engine.EditRequest(haveOnly("addRoles", "removeRoles", rolesNow))},
	{ID: "so-half-applied", Breaks: "SO-ASSIGN-04", Summary: "The server gives the roles that exist and then refuses the one that does not.", On: on("updateUserRoles"), Wrap: engine.Afterwards(applyHalf)},

	{ID: "so-stale-views", Breaks: "SO-VIEWS", Summary: "The server shows users, roles and permissions as they were to whoever read them before a change, from the second read after it.", On: on("fetchUserByLocator", "fetchUserPermissions", "getRole"), Wrap: engine.Stale},
	{ID: "so-literal-is-locator", Breaks: "SO-ROUTE-01", Summary: "The server takes the last word of /roles/permissions for a locator.", On: on("fetchAvailablePermissions"), Wrap: engine.RefuseWrongly(http.StatusNotFound, nil)},
	{ID: "so-roles-list-is-locator", Breaks: "SO-ROUTE-01", Summary: "The server takes the last word of /roles/list for a locator.", On: on("fetchMultipleRoles"), Wrap: engine.RefuseWrongly(http.StatusNotFound, nil)},
	{ID: "so-unreadable-is-500", Breaks: "SO-PROTO-01", Summary: "The server fails over a body that is no JSON.", Wrap: engine.RefuseWrongly(http.StatusInternalServerError, unreadable)},
	{ID: "so-lenient", Breaks: "SO-PROTO-01", Summary: "The server does what it can with a request that it cannot read."},
	{ID: "so-time-without-zone", Breaks: "SO-CONTRACT", Summary: "The server writes times in a form of its own.", On: on("getRole"), Wrap: engine.EditAnswer(engine.Set("createdAt", "2025-03-03 08:10:00"))},
}

func on(operations ...string) []string { return operations }
