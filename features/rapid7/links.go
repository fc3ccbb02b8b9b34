package rapid7

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/schemas"
)

// follow asks for what a link of the target leads to.
func (w *world) follow(href, operation string) (*conformance.Exchange, error) {
	op := w.API.Contract.Operation(operation)
	r, err := w.requestOf(href, op)
	if err != nil {
		return nil, err
	}
	x, err := w.call("the administrator", r)
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("the link %s is answered with %d", href, x.Status)
	}
	return x, err
}

// requestOf takes a link apart into the request that it stands for. A link is
// followed on the target only: credentials go nowhere else.
func (w *world) requestOf(href string, op *schemas.Operation) (conformance.Request, error) {
	r := conformance.Request{Operation: op.ID, Path: map[string]string{}}
	u, err := url.Parse(href)
	if err != nil || !u.IsAbs() {
		return r, fmt.Errorf("the link %q is no absolute address", href)
	}
	base := w.API.Contract.BasePaths[0]
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
func (w *world) userLinksLead() error {
	user, err := answered(w.asked)
	if err != nil {
		return err
	}
	want := map[string]gjson.Result{"self": user.Get("id"), "Authentication Source": user.Get("authentication.id"), "Role": user.Get("role.id")}
	for rel, operation := range userLinks {
		href := linkOf(user, rel)
		if href == "" {
			return fmt.Errorf("the user has no link %q", rel)
		}
		x, err := w.follow(href, operation)
		if err != nil {
			return fmt.Errorf("link %q: %w", rel, err)
		}
		id, known := want[rel]
		if got := x.JSON().Get("id"); known && !conformance.Same(got, id.Value()) {
			return fmt.Errorf("link %q leads to %s; it should lead to %s", rel, conformance.Shown(got), id.Raw)
		}
		r, _ := w.requestOf(href, x.Operation)
		if !known && r.Path["id"] != user.Get("id").Raw {
			return fmt.Errorf("link %q leads to user %s; it should lead to user %s", rel, r.Path["id"], user.Get("id").Raw)
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

// everyoneLinksToItself holds each resource of the list that was read to its
// own link.
func (w *world) everyoneLinksToItself(operation string) error {
	list, err := w.listed()
	if err != nil {
		return err
	}
	for _, resource := range list {
		r, err := w.requestOf(linkOf(resource, "self"), w.API.Contract.Operation(operation))
		if err != nil {
			return err
		}
		if id := resource.Get("id").String(); r.Path["id"] != id {
			return fmt.Errorf("the link \"self\" of %s leads to %s", id, r.Path["id"])
		}
	}
	return nil
}

// answerLinksToItself holds an answer to its own link, by the operation that
// it leads to.
func (w *world) answerLinksToItself(operation string) error {
	answer, err := answered(w.asked)
	if err != nil {
		return err
	}
	href := linkOf(answer, "self")
	x, err := w.follow(href, operation)
	if err != nil {
		return err
	}
	of := "resources"
	if !answer.Get(of).Exists() {
		of = "id"
	}
	if want := answer.Get(of); !want.Exists() || !conformance.Same(x.JSON().Get(of), want.Value()) {
		return fmt.Errorf("the link \"self\" leads to something else: %s", href)
	}
	return nil
}
