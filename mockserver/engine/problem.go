package engine

import "net/http"

// A Problem is a refusal before an API words it.
type Problem struct {
	Status  int
	Rule    string // the rule that the request broke, or was asked to break
	Message string // one sentence: what, where, how to mend it
	Kind    Kind
	Header  http.Header // sent with the answer; nil for none
	Fields  []Field     // what is wrong with which part of the body
}

// Kind tells problems of the engine apart, for APIs that word them differently.
type Kind string

const (
	Refused        Kind = ""          // by a handler, under a rule
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
type Field struct{ Name, Message string }

func (p *Problem) Error() string { return p.Message }
