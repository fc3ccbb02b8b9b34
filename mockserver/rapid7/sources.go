package rapid7

import "github.com/rolecall/rolecall/mockserver/engine"

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
	id, ids := sourceOf(c).ID, []int64{}
	for _, u := range stateOf(c).users.All { // no index: there are few sources, and most users have the same
		if u.Source == id {
			ids = append(ids, u.ID)
		}
	}
	return refer(c, ids, sourcePath(c, id)+"/users")
}
