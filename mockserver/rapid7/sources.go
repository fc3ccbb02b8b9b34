package rapid7

import (
	"fmt"
	"net/http"

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
	return &sourceView{s.External, s.ID, []Link{{self, "self"}, {self + "/users", "Authentication Source Users"}}, s.Name, s.Type}
}

func lookupSource(c *engine.Call) (*Source, error) {
	id := c.Int("id")
	if s, ok := stateOf(c).sources.Get(id); ok {
		return s, nil
	}
	return &Source{ID: id, Type: "normal"}, c.Check(false, "R7-SRC-02", http.StatusNotFound, "there is no authentication source %d", id)
}

func getAuthenticationSources(c *engine.Call) (engine.Response, error) {
	views := []*sourceView{}
	for _, s := range stateOf(c).sources.All {
		views = append(views, viewSource(c, s))
	}
	return engine.OK(sourceList{[]Link{{c.Base + "/authentication_sources", "self"}}, views})
}

func getAuthenticationSource(c *engine.Call) (engine.Response, error) {
	s, err := lookupSource(c)
	if err != nil {
		return engine.Response{}, err
	}
	return engine.OK(viewSource(c, s))
}

func getAuthenticationSourceUsers(c *engine.Call) (engine.Response, error) {
	s, err := lookupSource(c)
	if err != nil {
		return engine.Response{}, err
	}
	return refer(stateOf(c).bySource.IDs(fmt.Sprint(s.ID)), sourcePath(c, s.ID)+"/users")
}
