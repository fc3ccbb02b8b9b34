package engine

import "net/http"

// A Problem is a refusal before an API words it.
type Problem struct {
	Status  int
	Rule    string // the rule that the request broke, or was asked to break
	Message string // one sentence: what, where, how to mend it
	Kind    Kind
	Header  http.Header // sent with the answer; nil for none
	Fields  []Field     // what is wrong with which parameter or part of the body
	In      string      // where a bad parameter is: path, query or header
}

// Kind is the nature of a problem: why a guard refuses, or what the engine found
// wrong with the request. APIs word some kinds differently.
type Kind string

const (
	Stranger   Kind = "caller"     // who calls is not known, or not let in
	Permission Kind = "permission" // who calls may not do this
	Unknown    Kind = "unknown"    // there is no such record
	Reference  Kind = "reference"  // the body names a record that there is not
	Malformed  Kind = "malformed"  // what is given can never be good
	Conflict   Kind = "conflict"   // what is given does not go with another record
	WrongState Kind = "state"      // the record is not such that this can be done to it

	Unreadable     Kind = "http"      // the request is no HTTP
	UnreadableBody Kind = "body"      // no JSON, or JSON that is not unambiguous
	InvalidBody    Kind = "schema"    // JSON that the operation's schema refuses
	BadParameter   Kind = "parameter" // in path, query or header
	UnknownPath    Kind = "path"      // no operation has this path
	WrongMethod    Kind = "method"    // the path has operations, but not this one
	WrongMedia     Kind = "media"     // the body is not of the documented media type
	NotAcceptable  Kind = "accept"    // the client accepts no JSON
	TooLarge       Kind = "size"      // the body is over the limit
	OnDemand       Kind = "on-demand" // asked for by Prefer or by a fault
	Broken         Kind = "broken"    // the mock itself failed
)

// A Field is one part of a body and what is wrong with it.
type Field struct {
	Name, Message string
	Keyword       string // of the schema, if it is the body that breaks it
}

func (p *Problem) Error() string { return p.Message }
