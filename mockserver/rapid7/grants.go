package rapid7

import (
	"fmt"
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
	all   func(*User) *bool
	list  func(*User) *[]int64
}

var sites = grant{
	noun: "site", rules: "R7-SITE", param: "siteId", path: "/sites", rel: "User Sites",
	known: func(s *State) engine.Table[int64, string] { return s.sites },
	all:   func(u *User) *bool { return &u.AllSites },
	list:  func(u *User) *[]int64 { return &u.Sites },
}

var assetGroups = grant{
	noun: "asset group", rules: "R7-GROUP", param: "assetGroupId", path: "/asset_groups", rel: "User Asset Groups",
	known: func(s *State) engine.Table[int64, string] { return s.groups },
	all:   func(u *User) *bool { return &u.AllGroups },
	list:  func(u *User) *[]int64 { return &u.Groups },
}

// refuseUnknown is the guard that the path names one that there is.
func (g *grant) refuseUnknown() engine.Guard {
	return refuse(g.rules+"-07", 404, engine.Unknown, func(c *engine.Call) bool { return !g.known(stateOf(c)).Has(c.Int(g.param)) },
		"there is no "+g.noun+" {"+g.param+"}")
}

// refuseSingle is the guard of a grant to somebody who has them all.
func (g *grant) refuseSingle() engine.Guard {
	return refuse(g.rules+"-05", 400, engine.WrongState, func(c *engine.Call) bool { return *g.all(userOf(c)) },
		"user {id} has access to every "+g.noun+"; a single one cannot be granted")
}

// refuseRepeated is the guard of a grant that there is already, and refuseAbsent
// that of a revocation of what is not granted, in editions that mind.
func (g *grant) refuseRepeated() engine.Guard {
	return refuse(g.rules+"-08", 400, engine.Conflict, func(c *engine.Call) bool { return g.minds(c) && g.has(c) },
		"user {id} has access to "+g.noun+" {"+g.param+"} already")
}

func (g *grant) refuseAbsent() engine.Guard {
	return refuse(g.rules+"-03", 404, engine.Unknown, func(c *engine.Call) bool { return g.minds(c) && !g.has(c) },
		"user {id} was not given "+g.noun+" {"+g.param+"}")
}

func (g *grant) minds(c *engine.Call) bool { return stateOf(c).settings.Repetition == "refuse" }

func (g *grant) has(c *engine.Call) bool { return slices.Contains(*g.list(userOf(c)), c.Int(g.param)) }

// refuseList is the guard of a list for somebody who has them all, in editions
// that do not ignore it.
func (g *grant) refuseList() engine.Guard {
	return refuse(g.rules+"-06", 400, engine.WrongState, func(c *engine.Call) bool {
		return *g.all(userOf(c)) && stateOf(c).settings.GrantToAllAccess == "refuse"
	}, "user {id} has access to every "+g.noun+"; the list would be ignored")
}

func (g *grant) refuseUnknownInList() engine.Guard {
	return explain(g.rules+"-07", 404, engine.Reference, func(c *engine.Call) string {
		for _, id := range c.JSON().Array() {
			if !*g.all(userOf(c)) && !g.known(stateOf(c)).Has(id.Int()) {
				return fmt.Sprintf("there is no %s %d", g.noun, id.Int())
			}
		}
		return ""
	})
}

// get lists what the user has access to; with access to all, that is all there
// are, or in some editions what was granted singly.
func (g *grant) get(c *engine.Call) (engine.Response, error) {
	u := userOf(c)
	ids := *g.list(u)
	if *g.all(u) && stateOf(c).settings.AllAccessLists == "all" {
		ids = nil
		for id := range g.known(stateOf(c)).All {
			ids = append(ids, id)
		}
	}
	return refer(c, ids, userPath(c, u.ID)+g.path)
}

func (g *grant) set(c *engine.Call) (engine.Response, error) {
	return g.change(c, func(had []int64) (ids []int64) {
		if *g.all(userOf(c)) {
			return had
		}
		for _, id := range c.JSON().Array() {
			ids = append(ids, id.Int())
		}
		return ids
	})
}

func (g *grant) add(c *engine.Call) (engine.Response, error) {
	return g.change(c, func(ids []int64) []int64 { return append(ids, c.Int(g.param)) })
}

func (g *grant) remove(c *engine.Call) (engine.Response, error) {
	return g.change(c, func(ids []int64) []int64 {
		return slices.DeleteFunc(ids, func(x int64) bool { return x == c.Int(g.param) })
	})
}

func (g *grant) removeAll(c *engine.Call) (engine.Response, error) {
	return g.change(c, func([]int64) []int64 { return nil })
}

// change keeps the list ascending and without doubles: granting twice grants
// once (rule 08).
func (g *grant) change(c *engine.Call, edit func([]int64) []int64) (engine.Response, error) {
	u := userOf(c)
	stateOf(c).change(u, func(u *User) {
		*g.list(u) = ascending(edit(slices.Clone(*g.list(u))))
	})
	return done(c, userPath(c, u.ID)+g.path, g.rel)
}
