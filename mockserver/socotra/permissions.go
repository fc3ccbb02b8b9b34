package socotra

import "github.com/rolecall/rolecall/mockserver/engine"

func fetchAvailablePermissions(c *engine.Call) (engine.Response, error) {
	return engine.OK(stateOf(c).catalogue.names)
}

func fetchUserPermissions(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	return engine.OK(stateOf(c).shownPermissions(u))
}

// shownPermissions is what a user may do: action by action, or as its roles
// have it, wildcards and all. Never nil.
func (s *State) shownPermissions(u *User) []string {
	if s.settings.PermissionsExpanded {
		return s.catalogue.list(s.permissionsOf(u))
	}
	raw := []string{}
	for _, id := range u.Roles {
		if r, ok := s.roles.Get(id); ok {
			raw = append(raw, r.Permissions...)
		}
	}
	return sorted(raw)
}
