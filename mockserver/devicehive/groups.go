package devicehive

import (
	"net/http"
	"slices"
	"unicode/utf8"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A kind is networks or device types: what groups devices works alike.
type kind struct {
	id        string // as in the ids of operations
	name      string // as in settings
	noun      string // as in messages
	parameter string // that names one of the kind in paths of users
	unknown   string // the rule that there must be one of the number
	table     func(*State) engine.Table[int64, *Group]
	file      string                    // of its fixtures
	members   func(*State) engine.Index // the ids of the users who are assigned one of the kind
	of        func(*User) *association  // what a user is assigned
	all       func(*User) bool          // whether a user is allowed all of the kind
	listed    func(*Payload) []string   // what a token is for
}

var networks = &kind{
	id: "Network", name: "networks", noun: "Network", parameter: "networkId", unknown: "DH-NET-04",
	table:   func(s *State) engine.Table[int64, *Group] { return s.networks },
	file:    "networks",
	members: func(s *State) engine.Index { return s.byNetwork },
	of:      func(u *User) *association { return &u.Networks },
	all:     func(*User) bool { return false },
	listed:  func(p *Payload) []string { return p.Networks },
}

var deviceTypes = &kind{
	id: "DeviceType", name: "deviceTypes", noun: "Device type", parameter: "deviceTypeId", unknown: "DH-TYPE-04",
	table:   func(s *State) engine.Table[int64, *Group] { return s.deviceTypes },
	file:    "device_types",
	members: func(s *State) engine.Index { return s.byDeviceType },
	of:      func(u *User) *association { return &u.DeviceTypes },
	all:     func(u *User) bool { return u.AllDeviceTypes },
	listed:  func(p *Payload) []string { return p.DeviceTypes },
}

func (k *kind) operations() []engine.Operation {
	covered := refuse("DH-GROUP-03", 403, engine.Permission, func(c *engine.Call) bool { return !k.covers(callerOf(c), c.Int("id")) }, accessDenied)
	reached := refuse("DH-GROUP-03", 404, engine.Unknown, func(c *engine.Call) bool { return !k.reaches(callerOf(c), c.Int("id")) }, k.noun+" with id = {id} not found")
	changes := []engine.Guard{
		explain("DH-GROUP-02", 400, engine.Malformed, beyondSize("name", 1, "Field cannot be empty. The length of name should not be more than 128 symbols.")),
		refuse("DH-GROUP-02", 403, engine.Conflict, k.nameIsTaken, k.noun+" cannot be created. "+k.noun+" with such name already exists"),
		explain("DH-GROUP-02", 400, engine.Malformed, beyondSize("description", 0, "The length of description should not be more than 128 symbols.")),
	}
	return []engine.Operation{
		op("list"+k.id+"s", k.list),
		op("count"+k.id+"s", k.count),
		op("get"+k.id+"ById", k.get, covered, k.inPath("id"), reached),
		op("insert"+k.id, k.insert, append([]engine.Guard{body, fails("DH-PROTO-01", "insert"+k.id, bodyIsNull), noBody,
			explain("DH-GROUP-02", 400, engine.Malformed, isNull("name", "name field cannot be null."))}, changes...)...),
		op("update"+k.id, k.update, append([]engine.Guard{body, covered, k.inPath("id")}, changes...)...),
		op("delete"+k.id, k.remove, covered, k.inPath("id")),
	}
}

// named finds the one that a parameter names.
func (k *kind) named(parameter string) func(*engine.Call) (any, bool) {
	return func(c *engine.Call) (any, bool) { return k.table(stateOf(c)).Get(c.Int(parameter)) }
}

func (k *kind) inPath(parameter string) engine.Guard {
	return find(k.unknown, 404, k.named(parameter), k.noun+" with id = {"+parameter+"} not found")
}

func (k *kind) nameIsTaken(c *engine.Call) bool {
	name := c.JSON().Get("name")
	for id, other := range k.table(stateOf(c)).All {
		if given(name) && other.Name == name.String() && id != c.Int("id") {
			return true
		}
	}
	return false
}

// beyondSize says when a property has fewer characters than it must, or more
// than 128.
func beyondSize(property string, least int, text string) func(*engine.Call) string {
	return func(c *engine.Call) string {
		v := c.JSON().Get(property)
		size := utf8.RuneCountInString(v.String())
		if !given(v) || size >= least && size <= 128 {
			return ""
		}
		return invalid(violation(property, v.String(), text))
	}
}

func (k *kind) get(c *engine.Call) (engine.Response, error) {
	return engine.OK(func(j *engine.JSON) {
		j.Open('{')
		writeGroupMembers(j, c.Record.(*Group))
		j.Name("devices").Texts(nil)
		j.Close('}')
	})
}

func (k *kind) insert(c *engine.Call) (engine.Response, error) {
	s := stateOf(c)
	g := &Group{ID: s.numbers.Next(k.file)}
	s.numbers.Use(k.file, g.ID)
	k.put(c, g)
	return engine.Response{Status: http.StatusCreated, Body: viewNumber("id", g.ID)}, nil
}

func (k *kind) update(c *engine.Call) (engine.Response, error) {
	g := *c.Record.(*Group)
	k.put(c, &g)
	return engine.NoContent()
}

// put keeps what the body names; what it does not name stays.
func (k *kind) put(c *engine.Call, g *Group) {
	if name := c.JSON().Get("name"); given(name) {
		g.Name = name.String()
	}
	if description := c.JSON().Get("description"); given(description) {
		text := description.String()
		g.Description = &text
	}
	k.table(stateOf(c)).Put(g.ID, g)
}

// remove deletes one of the kind, and takes it from every user who has it.
func (k *kind) remove(c *engine.Call) (engine.Response, error) {
	s, id := stateOf(c), c.Int("id")
	for _, member := range k.members(s).IDs(key(id)) {
		if u, ok := s.users.Get(member); ok {
			s.change(u, func(u *User) { k.of(u).ids = without(k.of(u).ids, id) })
		}
	}
	k.table(s).Delete(id)
	return engine.NoContent()
}

// A token names the networks and device types that it is for. They limit what
// the caller sees of networks and device types; they never limit the methods
// of users.

// covers tells whether a token is for one of the kind: because it says so, or
// because it need not, the user being allowed them all.
func (k *kind) covers(caller *Caller, id int64) bool {
	listed := k.listed(caller.Token)
	return k.all(caller.User) || slices.Contains(listed, everything) || slices.Contains(listed, key(id))
}

// reaches tells whether the caller may see one of the kind. A client to whom
// not all are allowed has to be assigned it as well.
func (k *kind) reaches(caller *Caller, id int64) bool {
	free := caller.User.Role != client || k.all(caller.User)
	return k.covers(caller, id) && (free || slices.Contains(k.of(caller.User).ids, id))
}
