package rapid7

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
)

// Settings are what differs between editions, and what an administrator of a
// real console can change.
type Settings struct {
	ErrorStatus           string         `yaml:"errorStatus"`           // string, integer or name
	CreateStatus          int            `yaml:"createStatus"`          // 200, or 201 with Location
	Privileges            []string       `yaml:"privileges"`            // all that a role may have
	UnconfiguredTwoFactor string         `yaml:"unconfiguredTwoFactor"` // refuse (404) or empty (200 without a key)
	TwoFactorKeys         string         `yaml:"twoFactorKeys"`         // base32, or documented: the documents' example is one, too
	PasswordOnUpdate      string         `yaml:"passwordOnUpdate"`      // optional or required
	AbsentBody            string         `yaml:"absentBody"`            // of an update: accept (nothing changes) or refuse (400)
	UnknownRoleUpdate     string         `yaml:"unknownRoleUpdate"`     // refuse (404) or create
	GrantToAllAccess      string         `yaml:"grantToAllAccess"`      // ignore (200) or refuse (400)
	MissingPermission     int            `yaml:"missingPermission"`     // 401, 403 or 404
	TwoFactorEnforced     bool           `yaml:"twoFactorEnforced"`     // a user with a key signs in with a code
	LockThreshold         int            `yaml:"lockThreshold"`         // failed attempts that lock an account; 0: never
	PasswordPolicy        PasswordPolicy `yaml:"passwordPolicy"`
	ConsoleHeaders        bool           `yaml:"consoleHeaders"` // the headers of recorded answers on every answer
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
	create, missing := []string{"200"}, []string{"401", "404"}
	if observed {
		create, missing = append(create, "201"), append(missing, "403")
	}
	for _, choice := range []struct {
		key, value string
		allowed    []string
	}{
		{"errorStatus", s.ErrorStatus, []string{"string", "integer", "name"}},
		{"unconfiguredTwoFactor", s.UnconfiguredTwoFactor, []string{"refuse", "empty"}},
		{"twoFactorKeys", s.TwoFactorKeys, []string{"base32", "documented"}},
		{"absentBody", s.AbsentBody, []string{"accept", "refuse"}},
		{"passwordOnUpdate", s.PasswordOnUpdate, []string{"optional", "required"}},
		{"unknownRoleUpdate", s.UnknownRoleUpdate, []string{"refuse", "create"}},
		{"grantToAllAccess", s.GrantToAllAccess, []string{"ignore", "refuse"}},
		{"createStatus", fmt.Sprint(s.CreateStatus), create},
		{"missingPermission", fmt.Sprint(s.MissingPermission), missing},
	} {
		if !slices.Contains(choice.allowed, choice.value) {
			return bad(choice.key, "is %q; write %s", choice.value, strings.Join(choice.allowed, " or "))
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
	case len(s.Privileges) == 0:
		return bad("privileges", "is empty; list what a role may have")
	case !fits("privileges", privilegeList{[]Link{}, s.Privileges}):
		return bad("privileges", "has a name that is none; write small letters, digits and dashes, as in create-reports")
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
	next := s.Copy().(*State)
	next.settings = &settings
	return next, nil
}
