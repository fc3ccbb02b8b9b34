package devicehive

import (
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

var (
	refuse  = engine.Refuse
	explain = engine.Explain
	find    = engine.Find

	// body refuses other types than the server reads; what is missing or beyond a
	// limit is refused by the guards after it, in the server's words.
	body   = engine.Body("DH-PROTO-01")
	noBody = refuse("DH-PROTO-01", 400, engine.Malformed, bodyIsNull, "Error! Validation failed: Object is null")
)

const (
	accessDenied       = "Access is denied"
	invalidCredentials = "Invalid credentials"
	invalidParameters  = "Invalid request parameters"
	invalidPassword    = "Password can contain only from 6 to 128 symbols!"
	userIsInactive     = "User is locked or disabled"
	networkIsNotTheirs = "Network with id {networkId} for user with id {id} was not found"
	typeIsNotTheirs    = "Device type with id {deviceTypeId} for user with id {id} not found"
)

// operations are the 16 of the document in its order, and then what clients ask
// for on the way there. Each has the server's checks in the server's order.
func operations() []engine.Operation {
	theUser := find("DH-USER-06", 404, userInPath, "User with id = {id} not found")
	dataIsObject := refuse("DH-USER-09", 400, engine.Malformed, dataIsNoObject, "'parameters' must be JSON Object!") // it does say parameters
	loginIsFree := refuse("DH-USER-07", 403, engine.Conflict, loginIsTaken, "User with such login already exists. Please, select another one")
	loginIsGood := explain("DH-USER-12", 400, engine.Malformed, wrongWithLogin)
	loginIsStored := fails("DH-USER-12", "column", loginIsTooLong)
	changes := []engine.Guard{
		dataIsObject,
		refuse("DH-SELF-05", 403, engine.Permission, clientGoesBeyond, "Admin permissions required for this action"),
		loginIsFree,
		refuse("DH-SELF-04", 403, engine.WrongState, clientHasNoPassword, invalidCredentials),
		refuse("DH-SELF-03", 403, engine.Malformed, oldPasswordIsMissing, "Old password is required!"),
		refuse("DH-SELF-03", 403, engine.Malformed, oldPasswordIsWrong, invalidCredentials),
		refuse("DH-USER-12", 400, engine.Malformed, newPasswordIsBad, invalidPassword),
		explain("DH-USER-08", 500, engine.Malformed, beyondEnumerations),
		explain("DH-USER-08", 400, engine.Malformed, beyondLimits("DH-USER-08", newLogin)),
		explain("DH-USER-12", 400, engine.Malformed, beyondLimits("DH-USER-12", newLogin)),
		fails("DH-USER-12", "commit", func(c *engine.Call) bool { return wrongWithLogin(c) != "" }),
		loginIsGood, loginIsStored,
	}
	notAll := refuse("DH-TYPE-05", 403, engine.WrongState, allTypesAreAllowed, "Cannot assign device type to user with all device types allowed")
	return slices.Concat([]engine.Operation{
		op("list", list),
		op("count", count),
		// Whether another user exists is not told.
		op("get", get, refuse("DH-SELF-01", 403, engine.Permission, clientAsksOfAnother, accessDenied), theUser),
		op("insert", insert, body, noBody, dataIsObject,
			explain("DH-USER-08", 400, engine.Malformed, beyondLimits("DH-USER-08", loginAsGiven)),
			explain("DH-USER-12", 400, engine.Malformed, beyondLimits("DH-USER-12", loginAsGiven)),
			explain("DH-USER-08", 500, engine.Malformed, beyondEnumerations),
			explain("DH-USER-12", 400, engine.Malformed, isNull("login", "login field cannot be null.")),
			refuse("DH-USER-08", 400, engine.Malformed, roleIsMissing, "User role is invalid or empty"),
			loginIsFree,
			refuse("DH-USER-12", 400, engine.Malformed, passwordIsBad, invalidPassword),
			loginIsGood, loginIsStored.Then("DH-USER-12", useUpNumber)),
		op("update", update, append([]engine.Guard{body,
			refuse("DH-SELF-05", 403, engine.Permission, clientChangesAnother, accessDenied), theUser}, changes...)...),
		// Whether it is oneself is looked at before whether there is such a user.
		op("delete", remove,
			refuse("DH-USER-12", 403, engine.WrongState, isSelf, "You can not delete a user or access key that you use to authenticate this request"), theUser),
		op("getCurrent", get),
		op("updateCurrent", update, append([]engine.Guard{body}, changes...)...),
		op("getNetwork", getNetwork, theUser,
			find("DH-NET-04", 404, networks.named("networkId"), networkIsNotTheirs),
			refuse("DH-NET-02", 404, engine.Unknown, networkIsOfOthers, networkIsNotTheirs).Then("DH-NET-02", noteNetworks)),
		op("assignNetwork", networks.assign(with), theUser, networks.inPath("networkId")),
		op("unassignNetwork", networks.assign(without), theUser, networks.inPath("networkId")),
		op("assignDeviceType", deviceTypes.assign(with), theUser, notAll, deviceTypes.inPath("deviceTypeId")),
		op("unassignDeviceType", deviceTypes.assign(without), theUser, notAll, deviceTypes.inPath("deviceTypeId")),
		op("getDeviceTypes", getDeviceTypes, theUser),
		op("allowAllDeviceTypes", allowAll(true), theUser),
		op("disallowAllDeviceTypes", allowAll(false), theUser),
		op("getDeviceType", getDeviceType, theUser,
			find("DH-TYPE-04", 404, deviceTypes.named("deviceTypeId"), typeIsNotTheirs),
			refuse("DH-TYPE-03", 404, engine.Unknown, typeIsOfOthers, typeIsNotTheirs).Then("DH-TYPE-03", noteDeviceTypes)),
		public("login", login, body, noBody,
			refuse("DH-TOKEN-01", 400, engine.Malformed, credentialsAreEmpty, "Invalid or empty authorization request parameters"),
			find("DH-TOKEN-01", 401, userOfLogin, "User with login = {login} not found or bad password"),
			refuse("DH-LOGIN-01", 401, engine.WrongState, userFoundIsInactive, userIsInactive),
			// Too many attempts that fail lock the account.
			refuse("DH-TOKEN-01", 401, engine.Malformed, passwordIsWrong, invalidCredentials).Then("DH-LOGIN-01", noteFailure)),
		// What is asked for is not held against what the caller may do.
		op("createToken", createToken, body,
			fails("DH-PROTO-01", "createToken", bodyIsNull), noBody,
			explain("DH-TOKEN-02", 400, engine.Malformed, isNull("userId", "")),
			find("DH-TOKEN-02", 404, userOfToken, "User with id = {userId} not found"),
			refuse("DH-TOKEN-02", 403, engine.WrongState, userFoundIsInactive, userIsInactive),
			refuse("DH-TOKEN-02", 400, engine.Malformed, endsAreUnreadable, invalidParameters)),
		public("refreshToken", refreshToken, body, noBody,
			fails("DH-PROTO-01", "refreshToken", refresherIsMissing),
			explain("DH-PROTO-01", 400, engine.Malformed, isNull("refreshToken", "")),
			find("DH-TOKEN-03", 401, refresher, "Unauthorized"),
			refuse("DH-TOKEN-04", 401, engine.Stranger, refresherIsNone, "Invalid token type"),
			refuse("DH-TOKEN-05", 401, engine.Stranger, refresherHasEnded, "Token has expired"),
			refuse("DH-TOKEN-03", 401, engine.Stranger, refresherIsInactive, "Unauthorized")),
		public("getInfo", getInfo),
		public("getClusterConfig", getClusterConfig),
		public("getCacheInfo", getCacheInfo),
		op("listDevices", listDevices),
	}, networks.operations(), deviceTypes.operations())
}

// op is an operation for callers whose token allows it. Whether it does is asked
// before anything of the request is read, or after all of it, as the edition has it.
func op(id string, effect engine.Handler, guards ...engine.Guard) engine.Operation {
	read := 0
	if len(guards) > 0 && guards[0].Kind == engine.InvalidBody {
		read = 1
	}
	return public(id, effect, slices.Concat(
		[]engine.Guard{forbidden(false)}, guards[:read], []engine.Guard{anonymous(true), forbidden(true)}, guards[read:])...)
}

// public is an operation for everybody.
func public(id string, effect engine.Handler, guards ...engine.Guard) engine.Operation {
	return engine.Op(id, func(c *engine.Call) (engine.Response, error) {
		r, err := effect(c)
		if status := stateOf(c).settings.Successes[id]; status != 0 && err == nil {
			if r.Status, r.Seen = status, true; status == 200 && r.Body == nil {
				r.Body = struct{}{} // which comes with a body
			}
		}
		return r, err
	}, guards...)
}

// fails is a guard that, where the settings give a failure its text, fails with
// it instead of refusing.
func fails(rule, failure string, when func(*engine.Call) bool) engine.Guard {
	return explain(rule, 500, engine.Malformed, func(c *engine.Call) string {
		if text := stateOf(c).settings.Failures[failure]; text != "" && when(c) {
			return text
		}
		return ""
	})
}
