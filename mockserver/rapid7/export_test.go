package rapid7

import (
	"fmt"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// Grow makes a state of n users: the given one's and plain users beside them.
func Grow(state engine.State, n int) engine.State {
	s := state.Copy().(*State)
	for s.users.Len() < n {
		id := s.nextID
		s.putUser(&User{
			ID: id, Login: fmt.Sprintf("user%07d", id), Name: fmt.Sprintf("User Number %d", id),
			Email: fmt.Sprintf("user%07d@example.com", id), Password: "Fake-user-1", Enabled: true,
			Source: 2, Role: "user", Sites: []int64{1}, Groups: []int64{11},
		})
	}
	return s
}
