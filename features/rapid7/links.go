package rapid7

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/schemas"
)

// follow asks for what a link of the target leads to.
func (c *console) follow(href, operation string) (*conformance.Exchange, error) {
	op := c.API.Contract.Operation(operation)
	r, err := c.requestOf(href, op)
	if err != nil {
		return nil, err
	}
	x, err := c.Ask(steps.Administrator, r)
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("the link %s is answered with %d", href, x.Status)
	}
	return x, err
}

// requestOf takes a link apart into the request that it stands for. A link is
// followed on the target only: credentials go nowhere else.
func (c *console) requestOf(href string, op *schemas.Operation) (conformance.Request, error) {
	r := conformance.Request{Operation: op.ID, Path: map[string]string{}}
	u, err := url.Parse(href)
	if err != nil || !u.IsAbs() {
		return r, fmt.Errorf("the link %q is no absolute address", href)
	}
	base := c.API.Contract.BasePaths[0]
	_, path, ok := strings.Cut(u.EscapedPath(), base)
	if !ok {
		return r, fmt.Errorf("the link %q does not lead into %s", href, base)
	}
	want, have := strings.Split(op.Path, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return r, fmt.Errorf("the link %q does not lead to %s", href, op.Path)
	}
	for i, segment := range want {
		name, wild := schemas.Wildcard(segment)
		value, err := url.PathUnescape(have[i])
		if err != nil || !wild && value != segment {
			return r, fmt.Errorf("the link %q does not lead to %s", href, op.Path)
		}
		if wild {
			r.Path[name] = value
		}
	}
	r.Query = u.Query()
	return r, nil
}

// userLinks are the links that a user has, by relation, and the operation that
// each leads to.
var userLinks = map[string]string{
	"self": "getUser", "Authentication Source": "getAuthenticationSource", "Asset Groups": "getUserAssetGroups",
	"Sites": "getUserSites", "Privileges": "getUserPrivileges", "Role": "getRole",
}

// userLinksLead follows every link of the user that was read, and compares
// what it leads to with what the user says of it.
func (c *console) userLinksLead() error {
	user, err := c.answer()
	if err != nil {
		return err
	}
	want := map[string]gjson.Result{"self": user.Get("id"), "Authentication Source": user.Get("authentication.id"), "Role": user.Get("role.id")}
	for rel, operation := range userLinks {
		href := linkOf(user, rel)
		if href == "" {
			return fmt.Errorf("the user has no link %q", rel)
		}
		x, err := c.follow(href, operation)
		if err != nil {
			return fmt.Errorf("link %q: %w", rel, err)
		}
		id, known := want[rel]
		if got := x.JSON().Get("id"); known && !conformance.Same(got, id.Value()) {
			return fmt.Errorf("link %q leads to %s; it should lead to %s", rel, conformance.Shown(got), id.Raw)
		}
		if !known && x.Path["id"] != user.Get("id").Raw {
			return fmt.Errorf("link %q leads to user %s; it should lead to user %s", rel, x.Path["id"], user.Get("id").Raw)
		}
	}
	return nil
}

func linkOf(resource gjson.Result, rel string) string {
	for _, link := range resource.Get("links").Array() {
		if link.Get("rel").String() == rel {
			return link.Get("href").String()
		}
	}
	return ""
}

// eachLinksToItself holds each resource of the list that was read to its own link.
func (c *console) eachLinksToItself(k *steps.Kind) error {
	list, err := c.Listed(k)
	if err != nil {
		return err
	}
	for _, resource := range list {
		r, err := c.requestOf(linkOf(resource, "self"), c.API.Contract.Operation(k.Read))
		if err != nil {
			return err
		}
		if id := idIn(resource); r.Path["id"] != id {
			return fmt.Errorf("the link \"self\" of %s leads to %s", id, r.Path["id"])
		}
	}
	return nil
}

// answerLinksToItself holds an answer to its own link, which leads to the
// operation that gave it.
func (c *console) answerLinksToItself() error {
	x, err := c.Newest()
	if err != nil {
		return err
	}
	answer, err := steps.Answered(x)
	if err != nil {
		return err
	}
	href := linkOf(answer, "self")
	again, err := c.follow(href, x.Operation.ID)
	if err != nil {
		return err
	}
	of := "resources"
	if !answer.Get(of).Exists() {
		of = "id"
	}
	if want := answer.Get(of); !want.Exists() || !conformance.Same(again.JSON().Get(of), want.Value()) {
		return fmt.Errorf("the link \"self\" leads to something else: %s", href)
	}
	return nil
}

// hasLinks takes the relations of an answer's links, in their order.
func (c *console) hasLinks(rels string) error {
	answer, err := c.answer()
	if err != nil {
		return err
	}
	var got []string
	for _, link := range answer.Get("links").Array() {
		got = append(got, link.Get("rel").String())
	}
	if has := strings.Join(got, ", "); has != rels {
		return fmt.Errorf("the answer has the links %q; they should be %q", has, rels)
	}
	return nil
}
