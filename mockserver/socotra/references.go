package socotra

import (
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// tenantAliases stand for every tenant, and for every test tenant.
var tenantAliases = []string{"any", "type:test"}

// roleCalled finds a role by its name or else by its locator.
func (s *State) roleCalled(reference string) *Role {
	if id, ok := s.roleNames.Get(reference); ok {
		r, _ := s.roles.Get(id)
		return r
	}
	return s.roleAt(reference)
}

func (s *State) knowsTenant(reference string) bool {
	return slices.Contains(tenantAliases, reference) ||
		slices.ContainsFunc(s.tenants, func(t *Tenant) bool { return strings.EqualFold(t.Locator, reference) })
}

// rolesIn reads a list of roles, each once. One that does not exist is refused
// under the rule.
func rolesIn(c *engine.Call, list gjson.Result, rule string) ([]int64, error) {
	numbers := []int64{}
	for _, reference := range list.Array() {
		r := stateOf(c).roleCalled(reference.String())
		if err := c.Check(r != nil, rule, http.StatusBadRequest, "there is no role %q", reference.String()); err != nil {
			return nil, err
		}
		if r != nil {
			numbers = with(numbers, []int64{r.number})
		}
	}
	return numbers, nil
}

// tenantsIn reads a list of tenants, each once. One that does not exist is
// refused under the rule.
func tenantsIn(c *engine.Call, list gjson.Result, rule string) ([]string, error) {
	locators := []string{}
	for _, reference := range list.Array() {
		locator := strings.ToLower(reference.String())
		if err := c.Check(stateOf(c).knowsTenant(locator), rule, http.StatusBadRequest, "there is no tenant %q", reference.String()); err != nil {
			return nil, err
		}
		locators = with(locators, []string{locator})
	}
	return locators, nil
}

// permissionsIn reads a list of permissions, each once. One that does not
// exist is refused (SO-ROLE-09).
func permissionsIn(c *engine.Call, list gjson.Result) ([]string, error) {
	permissions := []string{}
	for _, p := range list.Array() {
		_, known := stateOf(c).catalogue.match(p.String())
		if err := c.Check(known, "SO-ROLE-09", http.StatusBadRequest, "there is no permission %q; write resource.action, resource.* or *.*", p.String()); err != nil {
			return nil, err
		}
		permissions = with(permissions, []string{p.String()})
	}
	return permissions, nil
}

// withinCeilingOf refuses to give roles that permit more than the caller may.
func withinCeilingOf(c *engine.Call, roles []int64) error {
	for _, id := range roles {
		if r, ok := stateOf(c).roles.Get(id); ok {
			if err := withinCeiling(c, r.grants, "role "+r.Name); err != nil {
				return err
			}
		}
	}
	return nil
}
