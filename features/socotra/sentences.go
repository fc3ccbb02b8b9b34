package socotra

import (
	"regexp"
	"strings"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// permissions are some, as a feature names them: "users.list" and "roles.read";
// or all of users and roles but what an operation asks for.
type permissions struct {
	names []string
	but   string
}

func init() {
	one := `"[^" ]+"`
	steps.Word("permissions", "permissions in quotes, nothing, or all but those of an operation", one+`(?:(?:, | and )`+one+`)*|nothing|all but [a-zA-Z]+`, func(text string) any {
		if operation, ok := strings.CutPrefix(text, "all but "); ok {
			return permissions{but: operation}
		}
		var p permissions
		for _, quoted := range regexp.MustCompile(one).FindAllString(text, -1) {
			p.names = append(p.names, strings.Trim(quoted, `"`))
		}
		return p
	})
	steps.Word("may", "may, or may not", `may not|may`, func(text string) any { return text == "may" })
	steps.Word("asked", "what the document says of permissions: asks for a permission, names its permission, names no permission", `asks for a permission|names its permission|names no permission`, func(text string) any { return asked(text) })
}

// steps are the library's sentences, and those for what no other API has:
// permissions that roles give, versions and makers of roles, tokens that decide
// over operations, users found by name, and the forms of lists.
func (a *account) steps() []world.Step {
	return a.Steps(
		steps.Given(`a role {name} that permits {permissions}`, "makes a role with just these permissions", `a role "one" that permits "users.list" and "roles.read"`, a.aRoleThatPermits),
		steps.Given(`a user {person} who may {permissions}`, "makes a user with a role that permits just that; the role of \"bob\" is \"bobs\"", `a user "bob" who may all but deleteUser`, a.aUserWhoMay),
		steps.Given(`the built-in role {string} as {name}`, "takes a role that came with the account", `the built-in role "read-only" as "reader"`, a.theBuiltInRole),

		steps.When(`{actor} tries every operation that {asked}, on {target}`, "sends a request for each of them, those that delete last", `"bob" tries every operation that asks for a permission, on "ann"`, a.triesThoseThat),
		steps.When(`{actor} looks for users called {string}`, "asks for users by a name", `the administrator looks for users called "(tag)-ann*"`, a.looksFor),
		steps.When(`{actor} changes the {things} of {person}`, "adds some and removes others in one request", `the administrator changes the roles of "ann" (table of property and value)`, a.changesThings),
		steps.When(`{count} changes of {record} are sent at once`, "sends changes of one role that are based on one version", `8 changes of the role "one" are sent at once`, a.changesTogether),
		steps.When(`{actor} deletes every administrator`, "deletes all who have the administrator's roles", `"ann" deletes every administrator`, a.deletesEveryAdministrator),

		steps.Then(`it is refused, and the server does not fail`, "wants a 4xx; a 5xx is what the rule is about", `it is refused, and the server does not fail`, a.isRefusedUnharmed),
		steps.Then(`one change of {record} has won`, "wants one success among the refusals, and the role to show it", `one change of the role "one" has won`, a.oneHasWon),
		steps.Then(`an administrator is left whom {person} can read`, "wants one deletion to have been refused, of a user who is still there", `an administrator is left whom "ann" can read`, a.oneIsLeft),
		steps.Then(`{names} have new locators, which are UUIDs`, "wants a locator for each that leads to it and to nobody else", `"ann" and "bob" have new locators, which are UUIDs`, a.haveLocators),
		steps.Then(`every answer about {person} has {property}`, "wants each answer of the When to show what the user has; tenants also where there are none", `every answer about "ann" has tenants`, a.everyAnswerHas),
		steps.Then(`{person} is found`, "wants the user among those that were looked for", `"ann" is found`, a.isFound),
		steps.Then(`nobody is found`, "wants a refusal or an empty list, of a target that finds those who are there", `nobody is found`, a.nobodyIsFound),
		steps.Then(`{person} {may} {permissions}`, "wants somebody to have at least these permissions, or none of them", `"ann" may not "users.delete"`, a.mayOrMayNot),
		steps.Then(`{person} may do no more than {person}`, "wants each permission of the first to be the second's, too; who was refused may do nothing", `"ann" may do no more than "bob"`, a.mayNoMoreThan),
		steps.Then(`{record} does not permit {permissions}, or it was refused`, "wants a role without these, or nothing changed", `the role "one" does not permit "users.fly", or it was refused`, a.doesNotPermit),
		steps.Then(`{person} has nothing of {record}, or it was refused`, "wants a deleted role and its permissions gone from its holder, or nothing changed", `"ann" has nothing of the role "one", or it was refused`, a.hasNothingOf),
		steps.Then(`nothing has changed if it was refused`, "skips a target that passes over what does not exist", `nothing has changed if it was refused`, a.unchangedIfRefused),
		steps.Then(`{record} was made now by {actor}`, "wants creator and time in the answer and in what is read", `the role "one" was made now by "ann"`, a.isMadeNowBy),
		steps.Then(`{record} has another version`, "wants a version that the role had not before its last change", `the role "one" has another version`, a.hasAnotherVersion),
		steps.Then(`every permission is listed once`, "wants a list of texts, none of them twice", `every permission is listed once`, a.everyPermissionIsListedOnce),
		steps.Then(`what exists and what does not are refused alike`, "wants one status for both requests of each operation", `what exists and what does not are refused alike`, a.areRefusedAlike),
		steps.Then(`each page tells whether anything follows`, "asks on after each page: nothing may follow one that says that the list is complete", `each page tells whether anything follows`, a.pagesTellTheEnd),
		steps.Then(`every list holds the same`, "wants the same items in each list that the scenario asked for", `every list holds the same`, a.listsHoldTheSame),
		steps.Then(`no item of the list shows {names}`, "wants items that say who there is and no more", `no item of the list shows "roles", "permissions", "tenants" and "email"`, a.itemsLack),
		steps.Then(`the second list holds no fewer than the first`, "compares the brief list with the full one", `the second list holds no fewer than the first`, a.holdsNoFewer),
	)
}
