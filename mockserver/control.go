package mockserver

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// controlPrefix is where the control plane is. Like an API it can stand behind
// /sandbox/<name>.
const controlPrefix = "/_rolecall/"

// maxControlBody is the size in bytes up to which the control plane reads.
const maxControlBody = 1 << 20

// A controlCall is one request to the control plane.
type controlCall struct {
	server  *Server
	sandbox *engine.Sandbox
	request *http.Request
	body    []byte
}

// A controlRoute is one method of one part of the control plane.
type controlRoute struct {
	handle controlHandler
	query  []string // the parameters that it takes
	limit  int64    // the size of its body in bytes; 0 for maxControlBody
}

// A controlHandler returns what to answer as JSON, or who answers; nil for 204.
type controlHandler func(*controlCall) (any, error)

// control is the control plane: what a test needs to see and set beside the
// APIs themselves. Everything but health and sandboxes is of one sandbox, the
// one that the request's header or path prefix names.
func (s *Server) control() http.Handler {
	routes := map[string]controlRoute{
		"GET health":       {handle: health},
		"GET ready":        {handle: ready},
		"GET metrics":      {handle: showMetrics(s.metrics())},
		"GET sandboxes":    {handle: listSandboxes},
		"DELETE sandboxes": {handle: removeSandbox},
		"POST reset":       {handle: reset},
		"GET state":        {handle: showState, query: []string{"format", "secrets"}},
		"PUT state":        {handle: writeState(false), limit: maxStateBody},
		"PATCH state":      {handle: writeState(true), limit: maxStateBody},
		"GET snapshots":    {handle: listSnapshots},
		"POST snapshots":   {handle: takeSnapshot},
		"DELETE snapshots": {handle: deleteSnapshot, query: []string{"name"}},
		"POST restore":     {handle: restoreSnapshot},
		"POST fork":        {handle: forkSandbox},
		"GET settings":     {handle: showSettings},
		"PATCH settings":   {handle: changeSettings},
		"GET faults":       {handle: listFaults},
		"POST faults":      {handle: addFault},
		"DELETE faults":    {handle: clearFaults},
		"GET defects":      {handle: listDefects},
		"PUT defects":      {handle: setDefects},
		"GET journal":      {handle: showJournal, query: []string{"since"}},
		"DELETE journal":   {handle: clearJournal},
		"GET clock":        {handle: showClock},
		"PUT clock":        {handle: setClock},
	}
	for _, api := range s.apis {
		routes["GET openapi/"+api.Name()] = controlRoute{handle: showOpenAPI(api.Name())}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		answer, err := s.handleControl(routes, w, r)
		if own, ok := answer.(http.Handler); ok {
			own.ServeHTTP(w, r)
			return
		}
		document, isDocument := answer.(document)
		var refusal *controlError
		if err != nil && !errors.As(err, &refusal) {
			refusal = &controlError{status: http.StatusBadRequest, Message: err.Error()}
		}
		status := http.StatusOK
		switch {
		case refusal != nil:
			status, answer = refusal.status, refusal
			if refusal.allow != "" {
				w.Header().Set("Allow", refusal.allow)
			}
		case answer == nil:
			status = http.StatusNoContent
		}
		if s.options.Log != nil {
			s.log(nil, engine.Entry{Method: r.Method, URL: r.URL.RequestURI(), Status: status, Took: time.Since(began)})
		}
		switch {
		case status == http.StatusNoContent:
			w.WriteHeader(status)
		case isDocument:
			w.Header().Set("Content-Type", document.media)
			_, _ = w.Write(document.text) // a client that is gone needs no answer
		default:
			writeJSON(w, status, answer)
		}
	})
}

func (s *Server) handleControl(routes map[string]controlRoute, w http.ResponseWriter, r *http.Request) (any, error) {
	if err := s.admit(r); err != nil {
		return nil, err
	}
	r, err := engine.Locate(r)
	if err != nil {
		return nil, err
	}
	what, method := strings.TrimPrefix(r.URL.Path, controlPrefix), r.Method
	if method == http.MethodHead {
		method = http.MethodGet // net/http leaves the body out
	}
	route := routes[method+" "+what]
	if route.handle == nil {
		return nil, unknownControl(routes, r.Method, what)
	}
	if err := checkQuery(r.URL, route.query); err != nil {
		return nil, err
	}
	sandbox, err := s.sandboxes.get(engine.SandboxOf(r))
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, cmp.Or(route.limit, maxControlBody)))
	if err != nil {
		return nil, &controlError{status: http.StatusRequestEntityTooLarge, Message: err.Error()}
	}
	return route.handle(&controlCall{s, sandbox, r, body})
}

// writeJSON answers with the whole of a value or with an error, never with a
// part of it.
func writeJSON(w http.ResponseWriter, status int, v any) {
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		slog.Error("the control plane could not answer", "error", err)
		status = http.StatusInternalServerError
		body.Reset()
		_ = e.Encode(&controlError{Message: "the control plane could not write its answer: " + err.Error()})
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // a client that is gone needs no answer
}
