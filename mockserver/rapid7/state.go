package rapid7

import "github.com/rolecall/rolecall/mockserver/engine"

// State is all records of the console. Records are never changed in place.
type State struct {
	users    engine.Table[int64, *User]
	logins   engine.Table[string, int64] // login -> id
	byRole   engine.Index                // role id -> user ids
	roles    engine.Table[string, *Role]
	sources  engine.Table[int64, *Source]
	sites    engine.Table[int64, string] // id -> name
	groups   engine.Table[int64, string] // id -> name
	numbers  engine.Numbers
	settings *Settings
	observed bool // the edition may answer with statuses that were only observed
}

func newState(settings *Settings, observed bool) *State {
	return &State{
		users: engine.NewTable[int64, *User](), logins: engine.NewTable[string, int64](), byRole: engine.NewIndex(),
		roles: engine.NewTable[string, *Role](), sources: engine.NewTable[int64, *Source](),
		sites: engine.NewTable[int64, string](), groups: engine.NewTable[int64, string](),
		numbers: engine.NewNumbers(), settings: settings, observed: observed,
	}
}

// Copy implements engine.State.
func (s *State) Copy() engine.State {
	next := *s
	next.users, next.logins = s.users.Copy(), s.logins.Copy()
	next.byRole, next.roles, next.numbers = s.byRole.Copy(), s.roles.Copy(), s.numbers.Copy()
	return &next // the other tables are no operation's to change
}

// A User is one account.
type User struct {
	ID                  int64
	Login, Name         string
	Email               string // "": none
	Password            string // as it is: a mock has nothing to protect, and hashing would cost more than all else
	Enabled, Locked     bool
	Failed              int // failed attempts to sign in since the last success
	ResetOnLogin        bool
	Source              int64
	Role                string
	Superuser           bool // may do what Global Administrators may
	AllSites, AllGroups bool
	Sites, Groups       []int64 // ascending
	Key                 string  // seed of the two-factor codes, base32; "": none
	Locale              *Locale
}

// A Locale is a user's languages, as BCP 47 tags.
type Locale struct {
	Default string `yaml:"default"`
	Reports string `yaml:"reports"`
}

// globalAdmin is the id, before the edition's prefix, of the role of Global
// Administrators. Whoever has it is a superuser with access to everything.
const globalAdmin = "global-admin"

// globalAdmin is the id of that role.
func (s *State) globalAdmin() string { return s.settings.RolePrefix + globalAdmin }

// A Role is a named set of privileges.
type Role struct {
	ID, Name, Description string
	BuiltIn               bool
	Privileges            []string // sorted
}

// A Source is where users are authenticated.
type Source struct {
	ID       int64  `yaml:"id"`
	Name     string `yaml:"name"`
	Type     string `yaml:"type"` // normal, kerberos, ldap, saml or admin
	External bool   `yaml:"external"`
}

func (s *State) putUser(u *User) {
	if old, ok := s.users.Get(u.ID); ok {
		s.forget(old)
	}
	s.users.Put(u.ID, u)
	s.logins.Put(u.Login, u.ID)
	s.byRole.Add(u.Role, u.ID)
	s.numbers.Use("users", u.ID)
}

func (s *State) deleteUser(u *User) {
	s.forget(u)
	s.users.Delete(u.ID)
}

func (s *State) forget(u *User) {
	s.logins.Delete(u.Login)
	s.byRole.Remove(u.Role, u.ID)
}

// change puts a changed copy of a user in the place of the user.
func (s *State) change(u *User, edit func(*User)) {
	changed := *u
	edit(&changed)
	s.putUser(&changed)
}

func (s *State) userByLogin(login string) *User {
	if id, ok := s.logins.Get(login); ok {
		u, _ := s.users.Get(id)
		return u
	}
	return nil
}

// firstOfType finds the source of a type with the lowest id; 0 when there is none.
func (s *State) firstOfType(sourceType string) int64 {
	for id, source := range s.sources.All {
		if source.Type == sourceType {
			return id
		}
	}
	return 0
}

func stateOf(c *engine.Call) *State { return c.State().(*State) }
