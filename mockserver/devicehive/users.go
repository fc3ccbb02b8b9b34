package devicehive

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// subject is the user that the path names, or else the caller; nil when there is none.
func subject(c *engine.Call) *User {
	id, named := c.Value("id").(int64)
	if !named {
		id = callerOf(c).User.ID
	}
	u, _ := stateOf(c).users.Get(id)
	return u
}

func userInPath(c *engine.Call) (any, bool) {
	u := subject(c)
	return u, u != nil
}

func get(c *engine.Call) (engine.Response, error) {
	u, s := subject(c), stateOf(c)
	noteNetworks(c)
	return engine.OK(viewUser(s, u, s.settings.GetFields))
}

func insert(c *engine.Call) (engine.Response, error) {
	s, body := stateOf(c), c.JSON()
	u := &User{ID: s.numbers.Next("users"), AllDeviceTypes: s.settings.AllTypesAtFirst}
	u.edit(body, true)
	if all := body.Get("allDeviceTypesAvailable"); given(all) {
		u.AllDeviceTypes = all.Bool()
	}
	s.putUser(u)
	return engine.Response{Status: http.StatusCreated, Body: viewUser(s, u, s.settings.InsertFields)}, nil
}

// useUpNumber takes the number that a database had given before it failed.
func useUpNumber(c *engine.Call) {
	c.Update(func(next engine.State) {
		numbers := next.(*State).numbers
		numbers.Use("users", numbers.Next("users"))
	})
}

// update does nothing when there is no body.
func update(c *engine.Call) (engine.Response, error) {
	if s, body := stateOf(c), c.JSON(); body.IsObject() {
		s.change(subject(c), func(u *User) { u.edit(body, s.settings.AbsentDataClears) })
	}
	return engine.NoContent()
}

// edit sets what a body names. Data takes any JSON object as it is (DH-USER-09);
// an empty password is none.
func (u *User) edit(body schemas.Value, absentDataClears bool) {
	if login := body.Get("login"); given(login) {
		u.Login = strings.TrimSpace(login.String())
	}
	if password := body.Get("password").String(); password != "" {
		u.Password = &password
	}
	if data := body.Get("data"); given(data) {
		var compact bytes.Buffer
		_ = json.Compact(&compact, data.Raw()) // the body has been read as JSON
		u.Data = compact.Bytes()
	} else if data.Exists() || absentDataClears {
		u.Data = nil
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
}

func remove(c *engine.Call) (engine.Response, error) {
	stateOf(c).deleteUser(subject(c))
	return engine.NoContent()
}
