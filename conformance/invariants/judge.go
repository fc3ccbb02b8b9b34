package invariants

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Breach is one way in which what was seen is not as it must be.
type Breach struct {
	Of       Record
	View     string // where it was seen, with who looked
	Property string // "" where the record as a whole is there or not
	Want     string // what it should show, in canonical form
	Got      string // what it shows
	Why      string // a sentence, with the two values
	Evidence []any  // of the sights that differ
}

// Disagreements compares all that one snapshot shows of each record: VIEWS.
// Compared is only what two views both show; the first view is believed.
func (s Snapshot) Disagreements() []Breach {
	var found []Breach
	first := map[Record]Sight{}
	type key struct {
		of       Record
		property string
	}
	showing := map[key]Sight{}
	for _, sight := range s {
		believed, known := first[sight.Of]
		if !known {
			first[sight.Of] = sight
		} else if believed.Shown != sight.Shown {
			found = append(found, existence(believed, sight))
			continue
		}
		for _, property := range slices.Sorted(maps.Keys(sight.Properties)) {
			k := key{sight.Of, property}
			other, seen := showing[k]
			if !seen {
				showing[k] = sight
			} else if want, got := other.Properties[property], sight.Properties[property]; want != got {
				found = append(found, Breach{
					Of: sight.Of, View: sight.by(), Property: property, Want: want, Got: got, Evidence: []any{other.Evidence, sight.Evidence},
					Why: fmt.Sprintf("%s shows %s of %s as %s; %s shows it as %s", other.by(), property, sight.Of, shown(want), sight.by(), shown(got)),
				})
			}
		}
	}
	return found
}

func existence(a, b Sight) Breach {
	return Breach{
		Of: b.Of, View: b.by(), Want: there(a.Shown), Got: there(b.Shown), Evidence: []any{a.Evidence, b.Evidence},
		Why: fmt.Sprintf("by %s, %s is %s; by %s, it is %s", a.by(), a.Of, there(a.Shown), b.by(), there(b.Shown)),
	}
}

func there(shown bool) string {
	if shown {
		return "there"
	}
	return "not there"
}

func shown(value string) string {
	if value == "" {
		return "nothing"
	}
	return value
}

// A Touch is what a request may change: properties of one record, or of all of
// a kind.
type Touch struct {
	Kind string
	ID   string // "" for every record of the kind
	// Properties are the names; "role.*" is all that begin with "role.", "*" all.
	Properties []string
	Existence  bool // the record may come or go
}

func (t Touch) of(r Record) bool { return t.Kind == r.Kind && (t.ID == "" || t.ID == r.ID) }

func (t Touch) names(property string) bool {
	return slices.ContainsFunc(t.Properties, func(name string) bool {
		prefix, open := strings.CutSuffix(name, "*")
		return name == property || open && strings.HasPrefix(property, prefix)
	})
}

// Changes compares two snapshots, view by view, and returns what is different
// although nothing that happened in between may change it: FRAME. Each property
// of a record is named once, by the first view that shows the change.
func (s Snapshot) Changes(before Snapshot, may []Touch) []Breach {
	var found []Breach
	named := map[string]bool{}
	for _, now := range s {
		i := slices.IndexFunc(before, func(x Sight) bool { return x.View == now.View && x.By == now.By && x.Of == now.Of })
		if i < 0 {
			continue
		}
		for _, b := range changed(before[i], now, may) {
			if key := b.Of.String() + "\x00" + b.Property; !named[key] {
				named[key] = true
				found = append(found, b)
			}
		}
	}
	return found
}

func changed(was, is Sight, may []Touch) []Breach {
	if was.Shown != is.Shown {
		if slices.ContainsFunc(may, func(t Touch) bool { return t.of(is.Of) && t.Existence }) {
			return nil
		}
		return []Breach{{
			Of: is.Of, View: is.by(), Want: there(was.Shown), Got: there(is.Shown), Evidence: []any{was.Evidence, is.Evidence},
			Why: fmt.Sprintf("by %s, %s was %s and is now %s", is.by(), is.Of, there(was.Shown), there(is.Shown)),
		}}
	}
	var found []Breach
	for _, property := range union(was.Properties, is.Properties) {
		a, b := was.Properties[property], is.Properties[property]
		if a == b || slices.ContainsFunc(may, func(t Touch) bool { return t.of(is.Of) && t.names(property) }) {
			continue
		}
		found = append(found, Breach{
			Of: is.Of, View: is.by(), Property: property, Want: a, Got: b, Evidence: []any{was.Evidence, is.Evidence},
			Why: fmt.Sprintf("%s shows %s of %s as %s; before, it was %s", is.by(), property, is.Of, shown(b), shown(a)),
		})
	}
	return found
}

func union(a, b map[string]string) []string {
	names := slices.Collect(maps.Keys(a))
	for name := range b {
		if _, both := a[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Returned finds what went from old to new and back to old again, which no
// time to settle excuses: before, between and now are three snapshots in order.
func (s Snapshot) Returned(before, between Snapshot) []Breach {
	var found []Breach
	for _, b := range s.Changes(between, nil) {
		for _, old := range s.unchanged(before, b) {
			b.Why = fmt.Sprintf("%s; it had shown the new value, and shows the old one again", b.Why)
			b.Evidence = append(b.Evidence, old)
			found = append(found, b)
		}
	}
	return found
}

// unchanged is the evidence that the property was as the breach has it now.
func (s Snapshot) unchanged(before Snapshot, b Breach) []any {
	for _, old := range before {
		if old.Of != b.Of || old.by() != b.View {
			continue
		}
		if b.Property == "" && there(old.Shown) == b.Got || b.Property != "" && old.Properties[b.Property] == b.Got {
			return []any{old.Evidence}
		}
	}
	return nil
}
