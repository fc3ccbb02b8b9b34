package devicehive

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// Settings are what differs between editions, and what an administrator of a
// real server can change.
type Settings struct {
	RequiredActions     map[string][]string `yaml:"requiredActions"`     // by operation; any one is enough
	Refusals            map[string]Refusal  `yaml:"refusals"`            // by rule, or by a place in front of the application
	Successes           map[string]int      `yaml:"successes"`           // statuses by operation, where they are not the contract's
	Permits             []string            `yaml:"permits"`             // rules under which nothing is refused
	Failures            map[string]string   `yaml:"failures"`            // texts, with status 500, by what the server fails over
	ReadsFirst          bool                `yaml:"readsFirst"`          // a request is read before its caller is asked for a token
	TolerantURLs        bool                `yaml:"tolerantURLs"`        // several spellings of a path or query mean one
	IgnoresQueries      bool                `yaml:"ignoresQueries"`      // lists are whole and in the order of ids, whatever is asked
	LenientBodies       bool                `yaml:"lenientBodies"`       // bodies are read as Gson does that is set to lenient
	ClientUpdatesOthers bool                `yaml:"clientUpdatesOthers"` // a client whose token manages users may change others
	ClientMayChange     []string            `yaml:"clientMayChange"`     // properties
	OldPasswordRequired bool                `yaml:"oldPasswordRequired"` // of a client that sets a password
	AbsentDataClears    bool                `yaml:"absentDataClears"`    // an update without data sets it to null
	AllTypesAtFirst     bool                `yaml:"allTypesAtFirst"`     // new users are allowed all device types unless the body says otherwise
	LoginColumn         int                 `yaml:"loginColumn"`         // characters beyond which the failure "column" happens
	ListFields          []string            `yaml:"listFields"`          // properties of users in lists
	GetFields           []string            `yaml:"getFields"`           // properties of one user
	InsertFields        []string            `yaml:"insertFields"`        // properties in the answer to an insertion
	UnsortedByChange    bool                `yaml:"unsortedByChange"`    // lists end with what was changed last, unless they are sorted
	ZeroTakesNone       bool                `yaml:"zeroTakesNone"`       // take=0 asks for nothing, instead of everything
	StaleAssociations   bool                `yaml:"staleAssociations"`   // see association
	EmptyIsJSON         bool                `yaml:"emptyIsJSON"`         // answers without a body have a media type
	NoAllow             bool                `yaml:"noAllow"`             // a wrong method is not told the right ones
	ContainerTime       string              `yaml:"containerTime"`       // of a container's errors: milliseconds, or text
	ContainerMessage    bool                `yaml:"containerMessage"`    // a container's errors say more than the status
	PasswordsRepeated   bool                `yaml:"passwordsRepeated"`   // a refusal repeats the password that it refuses
	NullMessage         string              `yaml:"nullMessage"`         // of the validator about a property that is null
	LockThreshold       int                 `yaml:"lockThreshold"`       // failed attempts that lock an account; 0: never
	LastLoginInterval   int64               `yaml:"lastLoginInterval"`   // milliseconds below which lastLogin stays
	AccessLifetime      int64               `yaml:"accessLifetime"`      // milliseconds
	RefreshLifetime     int64               `yaml:"refreshLifetime"`     // milliseconds
	JWTSecret           string              `yaml:"jwtSecret"`
	APIVersion          string              `yaml:"apiVersion"`
	CacheStats          string              `yaml:"cacheStats"`
	WebSocketPath       string              `yaml:"webSocketPath"`
	BootstrapServers    string              `yaml:"bootstrapServers"`
	ZookeeperConnect    string              `yaml:"zookeeperConnect"`

	contract *schemas.Contract
	required map[string][]int // RequiredActions by number
	key      []byte           // what tokens are signed with
}

// prepare checks the settings and derives from them what calls need.
func (s *Settings) prepare(contract *schemas.Contract) error {
	s.contract, s.required = contract, map[string][]int{}
	for id, names := range s.RequiredActions {
		for _, name := range names {
			action, known := actionNumber(name)
			if !known {
				return bad("requiredActions", "of %s: there is no action %q", id, name)
			}
			s.required[id] = append(s.required[id], action)
		}
	}
	var operations []string
	for _, op := range contract.Operations {
		operations = append(operations, op.ID)
	}
	if err := only("requiredActions", maps.Keys(s.RequiredActions), operations); err != nil {
		return err
	}
	for _, op := range contract.Operations {
		if !op.Public && len(s.required[op.ID]) == 0 {
			return bad("requiredActions", "lacks %s; name at least one action", op.ID)
		}
	}
	properties := slices.Sorted(maps.Keys(userField))
	if s.key = signingKey(s.JWTSecret); len(s.key) == 0 {
		return bad("jwtSecret", "is %q; base64 makes no key of it, write at least four letters or digits", s.JWTSecret)
	}
	return cmp.Or(
		only("listFields", slices.Values(s.ListFields), properties),
		only("getFields", slices.Values(s.GetFields), properties),
		only("insertFields", slices.Values(s.InsertFields), properties),
		only("clientMayChange", slices.Values(s.ClientMayChange), changeable),
		only("permits", slices.Values(s.Permits), []string{"DH-AUTH-05", "DH-TYPE-05", "DH-USER-12"}),
		only("failures", maps.Keys(s.Failures), []string{"range", "commit", "column", "insertNetwork", "insertDeviceType", "createToken", "refreshToken"}),
		only("containerTime", slices.Values([]string{cmp.Or(s.ContainerTime, "text")}), []string{"milliseconds", "text"}),
		only("successes", maps.Keys(s.Successes), operations),
		s.prepareStatuses(),
	)
}

func (s *Settings) prepareStatuses() error {
	for id, status := range s.Successes {
		if status < 200 || status > 299 {
			return bad("successes", "has %d of %s; write a status from 200 to 299", status, id)
		}
	}
	for key, r := range s.Refusals {
		switch forms := []string{"", byApplication, byContainer, byNobody}; {
		case !strings.HasPrefix(key, "DH-") && !slices.Contains(places, engine.Kind(key)):
			return bad("refusals", "names %q; write the id of a rule, or one of %v", key, places)
		case !slices.Contains(forms, r.Form):
			return bad("refusals", "of %s: form is %q; write one of %v", key, r.Form, forms[1:])
		case r.Status != 0 && (r.Status < 400 || r.Status > 599):
			return bad("refusals", "of %s: status is %d; write one from 400 to 599", key, r.Status)
		}
	}
	return nil
}

// only is the error of a setting that names something else than it may.
func only(key string, names iter.Seq[string], known []string) error {
	for name := range names {
		if !slices.Contains(known, name) {
			return bad(key, "names %q; write some of %s", name, strings.Join(known, ", "))
		}
	}
	return nil
}

func (s *Settings) permits(rule string) bool { return slices.Contains(s.Permits, rule) }

// Settings implements engine.State.
func (s *State) Settings() any { return s.settings }

// Configure implements engine.State.
func (s *State) Configure(patch []byte) (engine.State, error) {
	settings, err := fixtures.Patch(*s.settings, patch)
	if err != nil {
		return nil, err
	}
	next := s.Copy().(*State)
	next.settings = &settings
	return next, settings.prepare(s.settings.contract)
}

func bad(key, format string, args ...any) error {
	return &fixtures.BadSetting{Key: key, Message: fmt.Sprintf(format, args...)}
}
