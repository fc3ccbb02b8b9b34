package rapid7

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
)

// Settings are what differs between editions: what documents leave open, and
// what an administrator of a real console can change. Where a setting is one of
// two words, choices has both.
type Settings struct {
	ErrorStatus           string         `yaml:"errorStatus"`           // of an error, as its body has it
	CreateStatus          int            `yaml:"createStatus"`          // 200, or 201 with Location
	MissingPermission     int            `yaml:"missingPermission"`     // 401, 403 or 404, where the operation lists it
	SilentPermissions     string         `yaml:"silentPermissions"`     // who may do what the documents restrict to nobody
	UnknownInBody         int            `yaml:"unknownInBody"`         // 400 or 404, where the operation lists it; 0: as is usual for each
	RolePrefix            string         `yaml:"rolePrefix"`            // before the ids of the fixtures' roles
	PrivilegePrefix       string         `yaml:"privilegePrefix"`       // before the fixtures' privileges
	Privileges            []string       `yaml:"privileges"`            // all that a role may have
	CreateRequires        []string       `yaml:"createRequires"`        // properties of a new user
	UpdateRequires        []string       `yaml:"updateRequires"`        // properties of a user's update
	RoleRequires          []string       `yaml:"roleRequires"`          // properties of a role's update
	AbsentProperties      string         `yaml:"absentProperties"`      // of an update: to their defaults, or as they are
	AbsentBody            string         `yaml:"absentBody"`            // of an update: nothing changes, or 400
	UnknownProperties     string         `yaml:"unknownProperties"`     // of a body
	LockedInBody          string         `yaml:"lockedInBody"`          // whether writing it locks and unlocks
	UnknownRoleUpdate     string         `yaml:"unknownRoleUpdate"`     // 404, or a new role
	SelfDeletion          string         `yaml:"selfDeletion"`          // of the last administrator, too
	GrantToAllAccess      string         `yaml:"grantToAllAccess"`      // a list for who has all: 200 or 400
	AllAccessLists        string         `yaml:"allAccessLists"`        // what is listed for who has all
	Repetition            string         `yaml:"repetition"`            // of a grant (400), a revocation or an unlocking (404)
	PasswordForm          string         `yaml:"passwordForm"`          // of a new password's body
	PasswordPolicy        PasswordPolicy `yaml:"passwordPolicy"`        // of every new password
	TwoFactorKeys         string         `yaml:"twoFactorKeys"`         // which texts are keys
	UnconfiguredTwoFactor string         `yaml:"unconfiguredTwoFactor"` // 404, or 200 without a key
	TwoFactorEnforced     bool           `yaml:"twoFactorEnforced"`     // a user with a key signs in with a code
	LockThreshold         int            `yaml:"lockThreshold"`         // failed attempts that lock an account; 0: never
	BadQuery              string         `yaml:"badQuery"`              // what is no page, size or sort: 400, or as not given
	PageSize              int64          `yaml:"pageSize"`              // users, where the query says nothing
	MaxPageSize           int64          `yaml:"maxPageSize"`           // users; who asks for more gets this many
	PageBeyondEnd         string         `yaml:"pageBeyondEnd"`         // 404, or empty
	Collation             string         `yaml:"collation"`             // of texts that users are sorted by
	ListOrder             string         `yaml:"listOrder"`             // of lists that nobody can sort
	Links                 string         `yaml:"links"`                 // all that are known, or only to itself
	EmptyProperties       string         `yaml:"emptyProperties"`       // of a user without address, a role without privileges
	ExtraProperties       bool           `yaml:"extraProperties"`       // answers have one that no document knows
	ConsoleHeaders        bool           `yaml:"consoleHeaders"`        // the headers of recorded answers on every answer
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

type choice struct {
	key, value string
	allowed    []string
}

// choices are the settings that are words. An edition that is not observed
// answers with documented statuses only.
func (s *Settings) choices(observed bool) []choice {
	create, missing := []string{"200"}, []string{"401", "404"}
	if observed {
		create, missing = append(create, "201"), append(missing, "403")
	}
	return []choice{
		{"errorStatus", s.ErrorStatus, []string{"string", "integer", "name"}},
		{"createStatus", fmt.Sprint(s.CreateStatus), create},
		{"missingPermission", fmt.Sprint(s.MissingPermission), missing},
		{"silentPermissions", s.SilentPermissions, []string{"administrators", "everybody"}},
		{"unknownInBody", fmt.Sprint(s.UnknownInBody), []string{"0", "400", "404"}},
		{"absentProperties", s.AbsentProperties, []string{"reset", "keep"}},
		{"absentBody", s.AbsentBody, []string{"accept", "refuse"}},
		{"unknownProperties", s.UnknownProperties, []string{"ignore", "refuse"}},
		{"lockedInBody", s.LockedInBody, []string{"ignore", "obey"}},
		{"unknownRoleUpdate", s.UnknownRoleUpdate, []string{"refuse", "create"}},
		{"selfDeletion", s.SelfDeletion, []string{"refuse", "accept"}},
		{"grantToAllAccess", s.GrantToAllAccess, []string{"ignore", "refuse"}},
		{"allAccessLists", s.AllAccessLists, []string{"all", "granted"}},
		{"repetition", s.Repetition, []string{"accept", "refuse"}},
		{"passwordForm", s.PasswordForm, []string{"any", "object", "string"}},
		{"twoFactorKeys", s.TwoFactorKeys, []string{"base32", "documented", "any"}}, // documented: and the documents' example
		{"unconfiguredTwoFactor", s.UnconfiguredTwoFactor, []string{"refuse", "empty"}},
		{"badQuery", s.BadQuery, []string{"refuse", "ignore"}},
		{"pageBeyondEnd", s.PageBeyondEnd, []string{"refuse", "empty"}},
		{"collation", s.Collation, []string{"codePoint", "ignoreCase"}},
		{"listOrder", s.ListOrder, []string{"ascending", "descending"}},
		{"links", s.Links, []string{"all", "self"}},
		{"emptyProperties", s.EmptyProperties, []string{"omit", "show"}},
	}
}

// validate refuses what no console can be set to.
func (s *Settings) validate(observed bool) error {
	for _, c := range s.choices(observed) {
		if !slices.Contains(c.allowed, c.value) {
			return bad(c.key, "is %q; write %s", c.value, strings.Join(c.allowed, " or "))
		}
	}
	p := s.PasswordPolicy
	switch {
	case s.LockThreshold < 0:
		return bad("lockThreshold", "is %d; write 0 for never, or the failed attempts that lock", s.LockThreshold)
	case min(p.MinLength, p.MaxLength, p.Capital, p.Digit, p.Special) < 0:
		return bad("passwordPolicy", "has a number below 0; write 0 for no demand")
	case p.MaxLength > 0 && p.MaxLength < max(p.MinLength, p.Capital+p.Digit+p.Special):
		return bad("passwordPolicy", "lets no password through: maxLength is %d", p.MaxLength)
	case s.PageSize < 1 || s.MaxPageSize < s.PageSize:
		return bad("pageSize", "is %d and maxPageSize %d; write at least 1, and no more than maxPageSize", s.PageSize, s.MaxPageSize)
	case len(s.Privileges) == 0:
		return bad("privileges", "is empty; list what a role may have")
	case !fits("privileges", privilegeList{[]Link{}, s.Privileges}):
		return bad("privileges", "has a name that is none; write small letters, digits and dashes, as in create-reports")
	case !slices.Contains(s.CreateRequires, "login"):
		return bad("createRequires", "lacks login; nothing else tells two users apart")
	}
	return nil
}

func bad(key, format string, args ...any) error {
	return &fixtures.BadSetting{Key: key, Message: fmt.Sprintf(format, args...)}
}

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
