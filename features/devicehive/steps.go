package devicehive

import "github.com/rolecall/rolecall/conformance"

const (
	who   = `(the administrator|nobody|"[a-z]+")`
	name  = `"([a-z]+)"`
	text  = `"([^"]*)"`
	token = `(a token for [\w, ]+|a refresh token|an expired token|a foreign token|a broken token|an unsigned token)`
	thing = `(network|device type)`
	words = `([a-z]+(?:(?:,| and) [a-z]+)*)`
)

// steps is every sentence that the features may use, bound to one world.
func steps(w *world) []conformance.Step {
	shared := conformance.AnswerSteps(func() *conformance.Exchange { return w.asked })
	return append(shared, []conformance.Step{
		// Users as conditions.
		conformance.Given(`^a user `+name+`$`, `a user "ann"`, w.aUser),
		conformance.Given(`^an administrator `+name+`$`, `an administrator "eve"`, w.anAdministrator),
		conformance.Given(`^a locked user `+name+`$`, `a locked user "ann"`, w.aLockedUser),
		conformance.Given(`^a disabled user `+name+`$`, `a disabled user "ann"`, w.aDisabledUser),
		conformance.Given(`^an equipped user `+name+`$`, `an equipped user "ann"`, w.anEquippedUser),
		conformance.Given(`^a user `+name+` with$`, `a user "ann" with (table of property and value)`, w.aUserWith),
		conformance.Given(`^a client `+name+` without a password$`, `a client "pat" without a password`, w.theClientWithoutPassword),
		conformance.Given(`^`+name+` has signed in$`, `"ann" has signed in`, w.hasSignedIn),

		// Any method.
		conformance.When(`^`+who+` calls (\w+) for `+name+`$`, `nobody calls delete for "ann"`, w.callsFor),
		conformance.When(`^`+name+` with `+token+` calls (\w+) for `+name+`$`, `"eve" with an expired token calls delete for "ann"`, w.callsWithFor),
		conformance.When(`^`+who+` calls every method( that names a user)? for (an unknown user|"[a-z]+")$`, `nobody calls every method for "ann"`, w.callsEvery),
		conformance.When(`^`+name+` with `+token+` calls every method for `+name+`$`, `"eve" with an expired token calls every method for "ann"`, w.callsEveryWith),
		conformance.When(`^`+who+` calls these methods for `+name+`$`, `"ann" calls these methods for "bob" (table of methods)`, w.callsThese),
		conformance.When(`^`+name+` calls these methods for `+name+` with a token for all other actions than$`, `"eve" calls these methods for "ann" with a token for all other actions than (table of method and actions)`, w.callsWithoutActions),
		conformance.Then(`^every call is refused$`, `every call is refused`, func() error { return w.everyCall(conformance.ShouldBeRefused) }),
		conformance.Then(`^every call is refused with (\d+)$`, `every call is refused with 401`, func(status int) error {
			return w.everyCall(func(x *conformance.Exchange) error { return conformance.ShouldBeRefusedWith(x, status) })
		}),
		conformance.Then(`^(\w+) by `+name+` has done its work for `+name+`$`, `list by "eve" has done its work for "ann"`, w.hasDoneItsWork),
		conformance.When(`^the administrator calls (\w+) for `+name+` with an unknown (?:network|device type)$`, `the administrator calls assignNetwork for "ann" with an unknown network`, w.callsWithUnknownGroup),
		conformance.When(`^the administrator calls (\w+)$`, `the administrator calls count`, w.asksPlainly),
		conformance.When(`^a request signs in with the header `+text+`$`, `a request signs in with the header "Bearer"`, w.sendsAuthorization),
		conformance.Then(`^the administrator is let in$`, `the administrator is let in`, w.administratorIsLetIn),

		// Users.
		conformance.When(`^the administrator creates the user `+name+`$`, `the administrator creates the user "ann"`, w.createsUser),
		conformance.When(`^the administrator creates the user `+name+` with$`, `the administrator creates the user "ann" with (table of property and value)`, w.createsUserWith),
		conformance.When(`^the administrator creates the user `+name+` without (\w+)$`, `the administrator creates the user "ann" without login`, w.createsUserWithout),
		conformance.When(`^the administrator creates the user `+name+` with the login of `+name+`$`, `the administrator creates the user "bob" with the login of "ann"`, w.createsUserLike),
		conformance.When(`^the administrator creates the user `+name+` whose (login|password) has (.+)$`, `the administrator creates the user "ann" whose login has a blank in it`, w.createsUserOf),
		conformance.When(`^the administrator updates `+name+` with$`, `the administrator updates "ann" with (table of property and value)`, w.updates),
		conformance.When(`^the administrator gives `+name+` another login$`, `the administrator gives "ann" another login`, w.givesLogin),
		conformance.When(`^the administrator gives `+name+` another password$`, `the administrator gives "ann" another password`, w.givesPassword),
		conformance.When(`^the administrator gives `+name+` the login of `+name+`$`, `the administrator gives "bob" the login of "ann"`, w.updatesToLoginOf),
		conformance.When(`^the administrator deletes `+name+`$`, `the administrator deletes "ann"`, func(name string) error { return w.callsFor("the administrator", "delete", name) }),
		conformance.Then(`^`+name+` reads back as it was given$`, `"ann" reads back as it was given`, w.readsBack),
		conformance.Then(`^`+name+` is unchanged$`, `"ann" is unchanged`, w.isUnchanged),
		conformance.Then(`^`+name+` shows (\w+) as (.+)$`, `"ann" shows status as 1`, w.shows),
		conformance.Then(`^`+name+` is listed (\d+) times?$`, `"ann" is listed 1 time`, w.isListedTimes),
		conformance.Then(`^`+name+` is gone$`, `"ann" is gone`, w.isGone),
		conformance.Then(`^`+name+` keeps as data an object that it was given, or nothing$`, `"ann" keeps as data an object that it was given, or nothing`, w.keepsNoOtherData),
		conformance.Then(`^nothing was created$`, `nothing was created`, w.nothingWasCreated),
		conformance.Then(`^the answer carries the id of `+name+`$`, `the answer carries the id of "ann"`, w.answerCarriesID),
		conformance.Then(`^lastLogin of `+name+` is now$`, `lastLogin of "ann" is now`, w.lastLoginIsNow),

		// Callers and their own accounts.
		conformance.When(`^`+name+` reads itself$`, `"ann" reads itself`, w.readsItself),
		conformance.When(`^`+name+` updates itself with$`, `"eve" updates itself with (table of property and value)`, w.updatesItself),
		conformance.When(`^`+who+` sends (update|updateCurrent) for `+name+` with$`, `"ann" sends update for "bob" with (table of property and value)`, w.sendsChange),
		conformance.When(`^`+who+` changes `+name+` by (update|updateCurrent)(, beside its password,)? in each of these, alone and in pairs$`, `the administrator changes "ann" by update in each of these, alone and in pairs (table of property and two values)`, w.changesInPairs),
		conformance.Then(`^each change is done, and nothing besides$`, `each change is done, and nothing besides`, w.eachChangeIsDone),
		conformance.Then(`^none of the changes is done$`, `none of the changes is done`, w.noChangeIsDone),
		conformance.When(`^`+name+` with `+token+` sends (update|updateCurrent) for `+name+` with$`, `"ann" with a token for ManageUser sends update for "bob" with (table of property and value)`, w.sendsChangeWith),
		conformance.When(`^`+name+` changes its password by (update|updateCurrent), (giving (?:none|a wrong old one|an empty old one|the old one(?: [a-z ]+)?))$`, `"ann" changes its password by updateCurrent, giving the old one`, w.changesOwnPassword),
		conformance.When(`^`+name+` sets its first password, giving (no old one|an empty old one)$`, `"pat" sets its first password, giving no old one`, w.setsFirstPassword),
		conformance.When(`^`+name+` signs in with (a wrong password|an empty password|its password(?: [a-z ]+)?)$`, `"ann" signs in with a wrong password`, w.signsInAs),
		conformance.When(`^somebody unknown signs in$`, `somebody unknown signs in`, w.somebodyUnknownSignsIn),
		conformance.When(`^`+name+` fails to sign in (as often as locks an account|one time less than locks an account)$`, `"ann" fails to sign in as often as locks an account`, w.failsToSignIn),
		conformance.Then(`^the answer is `+name+`$`, `the answer is "ann"`, w.answerIs),
		conformance.Then(`^only the right password of `+name+` works$`, `only the right password of "ann" works`, w.onlyPasswordWorks),
		conformance.Then(`^`+name+` can sign in$`, `"ann" can sign in`, w.passwordWorks),
		conformance.Then(`^`+name+` cannot sign in$`, `"ann" cannot sign in`, w.cannotSignIn),

		// Tokens.
		conformance.When(`^the administrator asks for tokens of `+name+` for ([\w, ]+)$`, `the administrator asks for tokens of "ann" for GetCurrentUser`, w.asksForTokenFor),
		conformance.When(`^the administrator asks for tokens of `+name+` until (\S+)$`, `the administrator asks for tokens of "ann" until 2018-01-01T00:00:00.000`, w.asksForTokenUntil),
		conformance.When(`^the administrator asks for tokens of an unknown user$`, `the administrator asks for tokens of an unknown user`, w.asksForTokenOfUnknown),
		conformance.When(`^`+name+` renews with (its access token|its refresh token|a refresh token that has expired|a broken token|a foreign token|an unsigned token)$`, `"ann" renews with its refresh token`, w.renews),
		conformance.Then(`^no token is given$`, `no token is given`, w.noTokenIsGiven),
		conformance.Then(`^the new token lets `+name+` in$`, `the new token lets "ann" in`, w.newTokenLetsIn),
		conformance.Then(`^the new token is refused by (\w+) with (\d+)$`, `the new token is refused by list with 403`, w.newTokenIsRefusedBy),
		conformance.Then(`^the new tokens say (\w+) as the number of `+name+`$`, `the new tokens say u as the number of "ann"`, w.newTokensSayNumberOf),
		conformance.Then(`^the new tokens say (\w+) as ([\[\d].*)$`, `the new tokens say a as [10]`, w.newTokensSay),

		// Answers.
		conformance.Then(`^the request is refused with (\d+)$`, `the request is refused with 404`, func(status int) error { return conformance.ShouldBeRefusedWith(w.asked, status) }),

		// Lists.
		conformance.When(`^the administrator asks for (list|count) with$`, `the administrator asks for list with (table of parameter and value)`, w.asksWith),
		conformance.Then(`^the list holds `+words+`(, in this order)?$`, `the list holds ann and bob, in this order`, w.listHolds),
		conformance.Then(`^the count is (\d+)$`, `the count is 2`, w.countIs),
		conformance.Then(`^the count is the list's length$`, `the count is the list's length`, w.countIsTheListsLength),
		conformance.Then(`^every role and status in the list is one of them$`, `every role and status in the list is one of them`, w.rolesAndStatusesExist),

		// Networks and device types of users.
		conformance.Given(`^a `+thing+` `+name+`$`, `a network "home"`, w.aGroup),
		conformance.Given(`^`+name+` has the networks `+words+`$`, `"ann" has the networks home and attic`, func(name, list string) error { return w.hasGroups(name, "network", list) }),
		conformance.Given(`^`+name+` may use only the device types `+words+`$`, `"ann" may use only the device types lamp`, w.hasOnly),
		conformance.Given(`^`+name+` may use no device types$`, `"ann" may use no device types`, w.hasNone),
		conformance.Given(`^`+name+` may use all device types$`, `"ann" may use all device types`, w.mayUseAll),
		conformance.When(`^the administrator (gives|takes) the `+thing+` `+name+` (?:to|from) `+name+`$`, `the administrator gives the network "home" to "ann"`, w.assigns),
		conformance.When(`^the administrator (allows|no longer allows) all device types to `+name+`$`, `the administrator allows all device types to "ann"`, w.allowsAll),
		conformance.Then(`^`+name+` has the network `+name+`$`, `"ann" has the network "home"`, w.hasNetwork),
		conformance.Then(`^`+name+` has not the network `+name+`$`, `"ann" has not the network "home"`, w.hasNotNetwork),
		conformance.Then(`^the networks of `+name+` are `+words+`$`, `the networks of "ann" are home and attic`, w.showsExactly),
		conformance.Then(`^the answer shows the networks `+words+`$`, `the answer shows the networks home`, w.answerShowsNetworks),
		conformance.Then(`^the device types of `+name+` are `+words+`$`, `the device types of "ann" are lamp`, w.mayUseExactly),
		conformance.Then(`^`+name+` may use every device type$`, `"ann" may use every device type`, w.mayUseEvery),

		// Networks and device types themselves.
		conformance.When(`^the administrator creates the `+thing+` `+name+`$`, `the administrator creates the network "home"`, w.createsGroup),
		conformance.When(`^the administrator creates the `+thing+` `+name+` with$`, `the administrator creates the network "home" with (table of property and value)`, w.createsGroupWith),
		conformance.When(`^the administrator creates the `+thing+` `+name+` with the name of `+name+`$`, `the administrator creates the network "attic" with the name of "home"`, w.createsGroupLike),
		conformance.When(`^the administrator changes the (name|description) of the `+thing+` `+name+` to `+text+`$`, `the administrator changes the description of the network "home" to "Here"`, w.changesGroup),
		conformance.When(`^the administrator deletes the `+thing+` `+name+`$`, `the administrator deletes the network "home"`, w.deletesGroup),
		conformance.When(`^`+name+` with a token for `+name+` reads the `+thing+` `+name+`$`, `"ann" with a token for "home" reads the network "attic"`, w.readsGroupWithTokenFor),
		conformance.Then(`^the `+thing+` `+name+` shows its name$`, `the network "home" shows its name`, w.groupShowsName),
		conformance.Then(`^the `+thing+` `+name+` shows (\w+) as `+text+`$`, `the network "home" shows description as "Here"`, w.groupShows),
		conformance.Then(`^the `+thing+` `+name+` is gone$`, `the network "home" is gone`, w.groupIsGone),
		conformance.Then(`^the `+thing+` `+name+` is listed (\d+) times?$`, `the network "home" is listed 1 time`, w.nameIsListedTimes),

		// Requests that cannot be read.
		conformance.When(`^the administrator creates a user with a body (.+)$`, `the administrator creates a user with a body cut off`, w.createsWithBody),
		conformance.When(`^the administrator asks for the user with number `+text+`$`, `the administrator asks for the user with number "abc"`, w.asksForUserID),
		conformance.When(`^the administrator lists the users with (\w+) `+text+`$`, `the administrator lists the users with take "many"`, w.listsWithParameter),
		conformance.When(`^the administrator uses the HTTP method (\w+) where (\w+) of `+name+` is$`, `the administrator uses the HTTP method PATCH where get of "ann" is`, w.usesMethod),
	}...)
}
