package mockserver

import (
	"weak"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
)

var WriteJSON = writeJSON

// Kept tells, later, whether the sandboxes of a mock are still in memory.
func Kept(s *Server) func() bool {
	sandboxes := weak.Make(s.sandboxes)
	return func() bool { return sandboxes.Value() != nil }
}

// Guards are the reasons for which an API refuses, as its document has it.
func Guards(api string) ([]engine.Guard, error) {
	dir, err := fixtures.FS(api)
	if err != nil {
		return nil, err
	}
	made, err := constructors[api](dir, "documented")
	if err != nil {
		return nil, err
	}
	return made.Guards(), nil
}
