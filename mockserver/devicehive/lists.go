package devicehive

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type counted struct {
	Count int `json:"count"`
}

func list(c *engine.Call) (engine.Response, error) {
	s := stateOf(c)
	found := s.filtered(c)
	if s.settings.UnsortedByChange {
		slices.SortFunc(found, func(a, b *User) int { return cmp.Compare(a.changed, b.changed) })
	}
	found = arranged(c, found, func(u *User) int64 { return u.ID }, func(u *User) string { return u.Login })
	shown := make([]view, len(found))
	for i, u := range found {
		shown[i] = view{u, s, s.settings.ListFields}
	}
	return engine.OK(shown)
}

func count(c *engine.Call) (engine.Response, error) {
	return engine.OK(counted{len(stateOf(c).filtered(c))})
}

// filtered are the users that pass every filter of the query (DH-LIST-01).
func (s *State) filtered(c *engine.Call) []*User {
	login, pattern := c.Value("login"), like(c, "loginPattern")
	role, status := c.Value("role"), c.Value("status")
	var found []*User
	for _, u := range s.users.All {
		switch {
		case pattern != nil && !pattern.MatchString(u.Login):
		case pattern == nil && login != nil && login != u.Login: // a pattern counts instead of a login
		case role != nil && role != int64(u.Role):
		case status != nil && status != int64(u.Status):
		default:
			found = append(found, u)
		}
	}
	return found
}

// found lists the networks or device types within reach that pass the filters.
func (k *kind) found(c *engine.Call) []*Group {
	found := []*Group{}
	name, pattern := c.Value("name"), like(c, "namePattern")
	for id, g := range k.table(stateOf(c)).All {
		switch {
		case !k.reaches(callerOf(c), id):
		case name != nil && name != g.Name:
		case pattern != nil && !pattern.MatchString(g.Name):
		default:
			found = append(found, g)
		}
	}
	return found
}

func (k *kind) list(c *engine.Call) (engine.Response, error) {
	return engine.OK(arranged(c, k.found(c), func(g *Group) int64 { return g.ID }, func(g *Group) string { return g.Name }))
}

func (k *kind) count(c *engine.Call) (engine.Response, error) {
	return engine.OK(counted{len(k.found(c))})
}

// arranged sorts by number or by name (DH-LIST-02), if it is asked to, and cuts
// out what skip and take ask for (DH-LIST-03).
func arranged[T any](c *engine.Call, all []T, number func(T) int64, name func(T) string) []T {
	if field := c.Text("sortField"); field != "" {
		descending := strings.EqualFold(c.Text("sortOrder"), "DESC")
		slices.SortStableFunc(all, func(a, b T) int {
			if descending {
				a, b = b, a
			}
			if strings.EqualFold(field, "id") {
				return cmp.Compare(number(a), number(b))
			}
			return cmp.Compare(name(a), name(b))
		})
	}
	all = all[min(max(c.Int("skip"), 0), int64(len(all))):]
	none := c.Value("take") == int64(0) && stateOf(c).settings.ZeroTakesNone
	if take := c.Int("take"); none || take > 0 && take < int64(len(all)) {
		all = all[:take]
	}
	return all
}

// like makes of a parameter, if it is given, what SQL's LIKE makes of it: % stands
// for any text, _ for one character, and a backslash takes the next character
// for itself.
func like(c *engine.Call, parameter string) *regexp.Regexp {
	pattern, given := c.Value(parameter).(string)
	if !given {
		return nil
	}
	form := likeParts.ReplaceAllStringFunc(strings.ToValidUTF8(pattern, "\uFFFD"), func(part string) string {
		switch {
		case part == "%":
			return ".*"
		case part == "_":
			return "."
		case len(part) > 1 && part[0] == '\\':
			part = part[1:]
		}
		return regexp.QuoteMeta(part)
	})
	return regexp.MustCompile("^(?s:" + form + ")$")
}

var likeParts = regexp.MustCompile(`(?s)\\?.`)
