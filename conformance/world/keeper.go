package world

import (
	"regexp"
	"strings"
)

// A Keeper finds an API's records again, and deletes them.
type Keeper interface {
	// Show reads a record; nil where the target says that there is none.
	Show(kind, id string) (*Trace, error)
	// List lists the records of a kind among which those are that carry a tag. A list
	// that cannot be read to its end is an error.
	List(kind, tag string) ([]Trace, error)
	// Erase sends the request that deletes a record.
	Erase(kind, id string) (*Exchange, error)
}

// A Trace is a record as a target shows it: two texts of it begin with the tag of
// the scenario that made it, so that one is left where the other is changed.
type Trace struct {
	ID    string
	Texts []string
}

// createdTag is the tag of a scenario, with which the name of everything begins
// that it creates.
var createdTag = regexp.MustCompile(`^rc[0-9a-f]{8}-\d+`)

// TagIn is the tag that a name begins with; "" for none.
func TagIn(name string) string { return createdTag.FindString(name) }

// carries tells whether one of the texts begins with a tag.
func (t Trace) carries(tag string) bool {
	for _, text := range t.Texts {
		if tag != "" && TagIn(strings.ToLower(strings.TrimSpace(text))) == tag {
			return true
		}
	}
	return false
}

// plainID is what an id may look like that stands in a path by itself.
var plainID = regexp.MustCompile(`^\w[\w.-]*$`)
