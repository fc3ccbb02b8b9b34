package socotra

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// listing is an operation that answers with part of a list. The offset counts
// records, not pages (SO-LIST-01). A count above what fits a page is taken for
// the most there is, or refused.
func listing[R any](id string, all func(*State) (total int, at func(place int) R), most func(*Settings) int, view func(*State, R) engine.View) engine.Operation {
	page := func(c *engine.Call) (engine.Response, error) {
		s, count := stateOf(c), min(countOf(c), most(stateOf(c).settings))
		total, at := all(s)
		from := min(int(c.Int("offset")), total)
		to := min(from+count, total)
		complete := to == total // SO-LIST-03
		if s.settings.FullPageIsOpen {
			complete = to-from < count
		}
		return done(c, func(j *engine.JSON) {
			j.Open('{')
			j.Name("listCompleted").Bool(complete)
			j.Name("items").Open('[')
			for place := from; place < to; place++ {
				view(s, at(place))(j)
			}
			j.Close(']')
			if s.settings.ExtraProperties {
				j.Name("totalCount").Int(int64(total))
			}
			j.Close('}')
		})
	}
	return op(id, page, explain("SO-LIST-01", 400, engine.BadParameter, func(c *engine.Call) string {
		settings := stateOf(c).settings
		if !settings.LargeCountRefused || countOf(c) <= most(settings) {
			return ""
		}
		return fmt.Sprintf("count is %d; at most %d are given at once", countOf(c), most(settings))
	}))
}

func countOf(c *engine.Call) int {
	settings := stateOf(c).settings
	given, ok := c.Value("count").(int64)
	if !ok || given == 0 && settings.ZeroCountIsDefault {
		return settings.DefaultCount
	}
	return int(given)
}

func (s *State) listedUsers() (total int, at func(place int) *User) {
	total = s.users.Len()
	return total, func(place int) *User {
		if s.settings.ListOrder == "locator" {
			locator, _, _ := s.locators.At(place)
			return s.userAt(locator)
		}
		if s.settings.ListOrder == "newest" {
			place = total - 1 - place
		}
		_, u, _ := s.users.At(place)
		return u
	}
}

func (s *State) listedRoles() (total int, at func(place int) *Role) {
	listed := make([]*Role, 0, s.roles.Len())
	for _, r := range s.roles.All {
		if !r.BuiltIn || s.settings.BuiltInRolesListed {
			listed = append(listed, r)
		}
	}
	switch s.settings.ListOrder {
	case "newest":
		slices.Reverse(listed)
	case "locator":
		slices.SortFunc(listed, func(a, b *Role) int { return cmp.Compare(a.Locator, b.Locator) })
	}
	return len(listed), func(place int) *Role { return listed[place] }
}
