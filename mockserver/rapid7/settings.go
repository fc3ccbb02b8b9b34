package rapid7

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"

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
	PasswordOnUpdate      string         `yaml:"passwordOnUpdate"`      // optional or required
	UnknownRoleUpdate     string         `yaml:"unknownRoleUpdate"`     // refuse (404) or create
	GrantToAllAccess      string         `yaml:"grantToAllAccess"`      // ignore (200) or refuse (400)
	MissingPermission     int            `yaml:"missingPermission"`     // 401, 403 or 404
	TwoFactorEnforced     bool           `yaml:"twoFactorEnforced"`     // a user with a key signs in with a code
	LockThreshold         int            `yaml:"lockThreshold"`         // failed attempts that lock an account; 0: never
	PasswordPolicy        PasswordPolicy `yaml:"passwordPolicy"`
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

func (s *Settings) validate() error {
	for _, choice := range []struct {
		key, value string
		allowed    []string
	}{
		{"errorStatus", s.ErrorStatus, []string{"string", "integer", "name"}},
		{"unconfiguredTwoFactor", s.UnconfiguredTwoFactor, []string{"refuse", "empty"}},
		{"passwordOnUpdate", s.PasswordOnUpdate, []string{"optional", "required"}},
		{"unknownRoleUpdate", s.UnknownRoleUpdate, []string{"refuse", "create"}},
		{"grantToAllAccess", s.GrantToAllAccess, []string{"ignore", "refuse"}},
		{"createStatus", fmt.Sprint(s.CreateStatus), []string{"200", "201"}},
		{"missingPermission", fmt.Sprint(s.MissingPermission), []string{"401", "403", "404"}},
	} {
		if !slices.Contains(choice.allowed, choice.value) {
			return fmt.Errorf("rapid7 settings: %s is %q; write one of %v", choice.key, choice.value, choice.allowed)
		}
	}
	p := s.PasswordPolicy
	if s.LockThreshold < 0 || min(p.MinLength, p.MaxLength, p.Capital, p.Digit, p.Special) < 0 {
		return fmt.Errorf("rapid7 settings: lockThreshold and the numbers of passwordPolicy must not be below 0")
	}
	if p.MaxLength > 0 && p.MaxLength < max(p.MinLength, p.Capital+p.Digit+p.Special) {
		return fmt.Errorf("rapid7 settings: passwordPolicy lets no password through: maxLength is %d", p.MaxLength)
	}
	if len(s.Privileges) == 0 {
		return fmt.Errorf("rapid7 settings: privileges is empty; list what a role may have")
	}
	return nil
}

// shown is the settings by the names that a change uses.
func (s *Settings) shown() any {
	text, err := yaml.Marshal(s)
	if err != nil {
		return nil
	}
	var m map[string]any
	if yaml.Unmarshal(text, &m) != nil {
		return nil
	}
	return m
}

func configure(state engine.State, patch []byte) (engine.State, error) {
	s := state.Copy().(*State)
	settings, err := fixtures.Patch(*s.settings, patch)
	if err != nil {
		return nil, err
	}
	if err := settings.validate(); err != nil {
		return nil, err
	}
	s.settings = &settings
	return s, nil
}
