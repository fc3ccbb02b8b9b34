package devicehive

import (
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// timestampLayout is how the server writes moments: in UTC, without a zone.
const timestampLayout = "2006-01-02T15:04:05.000"

// userField writes a property of a user. There is none for passwords
// (DH-USER-11). What has no value is null.
var userField = map[string]func(j *engine.JSON, s *State, u *User){
	"id":                      func(j *engine.JSON, _ *State, u *User) { j.Int(u.ID) },
	"login":                   func(j *engine.JSON, _ *State, u *User) { j.Text(u.Login) },
	"role":                    func(j *engine.JSON, _ *State, u *User) { j.Int(int64(u.Role)) },
	"status":                  func(j *engine.JSON, _ *State, u *User) { j.Int(int64(u.Status)) },
	"lastLogin":               func(j *engine.JSON, _ *State, u *User) { writeTime(j, u.LastLogin) },
	"data":                    writeData,
	"introReviewed":           func(j *engine.JSON, _ *State, u *User) { j.Bool(u.IntroReviewed) },
	"allDeviceTypesAvailable": func(j *engine.JSON, _ *State, u *User) { j.Bool(u.AllDeviceTypes) },
	"networks": func(j *engine.JSON, s *State, u *User) {
		writeEach(j, some(s.networks, s.shown(&u.Networks)), writeGroup)
	},
}

// viewUser is a user as an answer shows it: the properties that the edition
// lists for the answer, in its order.
func viewUser(s *State, u *User, fields []string) engine.View {
	return func(j *engine.JSON) {
		j.Open('{')
		for _, name := range fields {
			userField[name](j.Name(name), s, u)
		}
		j.Close('}')
	}
}

func writeData(j *engine.JSON, _ *State, u *User) {
	if u.Data == nil {
		j.Null()
		return
	}
	j.Raw(u.Data)
}

func writeTime(j *engine.JSON, t time.Time) {
	if t.IsZero() {
		j.Null()
		return
	}
	j.Text(t.UTC().Format(timestampLayout))
}

func writeGroup(j *engine.JSON, g *Group) {
	j.Open('{')
	writeGroupMembers(j, g)
	j.Close('}')
}

func writeGroupMembers(j *engine.JSON, g *Group) {
	j.Name("id").Int(g.ID)
	j.Name("name").Text(g.Name)
	if j.Name("description"); g.Description == nil {
		j.Null()
	} else {
		j.Text(*g.Description)
	}
}

// viewGroup is one as the only member of an object.
func viewGroup(name string, g *Group) engine.View {
	return func(j *engine.JSON) {
		j.Open('{')
		writeGroup(j.Name(name), g)
		j.Close('}')
	}
}

// viewNumber is a number as the only member of an object.
func viewNumber(name string, n int64) engine.View {
	return func(j *engine.JSON) {
		j.Open('{')
		j.Name(name).Int(n)
		j.Close('}')
	}
}

func writeEach[T any](j *engine.JSON, list []T, write func(*engine.JSON, T)) {
	j.Open('[')
	for _, one := range list {
		write(j, one)
	}
	j.Close(']')
}

func viewEach[T any](list []T, write func(*engine.JSON, T)) engine.View {
	return func(j *engine.JSON) { writeEach(j, list, write) }
}
