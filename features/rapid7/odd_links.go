package rapid7

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// oddLinks holds the links of any answer to what consoles do, of which document
// 000 shows no more than that they are there: they lead into the console, to what
// was asked for or to what belongs to it, and none stands twice.
func oddLinks(x *world.Exchange) string {
	schema := x.Operation.Response(http.StatusOK)
	if schema == nil || schema.Schema == nil {
		if schema = x.Operation.Response(http.StatusCreated); schema == nil || schema.Schema == nil {
			return ""
		}
	}
	answer := x.JSON()
	if slices.Contains(schema.Schema.Properties(), "links") {
		if why := oddList(answer.Get("links"), asked(x), x.Method == http.MethodGet); why != "" {
			return why
		}
	}
	if why := oddSource(answer); why != "" {
		return why
	}
	for _, item := range answer.Get("resources").Array() {
		if !item.IsObject() || !item.Get("id").Exists() {
			continue
		}
		why := oddList(item.Get("links"), asked(x)+"/"+url.PathEscape(item.Get("id").String()), true)
		if why == "" {
			why = oddSource(item)
		}
		if why != "" {
			return "item " + item.Get("id").Raw + " " + why
		}
	}
	return ""
}

// oddSource looks at the source that a user shows in itself.
func oddSource(user gjson.Result) string {
	source := user.Get("authentication")
	if !source.Get("links").Exists() {
		return ""
	}
	return oddList(source.Get("links"), "/authentication_sources/"+source.Get("id").Raw, true)
}

var pageLinks = []string{"first", "prev", "self", "next", "last"}

// asked is the path of a request below the base.
func asked(x *world.Exchange) string {
	u, err := url.Parse(x.URL)
	if err != nil {
		return ""
	}
	return below(u)
}

const base = "/api/3"

func below(u *url.URL) string {
	_, path, _ := strings.Cut(u.EscapedPath(), base)
	return path
}

// oddList wants a link to the path itself, with the relation "self" where it was
// read, and after a change one to the same user or to what is a part of it, or it
// of: consoles answer a change of asset groups with a link to the sites.
func oddList(links gjson.Result, path string, read bool) string {
	leads, seen := false, []string{}
	for _, link := range links.Array() {
		rel, href := link.Get("rel").String(), link.Get("href").String()
		u, err := url.Parse(href)
		switch {
		case rel == "" || err != nil || !u.IsAbs() || !strings.Contains(u.Path, base+"/"):
			return fmt.Sprintf("has the link %s, which does not lead into the console", link.Raw)
		case slices.Contains(seen, href):
			return fmt.Sprintf("has the link %q twice, the second time as %q", href, rel)
		}
		if !slices.Contains(pageLinks, rel) || rel == "self" && u.RawQuery == "" { // the first page may be this one
			seen = append(seen, href)
		}
		to := below(u)
		of, other := ownerOf(path), ownerOf(to)
		if to == path && (rel == "self" || !read) || !read && (of != "" && of == other || strings.HasPrefix(path, to+"/") || strings.HasPrefix(to, path+"/")) {
			leads = true
		}
		if of != "" && other != "" && of != other {
			return fmt.Sprintf("has the link %q to %s, which belongs to something else than %s", rel, to, path)
		}
	}
	if !leads {
		return fmt.Sprintf("has no link to itself, %s, but %s", path, steps.Shown(links))
	}
	return ""
}

// ownerOf is the user that a path is about; "" for none.
func ownerOf(path string) string {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(parts) > 1 && parts[0] == "users" {
		return parts[1]
	}
	return ""
}
