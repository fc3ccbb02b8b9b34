package rapid7

import (
	"net/url"
	"strconv"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A Link leads from a resource to itself or to a related one.
type Link struct {
	Href string `json:"href"`
	Rel  string `json:"rel"`
}

type links struct {
	Links []Link `json:"links"`
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

// linked are the links of an answer, as the edition shows them: all, or only
// the one to itself.
func linked(c *engine.Call, all ...Link) []Link {
	if stateOf(c).settings.Links == "all" {
		return all
	}
	self := Link{all[0].Href, "self"}
	for _, link := range all {
		if link.Rel == "self" {
			self = link
		}
	}
	return []Link{self}
}

// done is the answer to an update: where the resource is.
func done(c *engine.Call, href, rel string) (engine.Response, error) {
	return engine.OK(links{linked(c, Link{href, rel})})
}
