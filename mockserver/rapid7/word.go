package rapid7

import (
	"net/http"
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
	settings := currentState(c).settings
	status := any(strconv.Itoa(p.Status))
	switch settings.ErrorStatus {
	case "integer":
		status = p.Status
	case "name":
		status = strings.ToUpper(strings.ReplaceAll(http.StatusText(p.Status), " ", "_"))
	}
	r := engine.Response{
		Status: p.Status,
		Body:   errorBody{status, p.Message, []Link{{c.Base + strings.TrimPrefix(requested(c), base(c)), "self"}}},
		Header: p.Header,
	}
	if p.Status == http.StatusUnauthorized {
		if r.Header == nil {
			r.Header = http.Header{}
		}
		r.Header.Set("WWW-Authenticate", `Basic realm="Security Console"`)
	}
	return r
}

// requested is path and query as the client wrote them; base is the part of
// them that Call.Base has already.
func requested(c *engine.Call) string { return c.URL.RequestURI() }

func base(c *engine.Call) string {
	_, rest, _ := strings.Cut(c.Base, "://")
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return rest[i:]
	}
	return ""
}
