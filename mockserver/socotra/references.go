package socotra

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// tenantAliases stand for every tenant, and for every test tenant.
var tenantAliases = []string{"any", "type:test"}

// roleCalled finds a role as the settings let requests refer to it: by its
// name, by its locator, or by either.
func (s *State) roleCalled(reference string) *Role {
	if s.settings.RolesTakenBy != "locator" {
		for _, id := range s.roleNames.IDs(reference) {
			r, _ := s.roles.Get(id)
			return r
		}
	}
	if s.settings.RolesTakenBy != "name" {
		return s.roleAt(reference)
	}
	return nil
}

func (s *State) hasTenant(locator string) bool {
	return s.tenants.Has(strings.ToLower(locator))
}

// A reader reads a list of a body, each element once. Unknown are those that
// are to be refused because they stand for nothing.
type reader[T any] func(s *State, list schemas.Value) (found []T, unknown []string)

func (s *State) readRoles(list schemas.Value) ([]int64, []string) {
	return read(list, s.settings.UnknownRoles, func(reference string) (int64, bool) {
		if r := s.roleCalled(reference); r != nil {
			return r.Number, true
		}
		return 0, false
	})
}

func (s *State) readTenants(list schemas.Value) ([]string, []string) {
	return read(list, s.settings.UnknownTenants, func(reference string) (string, bool) {
		locator := strings.ToLower(reference)
		return locator, s.hasTenant(locator) || s.settings.TenantAliases && slices.Contains(tenantAliases, locator)
	})
}

func (s *State) readPermissions(list schemas.Value) ([]string, []string) {
	return read(list, s.settings.UnknownPermissions, func(p string) (string, bool) { return p, s.catalogue.grants[p] != nil })
}

// read goes through a list. What stands for nothing is found all the same,
// unless it is ignored, or there is nothing that could stand for it.
func read[T comparable](list schemas.Value, unknownAre string, find func(string) (T, bool)) (found []T, unknown []string) {
	var nothing T
	found = []T{}
	for _, element := range list.Array() {
		x, known := find(element.String())
		if !known && unknownAre == "refused" {
			unknown = append(unknown, element.String())
		}
		if x != nothing && (known || unknownAre != "ignored") {
			found = with(found, []T{x})
		}
	}
	return found, unknown
}

// exist refuses elements of lists that stand for nothing.
func exist[T any](rule, what string, read reader[T], properties ...string) engine.Guard {
	return explain(rule, 400, engine.Reference, func(c *engine.Call) string {
		for _, property := range properties {
			if _, unknown := read(stateOf(c), c.JSON().Get(property)); len(unknown) > 0 {
				return fmt.Sprintf("there is no %s %q", what, unknown[0])
			}
		}
		return ""
	})
}

func addedAndRemoved[T any](c *engine.Call, read reader[T], add, remove string) (added, removed []T) {
	s, body := stateOf(c), c.JSON()
	added, _ = read(s, body.Get(add))
	removed, _ = read(s, body.Get(remove))
	return added, removed
}

// apart refuses to add and to remove the same: no order of the two is the
// right one.
func apart[T comparable](rule string, read reader[T], add, remove string) engine.Guard {
	return refuse(rule, 400, engine.Malformed, func(c *engine.Call) bool {
		added, removed := addedAndRemoved(c, read, add, remove)
		return stateOf(c).settings.AddedAndRemoved == "refused" && len(without(added, removed)) < len(added)
	}, "the same is to be added and removed; name it once")
}

// delta is the list with what a body adds and removes. What it does both with
// is added in the end, unless the settings have it removed.
func delta[T comparable](c *engine.Call, list []T, read reader[T], add, remove string) []T {
	added, removed := addedAndRemoved(c, read, add, remove)
	if stateOf(c).settings.AddedAndRemoved == "removed" {
		return without(with(list, added), removed)
	}
	return with(without(list, removed), added)
}

// ceiling refuses to give a user, or a role, what neither it nor the caller has.
func ceiling(next func(*engine.Call) *User) engine.Guard {
	return grants(func(c *engine.Call) set { return stateOf(c).permissionsOf(next(c)) })
}

func roleCeiling(next func(*engine.Call) *Role) engine.Guard {
	return grants(func(c *engine.Call) set { return union(stateOf(c).catalogue.grants, next(c).Permissions) })
}

func grants(next func(*engine.Call) set) engine.Guard {
	return refuse("SO-ROLE-10", 403, engine.Permission, func(c *engine.Call) bool {
		s, has := stateOf(c), new(big.Int)
		switch record := c.Record.(type) {
		case *User:
			has = s.permissionsOf(record)
		case *Role:
			has = record.grants
		}
		return s.settings.GrantCeiling && !within(next(c), new(big.Int).Or(has, callerOf(c).may))
	}, "that permits more than the caller has; nobody grants more than that")
}
