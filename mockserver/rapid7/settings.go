package rapid7

import (
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
)

// Settings are what differs between editions: what documents leave open, and
// what an administrator of a real console can change.
type Settings struct {
	ErrorStatus           string         `yaml:"errorStatus" words:"string integer name"`            // of an error, as its body has it
	CreateStatus          int            `yaml:"createStatus" words:"200 201"`                       // 200, or 201 with Location
	MissingPermission     int            `yaml:"missingPermission" words:"401 403 404"`              // 401, 403 or 404, where the operation lists it
	SilentPermissions     string         `yaml:"silentPermissions" words:"administrators everybody"` // who may do what the documents restrict to nobody
	UnknownInBody         int            `yaml:"unknownInBody" words:"0 400 404"`                    // 400 or 404, where the operation lists it; 0: as is usual for each
	RolePrefix            string         `yaml:"rolePrefix"`                                         // before the ids of the fixtures' roles
	PrivilegePrefix       string         `yaml:"privilegePrefix"`                                    // before the fixtures' privileges
	Privileges            []string       `yaml:"privileges"`                                         // all that a role may have
	CreateRequires        []string       `yaml:"createRequires"`                                     // properties of a new user
	UpdateRequires        []string       `yaml:"updateRequires"`                                     // properties of a user's update
	RoleRequires          []string       `yaml:"roleRequires"`                                       // properties of a role's update
	AbsentProperties      string         `yaml:"absentProperties" words:"reset keep"`                // of an update: to their defaults, or as they are
	AbsentBody            string         `yaml:"absentBody" words:"accept refuse"`                   // of an update: nothing changes, or 400
	UnknownProperties     string         `yaml:"unknownProperties" words:"ignore refuse"`            // of a body
	LockedInBody          string         `yaml:"lockedInBody" words:"ignore obey"`                   // whether writing it locks and unlocks
	UnknownRoleUpdate     string         `yaml:"unknownRoleUpdate" words:"refuse create"`            // 404, or a new role
	SelfDeletion          string         `yaml:"selfDeletion" words:"refuse accept"`                 // of the last administrator, too
	GrantToAllAccess      string         `yaml:"grantToAllAccess" words:"ignore refuse"`             // a list for who has all: 200 or 400
	AllAccessLists        string         `yaml:"allAccessLists" words:"all granted"`                 // what is listed for who has all
	Repetition            string         `yaml:"repetition" words:"accept refuse"`                   // of a grant (400), a revocation or an unlocking (404)
	PasswordForm          string         `yaml:"passwordForm" words:"any object string"`             // of a new password's body
	PasswordPolicy        PasswordPolicy `yaml:"passwordPolicy"`                                     // of every new password
	TwoFactorKeys         string         `yaml:"twoFactorKeys" words:"base32 documented any"`        // which texts are keys
	UnconfiguredTwoFactor string         `yaml:"unconfiguredTwoFactor" words:"refuse empty"`         // 404, or 200 without a key
	TwoFactorEnforced     bool           `yaml:"twoFactorEnforced"`                                  // a user with a key signs in with a code
	LockThreshold         int            `yaml:"lockThreshold" least:"0"`                            // failed attempts that lock an account; 0: never
	BadQuery              string         `yaml:"badQuery" words:"refuse ignore"`                     // what is no page, size or sort: 400, or as not given
	PageSize              int64          `yaml:"pageSize" least:"1"`                                 // users, where the query says nothing
	MaxPageSize           int64          `yaml:"maxPageSize" least:"1"`                              // users; who asks for more gets this many
	PageBeyondEnd         string         `yaml:"pageBeyondEnd" words:"refuse empty"`                 // 404, or empty
	Collation             string         `yaml:"collation" words:"codePoint ignoreCase"`             // of texts that users are sorted by
	ListOrder             string         `yaml:"listOrder" words:"ascending descending"`             // of lists that nobody can sort
	Links                 string         `yaml:"links" words:"all self"`                             // all that are known, or only to itself
	EmptyProperties       string         `yaml:"emptyProperties" words:"omit show"`                  // of a user without address, a role without privileges
	ExtraProperties       bool           `yaml:"extraProperties"`                                    // answers have one that no document knows
	ConsoleHeaders        bool           `yaml:"consoleHeaders"`                                     // the headers of recorded answers on every answer
	PrettyPrint           bool           `yaml:"prettyPrint"`
}

// A PasswordPolicy is what a new password must have at least, in characters;
// MaxLength 0 means no limit.
type PasswordPolicy struct {
	MinLength int `yaml:"minLength"`
	MaxLength int `yaml:"maxLength"`
	Capital   int `yaml:"capital"`
	Digit     int `yaml:"digit"`
	Special   int `yaml:"special"`
}

// validate refuses what no console can be set to. An edition that is not
// observed answers with documented statuses only.
func (s *Settings) validate(observed bool) error {
	if err := fixtures.CheckTags(*s); err != nil {
		return err
	}
	p := s.PasswordPolicy
	switch {
	case s.CreateStatus == 201 && !observed:
		return bad("createStatus", "is 201, which no document lists; write 200")
	case s.MissingPermission == 403 && !observed:
		return bad("missingPermission", "is 403, which no document lists; write 401 or 404")
	case min(p.MinLength, p.MaxLength, p.Capital, p.Digit, p.Special) < 0:
		return bad("passwordPolicy", "has a number below 0; write 0 for no demand")
	case p.MaxLength > 0 && p.MaxLength < max(p.MinLength, p.Capital+p.Digit+p.Special):
		return bad("passwordPolicy", "lets no password through: maxLength is %d", p.MaxLength)
	case s.MaxPageSize < s.PageSize:
		return bad("pageSize", "is %d; write no more than maxPageSize, %d", s.PageSize, s.MaxPageSize)
	case len(s.Privileges) == 0:
		return bad("privileges", "is empty; list what a role may have")
	case !fits("privileges", privilegeList{[]Link{}, s.Privileges}):
		return bad("privileges", "has a name that is none; write small letters, digits and dashes, as in create-reports")
	case !slices.Contains(s.CreateRequires, "login"):
		return bad("createRequires", "lacks login; nothing else tells two users apart")
	}
	return nil
}

var bad = fixtures.Bad

// Settings implements engine.State.
func (s *State) Settings() any { return s.settings }

// Configure implements engine.State.
func (s *State) Configure(patch []byte) (engine.State, error) {
	settings, err := fixtures.Patch(*s.settings, patch)
	if err != nil {
		return nil, err
	}
	if err := settings.validate(s.observed); err != nil {
		return nil, fmt.Errorf("rapid7 settings: %w", err)
	}
	if settings.RolePrefix != s.settings.RolePrefix || settings.PrivilegePrefix != s.settings.PrivilegePrefix {
		return nil, fmt.Errorf("rapid7 settings: rolePrefix and privilegePrefix are for an edition to set: roles have their ids already")
	}
	next := s.Copy().(*State)
	next.settings = &settings
	return next, nil
}
