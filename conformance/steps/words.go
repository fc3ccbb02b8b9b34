package steps

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	expressions "github.com/cucumber/cucumber-expressions/go/v18"

	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// What parameters stand for. A transformer knows no scenario, so it returns a
// description, which Scene.find resolves.

// A Ref names a record of the scenario, as in "ann" or the role "one".
type Ref struct{ Noun, Name string }

// An Actor is who sends a request.
type Actor struct {
	Name string  // "the administrator", "nobody", "a stranger", "each of them", or as the scenario names somebody
	With string  // instead of its own credential, as in "an expired token"; "" for its own
	Who  *Record // nil for those whom the scenario did not make
}

func (a Actor) String() string {
	if a.With != "" {
		return a.Name + " with " + a.With
	}
	return a.Name
}

// Administrator is whose credentials the target file gives.
var Administrator = Actor{Name: world.Administrator}

// Names are those of several things; empty for none.
type Names []string

// A Reason is why a request is refused, as in "unknown".
type Reason string

// A Secret is what somebody signs in with, as in "its password in capitals".
type Secret string

// An Outcome is how a request ends, as in "is refused as unknown".
type Outcome string

// Operations are one of the contract, or all that have something in common.
type Operations string

// A Target is what an operation is tried on.
type Target string

// A Page is one of a list, by its number or its place.
type Page string

// A Size is that of a page: a number, or around how many there are.
type Size string

// A Property is the way to one by the contract's names, as in "role.id".
type Property string

const (
	nouns      = `user|role|privilege|brief user|authentication source|site|asset group|network|device type|tenant|permission`
	plurals    = `users|roles|privileges|brief users|authentication sources|sites|asset groups|networks|device types|tenants|permissions`
	quotedName = `"[a-z]+"`
	reasons    = `unauthenticated|forbidden|unknown|malformed|in conflict|wrong type|\d{3}(?: or \d{3})*`
	credential = `an? [a-z]+(?:[ -][a-z]+)* token|a token for [A-Za-z, ]+`
)

// A word is one kind of parameter.
type word struct {
	name, means, pattern string
	read                 func(text string) any
}

var words = []word{
	{"person", "somebody whom the scenario names, as \"ann\"", quotedName, func(t string) any { return Ref{"user", unquoted(t)} }},
	{"record", "a record that the scenario names: \"ann\", the network \"home\"", quotedName + `|the (?:` + nouns + `) ` + quotedName, func(t string) any { return refOf(t) }},
	{"actor", "who acts: the administrator, nobody, a stranger, each of them, or somebody named, with another credential than the own where that is said", `(?:the administrator|nobody|a stranger|each of them|` + quotedName + `)(?: with (?:` + credential + `))?`, func(t string) any {
		name, with, _ := strings.Cut(t, " with ")
		return Actor{Name: unquoted(name), With: with}
	}},
	{"noun", "a kind of record, as user or role", nouns, func(t string) any { return t }},
	{"state", "of a user: locked, disabled, equipped", `[a-z]+(?: and [a-z]+)*`, func(t string) any { return t }},
	{"size", "of a page: a number, or around as many as there are", `\d+|as many as there are|one fewer than there are|one more than there are`, func(t string) any { return Size(t) }},
	{"nouns", "kinds of records, as users", plurals, func(t string) any { return t }},
	{"thing", "what people have, as site or network", nouns, func(t string) any { return t }},
	{"things", "the same, one or several", nouns + `|` + plurals, func(t string) any { return t }},
	{"outcome", "succeeds, is refused, is refused as unknown (or unauthenticated, forbidden, malformed, 404 …), is refused or has no effect", `succeeds|is refused or has no effect|is refused(?: as (?:` + reasons + `))?`, func(t string) any { return Outcome(t) }},
	{"operations", "one operation, or every one, also: every operation on a user, every operation that reads one thing", `every operation(?: on a user,| that reads one thing,)?|[a-z][A-Za-z]+`, func(t string) any { return Operations(t) }},
	{"target", "a record, itself, each of a kind, something unknown, something that exists", `itself|something unknown|something that exists|each (?:` + nouns + `)|` + quotedName + `|the (?:` + nouns + `) ` + quotedName, func(t string) any { return Target(t) }},
	{"attempts", "as often as locks an account, or one time less", `as often as locks an account|one time less than locks an account`, func(t string) any { return t }},
	{"page", "page 0, the last page, a page beyond the last", `page \d+|the last page|a page beyond the last`, func(t string) any { return Page(t) }},
	{"name", "a name of the scenario's own", quotedName, func(t string) any { return unquoted(t) }},
	{"names", "names, as \"ann\" and \"bob\"", quotedName + `(?:(?:, | and )` + quotedName + `)*`, func(t string) any {
		var all Names
		for _, quoted := range regexp.MustCompile(quotedName).FindAllString(t, -1) {
			all = append(all, unquoted(quoted))
		}
		return all
	}},
	{"property", "by the contract's names, with dots", `[A-Za-z]+(?:\.[A-Za-z]+)*`, func(t string) any { return Property(t) }},
	{"operation", "by its id in the contract", `[a-z][A-Za-z]+`, func(t string) any { return t }},
	{"secret", "its password, a wrong one, what is almost it (\"its password in capital letters\"), the password of somebody", `(?:its|the|a|an) (?:[a-z]+ )*(?:password|login)(?: of ` + quotedName + `| [a-z ]+)?`, func(t string) any { return Secret(t) }},
	{"value", "JSON, or text as it stands; (words in parentheses) are looked up", `.+`, func(t string) any { return Value(t) }},
	{"count", "a number", `\d+`, func(t string) any { n, _ := strconv.Atoi(t); return n }},
}

var registry = expressions.NewParameterTypeRegistry()

func init() {
	for _, w := range words {
		Word(w.name, w.means, w.pattern, w.read)
	}
}

var meanings = map[string]string{"string": "a text in quotes", "int": "a number", "word": "one word"}

// Meaning is what a parameter of a sentence means, by its name.
func Meaning(name string) string { return meanings[name] }

// Word defines a parameter by name, what it means for people, pattern and what a
// text of it stands for;
// an API does so in an init function for a concept that no other has. It panics
// on one that is there already or does not compile: every test finds it.
func Word(name, means, pattern string, read func(text string) any) {
	meanings[name] = means
	made, err := expressions.NewParameterType(name, []*regexp.Regexp{regexp.MustCompile(pattern)}, name,
		func(args ...*string) any { return read(*args[0]) }, false, false, false)
	if err == nil {
		err = registry.DefineParameterType(made)
	}
	if err != nil {
		panic(err)
	}
}

func unquoted(text string) string { return strings.Trim(text, `"`) }

func refOf(text string) Ref {
	noun, name, found := strings.Cut(strings.TrimPrefix(text, "the "), ` "`)
	if !found {
		return Ref{"user", unquoted(text)}
	}
	return Ref{noun, unquoted(name)}
}

// find resolves a description for a parameter of a type, or refuses it.
func (s *Scene) find(value any, as reflect.Type) (any, error) {
	if as == reflect.TypeFor[any]() {
		return s.lookUp(value)
	}
	switch v := value.(type) {
	case Ref:
		if as == reflect.TypeFor[*Record]() {
			return s.Known(v)
		}
		if _, err := s.kind(v.Noun); err != nil {
			return nil, err
		}
	case Actor:
		var err error
		if !slices.Contains([]string{"the administrator", "nobody", "a stranger", "each of them"}, v.Name) {
			v.Who, err = s.Known(Ref{"user", v.Name})
		}
		return v, err
	case string:
		switch as {
		case reflect.TypeFor[*Kind]():
			return s.kind(v)
		case reflect.TypeFor[*Thing]():
			return s.thing(v)
		case reflect.TypeFor[*schemas.Operation]():
			return s.operation(v)
		}
	}
	return value, nil
}

func (s *Scene) operation(id string) (*schemas.Operation, error) {
	op := s.API.Contract.Operation(id)
	if op == nil {
		var ids []string
		for _, known := range s.API.Contract.Operations {
			ids = append(ids, known.ID)
		}
		return nil, world.CouldNotJudge("the contract has no operation %q%s", id, schemas.Suggest(id, ids))
	}
	return op, nil
}
