package engine

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/schemas"
)

// MaxBody is the size in bytes up to which a body is read.
const MaxBody = 1 << 20

const formMediaType = "application/x-www-form-urlencoded"

// A BodyCheck holds a body to the contract's schema.
type BodyCheck struct {
	Rule       string                      // that a body breaks which the schema refuses
	Properties map[string]string           // other rules, by the property in which the body breaks the schema, at any depth
	Schema     func(*Call) *schemas.Schema // another schema than the contract's; nil, or a nil result, for that one
}

// Body is the guard that refuses a body which is not what the contract's schema
// says. Every operation that reads a body has one, where it belongs in the
// order. A body that is no JSON at all breaks API.ProtocolRule. Unknown
// properties are no reason to refuse.
func Body(rule string) Guard { return BodyCheck{Rule: rule}.Guard() }

// Guard is the guard that Body is, for operations that need more said.
func (b BodyCheck) Guard() Guard {
	return Guard{Rule: b.Rule, Status: http.StatusBadRequest, Kind: InvalidBody, try: b.try, rules: slices.Collect(maps.Values(b.Properties))}
}

func (b BodyCheck) try(c *Call) *Problem {
	if c.garbled != nil || len(c.Body) == 0 {
		return c.garbled
	}
	schema := c.Operation.Body.Schema
	if b.Schema != nil {
		schema = cmp.Or(b.Schema(c), schema)
	}
	violations := schema.ValidateValue(c.body)
	if len(violations) == 0 {
		return nil
	}
	p := &Problem{Status: http.StatusBadRequest, Kind: InvalidBody, Message: "the body is not what " + c.Operation.ID + " takes: " + join(violations)}
	for _, v := range violations {
		p.Fields = append(p.Fields, Field{v.Path, v.Message, v.Keyword})
	}
	property, _, _ := strings.Cut(violations[0].Path, ".")
	p.Rule = cmp.Or(b.Properties[violations[0].Path], b.Properties[property], b.Rule)
	return p
}

// decode reads what was sent, before anything is locked: parameters and body.
// What is wrong with them is for their guards to say.
func decode(next Handler) Handler {
	return func(c *Call) (Response, error) {
		c.wrong = parameters(c, c.Operation)
		if c.Operation.Body != nil {
			if c.garbled = readBody(c, c.Operation.Body); c.garbled != nil {
				c.garbled.Rule = c.API.ProtocolRule
			}
		}
		return next(c)
	}
}

// readBody makes JSON of the body, or says why that cannot be done.
func readBody(c *Call, body *schemas.Body) *Problem {
	if c.lost != nil {
		return c.lost
	}
	if p := mediaTypeOf(c, body.MediaType); p != nil {
		return p
	}
	var err error
	switch {
	case len(c.Body) == 0 && body.Required:
		err = fmt.Errorf("the request needs a body of %s", body.MediaType)
	case len(c.Body) == 0:
	case body.MediaType == formMediaType:
		var form url.Values
		if form, err = url.ParseQuery(string(c.Body)); err == nil {
			c.Body = formAsJSON(form)
			c.body, err = schemas.Decode(c.Body)
		} else {
			err = fmt.Errorf("the body is no form: %w", err)
		}
	case c.API.Read != nil:
		c.body, err = c.API.Read(c)
	default:
		c.body, err = schemas.Decode(c.Body)
	}
	if err != nil {
		return &Problem{Status: http.StatusBadRequest, Kind: UnreadableBody, Message: err.Error()}
	}
	return nil
}

// mediaTypeOf refuses a body of another media type. A missing Content-Type
// counts as the documented one: real clients leave it out.
func mediaTypeOf(c *Call, wanted string) *Problem {
	if len(c.Body) == 0 {
		return nil
	}
	if coding := c.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return &Problem{Status: http.StatusUnsupportedMediaType, Kind: WrongMedia, Header: http.Header{"Accept-Encoding": {"identity"}},
			Message: fmt.Sprintf("Content-Encoding is %q; send the body as it is", coding)}
	}
	given := c.Header.Get("Content-Type")
	if given == "" || given == wanted {
		return nil
	}
	mediaType, _, err := mime.ParseMediaType(given)
	if err == nil && mediaType == wanted {
		return nil
	}
	return &Problem{Status: http.StatusUnsupportedMediaType, Kind: WrongMedia,
		Message: fmt.Sprintf("Content-Type is %q; send %s", given, wanted)}
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
