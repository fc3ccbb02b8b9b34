package mockserver

import (
	"fmt"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// Mutants lists the mutants of an API that is served: what the audit starts
// the mock with besides the defects that were made by hand.
func (s *Server) Mutants(api string) []*engine.Mutant {
	for _, a := range s.apis {
		if a.Name() == api {
			return a.Mutants()
		}
	}
	return nil
}

// Observe has an observer stand around every call in the sandboxes of a prefix.
func (s *Server) Observe(api, prefix string) *engine.Observer {
	for _, a := range s.apis {
		if a.Name() == api {
			o, d := a.Observe()
			s.sandboxes.mutate(prefix, d)
			return o
		}
	}
	return nil
}

// Mutate switches defects or mutants on in every new sandbox whose name is the
// prefix, a dash and a number; none of them ends it. So one server can be many
// different ones at the same time.
func (s *Server) Mutate(prefix string, ids ...string) error {
	var on []engine.Defect
	for _, id := range ids {
		found := false
		for _, a := range s.apis {
			if d, ok := a.Defect(id); ok {
				on, found = append(on, d), true
			}
		}
		if !found {
			return fmt.Errorf("there is no defect or mutant %q", id)
		}
	}
	s.sandboxes.mutate(prefix, on)
	return nil
}

// Altered is how often a mutant has made a difference.
func (s *Server) Altered(id string) int64 {
	for _, a := range s.apis {
		if m := a.Mutant(id); m != nil {
			return m.Altered()
		}
	}
	return 0
}
