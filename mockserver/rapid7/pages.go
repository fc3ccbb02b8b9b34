package rapid7

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type pageInfo struct{ Number, Size, TotalResources, TotalPages int64 }

// pageWanted is the page that the query asks for, whether there is one or not.
func pageWanted(c *engine.Call) pageInfo {
	s := stateOf(c)
	p := pageInfo{Number: c.Int("page"), Size: s.settings.PageSize, TotalResources: int64(s.users.Len())}
	if c.Query().Has("size") {
		p.Size = min(c.Int("size"), s.settings.MaxPageSize)
	}
	p.TotalPages = (p.TotalResources + p.Size - 1) / p.Size
	return p
}

func isBeyondTheLastPage(c *engine.Call) string {
	p := pageWanted(c)
	if p.Number < max(p.TotalPages, 1) || stateOf(c).settings.PageBeyondEnd == "empty" {
		return ""
	}
	return fmt.Sprintf("there is no page %d: with %d users a page the last one is %d", p.Number, p.Size, p.TotalPages-1)
}

func getUsers(c *engine.Call) (engine.Response, error) {
	p := pageWanted(c)
	order, _ := criteria(c)
	return engine.OK(func(j *engine.JSON) {
		j.Open('{')
		j.Name("resources").Open('[')
		for _, u := range stateOf(c).page(order, p) {
			writeUser(j, c, shown(c, u)) // not remembered: pages of many users would only push one another out
		}
		j.Close(']')
		j.Name("page").Open('{')
		j.Name("number").Int(p.Number)
		j.Name("size").Int(p.Size)
		j.Name("totalResources").Int(p.TotalResources)
		j.Name("totalPages").Int(p.TotalPages)
		j.Close('}')
		writeLinks(j, c, pageLinks(c, p, order)...)
		j.Close('}')
	})
}

// A criterion is one property to sort by.
type criterion struct {
	property string
	down     bool
	compare  func(a, b *User) int
}

func by[V any](value func(*User) V, compare func(a, b V) int) func(a, b *User) int {
	return func(a, b *User) int { return compare(value(a), value(b)) }
}

// sortable is how users are compared by each property. How texts compare is the
// edition's to say.
func sortable(s *Settings) map[string]func(a, b *User) int {
	text := strings.Compare
	if s.Collation == "ignoreCase" {
		text = func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }
	}
	return map[string]func(a, b *User) int{
		"id":      by(func(u *User) int64 { return u.ID }, cmp.Compare),
		"login":   by(func(u *User) string { return u.Login }, text),
		"name":    by(func(u *User) string { return u.Name }, text),
		"email":   by(func(u *User) string { return u.Email }, text),
		"enabled": by(func(u *User) bool { return u.Enabled }, compareBool),
		"locked":  by(func(u *User) bool { return u.Locked }, compareBool),
	}
}

func compareBool(a, b bool) int {
	if a == b {
		return 0
	} else if b {
		return -1
	}
	return 1
}

// criteria reads "sort": each value is property[,property…][,ASC|DESC], and the
// values apply in the order in which they are given (R7-PAGE-04). Those that
// are no property come apart.
func criteria(c *engine.Call) (order []criterion, unknown []string) {
	given, _ := c.Value("sort").([]any)
	if len(given) == 0 {
		return []criterion{{property: "id"}}, nil
	}
	sortable := sortable(stateOf(c).settings)
	for _, value := range given {
		words := strings.Split(value.(string), ",")
		down := false
		if last := strings.ToUpper(words[len(words)-1]); last == "ASC" || last == "DESC" {
			down, words = last == "DESC", words[:len(words)-1]
		}
		for _, property := range words {
			if compare, known := sortable[property]; known {
				order = append(order, criterion{property, down, compare})
			} else {
				unknown = append(unknown, property)
			}
		}
	}
	if len(order) == 0 {
		order = []criterion{{property: "id"}}
	}
	return order, unknown
}

func sortsByNothing(c *engine.Call) string {
	if _, unknown := criteria(c); len(unknown) > 0 && stateOf(c).settings.BadQuery == "refuse" {
		return fmt.Sprintf("sort: %q is no property to sort by; write property[,ASC|DESC] with one of email, enabled, id, locked, login, name", unknown[0])
	}
	return ""
}

// page picks the users of a page. By id it looks only at those; by anything
// else it has to sort them all.
func (s *State) page(order []criterion, p pageInfo) []*User {
	if order[0].property == "id" {
		return s.pageByID(order[0].down, p)
	}
	all := make([]*User, 0, s.users.Len())
	for _, u := range s.users.All {
		all = append(all, u)
	}
	// Stable, so that users that are alike stay in the order of their ids.
	slices.SortStableFunc(all, func(a, b *User) int {
		for _, by := range order {
			if d := by.compare(a, b); d != 0 && by.down {
				return -d
			} else if d != 0 {
				return d
			}
		}
		return 0
	})
	from := min(p.Number*p.Size, int64(len(all)))
	return all[from:min(from+p.Size, int64(len(all)))]
}

func (s *State) pageByID(down bool, p pageInfo) []*User {
	var users []*User
	for i := p.Number * p.Size; i < min((p.Number+1)*p.Size, p.TotalResources); i++ {
		place := i
		if down {
			place = p.TotalResources - 1 - i
		}
		_, u, _ := s.users.At(int(place))
		users = append(users, u)
	}
	return users
}

// pageLinks lead to the other pages, as far as they exist (R7-PAGE-05).
func pageLinks(c *engine.Call, p pageInfo, order []criterion) []Link {
	var sort strings.Builder
	for _, by := range order {
		direction := "asc"
		if by.down {
			direction = "desc"
		}
		sort.WriteString("&sort=" + by.property + "," + direction)
	}
	to := func(number int64, rel string) Link {
		return Link{rel, c.Base + "/users?page=" + strconv.FormatInt(number, 10) + "&size=" + strconv.FormatInt(p.Size, 10), sort.String()}
	}
	if p.TotalPages <= 1 {
		return []Link{to(p.Number, "self")}
	}
	found := []Link{to(0, "first")}
	if p.Number > 0 {
		found = append(found, to(p.Number-1, "prev"))
	}
	found = append(found, to(p.Number, "self"))
	if p.Number < p.TotalPages-1 {
		found = append(found, to(p.Number+1, "next"))
	}
	return append(found, to(p.TotalPages-1, "last"))
}
