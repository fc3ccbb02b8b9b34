package rapid7

import (
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// defects are the deliberate breaches, at least one a rule, in the order of
// the rules. Refusals are lifted where they are made; everything else is done
// to the request, the answer or the state from outside.
func defects() []engine.Defect {
	return slices.Concat(
		signInDefects, permissionDefects, userDefects, pageDefects, roleDefects, privilegeDefects,
		grantDefects("r7-site", "R7-SITE", "Site", &sites), grantDefects("r7-group", "R7-GROUP", "AssetGroup", &assetGroups),
		secretDefects, formDefects, finerDefects, invariantDefects,
	)
}

var signInDefects = []engine.Defect{
	{ID: "r7-nobody-is-administrator", Breaks: "R7-AUTH-01", Summary: "Requests without credentials are taken for an administrator's."},
	{ID: "r7-any-password", Breaks: "R7-AUTH-02", Summary: "Any login and password will do."},
	{ID: "r7-disabled-signs-in", Breaks: "R7-AUTH-03", Summary: "A disabled account can still sign in."},
	{ID: "r7-never-locks", Breaks: "R7-AUTH-04", Summary: "Failed attempts never lock an account."},
	{ID: "r7-count-goes-on", Breaks: "R7-AUTH-04", Summary: "A success does not start the count of failed attempts again.", Wrap: engine.Afterwards(countGoesOn)},
	{ID: "r7-locked-signs-in", Breaks: "R7-AUTH-05", Summary: "A locked account can still sign in."},
}

var permissionDefects = []engine.Defect{
	{ID: "r7-everybody-administers", Breaks: "R7-ADMIN-01", Summary: "What is for Global Administrators is for everybody."},
	{ID: "r7-everybody-reads", Breaks: "R7-ADMIN-02", Summary: "Every user may read every other."},
	{ID: "r7-nobody-reads-itself", Breaks: "R7-ADMIN-02", Summary: "A user may not read its own account.", On: []string{"getUser"}, Wrap: engine.RefuseWrongly(401, callerIsPlain)},
	{ID: "r7-plain-users-manage", Breaks: "R7-ADMIN-03", Summary: "Plain users change roles, locks and grants."},
}

var userDefects = []engine.Defect{
	{ID: "r7-email-lost", Breaks: "R7-USER-01", Summary: "A new user has no e-mail address.", On: []string{"createUser"}, Wrap: engine.EditRequest(engine.Without("email"))},
	{ID: "r7-wrong-new-id", Breaks: "R7-USER-02", Summary: "The answer to a creation has another id.", On: []string{"createUser"}, Wrap: engine.EditAnswer(plusOne("id"))},
	{ID: "r7-incomplete-user", Breaks: "R7-USER-03", Summary: "A user may lack what is required.", On: []string{"createUser"}},
	{ID: "r7-login-twice", Breaks: "R7-USER-05", Summary: "Two users may have one login."},
	{ID: "r7-any-role", Breaks: "R7-USER-06", Summary: "A user may have a role or source that does not exist."},
	{ID: "r7-id-by-body", Breaks: "R7-USER-07", Summary: "An update renames the user whose id is in the body.", On: []string{"updateUser"}, Wrap: engine.Also(renameByBody)},
	{ID: "r7-locked-by-body", Breaks: "R7-USER-14", Summary: "The property locked of a body takes effect.", On: []string{"createUser", "updateUser"}, Wrap: engine.Also(lockByBody)},
	{ID: "r7-new-users-disabled", Breaks: "R7-USER-08", Summary: "A new account is disabled unless said otherwise.", On: []string{"createUser"}, Wrap: engine.EditRequest(disabledByDefault)},
	{ID: "r7-update-forgotten", Breaks: "R7-USER-09", Summary: "An update is confirmed and forgotten.", On: []string{"updateUser"}, Wrap: engine.Forget},
	{ID: "r7-update-drops-key", Breaks: "R7-USER-09", Summary: "An update removes the two-factor key.", On: []string{"updateUser"}, Wrap: toUser(dropKey)},
	{ID: "r7-delete-forgotten", Breaks: "R7-USER-10", Summary: "A deletion is confirmed and forgotten.", On: []string{"deleteUser"}, Wrap: engine.Forget},
	{ID: "r7-deleted-still-named", Breaks: "R7-USER-10", Summary: "A role still names a deleted user.", On: []string{"deleteUser"}, Wrap: engine.Also(nameDeleted)},
	{ID: "r7-unknown-user-found", Breaks: "R7-USER-11", Summary: "Operations on an unknown user do not say so."},
	{ID: "r7-own-answer-refused", Breaks: "R7-USER-12", Summary: "An update with read-only properties is refused.", On: []string{"updateUser"}, Wrap: engine.RefuseWrongly(400, hasReadOnly)},
	{ID: "r7-login-taken-over", Breaks: "R7-USER-13", Summary: "An update may take another user's login."},
	{ID: "r7-deletes-itself", Breaks: "R7-SELF-01", Summary: "Administrators delete themselves, to the last one."},
}

var pageDefects = []engine.Defect{
	{ID: "r7-pages-from-one", Breaks: "R7-PAGE-01", Summary: "Pages are numbered from one.", On: []string{"getUsers"}, Wrap: engine.EditQuery(nextPage)},
	{ID: "r7-page-too-long", Breaks: "R7-PAGE-01", Summary: "A page holds one user more than asked.", On: []string{"getUsers"}, Wrap: engine.EditAnswer(engine.OnList("resources", repeatLast))},
	{ID: "r7-user-between-pages", Breaks: "R7-PAGE-02", Summary: "Later pages lack their first user.", On: []string{"getUsers"}, Wrap: engine.EditAnswer(dropFirstLater)},
	{ID: "r7-total-short", Breaks: "R7-PAGE-03", Summary: "The total counts one user too few.", On: []string{"getUsers"}, Wrap: engine.EditAnswer(totalShort)},
	{ID: "r7-sorts-by-first", Breaks: "R7-PAGE-04", Summary: "Only the first criterion of a sort counts.", On: []string{"getUsers"}, Wrap: engine.EditQuery(firstSortOnly)},
	{ID: "r7-sorts-up-only", Breaks: "R7-PAGE-04", Summary: "Sorting never descends.", On: []string{"getUsers"}, Wrap: engine.EditQuery(sortUpOnly)},
	{ID: "r7-previous-not-prev", Breaks: "R7-PAGE-05", Summary: "The link to the page before has another name.", On: []string{"getUsers"}, Wrap: engine.EditAnswer(renamePrev)},
	{ID: "r7-twenty-a-page", Breaks: "R7-PAGE-06", Summary: "Twenty users a page unless asked.", On: []string{"getUsers"}, Wrap: engine.EditQuery(twentyAPage)},
	{ID: "r7-pages-never-end", Breaks: "R7-PAGE-06", Summary: "A page beyond the end is empty rather than 404."},
}

var roleDefects = []engine.Defect{
	{ID: "r7-role-undescribed", Breaks: "R7-ROLE-01", Summary: "A role read by its id has no description.", On: []string{"getRole"}, Wrap: engine.EditAnswer(engine.Set("description", ""))},
	{ID: "r7-built-in-deleted", Breaks: "R7-ROLE-02", Summary: "Built-in roles can be deleted."},
	{ID: "r7-role-in-use-deleted", Breaks: "R7-ROLE-03", Summary: "A role can be deleted while users have it."},
	{ID: "r7-role-delete-forgotten", Breaks: "R7-ROLE-04", Summary: "The deletion of a role is confirmed and forgotten.", On: []string{"deleteRole"}, Wrap: engine.Forget},
	{ID: "r7-unknown-role-found", Breaks: "R7-ROLE-05", Summary: "Operations on an unknown role do not say so."},
	{ID: "r7-role-description-lost", Breaks: "R7-ROLE-06", Summary: "An update empties a role's description.", On: []string{"updateRole"}, Wrap: engine.EditRequest(engine.Set("description", ""))},
	{ID: "r7-role-user-missing", Breaks: "R7-ROLE-07", Summary: "The last of a role's users is left out.", On: []string{"getRoleUsers"}, Wrap: engine.EditAnswer(engine.OnList("resources", dropLast))},
	{ID: "r7-any-privilege", Breaks: "R7-ROLE-08", Summary: "A role may have any privileges, and no name."},
	{ID: "r7-built-in-changed", Breaks: "R7-ROLE-09", Summary: "Built-in roles can be changed."},
}

var privilegeDefects = []engine.Defect{
	{ID: "r7-privilege-unlisted", Breaks: "R7-PRIV-01", Summary: "The first privilege is not listed.", On: []string{"getPrivileges"}, Wrap: engine.EditAnswer(engine.OnList("resources", dropFirst))},
	{ID: "r7-unknown-privilege-found", Breaks: "R7-PRIV-02", Summary: "An unknown privilege is answered as if it existed."},
	{ID: "r7-privileged-user-missing", Breaks: "R7-PRIV-03", Summary: "The last user with a privilege is left out.", On: []string{"getUsersWithPrivilege"}, Wrap: engine.EditAnswer(engine.OnList("resources", dropLast))},
	{ID: "r7-privilege-missing", Breaks: "R7-PRIV-04", Summary: "The last privilege of a user is left out.", On: []string{"getUserPrivileges"}, Wrap: engine.EditAnswer(engine.OnList("resources", dropLast))},
	{ID: "r7-source-renamed", Breaks: "R7-SRC-01", Summary: "A source read by its id has another name.", On: []string{"getAuthenticationSource"}, Wrap: engine.EditAnswer(engine.Set("name", "Elsewhere"))},
	{ID: "r7-unknown-source-found", Breaks: "R7-SRC-02", Summary: "An unknown source is answered as if it existed."},
	{ID: "r7-source-user-missing", Breaks: "R7-SRC-03", Summary: "The last user of a source is left out.", On: []string{"getAuthenticationSourceUsers"}, Wrap: engine.EditAnswer(engine.OnList("resources", dropLast))},
}

// grantDefects are the same for sites and asset groups.
func grantDefects(id, rules, noun string, g *grant) []engine.Defect {
	add, set, remove, all := "addUser"+noun, "setUser"+noun+"s", "removeUser"+noun, "removeAllUser"+noun+"s"
	return []engine.Defect{
		{ID: id + "-grant-forgotten", Breaks: rules + "-01", Summary: "A grant is confirmed and forgotten.", On: []string{add}, Wrap: engine.Forget},
		{ID: id + "-set-adds", Breaks: rules + "-02", Summary: "Setting the list adds to it.", On: []string{set}, Wrap: engine.EditRequest(g.withGranted)},
		{ID: id + "-removes-all", Breaks: rules + "-03", Summary: "Removing one removes all.", On: []string{remove}, Wrap: toUser(g.clear)},
		{ID: id + "-removes-none", Breaks: rules + "-04", Summary: "Removing all removes none.", On: []string{all}, Wrap: engine.Forget},
		{ID: id + "-granted-with-all", Breaks: rules + "-05", Summary: "A single grant is taken beside access to all."},
		{ID: id + "-set-ends-all", Breaks: rules + "-06", Summary: "Setting a list ends access to all.", On: []string{set}, Wrap: toUser(g.endAll)},
		{ID: id + "-unknown-granted", Breaks: rules + "-07", Summary: "Something that does not exist can be granted."},
		{ID: id + "-granted-twice", Breaks: rules + "-08", Summary: "Granting twice lists it twice.", On: []string{add}, Wrap: toUser(g.double)},
	}
}

var secretDefects = []engine.Defect{
	{ID: "r7-unlock-forgotten", Breaks: "R7-LOCK-01", Summary: "An unlocking is confirmed and forgotten.", On: []string{"unlockUser"}, Wrap: engine.Forget},
	{ID: "r7-disabled-unlocked", Breaks: "R7-LOCK-02", Summary: "A disabled account can be unlocked."},
	{ID: "r7-unlock-disables", Breaks: "R7-LOCK-03", Summary: "Unlocking an account that is not locked disables it.", On: []string{"unlockUser"}, Wrap: engine.Afterwards(unlockDisables)},
	{ID: "r7-key-cut", Breaks: "R7-2FA-01", Summary: "Only half of a two-factor key is kept.", On: []string{"setTwoFactorAuthentication"}, Wrap: engine.EditRequest(cutKey)},
	{ID: "r7-key-not-renewed", Breaks: "R7-2FA-02", Summary: "A regenerated key is told and not kept.", On: []string{"regenerateTwoFactorAuthentication"}, Wrap: engine.Forget},
	{ID: "r7-key-invented", Breaks: "R7-2FA-03", Summary: "A user without a key is shown one.", On: []string{"getTwoFactorAuthenticationKey"}, Wrap: inventKey},
	{ID: "r7-any-key", Breaks: "R7-2FA-04", Summary: "Any text is taken as a two-factor key."},
	{ID: "r7-code-not-needed", Breaks: "R7-2FA-05", Summary: "Enforced two-factor codes are not checked."},
	{ID: "r7-password-forgotten", Breaks: "R7-PWD-01", Summary: "A change of password is confirmed and forgotten.", On: []string{"resetPassword"}, Wrap: engine.Forget},
	{ID: "r7-password-of-others", Breaks: "R7-PWD-02", Summary: "Everybody changes everybody's password."},
	{ID: "r7-empty-password", Breaks: "R7-PWD-03", Summary: "A password may be empty."},
}

var formDefects = []engine.Defect{
	{ID: "r7-self-link-wrong", Breaks: "R7-LINK-01", Summary: "Every listed role links to the first one as itself.", On: []string{"getRoles"}, Wrap: engine.EditAnswer(selfLinkWrong)},
	{ID: "r7-role-link-wrong", Breaks: "R7-LINK-02", Summary: "A user's link to its role leads to another one.", On: []string{"getUser"}, Wrap: engine.EditAnswer(roleLinkWrong)},
	{ID: "r7-reads-anything", Breaks: "R7-PROTO-01", Summary: "Bodies and parameters that cannot be read are taken somehow."},
	{ID: "r7-error-status-wrong", Breaks: "R7-PROTO-02", Summary: "Every error says that its status is 418.", Wrap: engine.EditRefusal(engine.Set("status", "418"))},
	{ID: "r7-user-without-name", Breaks: "R7-CONTRACT", Summary: "A user lacks its name, which the contract requires.", On: []string{"getUser"}, Wrap: engine.EditAnswer(engine.Without("name"))},
}
