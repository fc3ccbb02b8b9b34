package engine

import (
	"net/http"
	"strings"
)

// beyondMutants answer otherwise where no operation is: unknown paths, and
// methods that a path does not have.
func beyondMutants() (all []*Mutant) {
	add := func(what string, edit func(r Response) (Response, bool)) {
		all = append(all, &Mutant{Kind: "answer", What: what, altered: cmpOr(nil), beyond: edit})
	}
	as := func(from, to int) func(Response) (Response, bool) {
		return func(r Response) (Response, bool) {
			if r.Status != from {
				return r, false
			}
			r.Status = to
			return r, true
		}
	}
	add("404 as 200", as(http.StatusNotFound, http.StatusOK))
	add("405 as 200", as(http.StatusMethodNotAllowed, http.StatusOK))
	add("405 as 404", as(http.StatusMethodNotAllowed, http.StatusNotFound))
	add("405 without Allow", func(r Response) (Response, bool) { return withAllow(r, "") })
	add("405 with another method allowed", func(r Response) (Response, bool) {
		allowed := strings.Split(r.Header.Get("Allow"), ", ")
		return withAllow(r, strings.Join(append(allowed[1:], "TRACE"), ", "))
	})
	for _, m := range all {
		m.Beyond = func(_ *Call, r Response) Response {
			edited, differs := m.beyond(r)
			if differs {
				m.altered.Add(1)
			}
			return edited
		}
	}
	return all
}

func withAllow(r Response, methods string) (Response, bool) {
	if r.Status != http.StatusMethodNotAllowed {
		return r, false
	}
	r.Header = r.Header.Clone()
	if r.Header.Set("Allow", methods); methods == "" {
		r.Header.Del("Allow")
	}
	return r, true
}
