package socotra

// Show implements engine.State. Passwords and tokens are left out: what is set
// is said, not what it is.
func (s *State) Show() map[string]any {
	users, roles, tenants, tokens := []any{}, []any{}, []any{}, []any{}
	for _, u := range s.users.All {
		users = append(users, map[string]any{
			"locator": u.Locator, "userName": u.UserName, "firstName": u.FirstName, "lastName": u.LastName, "email": u.Email,
			"roles": s.shownRoles(u), "tenants": append([]string{}, u.Tenants...), "signsIn": u.Password != "", "temporary": u.Temporary, "service": u.Service,
		})
	}
	for _, r := range s.roles.All {
		roles = append(roles, map[string]any{
			"locator": r.Locator, "name": r.Name, "description": r.Description, "version": r.Version, "builtIn": r.BuiltIn,
			"createdAt": s.timeText(r.CreatedAt), "createdBy": r.CreatedBy, "permissions": append([]string{}, r.Permissions...),
		})
	}
	for _, t := range s.tenants {
		tenants = append(tenants, map[string]any{"locator": t.Locator, "name": t.Name, "type": t.Type})
	}
	for _, t := range s.tokens.All {
		v := map[string]any{"name": t.Name, "user": t.User, "narrowed": t.Permissions != nil}
		if !t.Expires.IsZero() {
			v["expiresAt"] = s.timeText(t.Expires)
		}
		tokens = append(tokens, v)
	}
	return map[string]any{"users": users, "roles": roles, "tenants": tenants, "signIns": tokens}
}
