package devicehive

import (
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// changeable are the properties of a user that an update may name.
var changeable = []string{"login", "role", "status", "password", "data", "introReviewed"}

// update changes the user that the path names. Whether there is one comes
// before what the body says.
func update(c *engine.Call) (engine.Response, error) {
	caller := callerOf(c).User
	own := caller.Role != client || caller.ID == c.Int("id") || stateOf(c).settings.ClientUpdatesOthers
	if err := c.Check(own, "DH-SELF-05", http.StatusForbidden, accessDenied); err != nil {
		return engine.Response{}, err
	}
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	return change(c, u)
}

func updateCurrent(c *engine.Call) (engine.Response, error) {
	u, _ := stateOf(c).users.Get(callerOf(c).User.ID)
	return change(c, u)
}

// change edits a user by the body, with the server's checks in the server's
// order. An empty body changes nothing.
func change(c *engine.Call, old *User) (engine.Response, error) {
	body, s := c.JSON(), stateOf(c)
	if !body.IsObject() {
		return engine.NoContent()
	}
	u := *old
	for _, step := range []func(*engine.Call, *User, gjson.Result) error{
		changeData, mayChange, changeLogin, provePassword, changePassword, changeRest,
	} {
		if err := step(c, &u, body); err != nil {
			return engine.Response{}, err
		}
	}
	s.putUser(&u)
	return engine.NoContent()
}

func changeData(c *engine.Call, u *User, body gjson.Result) error {
	data := body.Get("data")
	if !data.Exists() && !stateOf(c).settings.AbsentDataClears {
		return nil
	}
	return readData(c, u, data)
}

// mayChange keeps a client to the properties that the edition leaves to it.
func mayChange(c *engine.Call, _ *User, body gjson.Result) error {
	if callerOf(c).User.Role != client {
		return nil
	}
	allowed := stateOf(c).settings.ClientMayChange
	beyond := slices.ContainsFunc(changeable, func(property string) bool {
		return given(body.Get(property)) && !slices.Contains(allowed, property)
	})
	return c.Check(!beyond, "DH-SELF-05", http.StatusForbidden, adminRequired)
}

func changeLogin(c *engine.Call, u *User, body gjson.Result) error {
	login := body.Get("login")
	if !given(login) {
		return nil
	}
	u.Login = strings.TrimSpace(login.String())
	return loginFree(c, u)
}

// provePassword has a client that sets a password give the one that is valid
// now. Without one there is nothing to give.
func provePassword(c *engine.Call, u *User, body gjson.Result) error {
	needed := stateOf(c).settings.OldPasswordRequired && callerOf(c).User.Role == client
	if !needed || body.Get("password").String() == "" {
		return nil
	}
	if err := c.Check(u.Password != nil, "DH-SELF-04", http.StatusForbidden, invalidCredentials); err != nil || u.Password == nil {
		return err
	}
	old := body.Get("oldPassword").String()
	if err := c.Check(old != "", "DH-SELF-03", http.StatusForbidden, oldPasswordMissing); err != nil {
		return err
	}
	return c.Check(old == *u.Password, "DH-SELF-03", http.StatusForbidden, invalidCredentials)
}

func changePassword(c *engine.Call, u *User, body gjson.Result) error {
	password := body.Get("password").String()
	if password == "" { // the server takes it for none given
		return nil
	}
	u.Password = &password
	return goodPassword(c, password)
}

func changeRest(c *engine.Call, u *User, body gjson.Result) error {
	if err := limits(c, body); err != nil {
		return err
	}
	if given(body.Get("login")) {
		if err := goodLogin(c, u.Login); err != nil {
			return err
		}
	}
	if role := body.Get("role"); given(role) {
		u.Role = int(role.Int())
	}
	if status := body.Get("status"); given(status) {
		u.Status = int(status.Int())
	}
	if intro := body.Get("introReviewed"); given(intro) {
		u.IntroReviewed = intro.Bool()
	}
	return nil
}
