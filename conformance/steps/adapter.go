package steps

import (
	"net/http"
	"net/url"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// An Adapter is how one API does what sentences say: its nouns as data, and the
// requests that they need.
type Adapter interface {
	world.Adapter

	// Kinds are the records that have operations of their own; users are one.
	Kinds() []*Kind
	// Things are what people have.
	Things() []*Thing
	// Sign is how somebody signs a request; nil for somebody without credentials.
	Sign(Actor) (func(*http.Request), error)
	// SignIn is a request of somebody that succeeds with the right password only.
	SignIn(person *Record, password string) (world.Request, error)
	// CanSignIn tells whether somebody should be able to, by what the scenario knows.
	CanSignIn(person *Record) bool
	// Threshold is how many failures in a row lock an account.
	Threshold() (int64, error)
	// State brings a new user into a state, as in "locked" or "administrator"; the
	// body that creates it may do so already, and is given before it is sent.
	State(person *Record, state string, body Fields) (after func() error, err error)
	// Sample is a request that is well made and would succeed if its sender were
	// allowed: on a record and what goes with it, or, for nil, on what does not exist.
	Sample(op *schemas.Operation, on *Record) (world.Request, error)
	// Witness is a request of an operation that reads, on what is there for certain.
	Witness(op *schemas.Operation) (world.Request, error)
	// StandsFor is what a cell in parentheses means, as in "(another role)".
	StandsFor(words string) (any, error)
	// Statuses are those with which the API refuses an operation for a reason; nil
	// for any 4xx. Not ok: the API knows no such reason.
	Statuses(Reason, *schemas.Operation) (statuses []int, ok bool)
}

// Fields are a JSON object.
type Fields = map[string]any

// A Kind is a sort of records that scenarios create, change and delete.
type Kind struct {
	Noun, Plural string
	// Operations; "" for what the API has not.
	Create, Read, Change, Delete, List string
	// Reset is the operation that gives somebody a new password, and Resets the bodies
	// that it may take, the likeliest first, with (a new password) in them.
	Reset  string
	Resets []string
	// Param is the wildcard of its operations for the id, which is named so in answers, too.
	Param string
	// Named is the property by which a record is found again: it begins with the
	// scenario's tag.
	Named string
	// Ending is what its names must end with, as "@example.com"; "" for nothing.
	Ending string
	// Unknown is an id that no record has.
	Unknown string
	// Schemas of the contract name its properties, by the way to them: "" for its own.
	Schemas map[string][]string
	Shape   invariants.Shape
	// Unshown are properties that a body may hold and no answer shows, or not as
	// they were given.
	Unshown []string
	// Moving are properties that a server changes by itself, as a version, and
	// what begins with one and a dot.
	Moving []string
	// Derived are properties that follow from another, with the beginning that they
	// have in common, as in "role.id": "role.".
	Derived map[string]string
	// Silent are properties of which no document says whether a change that does not
	// name them leaves them as they are.
	Silent []string
	// Settle brings what is shown of one, in canonical form, to one form where the
	// API leaves a choice; nil for none.
	Settle func(shown map[string]string)
	// Draft is a body that creates a record, with whatever some server may ask for.
	Draft func(*Record) (Fields, error)
	// Body is the body of a change; nil for just what changes.
	Body func(r *Record, changes Fields) (Fields, error)
	// Gives is what a change makes a record show, as a body that creates it would;
	// nil where that is what the change says.
	Gives func(r *Record, change Fields) Fields
	// Made is the id of a new record; nil for the one in the answer.
	Made func(*world.Exchange, *Record) (string, error)
	// Items are those of an answer of List.
	Items func(gjson.Result) []gjson.Result
	// Page asks for a page by its number, from 0, and its size, From by the number of
	// items before it; Sorted for an order, as in "name,ASC and id,DESC". nil where
	// the API has none.
	Page   func(number, size int) url.Values
	From   func(item, size int) url.Values
	Sorted func(criteria string) url.Values
	// More tells whether a page says that another follows it, and how large it says
	// that pages are; nil for "a full one is followed", and what was asked.
	More func(page gjson.Result, number, size int) (more bool, largest int)
	// All lists everything there is of the kind.
	All func() ([]gjson.Result, error)
	// Gone looks for what is left of a deleted record beside Read and All; nil for nothing.
	Gone func(*Record) error
	// ChangeMakes: a change of what does not exist makes it on some servers.
	ChangeMakes bool

	documented []string // properties that the contract knows
}

// A Verb is what is done to what somebody has.
type Verb string

const (
	Grant     Verb = "grants"
	Revoke    Verb = "revokes"
	Set       Verb = "sets"
	RevokeAll Verb = "revokes all"
	GrantAll  Verb = "grants all"
)

// A Thing is what people have: sites, networks, roles.
type Thing struct {
	Noun, Plural string
	// Property is the one of a user that lists them; "" for those that have an
	// operation of their own.
	Property string
	// Flag is the property of a user that says that it has all; "" for none.
	Flag string
	// Find is the id of one by the name that the scenario has for it: "first",
	// "home"; of "unknown" one that does not exist.
	Find func(name string) (id string, err error)
	// Of are the ids of those that somebody has.
	Of func(*Record) ([]string, error)
	// Every are the ids of all that the target has; nil where nobody has all by one grant.
	Every func() ([]string, error)
	// Request does it; an error says what cannot be done.
	Request func(verb Verb, person *Record, ids []string) (world.Request, error)
	// Prepare brings somebody, as a condition, to where it has exactly these; nil to
	// set or to grant them.
	Prepare func(person *Record, ids []string) error
}
