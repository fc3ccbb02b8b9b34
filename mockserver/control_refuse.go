package mockserver

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// A controlError is a refusal of the control plane.
type controlError struct {
	status  int
	allow   string // of a wrong method
	Message string `json:"error"`
	Hint    string `json:"hint,omitempty"`
}

func (e *controlError) Error() string { return e.Message }

func badControl(format string, args ...any) error {
	return &controlError{status: http.StatusBadRequest, Message: fmt.Sprintf(format, args...)}
}

func unknownControl(routes map[string]controlRoute, method, what string) error {
	if what == "" {
		return &controlError{
			status: http.StatusNotFound, Message: "name a part of the control plane",
			Hint: "it has " + strings.Join(slices.Sorted(maps.Keys(routes)), ", ") + ", each after " + controlPrefix,
		}
	}
	var names, methods []string
	for route := range routes {
		m, name, _ := strings.Cut(route, " ")
		names = append(names, name)
		if name == what {
			methods = append(methods, m)
		}
	}
	if len(methods) == 0 {
		return &controlError{status: http.StatusNotFound, Message: "the control plane has no " + controlPrefix + what + schemas.Suggest(what, names)}
	}
	hint := "use " + strings.Join(slices.Sorted(slices.Values(methods)), " or ")
	if slices.Contains(methods, http.MethodGet) {
		methods = append(methods, http.MethodHead)
	}
	slices.Sort(methods)
	return &controlError{status: http.StatusMethodNotAllowed, allow: strings.Join(methods, ", "), Message: method + " is not for " + controlPrefix + what, Hint: hint}
}

// checkQuery refuses a query that would be ignored: whoever sent it believes
// that it has an effect.
func checkQuery(u *url.URL, known []string) error {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return badControl("the query cannot be read: %v", err)
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		switch {
		case !slices.Contains(known, name):
			return &controlError{
				status: http.StatusBadRequest, Message: fmt.Sprintf("%s takes no query parameter %q%s", u.Path, name, schemas.Suggest(name, known)),
				Hint: "a sandbox is named by the header " + engine.SandboxHeader + " or the path prefix /sandbox/<name>",
			}
		case len(query[name]) > 1:
			return badControl("the query parameter %q is given %d times; give it once", name, len(query[name]))
		}
	}
	return nil
}
