package socotra

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A catalogue is everything that a role can permit, fixed when the mock starts.
type catalogue struct {
	names  []string       // of every permission, as the edition writes it
	plain  map[string]set // resource.action, resource.* and *.*, as contract and fixtures write them
	grants map[string]set // what each permission that a role can have stands for, as the edition writes it
}

// A set is some of a catalogue's permissions, one bit each. It is never changed.
type set = *big.Int

func newCatalogue(permissions engine.Table[string, []string], settings *Settings) *catalogue {
	k := &catalogue{plain: map[string]set{"*.*": new(big.Int)}, grants: map[string]set{}}
	var names []string
	for resource, actions := range permissions.All {
		for _, action := range actions {
			names = append(names, resource+"."+action)
		}
	}
	for i, name := range sorted(names) {
		resource, _, _ := strings.Cut(name, ".")
		for _, p := range []string{name, resource + ".*", "*.*"} {
			k.plain[p] = new(big.Int).SetBit(cmp.Or(k.plain[p], new(big.Int)), i, 1)
		}
		k.names = append(k.names, settings.write(name))
	}
	for p, stands := range k.plain {
		if settings.Wildcards || !strings.Contains(p, "*") {
			k.grants[settings.write(p)] = stands
		}
	}
	return k
}

// write writes a permission as the edition does.
func (s *Settings) write(permission string) string {
	resource, action, _ := strings.Cut(permission, ".")
	return strings.NewReplacer("{resource}", resource, "{action}", action).Replace(s.PermissionForm)
}

// write writes permissions as the edition does: action by action, where it
// knows no wildcards. What is written so already, or unknown, stays.
func (k *catalogue) write(settings *Settings, permissions []string) (written []string) {
	for _, p := range permissions {
		if text := settings.write(p); k.plain[p] == nil {
			written = append(written, p)
		} else if k.grants[text] != nil {
			written = append(written, text)
		} else {
			written = append(written, k.list(k.plain[p])...)
		}
	}
	return written
}

// union is all that a list of permissions stands for; unknown ones stand for nothing.
func union(of map[string]set, permissions []string) set {
	all := new(big.Int)
	for _, p := range permissions {
		if stands := of[p]; stands != nil {
			all.Or(all, stands)
		}
	}
	return all
}

// list names the permissions of a set. Never nil.
func (k *catalogue) list(s set) []string {
	names := []string{}
	for i, name := range k.names {
		if s.Bit(i) == 1 {
			names = append(names, name)
		}
	}
	return names
}

// within tells whether the other set has all of a set.
func within(s, other set) bool { return new(big.Int).AndNot(s, other).Sign() == 0 }

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}
