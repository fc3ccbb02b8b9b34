package rapid7

import (
	"net/http"
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A grant is a kind of thing that users are given access to, one by one or
// all at once: sites and asset groups work alike.
type grant struct {
	noun  string // for messages
	rules string // the rules' ids without their number
	param string // the path parameter of one such thing
	path  string // below the user's
	rel   string
	known func(*State) engine.Table[int64, string]
	all   func(*User) bool
	list  func(*User) *[]int64
}

var sites = grant{
	noun: "site", rules: "R7-SITE", param: "siteId", path: "/sites", rel: "User Sites",
	known: func(s *State) engine.Table[int64, string] { return s.sites },
	all:   func(u *User) bool { return u.AllSites },
	list:  func(u *User) *[]int64 { return &u.Sites },
}

var assetGroups = grant{
	noun: "asset group", rules: "R7-GROUP", param: "assetGroupId", path: "/asset_groups", rel: "User Asset Groups",
	known: func(s *State) engine.Table[int64, string] { return s.groups },
	all:   func(u *User) bool { return u.AllGroups },
	list:  func(u *User) *[]int64 { return &u.Groups },
}

// get lists what the user has access to; with access to all, that is all there are.
func (g *grant) get(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	ids := *g.list(u)
	if g.all(u) {
		ids = nil
		for id := range g.known(stateOf(c)).All {
			ids = append(ids, id)
		}
	}
	return refer(ids, userPath(c, u.ID)+g.path)
}

func (g *grant) set(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	if g.all(u) {
		refuse := stateOf(c).settings.GrantToAllAccess == "refuse"
		if err := c.Check(!refuse, g.rules+"-06", http.StatusBadRequest, "user %d has access to every %s; the list would be ignored", u.ID, g.noun); err != nil {
			return engine.Response{}, err
		}
		return g.done(c, u)
	}
	var ids []int64
	for _, id := range c.JSON().Array() {
		if err := g.exists(c, id.Int()); err != nil {
			return engine.Response{}, err
		}
		ids = append(ids, id.Int())
	}
	g.change(c, u, func([]int64) []int64 { return ids })
	return g.done(c, u)
}

func (g *grant) add(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	id := c.Int(g.param)
	if err := g.exists(c, id); err != nil {
		return engine.Response{}, err
	}
	if err := c.Check(!g.all(u), g.rules+"-05", http.StatusBadRequest, "user %d has access to every %s; a single one cannot be granted", u.ID, g.noun); err != nil {
		return engine.Response{}, err
	}
	g.change(c, u, func(ids []int64) []int64 { return append(ids, id) })
	return g.done(c, u)
}

func (g *grant) remove(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	id := c.Int(g.param)
	if err := g.exists(c, id); err != nil {
		return engine.Response{}, err
	}
	g.change(c, u, func(ids []int64) []int64 {
		return slices.DeleteFunc(ids, func(x int64) bool { return x == id })
	})
	return g.done(c, u)
}

func (g *grant) removeAll(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	g.change(c, u, func([]int64) []int64 { return nil })
	return g.done(c, u)
}

func (g *grant) exists(c *engine.Call, id int64) error {
	return c.Check(g.known(stateOf(c)).Has(id), g.rules+"-07", http.StatusNotFound, "there is no %s %d", g.noun, id)
}

// change keeps the list ascending and without doubles: granting twice grants
// once (rule 08).
func (g *grant) change(c *engine.Call, u *User, edit func([]int64) []int64) {
	stateOf(c).change(u, func(u *User) {
		*g.list(u) = ascending(edit(slices.Clone(*g.list(u))))
	})
}

func (g *grant) done(c *engine.Call, u *User) (engine.Response, error) {
	return done(c, userPath(c, u.ID)+g.path, g.rel)
}
