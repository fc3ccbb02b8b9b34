package devicehive

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A Refusal is how a server words one kind of refusal where it differs from
// the rest. What is not set stays as everywhere.
type Refusal struct {
	Status  int    `yaml:"status"`
	Form    string `yaml:"form"`    // application: error and message; container: its own; none: no body at all
	Error   int    `yaml:"error"`   // the number in the body, where it is not the status
	Message string `yaml:"message"` // {id} stands for the user that the path names
}

// Forms of a refusal's body.
const (
	byApplication = "application"
	byContainer   = "container"
	byNobody      = "none"
)

func viewError(code int, message string) engine.View {
	return func(j *engine.JSON) {
		j.Open('{')
		j.Name("error").Int(int64(code))
		j.Name("message").Text(message)
		j.Close('}')
	}
}

// containerError is what the container says of a request that it refuses.
func (s *Settings) containerError(c *engine.Call, status int, message string) engine.View {
	return func(j *engine.JSON) {
		j.Open('{')
		if j.Name("timestamp"); s.ContainerTime == "text" {
			writeTime(j, c.Now())
		} else {
			j.Int(c.Now().UnixMilli())
		}
		j.Name("status").Int(int64(status))
		j.Name("error").Text(http.StatusText(status))
		if s.ContainerMessage && message != "" {
			j.Name("message").Text(message)
		}
		j.Name("path").Text(c.URL.EscapedPath())
		j.Close('}')
	}
}

// refusal finds what the settings say of a problem, by its place in front of
// the application or else by its rule.
func (s *Settings) refusal(p *engine.Problem) (Refusal, bool) {
	if r, ok := s.Refusals[string(p.Kind)]; ok {
		return r, true
	}
	r, ok := s.Refusals[p.Rule]
	return r, ok && p.Kind != engine.Broken && p.Kind != engine.OnDemand
}

// word puts a problem into the server's envelope, in the server's words where
// they are known.
func word(c *engine.Call, p *engine.Problem) engine.Response {
	settings := stateOf(c).settings
	status, message := worded(c, p)
	r := engine.Response{Status: status, Header: http.Header{}, Body: viewError(status, message)}
	if !settings.NoAllow {
		maps.Copy(r.Header, p.Header)
	}
	special, ok := settings.refusal(p)
	if !ok {
		return r
	}
	r.Seen, r.Status = true, cmp.Or(special.Status, status)
	message = cmp.Or(strings.ReplaceAll(special.Message, "{id}", c.Path.Get("id")), message)
	switch special.Form {
	case byNobody:
		r.Body, r.Header["Content-Type"] = nil, nil
	case byContainer:
		r.Body = settings.containerError(c, r.Status, message)
		if p.Kind == firewall || p.Kind == noMedia {
			r.Header.Set("Content-Type", "application/json;charset=UTF-8")
		}
	default:
		r.Body = viewError(cmp.Or(special.Error, r.Status), message)
	}
	return r
}

// worded is what the server says of a problem, in its own words where they are
// known. What it cannot read in a path or a query leads nowhere for it, except
// how to sort; other parameters do not exist there and keep the mock's words.
func worded(c *engine.Call, p *engine.Problem) (status int, message string) {
	byFramework := func(status int) (int, string) {
		return status, fmt.Sprintf("HTTP %d %s", status, http.StatusText(status))
	}
	switch p.Kind {
	case engine.UnreadableBody, engine.InvalidBody:
		return p.Status, invalidParameters
	case engine.UnknownPath, engine.WrongMethod, engine.WrongMedia, engine.NotAcceptable, engine.TooLarge, elsewhere:
		return byFramework(p.Status)
	case engine.BadParameter:
		switch {
		case p.In != "path" && p.In != "query":
		case p.Fields[0].Name == "sortField":
			return p.Status, invalidParameters
		case p.Fields[0].Name == "sortOrder":
			return p.Status, "Unparseable sort order : " + c.Query().Get("sortOrder")
		default:
			return byFramework(http.StatusNotFound)
		}
	}
	return p.Status, p.Message
}
