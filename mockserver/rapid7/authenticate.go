package rapid7

import (
	"crypto/subtle"
	"net/http"
	"strconv"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// signIn knows callers by HTTP Basic.
func signIn() engine.SignIn {
	const wrong = "login or password is wrong"
	return engine.SignIn{
		Who:  accountNamed,
		Name: loginOf,
		Guards: []engine.Guard{
			refuse("R7-AUTH-01", 401, engine.Stranger, isAnonymous, "sign in with HTTP Basic: the request has no usable Authorization header"),
			refuse("R7-AUTH-02", 401, engine.Stranger, isNobody, wrong),
			refuse("R7-AUTH-05", 401, engine.Stranger, isLockedOut, "the account is locked after too many failed attempts"),
			refuse("R7-AUTH-02", 401, engine.Stranger, hasWrongPassword, wrong).Then("R7-AUTH-04", countFailure),
			refuse("R7-AUTH-03", 401, engine.Stranger, isSwitchedOff, "the account is disabled"),
			refuse("R7-2FA-05", 401, engine.Stranger, hasNoCode, "the header Token does not have the current two-factor code"),
		},
		Done: startCountAgain,
	}
}

// Who may use an operation, beside Global Administrators. What has none of
// these is for every user.
var (
	administrators = refuse("R7-ADMIN-01", 401, engine.Permission, isNoAdministrator, "this is for Global Administrators")
	managers       = refuse("R7-ADMIN-03", 401, engine.Permission, silently(isNoAdministrator), "this is not for plain users")
	itself         = refuse("R7-ADMIN-02", 401, engine.Permission, isAboutAnother, "users see only themselves, unless they are Global Administrators")
	itsGrants      = refuse("R7-ADMIN-02", 401, engine.Permission, silently(isAboutAnother), "users see only their own access, unless they are Global Administrators")
	itsSecret      = refuse("R7-ADMIN-03", 401, engine.Permission, silently(isAboutAnother), "users have only their own two-factor key, unless they are Global Administrators")
)

// silently is for permissions of which the documents say nothing.
func silently(refused func(*engine.Call) bool) func(*engine.Call) bool {
	return func(c *engine.Call) bool {
		return stateOf(c).settings.SilentPermissions == "administrators" && refused(c)
	}
}

func callerOf(c *engine.Call) *User { return c.Caller.(*User) }

// Credentials are what the header Authorization gives.
type credentials struct {
	login, password string
	given           bool
}

var accounts = engine.NewMemo[string, credentials]()

func accountOf(c *engine.Call) credentials {
	return accounts.Get(c.Header.Get("Authorization"), func(header string) (a credentials) {
		r := http.Request{Header: http.Header{"Authorization": {header}}}
		a.login, a.password, a.given = r.BasicAuth()
		return a
	})
}

// accountNamed is the account whose login the request gives, whatever the password.
func accountNamed(c *engine.Call) any {
	if u := stateOf(c).userByLogin(accountOf(c).login); u != nil {
		return u
	}
	return nil
}

func loginOf(caller any) string { return caller.(*User).Login }

func isAnonymous(c *engine.Call) bool { return !accountOf(c).given }

func isNobody(c *engine.Call) bool { return c.Caller == nil }

func isLockedOut(c *engine.Call) bool { return callerOf(c).Locked }

func hasWrongPassword(c *engine.Call) bool {
	return subtle.ConstantTimeCompare([]byte(callerOf(c).Password), []byte(accountOf(c).password)) != 1
}

func isSwitchedOff(c *engine.Call) bool { return !callerOf(c).Enabled }

func hasNoCode(c *engine.Call) bool {
	key := callerOf(c).Key
	return key != "" && stateOf(c).settings.TwoFactorEnforced && !validCode(c, key)
}

func validCode(c *engine.Call, key string) bool {
	ok, err := totp.ValidateCustom(c.Header.Get("Token"), key, c.Now(), totp.ValidateOpts{
		Period: 30, Skew: 1, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1,
	})
	return err == nil && ok
}

// countFailure locks the account when it was one failure too many (R7-AUTH-04).
func countFailure(c *engine.Call) {
	changeCaller(c, func(u *User, threshold int) {
		if threshold > 0 {
			u.Failed++
			u.Locked = u.Locked || u.Failed >= threshold
		}
	})
}

// startCountAgain is what a success does (R7-AUTH-04).
func startCountAgain(c *engine.Call) {
	if callerOf(c).Failed > 0 {
		changeCaller(c, func(u *User, _ int) { u.Failed = 0 })
	}
}

func changeCaller(c *engine.Call, edit func(u *User, threshold int)) {
	c.Update(func(next engine.State) {
		s := next.(*State)
		if u, ok := s.users.Get(callerOf(c).ID); ok {
			s.change(u, func(u *User) { edit(u, s.settings.LockThreshold) })
		}
	})
}

func isNoAdministrator(c *engine.Call) bool { return !callerOf(c).Superuser }

// isAboutAnother reads the path as the client wrote it: whether that is a
// number is not for strangers to learn.
func isAboutAnother(c *engine.Call) bool {
	return isNoAdministrator(c) && c.Path.Get("id") != strconv.FormatInt(callerOf(c).ID, 10)
}

// Administrator implements engine.State.
func (s *State) Administrator() any {
	for _, id := range s.byRole.IDs(s.globalAdmin()) {
		if u, _ := s.users.Get(id); u.Enabled && !u.Locked {
			return u
		}
	}
	return &User{Superuser: true}
}

// Credentials implements engine.State.
func (s *State) Credentials() []engine.Credential {
	u := s.Administrator().(*User)
	return []engine.Credential{{Role: "Global Administrator", Login: u.Login, Password: u.Password}}
}
