package devicehive

import (
	"maps"
	"net/http"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// server is one scenario's view of a server.
type server struct {
	*steps.Scene
	users, networks, types *steps.Kind
	things                 []*steps.Thing
	admin                  string              // the administrator's token, once it is needed
	adminID                string              // its number, once it is needed
	had                    map[string][]string // networks and device types that a user was seen with
	whose                  *steps.Record       // the user whose passwords a table speaks of
}

type fields = steps.Fields

// administrator is the role whose credentials a target must give.
const administrator = "administrator"

// unknownID is a number that no user, network or device type has, on any
// server that is not about to run out of numbers.
const unknownID = "2147483000"

func newServer(w *world.World) *server {
	s := &server{had: map[string][]string{}}
	s.users = s.userKind()
	s.networks, s.types = s.groupKind("network", "Network"), s.groupKind("device type", "DeviceType")
	s.things = []*steps.Thing{s.networkThing(), s.typeThing()}
	s.Scene = steps.NewScene(w, s)
	return s
}

func (s *server) Kinds() []*steps.Kind { return []*steps.Kind{s.users, s.networks, s.types} }

func (s *server) Things() []*steps.Thing { return s.things }

// Threshold is the target's: the document gives no number.
func (s *server) Threshold() (int64, error) {
	return world.Get[int64](s.World, factLockThreshold)
}

// Statuses are those of the vendor's server. The document lists none.
func (s *server) Statuses(why steps.Reason, _ *schemas.Operation) ([]int, bool) {
	status, ok := map[steps.Reason]int{"unauthenticated": http.StatusUnauthorized, "forbidden": http.StatusForbidden, "unknown": http.StatusNotFound}[why]
	return []int{status}, ok
}

// State makes a user locked, disabled, an administrator or equipped: with one
// network and one device type, where there is one more of each.
func (s *server) State(r *steps.Record, state string, body fields) (func() error, error) {
	known, ok := map[string]fields{"locked": {"status": 1}, "disabled": {"status": 2}, "administrator": {"role": 0}, "equipped": {}}[state]
	if !ok {
		return nil, world.CouldNotJudge("no user of DeviceHive is %s", state)
	}
	maps.Copy(body, known)
	if state != "equipped" {
		return nil, nil
	}
	return func() error { return s.equip(r) }, nil
}

func (s *server) equip(r *steps.Record) error {
	for i, names := range [][]string{{"home", "attic"}, {"lamp", "fan"}} {
		t := s.things[i]
		for _, name := range names {
			if _, err := s.Exists(t.Noun, name); err != nil {
				return err
			}
		}
		id, err := t.Find(names[0])
		if err == nil {
			err = s.Has(r, t, []string{id})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func at(id string) map[string]string { return map[string]string{"id": id} }
