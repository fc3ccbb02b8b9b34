package rapid7

import (
	"net/url"
	"strconv"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A Link leads from a resource to itself or to a related one.
type Link struct {
	Rel        string
	Path, Tail string // after one another, they are where it leads to
}

func userPath(c *engine.Call, id int64) string {
	return c.Base + "/users/" + strconv.FormatInt(id, 10)
}

func sourcePath(c *engine.Call, id int64) string {
	return c.Base + "/authentication_sources/" + strconv.FormatInt(id, 10)
}

func rolePath(c *engine.Call, id string) string { return c.Base + "/roles/" + url.PathEscape(id) }

func privilegePath(c *engine.Call, id string) string {
	return c.Base + "/privileges/" + url.PathEscape(id)
}

// writeLinks writes the links of an answer, as the edition shows them: all, or
// only the one to itself.
func writeLinks(j *engine.JSON, c *engine.Call, all ...Link) {
	if stateOf(c).settings.Links != "all" {
		self := Link{"self", all[0].Path, all[0].Tail}
		for _, link := range all {
			if link.Rel == "self" {
				self = link
			}
		}
		all = []Link{self}
	}
	j.Name("links").Open('[')
	for _, link := range all {
		j.Open('{')
		j.Name("href").Text(link.Path, link.Tail)
		j.Name("rel").Text(link.Rel)
		j.Close('}')
	}
	j.Close(']')
}

// done is the answer to an update: where the resource is.
func done(c *engine.Call, href, rel string) (engine.Response, error) {
	return linked(c, nil, Link{rel, href, ""})
}

// linked is the answer that shows something, if there is something, after links.
func linked(c *engine.Call, rest engine.View, all ...Link) (engine.Response, error) {
	return engine.OK(func(j *engine.JSON) {
		j.Open('{')
		writeLinks(j, c, all...)
		if rest != nil {
			rest(j)
		}
		j.Close('}')
	})
}
