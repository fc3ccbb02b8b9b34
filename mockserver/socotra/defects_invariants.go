package socotra

import (
	"encoding/base64"
	"net/http"
	"slices"
	"sync"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What the defects do wrong that no rule is about: what every scenario is held
// to finds them.

var onUsers = []string{"fetchMyUserDetails", "fetchUserByLocator", "fetchUserByName", "fetchMultipleUsers"}

var invariantDefects = []engine.Defect{
	{ID: "so-refusals-say-nothing", Breaks: "SO-CONTRACT-SILENT", Summary: "The server says nothing about a refusal but that it is one.", Wrap: engine.EditRefusal(sayNothing)},
	{ID: "so-update-forgets-email", Breaks: "SO-FRAME", Summary: "The server loses the e-mail address in an update that does not name it.", On: on("updateUser"), Wrap: engine.Also(loseEmail)},
	{ID: "so-update-hits-neighbour", Breaks: "SO-FRAME", Summary: "The server updates the user before the one that is meant, too.", On: on("updateUser"), Wrap: engine.Also(updateNeighbour)},
	{ID: "so-roles-drop-tenants", Breaks: "SO-FRAME", Summary: "The server withdraws a user from all tenants when its roles change.", On: on("updateUserRoles"), Wrap: engine.Also(dropTenants)},
	{ID: "so-reset-drops-roles", Breaks: "SO-FRAME", Summary: "The server takes all roles away when a password is reset.", On: []string{"resetUserPassword"}, Wrap: engine.Also(dropRoles)},
	{ID: "so-delete-takes-roles", Breaks: "SO-FRAME", Summary: "The server deletes the roles of a deleted user.", On: []string{"deleteUser"}, Wrap: engine.Afterwards(deleteItsRoles)},
	{ID: "so-role-update-spreads", Breaks: "SO-FRAME", Summary: "The server changes the description of every role when one is updated.", On: on("updateRole"), Wrap: engine.Also(describeAll)},
	{ID: "so-list-never-changes", Breaks: "SO-VIEWS", Summary: "The server lists users as they were when they were listed first.", On: []string{"fetchMultipleUsers"}, Wrap: engine.EditAnswer(listAsFirst)},
	{ID: "so-roles-list-never-changes", Breaks: "SO-VIEWS", Summary: "The server lists roles as they were when they were listed first.", On: []string{"fetchMultipleRoles"}, Wrap: engine.EditAnswer(listAsFirst)},
	{ID: "so-brief-list-keeps-deleted", Breaks: "SO-VIEWS", Summary: "The server keeps deleted users in the brief list.", On: on("fetchMultipleBasicUsers"), Wrap: engine.EditAnswer(listDeleted)},
	{ID: "so-permissions-of-deleted", Breaks: "SO-VIEWS", Summary: "The server still tells what a deleted user might do.", On: []string{"fetchUserPermissions"}, Wrap: tellOfDeleted},
	{ID: "so-whoami-of-sign-in", Breaks: "SO-VIEWS", Summary: "The server shows callers themselves as they were when they asked first.", On: []string{"fetchMyUserDetails"}, Wrap: engine.EditAnswer(showFirst)},
	{ID: "so-password-encoded", Breaks: "SO-SECRETS", Summary: "The server shows the passwords of users, in base64.", On: onUsers, Wrap: engine.EditAnswer(showEncoded)},
	{ID: "so-refusal-tells-password", Breaks: "SO-SECRETS", Summary: "The server repeats the request where it refuses it.", On: []string{"createUser", "resetUserPassword"}, Wrap: engine.EditRefusal(repeatRequest)},
}

func sayNothing(*engine.Call, any) any { return map[string]bool{"ok": false} }

func repeatRequest(c *engine.Call, body any) any {
	if len(c.Body) == 0 {
		return body
	}
	return engine.Set("details", "cannot take "+string(c.Body))(c, body)
}

// editUser changes the user that the path names.
func editUser(edit func(c *engine.Call, u *User)) func(*engine.Call, engine.State) {
	return func(c *engine.Call, next engine.State) {
		if s := next.(*State); s.userAt(c.Path.Get("locator")) != nil {
			s.change(s.userAt(c.Path.Get("locator")), func(u *User) { edit(c, u) })
		}
	}
}

var (
	dropTenants = editUser(func(_ *engine.Call, u *User) { u.Tenants = nil })
	dropRoles   = editUser(func(_ *engine.Call, u *User) { u.Roles = nil })
	loseEmail   = editUser(func(c *engine.Call, u *User) {
		if !gjson.GetBytes(c.Body, "email").Exists() {
			u.Email = ""
		}
	})
)

func updateNeighbour(c *engine.Call, next engine.State) {
	s := next.(*State)
	meant := s.userAt(c.Path.Get("locator"))
	if meant == nil {
		return
	}
	if u, ok := s.users.Get(meant.Number - 1); ok {
		s.change(u, func(u *User) { u.LastName = meant.LastName + " too" })
	}
}

func describeAll(_ *engine.Call, next engine.State) {
	s := next.(*State)
	for _, old := range s.roles.All {
		r := *old
		r.Description = "Changed with another"
		s.putRole(&r)
	}
}

func deleteItsRoles(c *engine.Call, before, next engine.State) {
	u := before.(*State).userAt(c.Path.Get("locator"))
	if u == nil || c.Problem != nil {
		return
	}
	for _, number := range u.Roles {
		if role, ok := next.(*State).roles.Get(number); ok && !role.BuiltIn {
			next.(*State).deleteRole(role)
		}
	}
}

// told are the answers, or items of them, that a defective operation remembers.
func told(c *engine.Call) *sync.Map {
	return engine.Remembered(c, "told "+c.Operation.ID, func() *sync.Map { return &sync.Map{} })
}

// showFirst answers everybody as it did when they asked first.
func showFirst(c *engine.Call, body any) any {
	first, _ := told(c).LoadOrStore(bearer(c.Header), body)
	return first
}

func listAsFirst(c *engine.Call, body any) any {
	items, _ := itemsOf(body)
	for i, item := range items {
		items[i], _ = told(c).LoadOrStore(locatorOf(item), item)
	}
	return body
}

func locatorOf(item any) string {
	object, _ := item.(map[string]any)
	locator, _ := object["locator"].(string)
	return locator
}

func listDeleted(c *engine.Call, body any) any {
	items, put := itemsOf(body)
	for _, item := range items {
		told(c).Store(locatorOf(item), item)
	}
	told(c).Range(func(locator, item any) bool {
		if stateOf(c).userAt(locator.(string)) == nil {
			items = append(items, item)
		}
		return true
	})
	return put(items)
}

var tellOfDeleted = engine.Answering(func(c *engine.Call, r engine.Response) engine.Response {
	locator := c.Path.Get("locator")
	if r.Status == http.StatusOK {
		told(c).Store(locator, r.Bytes())
	} else if last, known := told(c).Load(locator); known && r.Status == http.StatusNotFound {
		r = r.WithBytes(last.([]byte))
		r.Status = http.StatusOK
	}
	return r
})

// showEncoded adds to each user what only the user should know.
func showEncoded(c *engine.Call, body any) any {
	s := stateOf(c)
	items, _ := itemsOf(body)
	for _, one := range append(slices.Clone(items), body) {
		object, _ := one.(map[string]any)
		name, _ := object["userName"].(string)
		for _, u := range s.usersCalled(name) {
			object["checksum"] = base64.StdEncoding.EncodeToString([]byte(u.Password))
		}
	}
	return body
}
