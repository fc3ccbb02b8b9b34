package socotra

import (
	"net/http"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type envelope[V any] struct {
	ListCompleted bool `json:"listCompleted"`
	Items         []V  `json:"items"`
}

type basicUserView struct {
	Locator   string `json:"locator"`
	UserName  string `json:"userName"`
	FirstName string `json:"firstName"`
	LastName  string `json:"lastName"`
}

func viewBasicUser(_ *State, u *User) basicUserView {
	return basicUserView{u.Locator, u.UserName, u.FirstName, u.LastName}
}

func fetchMultipleUsers(c *engine.Call) (engine.Response, error) {
	return page(c, stateOf(c).users, stateOf(c).settings.MaxUsers, viewUser)
}

func fetchMultipleBasicUsers(c *engine.Call) (engine.Response, error) {
	return page(c, stateOf(c).users, stateOf(c).settings.MaxBasicUsers, viewBasicUser)
}

func fetchMultipleRoles(c *engine.Call) (engine.Response, error) {
	return page(c, stateOf(c).roles, stateOf(c).settings.MaxRoles, viewRole)
}

// page answers with part of a table, in the order of creation. The offset
// counts records, not pages (SO-LIST-01).
func page[R, V any](c *engine.Call, table engine.Table[int64, R], most int, view func(*State, R) V) (engine.Response, error) {
	s := stateOf(c)
	count := s.settings.DefaultCount
	if given, ok := c.Value("count").(int64); ok {
		count = int(given)
	}
	tooMany := s.settings.LargeCountRefused && count > most
	if err := c.Check(!tooMany, "SO-LIST-01", http.StatusBadRequest, "count is %d; at most %d are given at once", count, most); err != nil {
		return engine.Response{}, err
	}
	from := min(int(c.Int("offset")), table.Len())
	to := min(from+min(count, most), table.Len())
	items := make([]V, 0, to-from)
	for i := from; i < to; i++ {
		_, record, _ := table.At(i)
		items = append(items, view(s, record))
	}
	return engine.OK(envelope[V]{to == table.Len(), items}) // SO-LIST-03
}
