package socotra

import (
	"fmt"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// Settings are what the document leaves open, and what editions do otherwise.
type Settings struct {
	FullErrors bool `yaml:"fullErrors"` // status, fields and request id beside the message

	Account      string `yaml:"account"`      // the business account that the token endpoint is for
	TokenSeconds int    `yaml:"tokenSeconds"` // how long a token is good

	// Requests names the schemas that bodies are held to in place of the
	// contract's, by operation id.
	Requests map[string]string `yaml:"requests"`

	UserNameIgnoresCase bool           `yaml:"userNameIgnoresCase"`
	PasswordPolicy      PasswordPolicy `yaml:"passwordPolicy"`
	ServiceAccounts     bool           `yaml:"serviceAccounts"` // users say whether they are one

	CustomNeedsGrant          bool `yaml:"customNeedsGrant"`          // users.custom, to read and update oneself
	ForeignPermissionsRefused bool `yaml:"foreignPermissionsRefused"` // in an update; else they are ignored
	PermissionsExpanded       bool `yaml:"permissionsExpanded"`       // wildcards, in what a user may do
	GrantCeiling              bool `yaml:"grantCeiling"`              // nobody grants more than it has

	DefaultCount      int  `yaml:"defaultCount"`
	MaxUsers          int  `yaml:"maxUsers"` // a page
	MaxBasicUsers     int  `yaml:"maxBasicUsers"`
	MaxRoles          int  `yaml:"maxRoles"`
	LargeCountRefused bool `yaml:"largeCountRefused"` // else it is taken for the most there is

	SelfDeleteRefused      bool `yaml:"selfDeleteRefused"`
	LastAdminDeleteRefused bool `yaml:"lastAdminDeleteRefused"`

	BuiltInRolesProtected   bool `yaml:"builtInRolesProtected"`
	RoleInUseKept           bool `yaml:"roleInUseKept"` // deletion is refused; else users lose the role
	FirstVersion            int  `yaml:"firstVersion"`
	EmptyUpdateBumpsVersion bool `yaml:"emptyUpdateBumpsVersion"`
}

func (s *Settings) validate() error {
	contract, err := schemas.Load("socotra")
	if err != nil {
		return err
	}
	for operation, schema := range s.Requests {
		if contract.Operation(operation) == nil || contract.Schema(schema) == nil {
			return bad("requests", "holds %s to %q; write the id of an operation and the name of a schema file without .json", operation, schema)
		}
	}
	for _, n := range []struct {
		key   string
		value int
		least int
	}{
		{"tokenSeconds", s.TokenSeconds, 1},
		{"defaultCount", s.DefaultCount, 1},
		{"maxUsers", s.MaxUsers, 1},
		{"maxBasicUsers", s.MaxBasicUsers, 1},
		{"maxRoles", s.MaxRoles, 1},
		{"firstVersion", s.FirstVersion, 0},
	} {
		if n.value < n.least {
			return bad(n.key, "is %d; write %d or more", n.value, n.least)
		}
	}
	if s.Account == "" {
		return bad("account", "is empty; name the business account that the token endpoint is for")
	}
	return nil
}

// requestSchema is what the settings hold the call's body to; nil for the
// contract's own schema.
func requestSchema(c *engine.Call) *schemas.Schema {
	return c.API.Contract.Schema(currentState(c).settings.Requests[c.Operation.ID])
}

// Settings implements engine.State.
func (s *State) Settings() any { return s.settings }

// Configure implements engine.State.
func (s *State) Configure(patch []byte) (engine.State, error) {
	settings, err := fixtures.Patch(*s.settings, patch)
	if err != nil {
		return nil, err
	}
	if err := settings.validate(); err != nil {
		return nil, err
	}
	next := s.Copy().(*State)
	next.settings = &settings
	next.indexNames()
	return next, nil
}

func bad(key, format string, args ...any) error {
	return &fixtures.BadSetting{Key: key, Message: fmt.Sprintf(format, args...)}
}
