package devicehive

import (
	"cmp"
	"net/http"
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
	found, err := arranged(c, found, "login", func(u *User) (int64, string) { return u.ID, u.Login })
	if err != nil {
		return engine.Response{}, err
	}
	shown := make(views, len(found))
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
	login, pattern := c.Value("login"), c.Value("loginPattern")
	role, status := c.Value("role"), c.Value("status")
	var found []*User
	for _, u := range s.users.All {
		switch {
		case pattern != nil && !like(pattern.(string), u.Login):
		case pattern == nil && login != nil && login != u.Login: // a pattern counts instead of a login
		case role != nil && role != int64(u.Role):
		case status != nil && status != int64(u.Status):
		default:
			found = append(found, u)
		}
	}
	return found
}

// find lists the networks or device types within reach that pass the filters.
func (k *kind) find(c *engine.Call) ([]*Group, error) {
	name, pattern := c.Value("name"), c.Value("namePattern")
	reach := k.reach(callerOf(c))
	var found []*Group
	for id, g := range k.table(stateOf(c)).All {
		switch {
		case reach != nil && !slices.Contains(reach, id) && !c.Lifted("DH-GROUP-03"):
		case name != nil && name != g.Name:
		case pattern != nil && !like(pattern.(string), g.Name):
		default:
			found = append(found, g)
		}
	}
	return arranged(c, found, "name", func(g *Group) (int64, string) { return g.ID, g.Name })
}

// arranged sorts by id or by the named property (DH-LIST-02) and cuts out what
// skip and take ask for (DH-LIST-03). Without a field, the order is that of ids.
func arranged[T any](c *engine.Call, all []T, named string, keys func(T) (int64, string)) ([]T, error) {
	field, order := c.Text("sortField"), c.Text("sortOrder")
	byID, byName := strings.EqualFold(field, "id"), strings.EqualFold(field, named)
	if err := c.Check(field == "" || byID || byName, "DH-LIST-02", http.StatusBadRequest, invalidParameters); err != nil {
		return nil, err
	}
	descending := strings.EqualFold(order, "DESC")
	known := order == "" || descending || strings.EqualFold(order, "ASC")
	if err := c.Check(known, "DH-LIST-02", http.StatusBadRequest, unparseableOrder, order); err != nil {
		return nil, err
	}
	if byName {
		slices.SortStableFunc(all, func(a, b T) int {
			_, x := keys(a)
			_, y := keys(b)
			return cmp.Compare(x, y)
		})
	}
	if descending && field != "" {
		slices.Reverse(all)
	}
	all = all[min(max(c.Int("skip"), 0), int64(len(all))):]
	if take := c.Int("take"); take > 0 && take < int64(len(all)) {
		all = all[:take]
	}
	return all, nil
}

// like is SQL's LIKE: % stands for any text, _ for one character, and a
// backslash takes the next character for itself. It goes back to the last %
// only, so that no pattern takes more than pattern times text.
func like(pattern, text string) bool {
	p, t := []rune(pattern), []rune(text)
	i, j, percent, mark := 0, 0, -1, 0
	for j < len(t) {
		step := 1
		if i < len(p) && p[i] == '\\' && i+1 < len(p) {
			step = 2
		}
		switch {
		case i < len(p) && step == 1 && p[i] == '%':
			percent, mark = i, j
			i++
		case i < len(p) && (step == 1 && p[i] == '_' || p[i+step-1] == t[j]):
			i += step
			j++
		case percent >= 0:
			mark++
			i, j = percent+1, mark
		default:
			return false
		}
	}
	for i < len(p) && p[i] == '%' {
		i++
	}
	return i == len(p)
}
