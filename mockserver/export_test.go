package mockserver

import "weak"

var WriteJSON = writeJSON

// Kept tells, later, whether the sandboxes of a mock are still in memory.
func Kept(s *Server) func() bool {
	sandboxes := weak.Make(s.sandboxes)
	return func() bool { return sandboxes.Value() != nil }
}
