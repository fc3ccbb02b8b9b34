package rapid7

import "github.com/rolecall/rolecall/conformance"

const (
	who   = `(the administrator|nobody|somebody unknown|"[a-z]+")`
	name  = `"([a-z]+)"`
	text  = `"([^"]*)"`
	grant = `(sites|asset groups)`
	one   = `(site|asset group)`
	which = `((?:first|second|third)(?:(?:,| and) (?:first|second|third))*)`
)

// steps is every sentence that the features may use, bound to one world.
func steps(w *world) []conformance.Step {
	shared := conformance.AnswerSteps(func() *conformance.Exchange { return w.asked })
	return append(shared, []conformance.Step{
		// Users as conditions.
		conformance.Given(`^a user `+name+`$`, `a user "ann"`, w.aUser),
		conformance.Given(`^a user `+name+` with the role `+text+`$`, `a user "ann" with the role "site-admin"`, w.aUserWithRole),
		conformance.Given(`^a user `+name+` with that role$`, `a user "ann" with that role`, w.aUserWithThatRole),
		conformance.Given(`^a user `+name+` with access to all `+grant+`$`, `a user "ann" with access to all sites`, w.aUserWithAll),
		conformance.Given(`^a user `+name+` with$`, `a user "ann" with (table of property and value)`, w.aUserWithDetails),
		conformance.Given(`^a disabled user `+name+`$`, `a disabled user "ann"`, w.aDisabledUser),
		conformance.Given(`^a locked user `+name+`$`, `a locked user "ann"`, w.lockedUser),
		conformance.Given(`^a locked and disabled user `+name+`$`, `a locked and disabled user "ann"`, w.lockedAndDisabledUser),
		conformance.Given(`^`+name+` has access to the `+which+` of the `+grant+`$`, `"ann" has access to the first and second of the sites`, w.hasAccess),
		conformance.Given(`^`+name+` has a two-factor key$`, `"ann" has a two-factor key`, w.hasKey),
		conformance.Given(`^the listed `+grant+` of `+name+` are noted$`, `the listed sites of "ann" are noted`, w.notesGrants),
		conformance.Given(`^the role `+text+`$`, `the role "site-admin"`, w.notesRole),
		conformance.Given(`^a role that may be changed$`, `a role that may be changed`, w.disposableRole),
		conformance.Given(`^a role that may be deleted$`, `a role that may be deleted`, w.deletableRole),
		conformance.Given(`^at least (\d+) users$`, `at least 4 users`, w.enoughUsers),
		conformance.Given(`^two-factor authentication is enforced$`, `two-factor authentication is enforced`, w.twoFactorIsEnforced),

		// Any operation.
		conformance.When(`^`+who+` calls (\w+) for `+name+`$`, `nobody calls deleteUser for "ann"`, w.callsFor),
		conformance.When(`^`+who+` calls (\w+) for something unknown$`, `the administrator calls getUser for something unknown`, w.callsForUnknown),
		conformance.When(`^a request signs in with the header `+text+`$`, `a request signs in with the header "Basic"`, w.sendsAuthorization),

		// Users.
		conformance.When(`^the administrator creates the user `+name+`$`, `the administrator creates the user "ann"`, w.createsUser),
		conformance.When(`^the administrator creates the user `+name+` with$`, `the administrator creates the user "ann" with (table of property and value)`, w.createsUserWith),
		conformance.When(`^the administrator creates the user `+name+` without (\w+)$`, `the administrator creates the user "ann" without login`, w.createsUserWithout),
		conformance.When(`^the administrator creates the user `+name+` with the login of `+name+`$`, `the administrator creates the user "bob" with the login of "ann"`, w.createsUserLike),
		conformance.When(`^the administrator updates `+name+` with$`, `the administrator updates "ann" with (table of property and value)`, w.updates),
		conformance.When(`^the administrator updates `+name+` with the login of `+name+`$`, `the administrator updates "bob" with the login of "ann"`, w.updatesToLoginOf),
		conformance.When(`^the administrator assigns the role `+text+` to `+name+`$`, `the administrator assigns the role "user" to "ann"`, w.assigns),
		conformance.When(`^the administrator sends `+name+` back as it was read$`, `the administrator sends "ann" back as it was read`, w.sendsBack),
		conformance.When(`^the administrator deletes `+name+`$`, `the administrator deletes "ann"`, w.deletes),
		conformance.When(`^the administrator reads `+name+`$`, `the administrator reads "ann"`, w.readsUser),
		conformance.When(`^`+name+` reads itself$`, `"ann" reads itself`, w.readsItself),
		conformance.Then(`^`+name+` reads back as it was given$`, `"ann" reads back as it was given`, w.readsBack),
		conformance.Then(`^`+name+` reads the same as before$`, `"ann" reads the same as before`, w.readsTheSame),
		conformance.Then(`^`+name+` is unchanged$`, `"ann" is unchanged`, w.isUnchanged),
		conformance.Then(`^`+name+` shows (\S+) as (.+)$`, `"ann" shows enabled as true`, w.shows),
		conformance.Then(`^`+name+` is listed (\d+) times?$`, `"ann" is listed 1 time`, w.isListedTimes),
		conformance.Then(`^`+name+` is gone$`, `"ann" is gone`, w.isGone),
		conformance.Then(`^`+name+` is no longer named by (\w+) of `+text+`$`, `"ann" is no longer named by getRoleUsers of "user"`, w.isNoLongerNamedBy),
		conformance.Then(`^there is no user like `+name+`$`, `there is no user like "ann"`, w.noUserLike),
		conformance.Then(`^nothing was created$`, `nothing was created`, w.nothingWasCreated),
		conformance.Then(`^the answer carries the id of `+name+`$`, `the answer carries the id of "ann"`, w.answerCarriesID),

		// Answers.
		conformance.Then(`^the request is refused with (\d+)$`, `the request is refused with 404`, func(status int) error { return conformance.ShouldBeRefusedWith(w.asked, status) }),
		conformance.Then(`^the request is refused for want of permission$`, `the request is refused for want of permission`, w.isRefusedAsForbidden),
		conformance.Then(`^the error says its status$`, `the error says its status`, w.errorSaysStatus),

		// Lists and pages.
		conformance.When(`^the administrator calls (\w+)$`, `the administrator calls getRoles`, w.listsAll),
		conformance.When(`^the administrator lists page (\d+) with (\d+) users a page$`, `the administrator lists page 0 with 3 users a page`, w.listsPage),
		conformance.When(`^the administrator lists the users$`, `the administrator lists the users`, w.listsDefault),
		conformance.When(`^the administrator lists the last page with (\d+) users a page$`, `the administrator lists the last page with 3 users a page`, w.listsLastPage),
		conformance.When(`^the administrator lists a page beyond the last$`, `the administrator lists a page beyond the last`, w.listsBeyondTheEnd),
		conformance.When(`^the administrator lists the users sorted by `+text+`$`, `the administrator lists the users sorted by "login,DESC"`, w.listsSorted),
		conformance.When(`^the administrator reads every page with (\d+) users a page$`, `the administrator reads every page with 7 users a page`, w.readsEveryPage),
		conformance.Then(`^the page holds at most (\d+) users$`, `the page holds at most 3 users`, w.holdsAtMost),
		conformance.Then(`^it is page (\d+)$`, `it is page 0`, w.isPage),
		conformance.Then(`^it is of size (\d+)$`, `it is of size 10`, w.pageIsOfSize),
		conformance.Then(`^its size is at most (\d+)$`, `its size is at most 500`, w.pageSizeAtMost),
		conformance.Then(`^the page is where the list begins$`, `the page is where the list begins`, w.startsTheList),
		conformance.Then(`^the page follows page (\d+) of (\d+) users$`, `the page follows page 0 of 3 users`, w.followsPage),
		conformance.Then(`^the pages hold every user once$`, `the pages hold every user once`, w.everyUserOnce),
		conformance.Then(`^the page's totals agree with the list$`, `the page's totals agree with the list`, w.totalsAgree),
		conformance.Then(`^the users come sorted by `+text+`$`, `the users come sorted by "login,DESC"`, w.isSorted),
		conformance.Then(`^the page has the links `+text+`, each leading where it says$`, `the page has the links "first, self, next, last", each leading where it says`, w.hasPageLinks),
		conformance.Then(`^each of the list reads back by (\w+)$`, `each of the list reads back by getRole`, w.eachReadsBack),

		// Roles, privileges, authentication sources.
		conformance.When(`^the administrator deletes that role$`, `the administrator deletes that role`, w.deletesThatRole),
		conformance.When(`^the administrator updates that role with$`, `the administrator updates that role with (table of property and value)`, w.updatesThatRole),
		conformance.Then(`^that role is unchanged$`, `that role is unchanged`, w.roleIsUnchanged),
		conformance.Then(`^that role shows$`, `that role shows (table of property and value)`, w.roleShows),
		conformance.Then(`^that role is gone$`, `that role is gone`, w.roleIsGone),
		conformance.Then(`^the role `+text+` has exactly the users assigned to it$`, `the role "user" has exactly the users assigned to it`, w.roleHasExactlyItsUsers),
		conformance.Then(`^`+name+` is among the users of the role `+text+`$`, `"ann" is among the users of the role "user"`, w.isAmongUsersOfRole),
		conformance.Then(`^`+name+` is not among the users of the role `+text+`$`, `"ann" is not among the users of the role "user"`, w.isNotAmongUsersOfRole),
		conformance.Then(`^every role's privilege is listed$`, `every role's privilege is listed`, w.everyRolesPrivilegeIsListed),
		conformance.Then(`^each listed privilege answers by its id$`, `each listed privilege answers by its id`, w.eachPrivilegeAnswers),
		conformance.When(`^the administrator asks who has the privilege `+text+`$`, `the administrator asks who has the privilege "create-reports"`, w.asksWhoHas),
		conformance.Then(`^the users are exactly those whose role grants `+text+`$`, `the users are exactly those whose role grants "create-reports"`, w.areExactlyThoseWhoseRoleGrants),
		conformance.Then(`^`+name+` has the privileges of the role `+text+`$`, `"ann" has the privileges of the role "user"`, w.hasThePrivilegesOfRole),
		conformance.Then(`^`+name+` has the privileges of that role$`, `"ann" has the privileges of that role`, w.hasThePrivilegesOfThatRole),
		conformance.Then(`^`+name+` has exactly the privilege `+text+`$`, `"ann" has exactly the privilege "create-reports"`, w.hasExactlyThePrivilege),
		conformance.Then(`^each listed source has exactly the users that say so$`, `each listed source has exactly the users that say so`, w.sourcesHaveExactlyTheirUsers),
		conformance.Then(`^`+name+` is among the users of its source$`, `"ann" is among the users of its source`, w.isAmongUsersOfItsSource),

		// Access to sites and asset groups.
		conformance.When(`^the administrator sets the `+grant+` of `+name+` to the `+which+`$`, `the administrator sets the sites of "ann" to the first and third`, w.setsGrants),
		conformance.When(`^the administrator sets the `+grant+` of `+name+` to none$`, `the administrator sets the sites of "ann" to none`, func(kind, name string) error { return w.setsGrants(kind, name, "no") }),
		conformance.When(`^the administrator sets the `+grant+` of `+name+` to the `+which+`, each named twice$`, `the administrator sets the sites of "ann" to the first, each named twice`, w.setsGrantsTwice),
		conformance.When(`^the administrator grants the `+which+` `+one+` to `+name+`$`, `the administrator grants the first site to "ann"`, w.grantsOne),
		conformance.When(`^the administrator revokes the `+which+` `+one+` from `+name+`$`, `the administrator revokes the first site from "ann"`, w.revokesOne),
		conformance.When(`^the administrator revokes all `+grant+` from `+name+`$`, `the administrator revokes all sites from "ann"`, w.revokesAll),
		conformance.When(`^the administrator (grants|revokes|sets) an unknown `+one+` (?:to|from|for) `+name+`$`, `the administrator grants an unknown site to "ann"`, w.grantsUnknown),
		conformance.Then(`^`+name+` has access to exactly the `+which+` of the `+grant+`$`, `"ann" has access to exactly the first of the sites`, w.hasExactly),
		conformance.Then(`^`+name+` has access to none of the `+grant+`$`, `"ann" has access to none of the sites`, func(name, kind string) error { return w.hasExactly(name, "no", kind) }),
		conformance.Then(`^the `+grant+` of `+name+` are as they were$`, `the asset groups of "ann" are as they were`, w.hasGrantsAsBefore),
		conformance.Then(`^the listed `+grant+` of `+name+` are as noted$`, `the listed sites of "ann" are as noted`, w.listsAsNoted),

		// Signing in, locks, passwords, two-factor keys.
		conformance.When(`^`+name+` signs in with (a wrong password|an empty password|the password in other letters)$`, `"ann" signs in with a wrong password`, w.signsInWrongly),
		conformance.When(`^`+name+` fails to sign in (as often as locks an account|one time less than locks an account)$`, `"ann" fails to sign in as often as locks an account`, w.failToSignIn),
		conformance.When(`^`+name+` signs in with (the current code|the code of an hour ago|no code)$`, `"ann" signs in with the current code`, w.signsInWithCode),
		conformance.When(`^the administrator unlocks `+name+`$`, `the administrator unlocks "ann"`, w.unlocks),
		conformance.Then(`^`+name+` signs in with its password$`, `"ann" signs in with its password`, w.passwordWorks),
		conformance.When(`^`+who+` changes the password of `+name+`( as a bare string)?$`, `"ann" changes the password of "ann"`, w.changesPassword),
		conformance.When(`^`+name+` sends the password body (.+)$`, `"ann" sends the password body {"password": ""}`, w.sendsPassword),
		conformance.Then(`^only the new password of `+name+` works$`, `only the new password of "ann" works`, w.onlyNewPasswordWorks),
		conformance.When(`^the administrator sets a two-factor key for `+name+`$`, `the administrator sets a two-factor key for "ann"`, w.setsAnyKey),
		conformance.When(`^the administrator sets the two-factor key `+text+` for `+name+`$`, `the administrator sets the two-factor key "no base32!" for "ann"`, func(key, name string) error { return w.setsKey(name, key) }),
		conformance.When(`^the administrator regenerates the two-factor key of `+name+`$`, `the administrator regenerates the two-factor key of "ann"`, w.regeneratesKey),
		conformance.When(`^the administrator reads the two-factor key of `+name+`$`, `the administrator reads the two-factor key of "ann"`, w.readsKey),
		conformance.Then(`^that key is read for `+name+`$`, `that key is read for "ann"`, w.keyReads),
		conformance.Then(`^the new key of `+name+` is usable and is the one that is read$`, `the new key of "ann" is usable and is the one that is read`, w.newKeyIsUsable),
		conformance.Then(`^no key is revealed$`, `no key is revealed`, w.revealsNoKey),

		// Links.
		conformance.Then(`^every link of the user leads to what it names$`, `every link of the user leads to what it names`, w.userLinksLead),
		conformance.Then(`^each of the list links to itself by (\w+)$`, `each of the list links to itself by getRole`, w.everyoneLinksToItself),
		conformance.Then(`^the answer links to itself by (\w+)$`, `the answer links to itself by getRoleUsers`, w.answerLinksToItself),

		// Requests that cannot be read.
		conformance.When(`^the administrator creates a user with a body (.+)$`, `the administrator creates a user with a body cut off`, w.createsWithBody),
		conformance.When(`^the administrator asks for the user with id `+text+`$`, `the administrator asks for the user with id "99999999999999999999"`, w.asksForUserID),
		conformance.When(`^the administrator lists the users with (\w+) `+text+`$`, `the administrator lists the users with size "-1"`, w.listsWithParameter),
		conformance.When(`^the administrator uses the method (\w+) where (\w+) is$`, `the administrator uses the method PATCH where getUser is`, w.usesMethod),
	}...)
}
