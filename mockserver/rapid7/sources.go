package rapid7

import (
	"fmt"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func writeSource(j *engine.JSON, c *engine.Call, s *Source) {
	j.Open('{')
	j.Name("external").Bool(s.External)
	j.Name("id").Int(s.ID)
	self := sourcePath(c, s.ID)
	writeLinks(j, c, Link{"self", self, ""}, Link{"Authentication Source Users", self, "/users"})
	j.Name("name").Text(s.Name)
	j.Name("type").Text(s.Type)
	j.Close('}')
}

func sourceInPath(c *engine.Call) (any, bool) { return stateOf(c).sources.Get(c.Int("id")) }

func sourceOf(c *engine.Call) *Source { return c.Record.(*Source) }

func getAuthenticationSources(c *engine.Call) (engine.Response, error) {
	return showEach(c, stateOf(c).sources.Records(), c.Base+"/authentication_sources", writeSource)
}

func getAuthenticationSource(c *engine.Call) (engine.Response, error) {
	return show(c, sourceOf(c), writeSource)
}

func getAuthenticationSourceUsers(c *engine.Call) (engine.Response, error) {
	id := sourceOf(c).ID
	return refer(c, stateOf(c).bySource.IDs(fmt.Sprint(id)), sourcePath(c, id)+"/users")
}
