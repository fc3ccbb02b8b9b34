package engine

import (
	"net/http"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/schemas"
)

// Which operations a path belongs to. Where two match, a literal segment wins
// over a wildcard, and it wins before the method is looked at: /user/current
// is one resource, and what it does not allow is not done to /user/{id}.

// allowed lists the methods of the operations on a path, sorted; none when no
// operation has it.
func (a *API) allowed(path string) []string {
	best, methods := -1, []string{}
	for _, op := range a.Contract.Operations {
		if !matches(op.Path, path) {
			continue
		}
		if n := literals(op.Path); n > best {
			best, methods = n, nil
		} else if n < best {
			continue
		}
		if !slices.Contains(methods, op.Method) {
			methods = append(methods, op.Method)
		}
	}
	if slices.Contains(methods, http.MethodGet) && !slices.Contains(methods, http.MethodHead) {
		methods = append(methods, http.MethodHead)
	}
	slices.Sort(methods)
	return methods
}

// moreLiteral lists the paths that win over an operation's and do not have its
// method; the router knows nothing of them.
func (a *API) moreLiteral(op *schemas.Operation) []string {
	var paths []string
	for _, other := range a.Contract.Operations {
		if other.Path == op.Path || !matches(op.Path, other.Path) || literals(other.Path) <= literals(op.Path) {
			continue
		}
		has := slices.ContainsFunc(a.Contract.Operations, func(o *schemas.Operation) bool { return o.Path == other.Path && o.Method == op.Method })
		if !has && !slices.Contains(paths, other.Path) {
			paths = append(paths, other.Path)
		}
	}
	return paths
}

func wrongMethod(a *API, method, path string) *Problem {
	allow := strings.Join(a.allowed(path), ", ")
	return &Problem{
		Status: http.StatusMethodNotAllowed, Kind: WrongMethod, Rule: a.ProtocolRule, Header: http.Header{"Allow": {allow}},
		Message: method + " is not allowed here; allowed are " + allow,
	}
}

func matches(pattern, path string) bool {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	return len(want) == len(have) && slices.EqualFunc(want, have, func(w, h string) bool {
		_, wild := schemas.Wildcard(w)
		return w == h || wild && h != ""
	})
}

func matchesAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, path) })
}

func literals(path string) int {
	n := 0
	for _, s := range strings.Split(path, "/") {
		if _, wild := schemas.Wildcard(s); !wild {
			n++
		}
	}
	return n
}
