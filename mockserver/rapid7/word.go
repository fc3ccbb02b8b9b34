package rapid7

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type errorBody struct {
	Status  any    `json:"status"`
	Message string `json:"message"`
	Links   []Link `json:"links"`
}

// word puts a problem into the console's envelope: status, message and a link
// to what was asked for. (Property order and the three forms of status:
// recorded answers and the documents.)
func word(c *engine.Call, p *engine.Problem) engine.Response {
	code := statusOf(c, p)
	status := any(strconv.Itoa(code))
	switch stateOf(c).settings.ErrorStatus {
	case "integer":
		status = code
	case "name":
		status = strings.ToUpper(strings.ReplaceAll(http.StatusText(code), " ", "_"))
	}
	r := engine.Response{
		Status: code,
		Body:   errorBody{status, p.Message, []Link{{requested(c), "self"}}},
		Header: p.Header,
	}
	if code == http.StatusUnauthorized {
		if r.Header == nil {
			r.Header = http.Header{}
		}
		r.Header.Set("WWW-Authenticate", `Basic realm="Security Console"`)
	}
	return r
}

// statusOf is the edition's choice for a caller without permission, where the
// operation lists it; 401, which all list, elsewhere. What is no id names nothing:
// where only 404 is documented, and not 400, it is 404.
func statusOf(c *engine.Call, p *engine.Problem) int {
	documents := func(status int) bool { return slices.Contains(c.Operation.Statuses(), status) }
	switch chosen := stateOf(c).settings.MissingPermission; {
	case p.Kind == engine.Permission && c.Operation.Response(chosen) != nil:
		return chosen
	case p.Kind == engine.Reference && documents(stateOf(c).settings.UnknownInBody):
		return stateOf(c).settings.UnknownInBody
	case p.Kind == engine.BadParameter && p.In == "path" && documents(http.StatusNotFound) && !documents(http.StatusBadRequest):
		return http.StatusNotFound
	}
	return p.Status
}

// forgives what the edition passes over: parts of a query that make no sense,
// and properties that the contract requires. Which it requires itself, guards say.
func forgives(c *engine.Call, p *engine.Problem) bool {
	if p.Kind == engine.BadParameter {
		return p.In == "query" && stateOf(c).settings.BadQuery == "ignore"
	}
	required := p.Kind == engine.InvalidBody && slices.Contains([]string{"createUser", "updateUser", "updateRole"}, c.Operation.ID)
	return required && !slices.ContainsFunc(p.Fields, func(f engine.Field) bool { return f.Name != "(root)" || f.Keyword != "required" })
}

// requested is the URL of the call as the client wrote it.
func requested(c *engine.Call) string {
	scheme, rest, _ := strings.Cut(c.Base, "://")
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host + c.URL.RequestURI()
}
