package engine

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/rolecall/rolecall/schemas"
)

// checkRequest refuses what nobody could read without guessing: headers and
// parameters that are not what the contract says. Unknown ones are no reason to
// refuse, unless the sandbox is strict.
func (a *API) checkRequest(next Handler) Handler {
	return func(c *Call) (Response, error) {
		for _, p := range []*Problem{headers(c), c.wrong} {
			if p != nil && !c.lifted(a.ProtocolRule) && !a.forgives(c, p) {
				p.Rule = a.ProtocolRule
				return Response{}, p
			}
		}
		if p := c.strict(); p != nil {
			p.Rule = a.ProtocolRule
			return Response{}, p
		}
		return next(c)
	}
}

// onceOnly are the headers that mean nothing when they are given twice. Locate
// says the same of the sandbox's.
var onceOnly = []string{"Authorization", "Content-Type", "Content-Length"}

var acceptable = NewMemo[string, bool]()

func headers(c *Call) *Problem {
	for _, name := range onceOnly {
		if n := len(c.Header[name]); n > 1 {
			return badParameter(fmt.Sprintf("header %s is given %d times; give it once", name, n))
		}
	}
	if accept := c.Header["Accept"]; len(accept) == 0 || acceptable.Get(strings.Join(accept, ","), acceptsJSON) {
		return nil
	}
	return &Problem{Status: http.StatusNotAcceptable, Kind: NotAcceptable,
		Message: "the answers are application/json; add it to the Accept header"}
}

// parameters reads what the contract names. A parameter that cannot be read
// counts as not given, for defects that go on.
func parameters(c *Call, op *schemas.Operation) (wrong *Problem) {
	query := c.Query()
	if c.misread != nil {
		wrong = badParameter("the query cannot be read: " + c.misread.Error())
	}
	if len(op.Parameters) > 0 {
		c.values = make([]any, len(op.Parameters))
	}
	for i := range op.Parameters {
		var given []string
		var inPath [1]string
		p := &op.Parameters[i]
		switch p.In {
		case "path":
			inPath[0] = c.Path.Get(p.Name)
			given = inPath[:]
		case "query":
			given = query[p.Name]
		case "header":
			given = c.Header.Values(p.Name)
		}
		value, err := p.Type.Parse(given)
		if err == nil && p.Required && len(given) == 0 {
			err = errMissing
		}
		if err != nil {
			value = p.Type.Default
			if wrong == nil {
				wrong = badParameter(fmt.Sprintf("%s parameter %s %s", p.In, p.Name, err), Field{Name: p.Name, Message: err.Error()})
				wrong.In = p.In
			}
		}
		c.values[i] = value
	}
	return wrong
}

var errMissing = errors.New("is missing")

func badParameter(message string, fields ...Field) *Problem {
	return &Problem{Status: http.StatusBadRequest, Kind: BadParameter, Message: message, Fields: fields}
}
