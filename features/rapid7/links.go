package rapid7

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// follow asks for what a link of the target leads to.
func (c *console) follow(href, operation string) (*world.Exchange, error) {
	r, err := c.requestOf(href, c.API.Contract.Operation(operation))
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
func (c *console) requestOf(href string, op *schemas.Operation) (world.Request, error) {
	r := world.Request{Operation: op.ID, Path: map[string]string{}}
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

// linkOf is the address of the first link with a relation; "" where there is none.
func linkOf(resource gjson.Result, rel string) string {
	return resource.Get(`links.#(rel==` + strconv.Quote(rel) + `).href`).String()
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
	if want := answer.Get(of); !want.Exists() || !steps.Same(again.JSON().Get(of), want.Value()) {
		return fmt.Errorf("the link \"self\" leads to something else: %s", href)
	}
	return nil
}

// leads are the operations that links lead to, by their relations, beside "self".
var leads = map[string]string{
	"Authentication Source": "getAuthenticationSource", "Asset Groups": "getUserAssetGroups", "Sites": "getUserSites",
	"Privileges": "getUserPrivileges", "Role": "getRole", "Users": "getRoleUsers", "Authentication Source Users": "getAuthenticationSourceUsers",
	"first": "getUsers", "prev": "getUsers", "next": "getUsers", "last": "getUsers",
}

// hasLinks takes the relations of an answer's links. Those of what was read are
// followed.
func (c *console) hasLinks(rels string) error {
	if err := c.Steady(); err != nil {
		return err
	}
	x, err := c.Newest()
	if err != nil {
		return err
	}
	answer, err := steps.Answered(x)
	if err != nil {
		return err
	}
	var got []string
	for _, link := range answer.Get("links").Array() {
		got = append(got, link.Get("rel").String())
	}
	want := strings.Split(rels, ", ")
	if !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
		return fmt.Errorf("the answer has the links %q; they should be %q", got, want)
	}
	for _, rel := range want {
		if x.Method == http.MethodGet && err == nil {
			err = c.leadsRight(x, answer, rel)
		}
	}
	return err
}

// leadsRight follows a link, and compares what it leads to with what the answer
// says of it.
func (c *console) leadsRight(from *world.Exchange, answer gjson.Result, rel string) error {
	operation := leads[rel]
	if rel == "self" {
		operation = from.Operation.ID
	}
	x, err := c.follow(linkOf(answer, rel), operation)
	if err != nil {
		return fmt.Errorf("link %q: %w", rel, err)
	}
	if page := answer.Get("page"); page.Exists() {
		number, last := int(page.Get("number").Int()), int(page.Get("totalPages").Int())-1
		to := map[string]int{"first": 0, "prev": number - 1, "self": number, "next": number + 1, "last": last}
		err = pageIs(x.JSON().Get("page"), map[string]int{"number": to[rel], "size": int(page.Get("size").Int())})
	} else if id, of := idOf(answer, rel, from), x.Path["id"]; id != of {
		err = fmt.Errorf("it leads to %s; it should lead to %s", of, id)
	}
	if err != nil {
		return fmt.Errorf("link %q: %w", rel, err)
	}
	return nil
}

// idOf is the id of what a link should lead to, as the answer has it.
func idOf(answer gjson.Result, rel string, from *world.Exchange) string {
	switch rel {
	case "Authentication Source":
		return answer.Get("authentication.id").String()
	case "Role":
		return answer.Get("role.id").String()
	}
	return from.Path["id"]
}
