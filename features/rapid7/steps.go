package rapid7

import (
	"slices"

	"github.com/rolecall/rolecall/conformance"
)

const (
	who    = `(the administrator|nobody|somebody unknown|"[a-z]+")`
	name   = `"([a-z]+)"`
	text   = `"([^"]*)"`
	whom   = `("[a-z]+"|something unknown)`
	aRole  = `(a role|another role|that role)`
	grant  = `(sites|asset groups)`
	which  = `((?:first|second|third|unknown)(?:(?:,| and) (?:first|second|third|unknown))*)`
	paging = `((?:\d+|as many|one) users?(?: as there are| fewer than there are| more than there are)?)`
)

// steps is every sentence that the features may use, bound to one world.
func steps(w *world) []conformance.Step {
	return slices.Concat(
		conformance.AnswerSteps(func() *conformance.Exchange { return w.asked }),
		w.conditions(), w.requests(), w.judgements(),
	)
}

func (w *world) conditions() []conformance.Step {
	return []conformance.Step{
		conformance.Given(`^a user `+name+`$`, `a user "ann"`, w.aUser),
		conformance.Given(`^a user `+name+` with `+aRole+`$`, `a user "ann" with that role`, w.aUserWithRole),
		conformance.Given(`^a user `+name+` with access to all `+grant+`$`, `a user "ann" with access to all sites`, w.aUserWithAll),
		conformance.Given(`^a user `+name+` with$`, `a user "ann" with (table of property and value)`, w.aUserWithDetails),
		conformance.Given(`^a user `+name+` with everything that a user can have$`, `a user "ann" with everything that a user can have`, w.aUserWithEverything),
		conformance.Given(`^a disabled user `+name+`$`, `a disabled user "ann"`, w.aDisabledUser),
		conformance.Given(`^a locked user `+name+`$`, `a locked user "ann"`, w.lockedUser),
		conformance.Given(`^a locked and disabled user `+name+`$`, `a locked and disabled user "ann"`, w.lockedAndDisabledUser),
		conformance.Given(`^3 users with the same name$`, `3 users with the same name`, w.alikeUsers),
		conformance.Given(`^a Global Administrator `+name+`$`, `a Global Administrator "ann"`, w.aGlobalAdministrator),
		conformance.Given(`^a user of every kind but Global Administrator$`, `a user of every kind but Global Administrator`, w.everyKindOfCaller),
		conformance.Given(`^`+name+` has access to the `+which+` of the `+grant+`$`, `"ann" has access to the first and second of the sites`, w.hasAccess),
		conformance.Given(`^`+name+` has a two-factor key$`, `"ann" has a two-factor key`, w.hasKey),
		conformance.Given(`^the listed `+grant+` of `+name+` are noted$`, `the listed sites of "ann" are noted`, w.notesGrants),
		conformance.Given(`^a role that may be (changed|deleted)$`, `a role that may be changed`, w.aRole),
		conformance.Given(`^at least (\d+) users$`, `at least 4 users`, w.enoughUsers),
		conformance.Given(`^two-factor authentication is enforced$`, `two-factor authentication is enforced`, w.twoFactorIsEnforced),
	}
}

func (w *world) requests() []conformance.Step {
	return []conformance.Step{
		// Any operation.
		conformance.When(`^`+who+` calls (\w+) for `+whom+`$`, `nobody calls deleteUser for "ann"`, w.callsFor),
		conformance.When(`^`+who+` calls each (operation|operation that reads|operation on a user) for `+whom+`$`, `nobody calls each operation for "ann"`, w.callsEach),
		conformance.When(`^`+who+` calls these operations for `+whom+`$`, `the administrator calls these operations for something unknown (table of operations)`, w.callsThese),
		conformance.When(`^each of them calls these operations for (itself|"[a-z]+")$`, `each of them calls these operations for "bob" (table of operations)`, w.eachOfThemCalls),
		conformance.When(`^a request signs in with the header `+text+`$`, `a request signs in with the header "Basic"`, w.sendsAuthorization),

		// Users.
		conformance.When(`^the administrator creates the user `+name+`$`, `the administrator creates the user "ann"`, w.createsUser),
		conformance.When(`^the administrator creates the user `+name+` with$`, `the administrator creates the user "ann" with (table of property and value)`, w.createsUserWith),
		conformance.When(`^the administrator creates the user `+name+` without (\w+)$`, `the administrator creates the user "ann" without login`, w.createsUserWithout),
		conformance.When(`^the administrator creates the user `+name+` with the login of `+name+`$`, `the administrator creates the user "bob" with the login of "ann"`, w.createsUserLike),
		conformance.When(`^the administrator creates users with each of these alone and with each pair$`, `the administrator creates users with each of these alone and with each pair (table of property and value)`, w.createsCombinations),
		conformance.When(`^the administrator creates a user with each of these texts as its (\w+)$`, `the administrator creates a user with each of these texts as its name (table of texts)`, w.createsTexts),
		conformance.When(`^the administrator updates `+name+` with$`, `the administrator updates "ann" with (table of property and value)`, w.updates),
		conformance.When(`^the administrator updates `+name+` with the login of `+name+`$`, `the administrator updates "bob" with the login of "ann"`, w.updatesToLoginOf),
		conformance.When(`^the administrator updates `+name+` in each of these alone and in each pair$`, `the administrator updates "ann" in each of these alone and in each pair (table of property and value)`, w.updatesCombinations),
		conformance.When(`^the administrator updates `+name+` with each of these texts as its (\w+)$`, `the administrator updates "ann" with each of these texts as its name (table of texts)`, w.updatesTexts),
		conformance.When(`^the administrator assigns `+aRole+` to `+name+`$`, `the administrator assigns another role to "ann"`, w.assigns),
		conformance.When(`^the administrator sends `+name+` back as it was read$`, `the administrator sends "ann" back as it was read`, w.sendsBack),
		conformance.When(`^the administrator deletes `+name+`$`, `the administrator deletes "ann"`, w.deletes),
		conformance.When(`^the administrator reads `+name+`$`, `the administrator reads "ann"`, w.readsUser),
		conformance.When(`^`+name+` reads itself$`, `"ann" reads itself`, w.readsItself),

		// Lists and pages.
		conformance.When(`^the administrator calls (\w+)$`, `the administrator calls getRoles`, w.listsAll),
		conformance.When(`^the administrator lists the users of each (role|privilege|source)$`, `the administrator lists the users of each role`, w.listsUsersOfEach),
		conformance.When(`^the administrator lists page (\d+) with (\d+) users a page$`, `the administrator lists page 0 with 3 users a page`, w.listsPage),
		conformance.When(`^the administrator lists the last page with (\d+) users a page$`, `the administrator lists the last page with 3 users a page`, w.listsLastPage),
		conformance.When(`^the administrator lists a page beyond the last$`, `the administrator lists a page beyond the last`, w.listsBeyondTheEnd),
		conformance.When(`^the administrator reads every page of `+paging+`(?: sorted by `+text+`)?$`, `the administrator reads every page of 7 users`, w.readsEveryPage),
		conformance.When(`^the administrator lists the users with (\w+) `+text+`$`, `the administrator lists the users with size "-1"`, w.listsWithParameter),

		// Roles.
		conformance.When(`^the administrator deletes that role$`, `the administrator deletes that role`, w.deletesThatRole),
		conformance.When(`^the administrator updates that role with$`, `the administrator updates that role with (table of property and value)`, w.updatesThatRole),
		conformance.When(`^the administrator updates that role in each of these alone and in each pair$`, `the administrator updates that role in each of these alone and in each pair (table of property and value)`, w.updatesRoleCombinations),
		conformance.When(`^the administrator deletes each built-in role$`, `the administrator deletes each built-in role`, w.deletesEachBuiltInRole),
		conformance.When(`^the administrator describes each built-in role anew$`, `the administrator describes each built-in role anew`, w.describesEachBuiltInRole),

		// Access to sites and asset groups.
		conformance.When(`^the administrator (grants|revokes|sets) the `+which+` of the `+grant+` for `+name+`$`, `the administrator grants the first of the sites for "ann"`, w.changesGrants),
		conformance.When(`^the administrator changes the `+grant+` of `+name+` in turn$`, `the administrator changes the sites of "ann" in turn (table of what is done, to which, and which are there then)`, w.changesGrantsInTurn),

		// Signing in, locks, passwords, two-factor keys.
		conformance.When(`^`+name+` signs in with ((?:a|an|the|its) .*(?:password|letter|more|blank|login|"[a-z]+").*)$`, `"ann" signs in with a wrong password`, w.signsInWith),
		conformance.When(`^`+name+` fails to sign in (as often as locks an account|one time less than locks an account)$`, `"ann" fails to sign in as often as locks an account`, w.failToSignIn),
		conformance.When(`^`+name+` signs in with (the current code|the code of an hour ago|no code)$`, `"ann" signs in with the current code`, w.signsInWithCode),
		conformance.When(`^the administrator unlocks `+name+`$`, `the administrator unlocks "ann"`, w.unlocks),
		conformance.When(`^`+who+` changes the password of `+name+`(?: as (an object|a bare string))?$`, `"ann" changes the password of "ann"`, w.changesPassword),
		conformance.When(`^`+name+` sends the password body (.+)$`, `"ann" sends the password body {"password": ""}`, w.sendsPassword),
		conformance.When(`^the administrator sets a two-factor key for `+name+`$`, `the administrator sets a two-factor key for "ann"`, w.setsAnyKey),
		conformance.When(`^the administrator sets the two-factor key `+text+` for `+name+`$`, `the administrator sets the two-factor key "no base32!" for "ann"`, func(key, name string) error { return w.setsKey(name, key) }),
		conformance.When(`^the administrator regenerates the two-factor key of `+name+`$`, `the administrator regenerates the two-factor key of "ann"`, w.regeneratesKey),
		conformance.When(`^the administrator reads the two-factor key of `+name+`$`, `the administrator reads the two-factor key of "ann"`, w.readsKey),

		// Requests that cannot be read.
		conformance.When(`^the administrator creates a user with a body (.+)$`, `the administrator creates a user with a body cut off`, w.createsWithBody),
		conformance.When(`^the administrator asks for the user with id `+text+`$`, `the administrator asks for the user with id "99999999999999999999"`, w.asksForUserID),
		conformance.When(`^the administrator uses the method (\w+) where (\w+) is$`, `the administrator uses the method PATCH where getUser is`, w.usesMethod),
	}
}

func (w *world) judgements() []conformance.Step {
	return []conformance.Step{
		// Answers.
		conformance.Then(`^the request is refused with (\d+)(?: or (\d+))?$`, `the request is refused with 404`, w.isRefusedWith),
		conformance.Then(`^the request is refused for want of permission$`, `the request is refused for want of permission`, w.isForbidden),
		conformance.Then(`^the request is refused, or lists users$`, `the request is refused, or lists users`, w.refusedOrLists),
		conformance.Then(`^the request is refused, or has made one user$`, `the request is refused, or has made one user`, w.refusedOrMadeOne),
		conformance.Then(`^each request succeeds$`, `each request succeeds`, w.eachSucceeds),
		conformance.Then(`^each request is refused$`, `each request is refused`, w.eachIsRefused),
		conformance.Then(`^each request is refused with (\d+)$`, `each request is refused with 401`, w.eachIsRefusedWith),
		conformance.Then(`^each request is refused for want of permission$`, `each request is refused for want of permission`, w.eachIsForbidden),
		conformance.Then(`^each request is refused, with 404 where it is documented$`, `each request is refused, with 404 where it is documented`, w.eachIsRefusedAsUnknown),
		conformance.Then(`^each of them succeeds for something that exists$`, `each of them succeeds for something that exists`, w.eachSucceedsWithKnown),
		conformance.Then(`^the error says its status$`, `the error says its status`, w.errorSaysStatus),

		// Users.
		conformance.Then(`^`+name+` reads back as it was given$`, `"ann" reads back as it was given`, w.readsBack),
		conformance.Then(`^each of them reads back as it was given$`, `each of them reads back as it was given`, func() error { return w.eachOfThem(w.readsBack) }),
		conformance.Then(`^each of them is unchanged$`, `each of them is unchanged`, func() error { return w.eachOfThem(w.isUnchanged) }),
		conformance.Then(`^each update shows what it was given, and everything else as it was$`, `each update shows what it was given, and everything else as it was`, w.eachTrial),
		conformance.Then(`^each text reads back to the letter or is refused$`, `each text reads back to the letter or is refused`, w.eachTrial),
		conformance.Then(`^`+name+` reads the same as before$`, `"ann" reads the same as before`, w.readsTheSame),
		conformance.Then(`^`+name+` is unchanged$`, `"ann" is unchanged`, w.isUnchanged),
		conformance.Then(`^`+name+` shows (\S+) as (.+)$`, `"ann" shows enabled as true`, w.shows),
		conformance.Then(`^`+name+` is listed (\d+) times?$`, `"ann" is listed 1 time`, w.isListedTimes),
		conformance.Then(`^`+name+` is gone$`, `"ann" is gone`, w.isGone),
		conformance.Then(`^there is no user like `+name+`$`, `there is no user like "ann"`, w.noUserLike),
		conformance.Then(`^nothing was created$`, `nothing was created`, w.nothingWasCreated),
		conformance.Then(`^the answer carries the id of `+name+`$`, `the answer carries the id of "ann"`, w.answerCarriesID),
		conformance.Then(`^`+name+` signs in with its password$`, `"ann" signs in with its password`, w.passwordWorks),
		conformance.Then(`^only the new password of `+name+` works$`, `only the new password of "ann" works`, w.onlyNewPasswordWorks),
		conformance.Then(`^that key is read for `+name+`$`, `that key is read for "ann"`, w.keyReads),
		conformance.Then(`^the new key of `+name+` is usable and is the one that is read$`, `the new key of "ann" is usable and is the one that is read`, w.newKeyIsUsable),
		conformance.Then(`^no key is revealed$`, `no key is revealed`, w.revealsNoKey),

		// Lists and pages.
		conformance.Then(`^each of the list reads back by (\w+)$`, `each of the list reads back by getRole`, w.eachReadsBack),
		conformance.Then(`^each list holds exactly the users that belong in it$`, `each list holds exactly the users that belong in it`, w.eachListIsExact),
		conformance.Then(`^`+name+` is named in one list$`, `"ann" is named in one list`, w.isNamedInOneList),
		conformance.Then(`^the page holds (\d+) users$`, `the page holds 3 users`, w.holds),
		conformance.Then(`^it is page (\d+)$`, `it is page 0`, w.isPage),
		conformance.Then(`^it is of size (\d+)$`, `it is of size 10`, w.pageIsOfSize),
		conformance.Then(`^its size is at most (\d+)$`, `its size is at most 500`, w.pageSizeAtMost),
		conformance.Then(`^the page is where the list begins$`, `the page is where the list begins`, w.startsTheList),
		conformance.Then(`^the page follows page (\d+) of (\d+) users$`, `the page follows page 0 of 3 users`, w.followsPage),
		conformance.Then(`^the pages hold every user once$`, `the pages hold every user once`, w.everyUserOnce),
		conformance.Then(`^the page's totals agree with the list$`, `the page's totals agree with the list`, w.totalsAgree),
		conformance.Then(`^the users come sorted by `+text+`$`, `the users come sorted by "login,DESC"`, w.isSorted),
		conformance.Then(`^the second criterion of `+text+` orders users that are alike in the first$`, `the second criterion of "name,ASC and id,DESC" orders users that are alike in the first`, w.secondOrders),
		conformance.Then(`^the page has the links `+text+`, each leading where it says$`, `the page has the links "first, self, next, last", each leading where it says`, w.hasPageLinks),

		// Roles, privileges.
		conformance.Then(`^that role is unchanged$`, `that role is unchanged`, w.roleIsUnchanged),
		conformance.Then(`^each built-in role is unchanged$`, `each built-in role is unchanged`, w.builtInRolesAreUnchanged),
		conformance.Then(`^that role is gone$`, `that role is gone`, w.roleIsGone),
		conformance.Then(`^every role's privilege is listed$`, `every role's privilege is listed`, w.everyRolesPrivilegeIsListed),
		conformance.Then(`^each listed privilege answers by its id$`, `each listed privilege answers by its id`, w.eachPrivilegeAnswers),
		conformance.Then(`^`+name+` has the privileges of its role$`, `"ann" has the privileges of its role`, w.hasThePrivilegesOfItsRole),
		conformance.Then(`^`+name+` has exactly the privileges \(([a-z ]+)\)$`, `"ann" has exactly the privileges (two privileges)`, w.hasExactlyThePrivileges),

		// Access to sites and asset groups.
		conformance.Then(`^after each the `+grant+` of `+name+` are as the table says$`, `after each the sites of "ann" are as the table says`, func(_, _ string) error { return w.eachTrial() }),
		conformance.Then(`^`+name+` has access to exactly the `+which+` of the `+grant+`$`, `"ann" has access to exactly the first of the sites`, w.hasExactly),
		conformance.Then(`^the listed `+grant+` of `+name+` are as noted$`, `the listed sites of "ann" are as noted`, w.listsAsNoted),

		// Links.
		conformance.Then(`^every link of the user leads to what it names$`, `every link of the user leads to what it names`, w.userLinksLead),
		conformance.Then(`^each of the list links to itself by (\w+)$`, `each of the list links to itself by getRole`, w.everyoneLinksToItself),
		conformance.Then(`^the answer links to itself by (\w+)$`, `the answer links to itself by getRoleUsers`, w.answerLinksToItself),
	}
}
