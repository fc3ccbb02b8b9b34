package socotra

import (
	"net/http"
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// defects are the breaches that the suite must notice: at least one a rule.
func defects() []engine.Defect {
	return slices.Concat(authDefects(), userDefects(), listDefects(), roleDefects(), assignmentDefects())
}

func authDefects() []engine.Defect {
	return []engine.Defect{
		{ID: "so-no-token-needed", Breaks: "SO-AUTH-01", Lifts: true,
			Summary: "lets callers in without a token, or with any"},
		{ID: "so-delete-without-token", Breaks: "SO-AUTH-01", Lifts: true, On: []string{"deleteRole"},
			Summary: "deletes roles for callers without a token"},
		{ID: "so-expired-token-works", Breaks: "SO-AUTH-01", Wrap: renewTokens,
			Summary: "takes no notice of the time at which a token expires"},
		{ID: "so-anyone-may", Breaks: "SO-AUTH-02", Lifts: true,
			Summary: "asks callers for no permission"},
		{ID: "so-anyone-resets-passwords", Breaks: "SO-AUTH-02", Lifts: true, On: []string{"resetUserPassword"},
			Summary: "asks for no permission where a password is reset"},
		{ID: "so-every-permission-needed", Breaks: "SO-AUTH-02", Wrap: engine.Refuse(http.StatusForbidden, lacksAny),
			Summary: "asks for all permissions of an operation where any one is enough"},
		{ID: "so-tells-who-exists", Breaks: "SO-AUTH-03", Wrap: engine.Refuse(http.StatusNotFound, targetUnknown),
			Summary: "looks for the target before it asks for permission"},
		{ID: "so-token-outlives-user", Breaks: "SO-AUTH-04", Lifts: true,
			Summary: "lets the tokens of deleted users in"},
		{ID: "so-any-password", Breaks: "SO-PWD-01", Lifts: true,
			Summary: "signs users in with any password"},
		{ID: "so-reset-forgotten", Breaks: "SO-PWD-01", On: []string{"resetUserPassword"}, Wrap: engine.Forget,
			Summary: "says that a password is reset, and keeps the old one"},
		{ID: "so-empty-password", Breaks: "SO-PWD-02", Lifts: true,
			Summary: "accepts a new password that is empty or no string"},
	}
}

func userDefects() []engine.Defect {
	create, update := []string{"createUser"}, []string{"updateUser"}
	return []engine.Defect{
		{ID: "so-last-name-lost", Breaks: "SO-USER-01", On: create, Wrap: engine.EditRequest(setProperty("lastName", "")),
			Summary: "loses the last name of a new user"},
		{ID: "so-roles-lost", Breaks: "SO-USER-01", On: create, Wrap: engine.EditRequest(setProperty("roles", []any{})),
			Summary: "loses the roles of a new user"},
		{ID: "so-one-locator", Breaks: "SO-USER-02", On: create, Wrap: engine.EditAnswer(setProperty("locator", "00000000-0000-4000-8000-000000000000")),
			Summary: "answers every creation with the same locator"},
		{ID: "so-tenants-left-out", Breaks: "SO-USER-03", Wrap: engine.EditAnswer(leaveOutEmptyTenants),
			Summary: "leaves tenants out where a user has none"},
		{ID: "so-any-user-name", Breaks: "SO-USER-04", On: create, Wrap: engine.EditRequest(completeUserName),
			Summary: "makes an e-mail address of a user name that is none"},
		{ID: "so-nothing-required", Breaks: "SO-USER-05", Lifts: true,
			Summary: "creates users of whom required fields are missing"},
		{ID: "so-name-taken-twice", Breaks: "SO-USER-06", Lifts: true,
			Summary: "gives a user name that is taken to another user"},
		{ID: "so-password-echoed", Breaks: "SO-USER-07", On: create, Wrap: engine.EditAnswer(echoPassword),
			Summary: "answers a creation with the password"},
		{ID: "so-whoami-stranger", Breaks: "SO-USER-08", On: []string{"fetchMyUserDetails"}, Wrap: engine.EditAnswer(firstUser),
			Summary: "takes every caller for the first user"},
		{ID: "so-name-is-pattern", Breaks: "SO-USER-09", On: []string{"fetchUserByName"}, Wrap: engine.EditAnswer(findByPattern),
			Summary: "takes % and * in a user name for wildcards"},
		{ID: "so-name-finds-nobody", Breaks: "SO-USER-09", On: []string{"fetchUserByName"}, Wrap: engine.EditAnswer(func(*engine.Call, any) any { return []any{} }),
			Summary: "finds nobody by name"},
		{ID: "so-update-renames", Breaks: "SO-USER-10", On: update, Wrap: engine.Also(rename),
			Summary: "changes the user name in an update"},
		{ID: "so-update-forgotten", Breaks: "SO-USER-10", On: update, Wrap: engine.Forget,
			Summary: "says that a user is updated, and leaves it as it was"},
		{ID: "so-self-promotion", Breaks: "SO-USER-11", Lifts: true,
			Summary: "lets users give themselves roles and tenants"},
		{ID: "so-delete-forgotten", Breaks: "SO-USER-12", On: []string{"deleteUser"}, Wrap: engine.Forget,
			Summary: "says that a user is deleted, and keeps it"},
		{ID: "so-locator-from-body", Breaks: "SO-USER-13", On: create, Wrap: takeLocator,
			Summary: "takes the locator of a new user from the request"},
		{ID: "so-unknown-user-answers", Breaks: "SO-USER-14", Lifts: true,
			Summary: "makes up the user that a locator names"},
		{ID: "so-deletes-itself", Breaks: "SO-USER-15", Lifts: true,
			Summary: "lets administrators delete themselves"},
		{ID: "so-unknown-role-reads", Breaks: "SO-USER-16", On: create, Wrap: engine.EditRequest(readForUnknown),
			Summary: "takes an unknown role for read-only"},
	}
}

func listDefects() []engine.Defect {
	lists := []string{"fetchMultipleUsers", "fetchMultipleBasicUsers", "fetchMultipleRoles"}
	basic := []string{"fetchMultipleBasicUsers"}
	return []engine.Defect{
		{ID: "so-offset-ignored", Breaks: "SO-LIST-01", On: lists, Wrap: editQuery(dropOffset),
			Summary: "begins every page at the first item"},
		{ID: "so-one-more", Breaks: "SO-LIST-01", On: lists, Wrap: editQuery(oneMore),
			Summary: "answers with one item more than was asked for"},
		{ID: "so-page-edge-lost", Breaks: "SO-LIST-02", On: lists, Wrap: editQuery(skipAtEdge),
			Summary: "loses an item between two pages"},
		{ID: "so-always-complete", Breaks: "SO-LIST-03", On: lists, Wrap: engine.EditAnswer(setProperty("listCompleted", true)),
			Summary: "calls every page the last"},
		{ID: "so-basic-tells-roles", Breaks: "SO-LIST-04", On: basic, Wrap: engine.EditAnswer(tellRoles),
			Summary: "shows roles in the basic list"},
		{ID: "so-basic-holds-less", Breaks: "SO-LIST-05", On: basic, Wrap: engine.EditAnswer(cutToTen),
			Summary: "gives no more than ten basic users at once"},
	}
}

func assignmentDefects() []engine.Defect {
	roles, tenants := []string{"updateUserRoles"}, []string{"updateUserTenantAssignments"}
	return []engine.Defect{
		{ID: "so-permission-twice", Breaks: "SO-PERM-01", On: []string{"fetchAvailablePermissions"}, Wrap: engine.EditAnswer(firstAgain),
			Summary: "lists an available permission twice"},
		{ID: "so-permission-made-up", Breaks: "SO-PERM-01", On: []string{"fetchAvailablePermissions"}, Wrap: engine.EditAnswer(oneMadeUp),
			Summary: "lists a permission that no role can have"},
		{ID: "so-first-role-only", Breaks: "SO-PERM-02", On: []string{"fetchUserPermissions"}, Wrap: engine.EditAnswer(ofFirstRole),
			Summary: "counts only the permissions of a user's first role"},
		{ID: "so-role-not-taken", Breaks: "SO-ASSIGN-01", On: roles, Wrap: engine.EditRequest(setProperty("removeRoles", []any{})),
			Summary: "takes no role away"},
		{ID: "so-role-not-given", Breaks: "SO-ASSIGN-01", On: roles, Wrap: engine.EditRequest(setProperty("addRoles", []any{})),
			Summary: "gives no role"},
		{ID: "so-tenant-not-withdrawn", Breaks: "SO-ASSIGN-02", On: tenants, Wrap: engine.EditRequest(setProperty("removeTenants", []any{})),
			Summary: "withdraws a user from no tenant"},
		{ID: "so-roles-replaced", Breaks: "SO-ASSIGN-03", On: roles, Wrap: engine.EditRequest(removeOtherRoles),
			Summary: "takes away every role that is not among the added"},
		{ID: "so-half-applied", Breaks: "SO-ASSIGN-04", On: roles, Wrap: applyHalf,
			Summary: "gives the roles that exist and then refuses the one that does not"},
		{ID: "so-literal-is-locator", Breaks: "SO-ROUTE-01", On: []string{"fetchAvailablePermissions"}, Wrap: engine.Refuse(http.StatusNotFound, nil),
			Summary: "takes the last word of /roles/permissions for a locator"},
		{ID: "so-whoami-is-locator", Breaks: "SO-ROUTE-01", On: []string{"fetchMyUserDetails"}, Wrap: engine.Refuse(http.StatusBadRequest, nil),
			Summary: "takes the last word of /users/whoami for a locator"},
		{ID: "so-unreadable-is-500", Breaks: "SO-PROTO-01", Wrap: failUnreadable,
			Summary: "fails over a body that is no JSON"},
		{ID: "so-lenient", Breaks: "SO-PROTO-01", Lifts: true,
			Summary: "does what it can with a request that it cannot read"},
	}
}
