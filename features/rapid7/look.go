package rapid7

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// What the invariants ask of a console: every view of a user and of a role, and
// what each operation may change.

var (
	userShape = invariants.Shape{ID: "id", Sets: []string{"role.privileges"}, Leave: []string{"authentication.links", "role.links"}, Links: "links"}
	roleShape = invariants.Shape{ID: "id", Sets: []string{"privileges"}, Links: "links"}
)

// A track is what the looks of a scenario have seen of a user, for what may
// change with it.
type track struct {
	memberships []membership
	roles       []string // that it has had
	all         bool     // it has had access to everything of a kind
	refused     bool     // it could not sign in: no look tries again, which might lock it
}

func (c *console) trackOf(id string) *track {
	if c.tracks[id] == nil {
		c.tracks[id] = &track{}
	}
	return c.tracks[id]
}

// Look reads each record first by its id, which the other views are held to.
func (c *console) Look(l *world.Look) {
	for _, id := range l.Records("role") {
		c.lookAtRole(l, id)
	}
	for _, id := range l.Records("user") {
		c.lookAtUser(l, id)
	}
}

// partsOfUser are the sub-resources of a user, each with the property that it shows.
var partsOfUser = []struct{ operation, property string }{
	{"getUserSites", "sites"}, {"getUserAssetGroups", "groups"}, {"getUserPrivileges", "role.privileges"},
}

func (c *console) lookAtUser(l *world.Look, id string) {
	user := invariants.Record{Kind: "user", ID: id}
	path := at(id)
	x := c.LookAt(l, "getUser", path, nil)
	if x == nil {
		return
	}
	read := x.JSON()
	l.See(x, user, read, userShape, c.memberships(c.trackOf(id), read))
	l.Echo(user, userShape, "getUser")
	c.lookAtParts(l, nil, user, partsOfUser)
	if x := c.LookAt(l, "getTwoFactorAuthenticationKey", path, nil); x != nil && x.Succeeded() {
		l.Part(x, user, map[string]string{"key": invariants.Canonical(x.JSON().Get("key"))})
	} else if read.Get("id").Exists() { // where there is no key, that is a refusal
		l.Tell(x, user, map[string]string{"key": ""})
	}
	c.lookInMemberships(l, user, x.Succeeded())
	c.lookInList(l, user)
	if l.Whole() && x.Succeeded() {
		c.lookBehind(l, user, "getRole", "role", read.Get("role.id").String(), invariants.Shape{Sets: []string{"privileges"}, Leave: []string{"links", "description"}})
		c.lookBehind(l, user, "getAuthenticationSource", "authentication", read.Get("authentication.id").Raw, invariants.Shape{Leave: []string{"links"}})
	}
	c.lookAsSubject(l, user, read)
}

// lookAtParts reads sub-resources of a user, as the administrator or as itself.
func (c *console) lookAtParts(l *world.Look, self *steps.Record, user invariants.Record, parts []struct{ operation, property string }) {
	actor, by := steps.Administrator, ""
	if self != nil {
		actor, by = steps.Actor{Name: self.Name, Who: self}, self.Name
	}
	sign, err := c.Sign(actor)
	if err != nil {
		return
	}
	for _, part := range parts {
		x := l.Ask(by, world.Request{Operation: part.operation, Path: at(user.ID), Sign: sign, As: actor.Name})
		if x != nil && (self == nil || x.Succeeded()) { // whether a user may read them is not documented
			l.Part(x, user, map[string]string{part.property: invariants.Set(x.JSON().Get("resources"))})
		}
	}
}

// lookBehind holds what a user shows of another resource to that resource.
func (c *console) lookBehind(l *world.Look, user invariants.Record, operation, property, id string, shape invariants.Shape) {
	if id == "" {
		return
	}
	x := c.LookAt(l, operation, at(id), nil)
	if x == nil || !x.Succeeded() {
		return
	}
	told := map[string]string{}
	for name, value := range shape.Read(x.JSON()) {
		told[property+"."+name] = value
	}
	l.Tell(x, user, told)
}

// lookInList finds the user in the list of all. Away from a mock that is the
// newest users only, where a user that the run made must be.
func (c *console) lookInList(l *world.Look, user invariants.Record) {
	x := c.LookAt(l, "getUsers", nil, url.Values{"size": {"500"}, "sort": {"id,DESC"}})
	if x == nil || !x.Succeeded() {
		return
	}
	item := itemOf(x.JSON(), user.ID)
	if item.Exists() || x.JSON().Get("page.totalPages").Int() <= 1 {
		l.See(x, user, item, userShape, nil)
	}
}

// itemOf is the last item of a list with an id.
func itemOf(list gjson.Result, id string) (item gjson.Result) {
	for _, one := range resources(list) {
		if idIn(one) == id {
			item = one
		}
	}
	return item
}

// A membership is a list of users that has, or has had, a user in it.
type membership struct{ operation, id string }

func (m membership) String() string { return "in " + m.operation + " of " + m.id }

// memberships tells, of what was read of a user, in which lists of users it
// must be: those of its role, its authentication source and one privilege. In
// those where it was seen before and does not belong any more, it must not be.
func (c *console) memberships(t *track, read gjson.Result) map[string]string {
	role, source, privileges := read.Get("role.id").String(), read.Get("authentication.id").Raw, texts(read.Get("role.privileges"))
	now := []membership{{"getRoleUsers", role}, {"getAuthenticationSourceUsers", source}}
	if len(privileges) > 0 {
		now = append(now, membership{"getUsersWithPrivilege", privileges[len(privileges)-1]})
	}
	for _, m := range now {
		if m.id != "" && !slices.Contains(t.memberships, m) {
			t.memberships = append(t.memberships, m)
		}
	}
	if role != "" && !slices.Contains(t.roles, role) {
		t.roles = append(t.roles, role)
	}
	for _, flag := range []string{"role.allSites", "role.allAssetGroups", "role.superuser"} {
		t.all = t.all || read.Get(flag).Bool()
	}
	told := map[string]string{}
	for _, m := range t.memberships {
		in := slices.Contains(now, m) || m.operation == "getUsersWithPrivilege" && slices.Contains(privileges, m.id)
		told[m.String()] = strconv.FormatBool(in)
	}
	return told
}

// lookInMemberships holds those lists to it. A user that is gone is in none.
func (c *console) lookInMemberships(l *world.Look, user invariants.Record, there bool) {
	for _, m := range c.trackOf(user.ID).memberships {
		x := c.LookAt(l, m.operation, at(m.id), nil)
		if x == nil || !x.Succeeded() {
			continue
		}
		in := itemOf(x.JSON(), user.ID).Exists()
		if there || in {
			l.Tell(x, user, map[string]string{m.String(): strconv.FormatBool(in)})
		}
	}
}

// lookAsSubject reads a user as itself, and whether it can sign in at all;
// unless it has failed to sign in before, because a success would start the
// count of its failures again.
func (c *console) lookAsSubject(l *world.Look, user invariants.Record, read gjson.Result) {
	p, t := c.userOf(user.ID), c.trackOf(user.ID)
	if p == nil || !l.Whole() || t.refused || read.Get("locked").Bool() || read.Get("enabled").Raw == "false" {
		return
	}
	if slices.ContainsFunc(c.Exchanges(), func(x *world.Exchange) bool {
		return x.Status == http.StatusUnauthorized && loginOf(x) == p.Called
	}) {
		return
	}
	x := l.Ask(p.Name, world.Request{Operation: "getUser", Path: at(user.ID), Sign: basic(p.Called, p.Password), As: p.Name})
	switch {
	case x == nil:
	case x.Succeeded():
		l.See(x, user, x.JSON(), userShape, nil)
		l.Outcome(x, user, "signs in", "true")
		c.lookAtParts(l, p, user, partsOfUser[:2])
	case x.Status == http.StatusUnauthorized:
		t.refused = true
		if read.Get("id").Exists() {
			l.Outcome(x, user, "signs in", "false")
		}
	}
}

// userOf is the scenario's user with an id; nil for others.
func (c *console) userOf(id string) *steps.Record {
	for _, p := range c.Cast("user") {
		if p.ID == id {
			return p
		}
	}
	return nil
}

func loginOf(x *world.Exchange) string {
	r := http.Request{Header: x.RequestHeader}
	login, _, _ := r.BasicAuth()
	return login
}

func (c *console) lookAtRole(l *world.Look, id string) {
	role := invariants.Record{Kind: "role", ID: id}
	x := c.LookAt(l, "getRole", at(id), nil)
	if x == nil {
		return
	}
	l.See(x, role, x.JSON(), roleShape, nil)
	if x := c.LookAt(l, "getRoles", nil, nil); x != nil && x.Succeeded() {
		l.See(x, role, itemOf(x.JSON(), id), roleShape, nil)
	}
	if x := c.LookAt(l, "getRoleUsers", at(id), nil); x != nil {
		l.Part(x, role, nil)
	}
}
