package rapid7

import (
	"crypto/subtle"
	"net/http"
	"strconv"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// authenticate signs the caller in with HTTP Basic and sees to it that the
// caller may use the operation.
func authenticate(c *engine.Call) error {
	login, password, given := basicAuth(c)
	if err := c.Check(given, "R7-AUTH-01", http.StatusUnauthorized, "sign in with HTTP Basic: the request has no usable Authorization header"); err != nil {
		return err
	}
	user := currentState(c).userByLogin(login)
	if err := c.Check(user != nil, "R7-AUTH-02", http.StatusUnauthorized, "login or password is wrong"); err != nil {
		return err
	}
	if user != nil {
		if err := signIn(c, user, password); err != nil {
			return err
		}
	}
	c.Caller = user
	return authorize(c, user)
}

func basicAuth(c *engine.Call) (login, password string, ok bool) {
	r := http.Request{Header: c.Header}
	return r.BasicAuth()
}

func signIn(c *engine.Call, user *User, password string) error {
	if err := c.Check(!user.Locked, "R7-AUTH-05", http.StatusUnauthorized, "the account is locked after too many failed attempts"); err != nil {
		return err
	}
	if subtle.ConstantTimeCompare([]byte(user.Password), []byte(password)) != 1 {
		failedAttempt(c, user.ID)
		return c.Check(false, "R7-AUTH-02", http.StatusUnauthorized, "login or password is wrong")
	}
	if err := c.Check(user.Enabled, "R7-AUTH-03", http.StatusUnauthorized, "the account is disabled"); err != nil {
		return err
	}
	enforced := currentState(c).settings.TwoFactorEnforced && user.Key != ""
	if err := c.Check(!enforced || validCode(c, user.Key), "R7-2FA-05", http.StatusUnauthorized, "the header Token does not have the current two-factor code"); err != nil {
		return err
	}
	if user.Failed > 0 { // R7-AUTH-04: a success starts the count again
		c.Update(func(next engine.State) {
			s := next.(*State)
			if u, ok := s.users.Get(user.ID); ok {
				s.change(u, func(u *User) { u.Failed = 0 })
			}
		})
	}
	return nil
}

// failedAttempt counts, and locks the account when it was one too many
// (R7-AUTH-04).
func failedAttempt(c *engine.Call, id int64) {
	if c.Lifted("R7-AUTH-04") {
		return
	}
	c.Update(func(next engine.State) {
		s := next.(*State)
		u, ok := s.users.Get(id)
		if !ok || s.settings.LockThreshold == 0 {
			return
		}
		s.change(u, func(u *User) {
			u.Failed++
			u.Locked = u.Locked || u.Failed >= s.settings.LockThreshold
		})
	})
}

func validCode(c *engine.Call, key string) bool {
	ok, err := totp.ValidateCustom(c.Header.Get("Token"), key, c.Now(), totp.ValidateOpts{
		Period: 30, Skew: 1, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1,
	})
	return err == nil && ok
}

// Who may use an operation beside Global Administrators. An operation that is
// not listed is for every user.
const (
	nobodyElse = iota // documented as "Global Administrator" (R7-ADMIN-01)
	notPlain          // not for a plain user (R7-ADMIN-03)
	itself            // the user that is named in the path (R7-ADMIN-02)
	itselfOnly        // as itself, but the secret of another is R7-ADMIN-03
)

var permitted = map[string]int{
	"getUsers": nobodyElse, "createUser": nobodyElse, "updateUser": nobodyElse, "deleteUser": nobodyElse,
	"getUserPrivileges": nobodyElse,
	"setUserSites":      nobodyElse, "addUserSite": nobodyElse, "removeUserSite": nobodyElse,
	"setUserAssetGroups": nobodyElse, "addUserAssetGroup": nobodyElse, "removeUserAssetGroup": nobodyElse,
	"updateRole": notPlain, "deleteRole": notPlain, "unlockUser": notPlain,
	"removeAllUserSites": notPlain, "removeAllUserAssetGroups": notPlain,
	"getUser": itself, "getUserSites": itself, "getUserAssetGroups": itself,
	"getTwoFactorAuthenticationKey": itselfOnly, "regenerateTwoFactorAuthentication": itselfOnly,
	"setTwoFactorAuthentication": itselfOnly,
}

func authorize(c *engine.Call, user *User) error {
	who, limited := permitted[c.Operation.ID]
	if !limited || user == nil || user.administrator() {
		return nil
	}
	rule, allowed := "R7-ADMIN-01", false
	switch who {
	case notPlain:
		rule = "R7-ADMIN-03"
	case itself:
		rule, allowed = "R7-ADMIN-02", c.Path["id"] == strconv.FormatInt(user.ID, 10)
	case itselfOnly:
		rule, allowed = "R7-ADMIN-03", c.Path["id"] == strconv.FormatInt(user.ID, 10)
	}
	return c.Check(allowed, rule, refusalStatus(c), "%s is not for user %s", c.Operation.ID, user.Login)
}

// refusalStatus is what a caller without permission gets: the edition's choice
// where the operation lists it, and 401, which all list, elsewhere.
func refusalStatus(c *engine.Call) int {
	status := currentState(c).settings.MissingPermission
	if c.Operation.Response(status) == nil {
		return http.StatusUnauthorized
	}
	return status
}

func credentials(state engine.State) []engine.Credential {
	s := state.(*State)
	for _, id := range s.byRole.IDs(globalAdmin) {
		if u, _ := s.users.Get(id); u.Enabled && !u.Locked {
			return []engine.Credential{{Role: "Global Administrator", Login: u.Login, Password: u.Password}}
		}
	}
	return nil
}
