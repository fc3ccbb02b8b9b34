package socotra

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// Settings are what the document leaves open, and what editions do otherwise.
// The edition "documented" says of each what it is about; the tags say which
// words, or which least number, it takes.
type Settings struct {
	Errors     string              `yaml:"errors" words:"full message text empty"`
	Refusals   map[engine.Kind]int `yaml:"refusals"`
	Successes  map[string]int      `yaml:"successes"`
	RequestIDs bool                `yaml:"requestIds"`

	Account               string `yaml:"account"`
	TokenSeconds          int    `yaml:"tokenSeconds" least:"1"`
	StatelessTokens       bool   `yaml:"statelessTokens"`
	TemporaryPasswordsUse bool   `yaml:"temporaryPasswordsUse"`

	Requests          map[string]string `yaml:"requests"`
	ExtraProperties   bool              `yaml:"extraProperties"`
	UnsetIsNull       bool              `yaml:"unsetIsNull"`
	EmptyListsUnset   bool              `yaml:"emptyListsUnset"`
	TimeForm          string            `yaml:"timeForm"`
	TimeOffsetMinutes int               `yaml:"timeOffsetMinutes" least:"-720"`
	ListsSorted       bool              `yaml:"listsSorted"`

	UserNameIgnoresCase  bool           `yaml:"userNameIgnoresCase"`
	UserNamesUnique      bool           `yaml:"userNamesUnique"`
	DeletedNamesReserved bool           `yaml:"deletedNamesReserved"`
	UnknownNameRefused   bool           `yaml:"unknownNameRefused"`
	PasswordPolicy       PasswordPolicy `yaml:"passwordPolicy"`
	ServiceAccounts      bool           `yaml:"serviceAccounts"`
	BasicUsersNamed      bool           `yaml:"basicUsersNamed"`

	Custom       string `yaml:"custom" words:"itself granted both"`
	SelfUpdate   string `yaml:"selfUpdate" words:"refused ignored full"`
	GrantCeiling bool   `yaml:"grantCeiling"`
	TargetFirst  bool   `yaml:"targetFirst"`

	PermissionForm      string `yaml:"permissionForm"`
	Wildcards           bool   `yaml:"wildcards"`
	PermissionsExpanded bool   `yaml:"permissionsExpanded"`
	PermissionsOnUsers  bool   `yaml:"permissionsOnUsers"`
	ForeignPermissions  string `yaml:"foreignPermissions" words:"ignored refused kept"`

	UnknownRoles       string `yaml:"unknownRoles" words:"refused ignored"`
	UnknownTenants     string `yaml:"unknownTenants" words:"refused ignored kept"`
	UnknownPermissions string `yaml:"unknownPermissions" words:"refused ignored kept"`
	TenantAliases      bool   `yaml:"tenantAliases"`
	RolesShownBy       string `yaml:"rolesShownBy" words:"name locator"`
	RolesTakenBy       string `yaml:"rolesTakenBy" words:"either name locator"`
	AddedAndRemoved    string `yaml:"addedAndRemoved" words:"refused added removed"`

	DefaultCount       int    `yaml:"defaultCount" least:"1"`
	MaxUsers           int    `yaml:"maxUsers" least:"1"`
	MaxBasicUsers      int    `yaml:"maxBasicUsers" least:"1"`
	MaxRoles           int    `yaml:"maxRoles" least:"1"`
	LargeCountRefused  bool   `yaml:"largeCountRefused"`
	ZeroCountIsDefault bool   `yaml:"zeroCountIsDefault"`
	ListOrder          string `yaml:"listOrder" words:"oldest newest locator"`
	FullPageIsOpen     bool   `yaml:"fullPageIsOpen"`

	SelfDeleteRefused      bool `yaml:"selfDeleteRefused"`
	LastAdminDeleteRefused bool `yaml:"lastAdminDeleteRefused"`
	UnknownDeleteRefused   bool `yaml:"unknownDeleteRefused"`

	RoleLocators            string `yaml:"roleLocators" words:"ulid uuid number"`
	RoleNamesUnique         bool   `yaml:"roleNamesUnique"`
	BuiltInRolesProtected   bool   `yaml:"builtInRolesProtected"`
	BuiltInRolesListed      bool   `yaml:"builtInRolesListed"`
	RoleInUseKept           bool   `yaml:"roleInUseKept"`
	FirstVersion            int    `yaml:"firstVersion" least:"0"`
	VersionStep             int    `yaml:"versionStep" least:"1"`
	EmptyUpdateBumpsVersion bool   `yaml:"emptyUpdateBumpsVersion"`
}

func (s *Settings) validate() error {
	settings := reflect.ValueOf(*s)
	for i := range settings.NumField() {
		value, tag := settings.Field(i), settings.Type().Field(i).Tag
		if words := strings.Fields(tag.Get("words")); len(words) > 0 && !slices.Contains(words, value.String()) {
			return bad(tag.Get("yaml"), "is %q; write one of %s", value, strings.Join(words, ", "))
		}
		if least, err := strconv.Atoi(tag.Get("least")); err == nil && value.Int() < int64(least) {
			return bad(tag.Get("yaml"), "is %d; write %d or more", value.Int(), least)
		}
	}
	switch _, err := time.Parse(time.RFC3339, time.Unix(0, 0).UTC().Format(s.TimeForm)); {
	case s.Account == "":
		return bad("account", "is empty; name the business account that the token endpoint is for")
	case !strings.Contains(s.PermissionForm, "{resource}") || !strings.Contains(s.PermissionForm, "{action}"):
		return bad("permissionForm", "is %q; write it with {resource} and {action}", s.PermissionForm)
	case err != nil:
		return bad("timeForm", "is %q; write a form of RFC 3339 as Go does, as in 2006-01-02T15:04:05.000Z07:00", s.TimeForm)
	}
	return s.validateAnswers()
}

// refusable are the problems that an edition may answer with another status.
var refusable = []engine.Kind{
	engine.Stranger, engine.Permission, engine.Unknown, engine.Reference, engine.Malformed, engine.Conflict, engine.WrongState,
	engine.Unreadable, engine.UnreadableBody, engine.InvalidBody, engine.BadParameter, engine.UnknownPath, engine.WrongMethod,
	engine.WrongMedia, engine.NotAcceptable, engine.TooLarge,
}

// validateAnswers holds to the contract what is said of its operations.
func (s *Settings) validateAnswers() error {
	contract, err := schemas.Load("socotra")
	if err != nil {
		return err
	}
	for operation, schema := range s.Requests {
		if contract.Operation(operation) == nil || contract.Schema(schema) == nil {
			return bad("requests", "holds %s to %q; write the id of an operation and the name of a schema file without .json", operation, schema)
		}
	}
	for operation, status := range s.Successes {
		if contract.Operation(operation) == nil || status/100 != 2 {
			return bad("successes", "answers %s with %d; write the id of an operation and a status of 200 to 299", operation, status)
		}
	}
	for kind, status := range s.Refusals {
		if !slices.Contains(refusable, kind) || status/100 != 4 {
			return bad("refusals", "answers %q with %d; write one of %v and a status of 400 to 499", kind, status, refusable)
		}
	}
	return nil
}

// requestSchema is what the settings hold the call's body to; nil for the
// contract's own schema.
func requestSchema(c *engine.Call) *schemas.Schema {
	return c.API.Contract.Schema(stateOf(c).settings.Requests[c.Operation.ID])
}

// Settings implements engine.State.
func (s *State) Settings() any { return *s.settings }

// Configure implements engine.State. How permissions are written was decided
// when the fixtures were read.
func (s *State) Configure(patch []byte) (engine.State, error) {
	settings, err := fixtures.Patch(*s.settings, patch)
	if err != nil {
		return nil, err
	}
	if settings.PermissionForm != s.settings.PermissionForm || settings.Wildcards != s.settings.Wildcards {
		return nil, bad("permissionForm", "and wildcards stay as they are while the mock runs; start it with another edition")
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
