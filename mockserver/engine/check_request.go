package engine

import (
	"cmp"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/rolecall/rolecall/schemas"
)

// MaxBody is the size in bytes up to which a body is read.
const MaxBody = 1 << 20

const formMediaType = "application/x-www-form-urlencoded"

// checkRequest refuses what the handler could not read without guessing:
// parameters and bodies that are not what the contract says. Unknown query
// parameters and unknown properties are no reason to refuse.
func (a *API) checkRequest(op *schemas.Operation) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			for _, check := range []func(*Call, *schemas.Operation) *Problem{readable, acceptable, parameters, bodyOf} {
				p := check(c, op)
				if p == nil {
					continue
				}
				if p.Rule == "" {
					p.Rule = a.ProtocolRule
				}
				if p.Kind == InvalidBody {
					p.Rule = cmp.Or(a.BodyRules[op.ID+"."+p.Fields[0].Name], a.BodyRules[op.ID], p.Rule)
				}
				if !c.Lifted(p.Rule) {
					return Response{}, p
				}
			}
			return next(c)
		}
	}
}

// readable passes on what the router found wrong with the request as a whole.
func readable(c *Call, _ *schemas.Operation) *Problem {
	if c.unread == nil {
		return nil
	}
	p, ok := c.unread.(*Problem)
	if !ok {
		p = &Problem{Status: http.StatusBadRequest, Kind: UnreadableBody, Message: c.unread.Error()}
	}
	return p
}

// onceOnly are the headers that mean nothing when they are given twice.
var onceOnly = []string{"Authorization", "Content-Type", "Content-Length", "Rolecall-Sandbox"}

func acceptable(c *Call, op *schemas.Operation) *Problem {
	for _, name := range onceOnly {
		if n := len(c.Header.Values(name)); n > 1 {
			return &Problem{Status: http.StatusBadRequest, Kind: BadParameter,
				Message: fmt.Sprintf("header %s is given %d times; give it once", name, n)}
		}
	}
	accept := c.Header.Values("Accept")
	if len(accept) == 0 || acceptsJSON(strings.Join(accept, ",")) {
		return nil
	}
	return &Problem{Status: http.StatusNotAcceptable, Kind: NotAcceptable,
		Message: "the answers are application/json; add it to the Accept header"}
}

func acceptsJSON(accept string) bool {
	for _, part := range strings.Split(accept, ",") {
		mediaType, parameters, err := mime.ParseMediaType(part)
		if err != nil || parameters["q"] == "0" {
			continue
		}
		switch mediaType {
		case "*/*", "application/*", "application/json":
			return true
		}
	}
	return strings.TrimSpace(accept) == ""
}

func parameters(c *Call, op *schemas.Operation) *Problem {
	query := c.Query()
	if c.misread != nil {
		return &Problem{Status: http.StatusBadRequest, Kind: BadParameter, Message: "the query cannot be read: " + c.misread.Error()}
	}
	c.values = make(map[string]any, len(op.Parameters))
	for _, p := range op.Parameters {
		var given []string
		switch p.In {
		case "path":
			given = []string{c.Path[p.Name]}
		case "query":
			given = query[p.Name]
		case "header":
			given = c.Header.Values(p.Name)
		}
		if p.Required && len(given) == 0 {
			return &Problem{Status: http.StatusBadRequest, Kind: BadParameter,
				Message: fmt.Sprintf("%s parameter %s is missing", p.In, p.Name)}
		}
		value, err := p.Type.Parse(given)
		if err != nil {
			return &Problem{Status: http.StatusBadRequest, Kind: BadParameter,
				Message: fmt.Sprintf("%s parameter %s %s", p.In, p.Name, err), Fields: []Field{{p.Name, err.Error()}}}
		}
		c.values[p.Name] = value
	}
	return nil
}

// bodyOf checks the body against the operation's schema. An operation without
// one ignores whatever body a client sends along.
func bodyOf(c *Call, op *schemas.Operation) *Problem {
	if op.Body == nil {
		return nil
	}
	if p := mediaTypeOf(c, op); p != nil {
		return p
	}
	if len(c.Body) == 0 {
		if !op.Body.Required {
			return nil
		}
		return &Problem{Status: http.StatusBadRequest, Kind: UnreadableBody, Message: "the request needs a body of " + op.Body.MediaType}
	}
	if op.Body.MediaType == formMediaType {
		form, err := url.ParseQuery(string(c.Body))
		if err != nil {
			return &Problem{Status: http.StatusBadRequest, Kind: UnreadableBody, Message: "the body is no form: " + err.Error()}
		}
		c.Body = formAsJSON(form)
	} else if err := schemas.StrictJSON(c.Body); err != nil {
		return &Problem{Status: http.StatusBadRequest, Kind: UnreadableBody, Message: err.Error()}
	}
	if violations := schemaOf(c, op).Validate(c.Body); len(violations) > 0 {
		p := &Problem{Status: http.StatusBadRequest, Kind: InvalidBody, Message: "the body is not what " + op.ID + " takes: " + join(violations)}
		for _, v := range violations {
			p.Fields = append(p.Fields, Field{v.Path, v.Message})
		}
		return p
	}
	return nil
}

// schemaOf is what the body is held to: the contract's schema, unless the API
// chooses another.
func schemaOf(c *Call, op *schemas.Operation) *schemas.Schema {
	if c.API.Body != nil {
		if chosen := c.API.Body(c); chosen != nil {
			return chosen
		}
	}
	return op.Body.Schema
}

// mediaTypeOf refuses a body of another media type. A missing Content-Type
// counts as the documented one: real clients leave it out.
func mediaTypeOf(c *Call, op *schemas.Operation) *Problem {
	given := c.Header.Get("Content-Type")
	if given == "" || len(c.Body) == 0 {
		return nil
	}
	mediaType, _, err := mime.ParseMediaType(given)
	if err == nil && mediaType == op.Body.MediaType {
		return nil
	}
	return &Problem{Status: http.StatusUnsupportedMediaType, Kind: WrongMedia,
		Message: fmt.Sprintf("Content-Type is %q; send %s", given, op.Body.MediaType)}
}

func formAsJSON(form url.Values) []byte {
	flat := make(map[string]any, len(form))
	for name, values := range form {
		flat[name] = values[0]
		if len(values) > 1 {
			flat[name] = values
		}
	}
	body, _ := json.Marshal(flat) // strings always marshal
	return body
}

func join(violations []schemas.Violation) string {
	texts := make([]string, len(violations))
	for i, v := range violations {
		texts[i] = v.String()
	}
	return strings.Join(texts, "; ")
}
