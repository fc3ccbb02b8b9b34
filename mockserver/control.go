package mockserver

import (
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// controlPrefix is where the control plane is. Like an API it can stand behind
// /sandbox/<name>.
const controlPrefix = "/_rolecall/"

// maxControlBody is the size in bytes up to which the control plane reads.
const maxControlBody = 1 << 20

func controlPath(path string) (rest string, ok bool) {
	if after, in := strings.CutPrefix(path, "/sandbox/"); in {
		if _, tail, found := strings.Cut(after, "/"); found {
			path = "/" + tail
		}
	}
	return strings.CutPrefix(path, controlPrefix)
}

// A controlCall is one request to the control plane.
type controlCall struct {
	server  *Server
	sandbox *engine.Sandbox
	request *http.Request
	body    []byte
}

// A controlHandler returns what to answer as JSON; nil for 204.
type controlHandler func(*controlCall) (any, error)

// A controlError is a refusal of the control plane.
type controlError struct {
	status  int
	Message string `json:"error"`
	Hint    string `json:"hint,omitempty"`
}

func (e *controlError) Error() string { return e.Message }

func badControl(format string, args ...any) error {
	return &controlError{status: http.StatusBadRequest, Message: fmt.Sprintf(format, args...)}
}

// control is the control plane: what a test needs to see and set beside the
// APIs themselves. Everything but health and sandboxes is of one sandbox, the
// one that the request's header or path prefix names.
func (s *Server) control() http.Handler {
	routes := map[string]controlHandler{
		"GET health":       health,
		"GET sandboxes":    listSandboxes,
		"DELETE sandboxes": removeSandbox,
		"POST reset":       reset,
		"GET state":        showState,
		"GET settings":     showSettings,
		"PATCH settings":   changeSettings,
		"GET faults":       listFaults,
		"POST faults":      addFault,
		"DELETE faults":    clearFaults,
		"GET defects":      listDefects,
		"PUT defects":      setDefects,
		"GET journal":      showJournal,
		"DELETE journal":   clearJournal,
		"GET clock":        showClock,
		"PUT clock":        setClock,
	}
	for _, api := range s.apis {
		routes["GET openapi/"+api.Name()] = showOpenAPI(api.Name())
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		answer, err := s.handleControl(routes, w, r)
		if err != nil {
			refusal, ok := err.(*controlError)
			if !ok {
				refusal = &controlError{status: http.StatusBadRequest, Message: err.Error()}
			}
			w.WriteHeader(refusal.status)
			writeJSON(w, refusal)
			return
		}
		if answer == nil {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		writeJSON(w, answer)
	})
}

func (s *Server) handleControl(routes map[string]controlHandler, w http.ResponseWriter, r *http.Request) (any, error) {
	if err := s.admit(r); err != nil {
		return nil, err
	}
	what, _ := controlPath(r.URL.Path)
	handle := routes[r.Method+" "+what]
	if handle == nil {
		return nil, unknownControl(routes, r.Method, what)
	}
	name, err := engine.SandboxName(r)
	if err != nil {
		return nil, err
	}
	sandbox, err := s.sandboxes.get(name)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxControlBody))
	if err != nil {
		return nil, &controlError{status: http.StatusRequestEntityTooLarge, Message: err.Error()}
	}
	return handle(&controlCall{s, sandbox, r, body})
}

// admit keeps strangers out: with a token, whoever does not have it; without
// one, whoever is not on this machine, web pages in its browsers included
// (they come with another Host, or with an Origin).
func (s *Server) admit(r *http.Request) error {
	if token := s.options.Token; token != "" {
		given := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		if subtle.ConstantTimeCompare([]byte(given), []byte(token)) == 1 {
			return nil
		}
		return &controlError{status: http.StatusUnauthorized, Message: "the control plane needs its token", Hint: "send Authorization: Bearer <the token given to serve>"}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	// httptest and in-process calls have no real address to judge.
	if err == nil && !net.ParseIP(host).IsLoopback() || !loopbackHost(r.Host) || r.Header.Get("Origin") != "" {
		return &controlError{status: http.StatusForbidden, Message: "the control plane answers this machine only", Hint: "start serve with --control-token to use it from elsewhere"}
	}
	return nil
}

func loopbackHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func unknownControl(routes map[string]controlHandler, method, what string) error {
	var names, methods []string
	if what == "" {
		for route := range routes {
			names = append(names, route)
		}
		slices.Sort(names)
		return &controlError{status: http.StatusNotFound, Message: "name a part of the control plane", Hint: "it has " + strings.Join(names, ", ") + ", each after " + controlPrefix}
	}
	for route := range routes {
		m, name, _ := strings.Cut(route, " ")
		names = append(names, name)
		if name == what {
			methods = append(methods, m)
		}
	}
	if len(methods) > 0 {
		return &controlError{status: http.StatusMethodNotAllowed, Message: method + " is not for " + controlPrefix + what, Hint: "use " + strings.Join(methods, " or ")}
	}
	return &controlError{status: http.StatusNotFound, Message: "the control plane has no " + controlPrefix + what + schemas.Suggest(what, names)}
}

func writeJSON(w io.Writer, v any) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		slog.Error("the control plane could not answer", "error", err)
	}
}
