package rapid7

import "github.com/rolecall/rolecall/mockserver/engine"

// Show implements engine.State. Passwords and keys are left out: what is set is
// said, not what it is.
func (s *State) Show() map[string]any {
	users, roles, sources := []any{}, []any{}, []any{}
	for _, u := range s.users.All {
		users = append(users, map[string]any{
			"id": u.ID, "login": u.Login, "name": u.Name, "email": u.Email, "enabled": u.Enabled,
			"locked": u.Locked, "failedAttempts": u.Failed, "source": u.Source, "role": u.Role,
			"superuser": u.Superuser, "allSites": u.AllSites, "allAssetGroups": u.AllGroups,
			"sites": u.Sites, "assetGroups": u.Groups, "twoFactor": u.Key != "",
		})
	}
	for _, r := range s.roles.All {
		roles = append(roles, map[string]any{
			"id": r.ID, "name": r.Name, "description": r.Description, "builtIn": r.BuiltIn, "privileges": r.Privileges,
		})
	}
	for _, x := range s.sources.All {
		sources = append(sources, map[string]any{"id": x.ID, "name": x.Name, "type": x.Type, "external": x.External})
	}
	return map[string]any{
		"users": users, "roles": roles, "authentication_sources": sources,
		"sites": named(s.sites), "asset_groups": named(s.groups),
	}
}

func named(table engine.Table[int64, string]) []any {
	list := []any{}
	for id, name := range table.All {
		list = append(list, map[string]any{"id": id, "name": name})
	}
	return list
}
