package socotra

import "github.com/rolecall/rolecall/conformance"

const (
	who    = `(the administrator|nobody|somebody with a broken token|somebody with an expired token|"[a-z]+")`
	name   = `"([a-z]+)"`
	text   = `"([^"]*)"`
	tenant = `(first|second|first and second) tenants?`
)

// steps is every sentence that the features may use, bound to one world.
func steps(w *world) []conformance.Step {
	all := conformance.AnswerSteps(func() *conformance.Exchange { return w.asked })
	for _, part := range [][]conformance.Step{conditionSteps(w), callSteps(w), userSteps(w), roleSteps(w), listSteps(w), answerSteps(w)} {
		all = append(all, part...)
	}
	return all
}

func conditionSteps(w *world) []conformance.Step {
	return []conformance.Step{
		conformance.Given(`^a user `+name+`$`, `a user "ann"`, w.aUser),
		conformance.Given(`^a user `+name+` with the roles? `+text+`$`, `a user "ann" with the roles "one, two"`, w.aUserWithRoles),
		conformance.Given(`^a user `+name+` in the `+tenant+`$`, `a user "ann" in the first tenant`, w.aUserInTenants),
		conformance.Given(`^a user `+name+` with every property$`, `a user "ann" with every property`, w.aUserWithEverything),
		conformance.Given(`^a user `+name+` who may `+text+`$`, `a user "bob" who may "users.read, users.list"`, w.aUserWhoMay),
		conformance.Given(`^a user `+name+` who may do all but (\w+)$`, `a user "bob" who may do all but deleteUser`, w.aUserWhoMayAllBut),
		conformance.Given(`^`+name+` is signed in$`, `"ann" is signed in`, w.tokenIsGood),
		conformance.Given(`^a role `+name+` that permits `+text+`$`, `a role "one" that permits "users.list"`, w.aRole),
		conformance.Given(`^the built-in role "([a-z-]+)"$`, `the built-in role "read-only"`, w.theBuiltInRole),
		conformance.Given(`^somebody else has updated the role `+name+`$`, `somebody else has updated the role "one"`, w.isUpdatedMeanwhile),
		conformance.Given(`^at least (\d+) items in (\w+)$`, `at least 5 items in fetchMultipleUsers`, w.atLeast),
	}
}

func callSteps(w *world) []conformance.Step {
	return []conformance.Step{
		conformance.When(`^`+who+` calls (\w+) for `+name+`$`, `nobody calls deleteUser for "ann"`, w.callsFor),
		conformance.When(`^`+who+` calls (\w+) for `+name+` without (\w+)$`, `the administrator calls updateUser for "ann" without firstName`, w.callsForWithout),
		conformance.When(`^`+who+` calls (\w+) for something unknown$`, `the administrator calls getRole for something unknown`, w.callsForUnknown),
		conformance.When(`^`+who+` calls (\w+)$`, `the administrator calls fetchAvailablePermissions`, w.callsOperation),
		conformance.When(`^`+who+` tries every operation on `+name+`$`, `nobody tries every operation on "ann"`, w.triesEverything),
		conformance.When(`^a request signs in with the header `+text+`$`, `a request signs in with the header "Bearer"`, w.sendsAuthorization),
		conformance.When(`^`+who+` creates a user with a body (.+)$`, `nobody creates a user with a body cut off`, w.createsWithBody),
		conformance.When(`^the administrator calls (\w+) with the locator `+text+`$`, `the administrator calls fetchUserByLocator with the locator "42"`, w.asksForLocator),
		conformance.When(`^the administrator calls (\w+) with (\w+) `+text+`$`, `the administrator calls fetchMultipleUsers with count "-1"`, w.listsWithParameter),
		conformance.When(`^the administrator uses the method (\w+) where (\w+) is$`, `the administrator uses the method PUT where fetchMultipleUsers is`, w.usesMethod),
		conformance.When(`^`+name+` signs in again$`, `"ann" signs in again`, w.signsInAgain),
		conformance.Then(`^nothing has come of it$`, `nothing has come of it`, w.nothingHasComeOfIt),
		conformance.Then(`^there is nobody uninvited$`, `there is nobody uninvited`, w.nobodyUninvited),
	}
}

func userSteps(w *world) []conformance.Step {
	return []conformance.Step{
		conformance.When(`^the administrator creates the user `+name+`$`, `the administrator creates the user "ann"`, w.createsUser),
		conformance.When(`^the administrator creates the user `+name+` with$`, `the administrator creates the user "ann" with (table of property and value)`, w.createsUserWith),
		conformance.When(`^the administrator creates the user `+name+` without (\w+)$`, `the administrator creates the user "ann" without userName`, w.createsUserWithout),
		conformance.When(`^`+who+` creates the user `+name+` with the roles? `+text+`$`, `the administrator creates the user "ann" with the role "one"`, w.createsUserWithRoles),
		conformance.When(`^the administrator creates the user `+name+` in the `+tenant+`$`, `the administrator creates the user "ann" in the first tenant`, w.createsUserInTenants),
		conformance.When(`^the administrator creates the user `+name+` with the userName of `+name+`$`, `the administrator creates the user "bob" with the userName of "ann"`, w.createsUserLike),
		conformance.When(`^the administrator looks for `+name+` by (.+)$`, `the administrator looks for "ann" by the whole name`, w.searches),
		conformance.When(`^the administrator looks for the user name `+text+`$`, `the administrator looks for the user name "list"`, w.searchesName),
		conformance.When(`^`+who+` updates `+name+` with$`, `the administrator updates "ann" with (table of property and value)`, w.updatesWith),
		conformance.When(`^`+who+` updates `+name+` to the roles? `+text+`$`, `"ann" updates "ann" to the roles "one"`, w.updatesRoles),
		conformance.When(`^`+who+` updates `+name+` to the `+tenant+`$`, `"ann" updates "ann" to the first tenant`, w.updatesTenants),
		conformance.When(`^`+who+` deletes `+name+`$`, `the administrator deletes "ann"`, w.deletes),
		conformance.When(`^`+who+` deletes every administrator$`, `"bob" deletes every administrator`, w.deletesEveryAdministrator),
		conformance.When(`^`+who+` resets the password of `+name+`$`, `the administrator resets the password of "ann"`, w.resets),
		conformance.When(`^the administrator sends (.+) as the new password of `+name+`$`, `the administrator sends "" as the new password of "ann"`, w.resetsWith),
		conformance.When(`^`+who+` gives the roles? `+text+` to `+name+`$`, `the administrator gives the role "one" to "ann"`, w.givesRoles),
		conformance.When(`^`+who+` takes the roles? `+text+` from `+name+`$`, `the administrator takes the role "one" from "ann"`, w.takesRoles),
		conformance.When(`^`+who+` gives `+text+` and takes `+text+` as roles of `+name+`$`, `the administrator gives "one" and takes "two" as roles of "ann"`, w.changesRoles),
		conformance.When(`^the administrator assigns `+name+` to the `+tenant+`$`, `the administrator assigns "ann" to the first tenant`, w.assigns),
		conformance.When(`^the administrator assigns `+name+` to the `+tenant+` and one that does not exist$`, `the administrator assigns "ann" to the first tenant and one that does not exist`, w.assignsUnknown),
		conformance.When(`^the administrator withdraws `+name+` from the `+tenant+`$`, `the administrator withdraws "ann" from the first tenant`, w.withdraws),
		conformance.When(`^the administrator creates a user for each odd text as (\w+)$`, `the administrator creates a user for each odd text as firstName`, func(property string) error { return w.createsWithOddTexts("user", property) }),
		conformance.When(`^the administrator updates `+name+` in each of "([\w, ]+)", alone and in pairs$`, `the administrator updates "ann" in each of "firstName, lastName", alone and in pairs`, w.updatesEachWay),
		conformance.When(`^somebody tries near misses of the password of `+name+`$`, `somebody tries near misses of the password of "ann"`, w.triesNearMisses),
		conformance.Then(`^each user has its text, or was refused and is not there$`, `each user has its text, or was refused and is not there`, func() error { return w.textsAreKept("user") }),
		conformance.Then(`^`+name+` reads back as it was given$`, `"ann" reads back as it was given`, w.readsBack),
		conformance.Then(`^`+name+` is unchanged$`, `"ann" is unchanged`, w.isUnchanged),
		conformance.Then(`^`+name+` is unchanged if that was refused$`, `"ann" is unchanged if that was refused`, w.isUnchangedIfRefused),
		conformance.Then(`^`+name+` shows$`, `"ann" shows (table of property and value)`, w.shows),
		conformance.Then(`^`+name+` shows ([\w, ]+) as before$`, `"ann" shows locator and userName as before`, w.showsAsBefore),
		conformance.Then(`^`+name+` and `+name+` have locators of their own$`, `"ann" and "bob" have locators of their own`, w.haveLocators),
		conformance.Then(`^`+name+` did not get the locator `+text+`$`, `"ann" did not get the locator "11111111-1111-4111-8111-111111111111"`, w.didNotGetLocator),
		conformance.Then(`^every answer about `+name+` has tenants$`, `every answer about "ann" has tenants`, w.everyAnswerHasTenants),
		conformance.Then(`^there is no user like `+name+`$`, `there is no user like "ann"`, w.noUserLike),
		conformance.Then(`^only `+name+` has its name$`, `only "ann" has its name`, w.isNamedOnce),
		conformance.Then(`^the answer is `+name+`$`, `the answer is "ann"`, w.answerIs),
		conformance.Then(`^`+name+` is found$`, `"ann" is found`, w.isFound),
		conformance.Then(`^nobody is found$`, `nobody is found`, w.nobodyIsFound),
		conformance.Then(`^`+name+` is gone$`, `"ann" is gone`, w.isGone),
		conformance.Then(`^the token of `+name+` is good for nothing$`, `the token of "ann" is good for nothing`, w.tokenIsNoGood),
		conformance.Then(`^`+name+` cannot sign in$`, `"ann" cannot sign in`, w.cannotSignIn),
		conformance.Then(`^only the new password of `+name+` works$`, `only the new password of "ann" works`, w.onlyNewPasswordWorks),
		conformance.Then(`^only the old password of `+name+` works$`, `only the old password of "ann" works`, w.onlyOldPasswordWorks),
		conformance.Then(`^`+name+` signs in with its password$`, `"ann" signs in with its password`, w.itsPasswordWorks),
		conformance.Then(`^`+name+` has exactly the roles? `+text+`$`, `"ann" has exactly the roles "one, two"`, w.hasRoles),
		conformance.Then(`^`+name+` is in no tenant$`, `"ann" is in no tenant`, func(name string) error { return w.isInTenants(name, "no") }),
		conformance.Then(`^`+name+` is in exactly the `+tenant+`$`, `"ann" is in exactly the first tenant`, w.isInTenants),
		conformance.Then(`^`+name+` may `+text+`$`, `"ann" may "users.list"`, w.may),
		conformance.Then(`^`+name+` may not `+text+`$`, `"ann" may not "users.delete"`, w.mayNot),
		conformance.Then(`^`+name+` may do no more than `+name+`$`, `"ann" may do no more than "bob"`, w.mayNoMoreThan),
		conformance.Then(`^one of them was refused, and `+name+` can still read it$`, `one of them was refused, and "ann" can still read it`, w.oneStays),
	}
}

func roleSteps(w *world) []conformance.Step {
	return []conformance.Step{
		conformance.When(`^`+who+` creates the role `+name+` that permits `+text+`$`, `the administrator creates the role "one" that permits "users.list"`, w.createsRole),
		conformance.When(`^the administrator creates the role `+name+` with$`, `the administrator creates the role "one" with (table of property and value)`, w.createsRoleWith),
		conformance.When(`^the administrator creates the role `+name+` that permits everything available$`, `the administrator creates the role "one" that permits everything available`, w.createsRoleWithEverything),
		conformance.When(`^the administrator creates the role `+name+` with the name of `+name+`$`, `the administrator creates the role "two" with the name of "one"`, w.createsRoleLike),
		conformance.When(`^the administrator updates the role "([a-z-]+)" with$`, `the administrator updates the role "one" with (table of property and value)`, w.updatesRoleWith),
		conformance.When(`^the administrator renames the role `+name+`$`, `the administrator renames the role "one"`, w.renamesRole),
		conformance.When(`^the administrator reads the role `+name+` anew$`, `the administrator reads the role "one" anew`, w.notesRoleNamed),
		conformance.When(`^the administrator updates the role `+name+` without (\w+)$`, `the administrator updates the role "one" without version`, w.updatesRoleWithout),
		conformance.When(`^the administrator reads the role `+name+`$`, `the administrator reads the role "one"`, w.readsRole),
		conformance.When(`^`+who+` adds `+text+` to the role "([a-z-]+)"$`, `the administrator adds "users.read" to the role "one"`, w.addsPermissions),
		conformance.When(`^`+who+` removes `+text+` from the role "([a-z-]+)"$`, `the administrator removes "users.read" from the role "one"`, w.removesPermissions),
		conformance.When(`^the administrator updates the role `+name+` from the version before that$`, `the administrator updates the role "one" from the version before that`, w.updatesFromStale),
		conformance.When(`^the administrator updates the role `+name+` from a version to come$`, `the administrator updates the role "one" from a version to come`, w.updatesFromFuture),
		conformance.When(`^(\d+) updates of the role `+name+` from one version are sent at once$`, `8 updates of the role "one" from one version are sent at once`, w.updatesInParallel),
		conformance.When(`^`+who+` deletes the role "([a-z-]+)"$`, `the administrator deletes the role "one"`, w.deletesRole),
		conformance.When(`^the administrator creates a role for each odd text as (\w+)$`, `the administrator creates a role for each odd text as description`, func(property string) error { return w.createsWithOddTexts("role", property) }),
		conformance.When(`^the administrator updates the role `+name+` in each of "([\w, ]+)", alone and in pairs$`, `the administrator updates the role "one" in each of "name, description", alone and in pairs`, w.updatesRoleEachWay),
		conformance.Then(`^each role has its text, or was refused$`, `each role has its text, or was refused`, func() error { return w.textsAreKept("role") }),
		conformance.Then(`^the role `+name+` reads back as it was given$`, `the role "one" reads back as it was given`, w.roleReadsBack),
		conformance.Then(`^the role "([a-z-]+)" is unchanged$`, `the role "one" is unchanged`, w.roleIsUnchanged),
		conformance.Then(`^the role `+name+` permits just `+text+`$`, `the role "one" permits just "users.list"`, w.rolePermits),
		conformance.Then(`^the role `+name+` shows (\w+) as `+text+`$`, `the role "one" shows description as "Changed"`, w.roleShows),
		conformance.Then(`^the role `+name+` shows ([\w, ]+) as before$`, `the role "one" shows locator and createdAt as before`, w.roleShowsAsBefore),
		conformance.Then(`^the role `+name+` has another version$`, `the role "one" has another version`, w.roleHasAnotherVersion),
		conformance.Then(`^the role `+name+` was made by `+who+`$`, `the role "one" was made by the administrator`, w.roleIsMadeBy),
		conformance.Then(`^the role `+name+` was made now$`, `the role "one" was made now`, w.roleIsMadeNow),
		conformance.Then(`^the role `+name+` is listed (\d+) times?$`, `the role "one" is listed 1 time`, w.roleIsListedTimes),
		conformance.Then(`^the role `+name+` is gone$`, `the role "one" is gone`, w.roleIsGone),
		conformance.Then(`^there is no role `+name+`$`, `there is no role "one"`, w.thereIsNoRole),
		conformance.Then(`^that is refused, or the role `+name+` lacks `+text+`$`, `that is refused, or the role "one" lacks "users.fly"`, w.isRefusedOrRoleLacks),
		conformance.Then(`^`+name+` has nothing of the role `+name+`, or everything is as before$`, `"ann" has nothing of the role "one", or everything is as before`, w.hasNothingOfOrAllAsBefore),
		conformance.Then(`^exactly one update of the role `+name+` won$`, `exactly one update of the role "one" won`, w.oneOfThemWon),
	}
}

func listSteps(w *world) []conformance.Step {
	return []conformance.Step{
		conformance.When(`^the administrator calls (\w+) from item (\d+) for (\d+) items$`, `the administrator calls fetchMultipleUsers from item 2 for 3 items`, w.listsFrom),
		conformance.When(`^the administrator calls (\w+) beyond its end$`, `the administrator calls fetchMultipleUsers beyond its end`, w.listsBeyondTheEnd),
		conformance.When(`^the administrator reads every page of (\w+) by (\d+)$`, `the administrator reads every page of fetchMultipleUsers by 40`, w.readsEveryPage),
		conformance.When(`^the administrator reads pages of (\w+) around its end$`, `the administrator reads pages of fetchMultipleRoles around its end`, w.readsAroundTheEnd),
		conformance.When(`^the administrator reads a page of (\w+) in every form$`, `the administrator reads a page of fetchMultipleUsers in every form`, w.readsInEveryForm),
		conformance.Then(`^each page tells whether anything follows$`, `each page tells whether anything follows`, w.pagesTellTheEnd),
		conformance.Then(`^every form holds the same items$`, `every form holds the same items`, w.formsHoldTheSame),
		conformance.Then(`^the page has at most (\d+) items$`, `the page has at most 3 items`, w.pageHasAtMost),
		conformance.Then(`^it is items (\d+) to (\d+) of the list$`, `it is items 2 to 5 of the list`, w.pageIsPartOf),
		conformance.Then(`^the page is empty and the last$`, `the page is empty and the last`, w.pageIsEmptyAndLast),
		conformance.Then(`^the pages hold `+text+` once each$`, `the pages hold "ann, bob" once each`, w.pagesHoldOnce),
		conformance.Then(`^the pages hold nothing twice$`, `the pages hold nothing twice`, w.pagesHoldNothingTwice),
		conformance.Then(`^pages of (\d+) hold the same$`, `pages of 60 hold the same`, w.holdTheSame),
		conformance.Then(`^the items have no `+text+`$`, `the items have no "roles"`, w.itemsLack),
		conformance.Then(`^the second holds no fewer items than the first$`, `the second holds no fewer items than the first`, w.holdsNoFewer),
	}
}

func answerSteps(w *world) []conformance.Step {
	return []conformance.Step{
		conformance.Then(`^the request is refused, and the server is unharmed$`, `the request is refused, and the server is unharmed`, w.isRefusedUnharmed),
		conformance.Then(`^the administrator is known$`, `the administrator is known`, w.administratorKnown),
		conformance.Then(`^every attempt is refused$`, `every attempt is refused`, w.everyAttemptIsRefused),
		conformance.Then(`^every attempt is refused as (unauthenticated|forbidden)$`, `every attempt is refused as forbidden`, w.everyAttemptIsRefusedAs),
		conformance.Then(`^every update shows, and nothing else has changed$`, `every update shows, and nothing else has changed`, w.everyUpdateShows),
		conformance.Then(`^both are refused alike$`, `both are refused alike`, w.areRefusedAlike),
		conformance.Then(`^the answer lists every permission once$`, `the answer lists every permission once`, w.answerListsOnce),
		conformance.Then(`^the answer is (a page of users|a page of roles|a list of permissions|a user)$`, `the answer is a page of users`, w.answerIsFor),
	}
}
