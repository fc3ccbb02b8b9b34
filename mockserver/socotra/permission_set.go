package socotra

import (
	"slices"
	"strings"
)

// A catalogue is everything that a role can permit, fixed when the mock starts.
type catalogue struct {
	names     []string       // resource.action, sorted
	places    map[string]int // in names
	resources map[string]set
	all       set
}

// A set is some of a catalogue's permissions: one bit each.
type set []uint64

func newCatalogue(names []string) *catalogue {
	k := &catalogue{names: sorted(names), places: map[string]int{}, resources: map[string]set{}}
	k.all = k.none()
	for i, name := range k.names {
		resource, _, _ := strings.Cut(name, ".")
		if k.resources[resource] == nil {
			k.resources[resource] = k.none()
		}
		k.places[name] = i
		k.resources[resource].add(i)
		k.all.add(i)
	}
	return k
}

func (k *catalogue) none() set { return make(set, (len(k.names)+63)/64) }

// match finds what a permission as roles have it stands for: one action, all
// actions of a resource, or everything. One action of all resources is no
// permission (SO-ROLE-09).
func (k *catalogue) match(permission string) (set, bool) {
	if permission == "*.*" {
		return k.all, true
	}
	if resource, ok := strings.CutSuffix(permission, ".*"); ok {
		s, known := k.resources[resource]
		return s, known
	}
	place, known := k.places[permission]
	if !known {
		return nil, false
	}
	one := k.none()
	one.add(place)
	return one, true
}

// expand is all that a list of permissions stands for; unknown ones stand for nothing.
func (k *catalogue) expand(permissions []string) set {
	s := k.none()
	for _, p := range permissions {
		if more, ok := k.match(p); ok {
			s.join(more)
		}
	}
	return s
}

// list names the permissions of a set, sorted. Never nil.
func (k *catalogue) list(s set) []string {
	names := []string{}
	for i, name := range k.names {
		if s.has(i) {
			names = append(names, name)
		}
	}
	return names
}

func (s set) add(place int)      { s[place/64] |= 1 << (place % 64) }
func (s set) has(place int) bool { return s[place/64]&(1<<(place%64)) != 0 }

// join adds the other set to this one.
func (s set) join(other set) {
	for i := range other {
		s[i] |= other[i]
	}
}

// meet leaves in this set what the other has too.
func (s set) meet(other set) {
	for i := range other {
		s[i] &= other[i]
	}
}

// within tells whether the other set has all of this one.
func (s set) within(other set) bool {
	for i := range s {
		if s[i]&^other[i] != 0 {
			return false
		}
	}
	return true
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}
