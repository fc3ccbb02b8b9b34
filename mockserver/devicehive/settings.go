package devicehive

import (
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// Settings are what differs between editions, and what an administrator of a
// real server can change.
type Settings struct {
	RequiredActions     map[string][]string `yaml:"requiredActions"`     // by operation; any one is enough
	StrangerRefusal     StrangerRefusal     `yaml:"strangerRefusal"`     // for a client that reads another user
	ClientUpdatesOthers bool                `yaml:"clientUpdatesOthers"` // a client whose token manages users may change others
	ClientMayChange     []string            `yaml:"clientMayChange"`     // properties
	OldPasswordRequired bool                `yaml:"oldPasswordRequired"` // of a client that sets a password
	AbsentDataClears    bool                `yaml:"absentDataClears"`    // an update without data sets it to null
	ListFields          []string            `yaml:"listFields"`          // properties of users in lists
	GetFields           []string            `yaml:"getFields"`           // properties of one user
	InsertFields        []string            `yaml:"insertFields"`        // properties in the answer to an insertion
	ContainerErrors     bool                `yaml:"containerErrors"`     // bad tokens are refused in the container's envelope
	LockThreshold       int                 `yaml:"lockThreshold"`       // failed attempts that lock an account; 0: never
	LastLoginInterval   int64               `yaml:"lastLoginInterval"`   // milliseconds below which lastLogin stays
	AccessLifetime      int64               `yaml:"accessLifetime"`      // milliseconds
	RefreshLifetime     int64               `yaml:"refreshLifetime"`     // milliseconds
	JWTSecret           string              `yaml:"jwtSecret"`
	APIVersion          string              `yaml:"apiVersion"`
	WebSocketPath       string              `yaml:"webSocketPath"`
	BootstrapServers    string              `yaml:"bootstrapServers"`
	ZookeeperConnect    string              `yaml:"zookeeperConnect"`

	required map[string][]int // RequiredActions by number
	key      []byte           // what tokens are signed with
}

// A StrangerRefusal is the body of the 403 for a client that asks about
// somebody else. A %d in the message stands for the user asked for.
type StrangerRefusal struct {
	Error   int    `yaml:"error"`
	Message string `yaml:"message"`
}

// prepare checks the settings and derives from them what calls need.
func (s *Settings) prepare(contract *schemas.Contract) error {
	s.required = map[string][]int{}
	for id, names := range s.RequiredActions {
		if contract.Operation(id) == nil {
			return bad("requiredActions", "names %q, which is no operation", id)
		}
		for _, name := range names {
			action, known := actionNumber(name)
			if !known {
				return bad("requiredActions", "of %s: there is no action %q", id, name)
			}
			s.required[id] = append(s.required[id], action)
		}
	}
	for _, op := range contract.Operations {
		if !op.Public && len(s.required[op.ID]) == 0 {
			return bad("requiredActions", "lacks %s; name at least one action", op.ID)
		}
	}
	for key, fields := range map[string][]string{"listFields": s.ListFields, "getFields": s.GetFields, "insertFields": s.InsertFields} {
		for _, field := range fields {
			if userField[field] == nil {
				return bad(key, "names %q, which is no property of a user", field)
			}
		}
	}
	for _, property := range s.ClientMayChange {
		if !slices.Contains(changeable, property) {
			return bad("clientMayChange", "names %q; write some of %v", property, changeable)
		}
	}
	s.key = signingKey(s.JWTSecret)
	if len(s.key) == 0 {
		return bad("jwtSecret", "is %q; base64 makes no key of it, write at least four letters or digits", s.JWTSecret)
	}
	return nil
}

// Configure implements engine.State.
func (s *State) Configure(patch []byte) (engine.State, error) {
	contract, err := schemas.Load("devicehive")
	if err != nil {
		return nil, err
	}
	settings, err := fixtures.Patch(*s.settings, patch)
	if err != nil {
		return nil, err
	}
	if err := settings.prepare(contract); err != nil {
		return nil, err
	}
	next := s.Copy().(*State)
	next.settings = &settings
	return next, nil
}

// Settings implements engine.State; without the secret.
func (s *State) Settings() any {
	shown := *s.settings
	shown.JWTSecret = "(hidden)"
	return shown
}

func bad(key, format string, args ...any) error {
	return &fixtures.BadSetting{Key: key, Message: fmt.Sprintf(format, args...)}
}
