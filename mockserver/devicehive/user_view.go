package devicehive

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// timestampLayout is how the server writes moments: in UTC, without a zone.
const timestampLayout = "2006-01-02T15:04:05.000"

// A view is a user as an answer shows it: the properties that the edition
// lists for the answer, in its order. What has no value is null.
type view struct {
	user   *User
	state  *State
	fields []string
}

// render writes users without reflection, which would take longer than
// everything else that the mock does for them.
func render(_ *engine.Call, body any) ([]byte, error) {
	b := make([]byte, 0, 512)
	switch v := body.(type) {
	case view:
		return v.appendTo(b), nil
	case []view:
		b = append(b, '[')
		for i, user := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = user.appendTo(b)
		}
		return append(b, ']'), nil
	}
	return engine.CompactJSON(body)
}

// userField writes a property of a user. There is none for
// passwords.
var userField = map[string]func(b []byte, s *State, u *User) []byte{
	"id":                      func(b []byte, _ *State, u *User) []byte { return strconv.AppendInt(b, u.ID, 10) },
	"login":                   func(b []byte, _ *State, u *User) []byte { return appendText(b, u.Login) },
	"role":                    func(b []byte, _ *State, u *User) []byte { return strconv.AppendInt(b, int64(u.Role), 10) },
	"status":                  func(b []byte, _ *State, u *User) []byte { return strconv.AppendInt(b, int64(u.Status), 10) },
	"lastLogin":               appendLastLogin,
	"data":                    appendData,
	"introReviewed":           func(b []byte, _ *State, u *User) []byte { return strconv.AppendBool(b, u.IntroReviewed) },
	"allDeviceTypesAvailable": func(b []byte, _ *State, u *User) []byte { return strconv.AppendBool(b, u.AllDeviceTypes) },
	"networks":                appendNetworks,
}

func (v view) appendTo(b []byte) []byte {
	for i, name := range v.fields {
		b = append(b, "{,"[min(i, 1)], '"')
		b = append(append(b, name...), '"', ':')
		b = userField[name](b, v.state, v.user)
	}
	return append(b, '}')
}

func (v view) MarshalJSON() ([]byte, error) { return v.appendTo(nil), nil }

func appendLastLogin(b []byte, _ *State, u *User) []byte {
	if u.LastLogin.IsZero() {
		return append(b, "null"...)
	}
	return append(u.LastLogin.UTC().AppendFormat(append(b, '"'), timestampLayout), '"')
}

func appendData(b []byte, _ *State, u *User) []byte {
	if u.Data == nil {
		return append(b, "null"...)
	}
	return append(b, u.Data...)
}

func appendNetworks(b []byte, s *State, u *User) []byte {
	b = append(b, '[')
	for i, network := range some(s.networks, s.shown(&u.Networks)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendInt(append(b, `{"id":`...), network.ID, 10), `,"name":`...)
		b = append(appendText(b, network.Name), `,"description":`...)
		if network.Description == nil {
			b = append(b, "null}"...)
			continue
		}
		b = append(appendText(b, *network.Description), '}')
	}
	return append(b, ']')
}

// appendText writes a JSON string; what needs no escapes goes straight.
func appendText(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c > '~' {
			escaped, _ := engine.CompactJSON(text) // strings always marshal
			return append(b, escaped...)
		}
	}
	return append(append(append(b, '"'), text...), '"')
}

func timestamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(timestampLayout)
}

// Show implements engine.State. Passwords are left out: that one is set is
// said, not what it is.
func (s *State) Show() map[string]any {
	users := []any{}
	for _, u := range s.users.All {
		users = append(users, map[string]any{
			"id": u.ID, "login": u.Login, "password": u.Password != nil, "role": u.Role, "status": u.Status,
			"failedAttempts": u.Failed, "lastLogin": timestamp(u.LastLogin), "data": json.RawMessage(u.Data),
			"introReviewed": u.IntroReviewed, "allDeviceTypesAvailable": u.AllDeviceTypes,
			"networks": u.Networks.ids, "deviceTypes": u.DeviceTypes.ids,
		})
	}
	groups := func(table engine.Table[int64, *Group]) []*Group {
		all := []*Group{}
		for _, g := range table.All {
			all = append(all, g)
		}
		return all
	}
	return map[string]any{"users": users, "networks": groups(s.networks), "device_types": groups(s.deviceTypes)}
}
