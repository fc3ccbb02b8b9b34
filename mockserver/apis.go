package mockserver

import (
	"io/fs"
	"maps"
	"slices"

	"github.com/rolecall/rolecall/mockserver/devicehive"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/mockserver/rapid7"
	"github.com/rolecall/rolecall/mockserver/socotra"
)

// constructors is the list of APIs. A test holds it to the folders.
var constructors = map[string]func(dir fs.FS, edition string) (*engine.API, error){
	"devicehive": devicehive.New,
	"rapid7":     rapid7.New,
	"socotra":    socotra.New,
}

// APIs lists the names of the APIs that the mock implements, sorted.
func APIs() []string { return slices.Sorted(maps.Keys(constructors)) }

// names lists the APIs that are served.
func (s *Server) names() (names []string) {
	for _, api := range s.apis {
		names = append(names, api.Name())
	}
	return names
}

// A DefectInfo describes a defect to whoever lists or chooses one.
type DefectInfo struct {
	API     string `json:"api"`
	ID      string `json:"id"`
	Breaks  string `json:"breaks"` // the rule's id
	Summary string `json:"summary"`
}

// Defects lists the defects of the APIs that are served, in the order in which
// they are defined.
func (s *Server) Defects() []DefectInfo {
	var all []DefectInfo
	for _, api := range s.apis {
		for _, d := range api.Defects {
			all = append(all, DefectInfo{api.Name(), d.ID, d.Breaks, d.Summary})
		}
	}
	return all
}
