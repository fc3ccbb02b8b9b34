package schemas

import (
	"slices"
	"strconv"
)

// An Unnamed is a property of a document that its schema does not name.
type Unnamed struct {
	Path string // dotted; items of a list by their place
	// Known are the names that the schema has there.
	Known []string
}

// Unnamed lists the properties of a document, at any depth, that neither this
// schema nor one of the others names, in the order of the document. What stands
// where no schema names any property is free.
func (s *Schema) Unnamed(document Value, others ...*Schema) (found []Unnamed) {
	proofs := []*proof{s.proof}
	for _, other := range others {
		proofs = append(proofs, other.proof)
	}
	unnamed(document, "", proofs, &found)
	return found
}

func unnamed(v Value, at string, proofs []*proof, found *[]Unnamed) {
	switch v.Kind() {
	case Array:
		var items []*proof
		eachPart(proofs, func(p *proof) {
			if p.items != nil {
				items = append(items, p.items)
			}
		})
		for place, item := range v.Array() {
			unnamed(item, under(at, strconv.Itoa(place)), items, found)
		}
	case Object:
		var all []property
		eachPart(proofs, func(p *proof) { all = append(all, p.properties...) })
		if len(all) == 0 {
			return
		}
		for name, member := range v.Members() {
			var within []*proof
			for _, p := range all {
				if name.is(p.name) {
					within = append(within, p.proof)
				}
			}
			if path := under(at, name.String()); len(within) > 0 {
				unnamed(member, path, within, found)
			} else {
				*found = append(*found, Unnamed{path, namesOf(all)})
			}
		}
	}
}

// eachPart visits schemas and those that they are put together from.
func eachPart(proofs []*proof, visit func(*proof)) {
	for _, p := range proofs {
		visit(p)
		eachPart(p.all, visit)
		eachPart(p.any, visit)
	}
}

func namesOf(properties []property) (names []string) {
	for _, p := range properties {
		names = append(names, p.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Properties lists the names that the schema gives to an object's properties,
// sorted; none when it names none.
func (s *Schema) Properties() []string { return namesOf(s.proof.properties) }
