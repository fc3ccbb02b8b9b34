package rapid7

import (
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// steps are the library's sentences, and those for what no other API has: locks
// that are undone, two-factor keys, roles by facts, links, and lists of users
// that roles, privileges and sources have.
func (c *console) steps() []world.Step {
	return c.Steps(
		steps.Given(`a user of every kind but Global Administrator`, "makes a user of each role, and those with access to everything of a kind: \"each of them\"", `a user of every kind but Global Administrator`, c.everyKindOfCaller),
		steps.Given(`a role {name} that may be {word}`, "takes the role that the target file names as disposable or deletable", `a role "desk" that may be changed`, c.aRole),
		steps.Given(`the built-in roles`, "takes the roles that the target file names so", `the built-in roles`, c.builtInRoles),
		steps.Given(`{person} has a two-factor key`, "sets one", `"ann" has a two-factor key`, c.hasKey),
		steps.Given(`two-factor authentication is enforced`, "sets the mock so", `two-factor authentication is enforced`, c.twoFactorIsEnforced),

		steps.When(`{actor} unlocks {person}`, "unlocks an account", `the administrator unlocks "ann"`, c.unlocks),
		steps.When(`{actor} sets the two-factor key of {person} to {string}`, "sends a key as it stands; (a new key) stands for one", `the administrator sets the two-factor key of "ann" to "no base32!"`, c.setsKey),
		steps.When(`{actor} regenerates the two-factor key of {person}`, "has the console make one", `the administrator regenerates the two-factor key of "ann"`, c.regeneratesKey),
		steps.When(`{person} signs in with {code}`, "signs in with the right password and a code in the header Token", `"ann" signs in with the current code`, c.signsInWithCode),
		steps.When(`the administrator lists the users of each {noun}`, "reads the users of all of them, and who there is", `the administrator lists the users of each role`, c.listsUsersOfEach),

		steps.Then(`each list holds exactly the users that belong in it`, "wants every list to have the users that say so themselves, the administrator among them", `each list holds exactly the users that belong in it`, c.eachListIsExact),
		steps.Then(`{person} is named in one list`, "wants it in one of the lists, once", `"ann" is named in one list`, c.isNamedInOneList),
		steps.Then(`every role's privilege is listed`, "wants the list to have every privilege that a role has", `every role's privilege is listed`, c.everyRolesPrivilegeIsListed),
		steps.Then(`{person} has the privileges of its role`, "wants exactly those that the role shows, or that the scenario gave it", `"ann" has the privileges of its role`, c.hasThePrivilegesOfItsRole),
		steps.Then(`the newest key of {person} is usable and is the one that is read`, "wants a base32 seed that is new", `the newest key of "ann" is usable and is the one that is read`, c.newestKeyIsUsable),
		steps.Then(`no key is revealed`, "wants a refusal, or an answer without a key", `no key is revealed`, c.revealsNoKey),
		steps.Then(`the error says its status`, "wants the status of the answer in its body, and a message", `the error says its status`, c.errorSaysStatus),
		steps.Then(`each {noun} of the list links to itself`, "wants the link \"self\" of every item to lead to it", `each role of the list links to itself`, c.eachLinksToItself),
		steps.Then(`the answer links to itself`, "wants its link \"self\" to lead to what it says", `the answer links to itself`, c.answerLinksToItself),
		steps.Then(`the answer has the links {string}, each leading where it says`, "wants these relations and no others", `the answer has the links "self, Users", each leading where it says`, c.hasLinks),
		steps.Then(`it is page {int} of size {int}`, "wants the page to say so", `it is page 0 of size 10`, c.isPage),
		steps.Then(`the page's totals agree with the list`, "wants size and totals to be those of the list", `the page's totals agree with the list`, c.totalsAgree),
	)
}
