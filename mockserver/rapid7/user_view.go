package rapid7

import (
	"cmp"
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// Views are what answers show, with properties in the order of recorded
// answers. What has no value is left out, as consoles do.

// A shownUser is all that is shown of a user, and where.
type shownUser struct {
	*User
	source   *Source // nil when there is none, as there is no role
	role     *Role
	settings *Settings
	base     string
}

var shownUsers = engine.NewRenderings[shownUser]()

func shown(c *engine.Call, u *User) shownUser {
	s := stateOf(c)
	of := shownUser{User: u, settings: s.settings, base: c.Base}
	of.source, _ = s.sources.Get(u.Source)
	of.role, _ = s.roles.Get(u.Role)
	return of
}

func writeUser(j *engine.JSON, c *engine.Call, u shownUser) {
	j.Open('{')
	if u.source != nil {
		writeSource(j.Name("authentication"), c, u.source)
	}
	if u.Email != "" || u.settings.EmptyProperties == "show" {
		j.Name("email").Text(u.Email)
	}
	j.Name("enabled").Bool(u.Enabled)
	j.Name("id").Int(u.ID)
	self := userPath(c, u.ID)
	writeLinks(j, c,
		Link{"self", self, ""},
		Link{"Authentication Source", sourcePath(c, u.Source), ""},
		Link{"Asset Groups", self, "/asset_groups"},
		Link{"Sites", self, "/sites"},
		Link{"Privileges", self, "/privileges"},
		Link{"Role", rolePath(c, u.Role), ""})
	if u.Locale != nil {
		u.Locale.write(j.Name("locale"))
	}
	j.Name("locked").Bool(u.Locked)
	j.Name("login").Text(u.Login)
	j.Name("name").Text(u.Name)
	writeUserRole(j.Name("role"), c, u)
	j.Close('}')
}

func writeUserRole(j *engine.JSON, c *engine.Call, u shownUser) {
	role := cmp.Or(u.role, &Role{})
	j.Open('{')
	j.Name("allAssetGroups").Bool(u.AllGroups)
	j.Name("allSites").Bool(u.AllSites)
	j.Name("id").Text(u.Role)
	j.Name("name").Text(role.Name)
	if u.role != nil {
		writePrivileges(j, c, role)
	}
	j.Name("superuser").Bool(u.Superuser)
	j.Close('}')
}

func (l *Locale) write(j *engine.JSON) {
	j.Open('{')
	if l.Default != "" {
		j.Name("default").Text(l.Default)
	}
	if l.Reports != "" {
		j.Name("reports").Text(l.Reports)
	}
	j.Close('}')
}

// inOrder is a list that nobody can sort, as the edition orders such lists.
func inOrder[T any](c *engine.Call, ascending []T) []T {
	if stateOf(c).settings.ListOrder == "ascending" {
		return ascending
	}
	list := slices.Clone(ascending)
	slices.Reverse(list)
	return list
}

// refer is an answer that lists ids of other resources.
func refer(c *engine.Call, ids []int64, self string) (engine.Response, error) {
	return linked(c, func(j *engine.JSON) { j.Name("resources").Ints(inOrder(c, ids)) }, Link{"self", self, ""})
}

// showEach is an answer that shows each of a list.
func showEach[T any](c *engine.Call, list []T, self string, show func(*engine.JSON, *engine.Call, T)) (engine.Response, error) {
	return linked(c, func(j *engine.JSON) {
		j.Name("resources").Open('[')
		for _, one := range inOrder(c, list) {
			show(j, c, one)
		}
		j.Close(']')
	}, Link{"self", self, ""})
}

// show is an answer that shows one resource.
func show[T any](c *engine.Call, one T, write func(*engine.JSON, *engine.Call, T)) (engine.Response, error) {
	return engine.OK(func(j *engine.JSON) { write(j, c, one) })
}
