package devicehive

import (
	"fmt"
	"net/http"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// byContainer marks problems that the container in front of the application
// finds: it has an envelope of its own.
const byContainer engine.Kind = "container"

type errorBody struct {
	Error   int    `json:"error"`
	Message string `json:"message"`
}

type containerBody struct {
	Timestamp int64  `json:"timestamp"`
	Status    int    `json:"status"`
	Error     string `json:"error"`
	Message   string `json:"message"`
	Path      string `json:"path"`
}

// word puts a problem into the server's envelope, in the server's words where
// they are known.
func word(c *engine.Call, p *engine.Problem) engine.Response {
	r := engine.Response{Status: p.Status, Header: p.Header}
	body := errorBody{p.Status, p.Message}
	switch p.Kind {
	case byContainer:
		if currentState(c).settings.ContainerErrors {
			r.Body = containerBody{c.Now().UnixMilli(), p.Status, http.StatusText(p.Status), p.Message, c.URL.Path}
			return r
		}
	case stranger:
		body.Error = currentState(c).settings.StrangerRefusal.Error
	case engine.UnreadableBody, engine.InvalidBody:
		body.Message = invalidParameters
	case engine.BadParameter:
		// What the server cannot read in a path or a query leads nowhere for it;
		// other parameters do not exist there and keep the mock's own words.
		if len(p.Fields) > 0 {
			r.Status = http.StatusNotFound
			body = errorBody{r.Status, httpText(r.Status)}
		}
	case engine.UnknownPath, engine.WrongMethod, engine.WrongMedia, engine.NotAcceptable, engine.TooLarge:
		body.Message = httpText(p.Status)
	}
	r.Body = body
	return r
}

// httpText is what the server's framework says of a status.
func httpText(status int) string { return fmt.Sprintf("HTTP %d %s", status, http.StatusText(status)) }
