package rapid7

import (
	"fmt"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type sourceView struct {
	External bool   `json:"external"`
	ID       int64  `json:"id"`
	Links    []Link `json:"links"`
	Name     string `json:"name"`
	Type     string `json:"type"`
}

type sourceList struct {
	Links     []Link        `json:"links"`
	Resources []*sourceView `json:"resources"`
}

func viewSource(c *engine.Call, s *Source) *sourceView {
	self := sourcePath(c, s.ID)
	return &sourceView{s.External, s.ID, linked(c, Link{self, "self"}, Link{self + "/users", "Authentication Source Users"}), s.Name, s.Type}
}

func sourceInPath(c *engine.Call) (any, bool) { return stateOf(c).sources.Get(c.Int("id")) }

func sourceOf(c *engine.Call) *Source { return c.Record.(*Source) }

func getAuthenticationSources(c *engine.Call) (engine.Response, error) {
	views := []*sourceView{}
	for _, s := range stateOf(c).sources.All {
		views = append(views, viewSource(c, s))
	}
	return engine.OK(sourceList{linked(c, Link{c.Base + "/authentication_sources", "self"}), inOrder(c, views)})
}

func getAuthenticationSource(c *engine.Call) (engine.Response, error) {
	return engine.OK(viewSource(c, sourceOf(c)))
}

func getAuthenticationSourceUsers(c *engine.Call) (engine.Response, error) {
	id := sourceOf(c).ID
	return refer(c, stateOf(c).bySource.IDs(fmt.Sprint(id)), sourcePath(c, id)+"/users")
}
