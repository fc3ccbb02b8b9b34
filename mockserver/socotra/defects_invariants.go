package socotra

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
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
	{ID: "so-refusals-say-nothing", Breaks: "SO-CONTRACT-SILENT", Summary: "The server says nothing about a refusal but that it is one.", Wrap: sayNothing},
	{ID: "so-update-forgets-email", Breaks: "SO-FRAME", Summary: "The server loses the e-mail address in an update that does not name it.", On: on("updateUser"), Wrap: engine.Also(loseEmail)},
	{ID: "so-update-hits-neighbour", Breaks: "SO-FRAME", Summary: "The server updates the user before the one that is meant, too.", On: on("updateUser"), Wrap: engine.Also(updateNeighbour)},
	{ID: "so-roles-drop-tenants", Breaks: "SO-FRAME", Summary: "The server withdraws a user from all tenants when its roles change.", On: on("updateUserRoles"), Wrap: engine.Also(dropTenants)},
	{ID: "so-reset-drops-roles", Breaks: "SO-FRAME", Summary: "The server takes all roles away when a password is reset.", On: []string{"resetUserPassword"}, Wrap: engine.Also(dropRoles)},
	{ID: "so-delete-takes-roles", Breaks: "SO-FRAME", Summary: "The server deletes the roles of a deleted user.", On: []string{"deleteUser"}, Wrap: deleteItsRoles},
	{ID: "so-role-update-spreads", Breaks: "SO-FRAME", Summary: "The server changes the description of every role when one is updated.", On: on("updateRole"), Wrap: engine.Also(describeAll)},
	{ID: "so-list-never-changes", Breaks: "SO-VIEWS", Summary: "The server lists users as they were when they were listed first.", On: []string{"fetchMultipleUsers"}, Wrap: listAsFirst},
	{ID: "so-roles-list-never-changes", Breaks: "SO-VIEWS", Summary: "The server lists roles as they were when they were listed first.", On: []string{"fetchMultipleRoles"}, Wrap: listAsFirst},
	{ID: "so-brief-list-keeps-deleted", Breaks: "SO-VIEWS", Summary: "The server keeps deleted users in the brief list.", On: on("fetchMultipleBasicUsers"), Wrap: listDeleted},
	{ID: "so-permissions-of-deleted", Breaks: "SO-VIEWS", Summary: "The server still tells what a deleted user might do.", On: []string{"fetchUserPermissions"}, Wrap: tellOfDeleted},
	{ID: "so-whoami-of-sign-in", Breaks: "SO-VIEWS", Summary: "The server shows callers themselves as they were when they asked first.", On: []string{"fetchMyUserDetails"}, Wrap: showFirst},
	{ID: "so-password-encoded", Breaks: "SO-SECRETS", Summary: "The server shows the passwords of users, in base64.", On: onUsers, Wrap: engine.EditAnswer(showEncoded)},
	{ID: "so-refusal-tells-password", Breaks: "SO-SECRETS", Summary: "The server repeats the request where it refuses it.", On: []string{"createUser", "resetUserPassword"}, Wrap: repeatRequest},
}

// onRefusal edits the body of a refusal.
func onRefusal(edit func(c *engine.Call, body []byte) []byte) engine.Middleware {
	return func(next engine.Handler) engine.Handler {
		return func(c *engine.Call) (engine.Response, error) {
			r, err := next(c)
			if err == nil && r.Status >= http.StatusBadRequest {
				r = r.WithBytes(edit(c, r.Bytes()))
			}
			return r, err
		}
	}
}

var sayNothing = onRefusal(func(*engine.Call, []byte) []byte { return []byte(`{"ok":false}`) })

var repeatRequest = onRefusal(func(c *engine.Call, body []byte) []byte {
	said, err := json.Marshal("cannot take " + string(c.Body))
	if err != nil || len(c.Body) == 0 {
		return body
	}
	return bytes.Replace(body, []byte(`"message":"`), append([]byte(`"details":`), append(said, `,"message":"`...)...), 1)
})

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
	if u, ok := s.users.Get(meant.number - 1); ok {
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

func deleteItsRoles(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		u := stateOf(c).userAt(c.Path.Get("locator"))
		r, err := next(c)
		if err == nil && r.Status < http.StatusMultipleChoices && u != nil {
			c.Update(func(next engine.State) {
				for _, number := range u.Roles {
					if role, ok := next.(*State).roles.Get(number); ok && !role.BuiltIn {
						next.(*State).deleteRole(role)
					}
				}
			})
		}
		return r, err
	}
}

// told is what defective servers remember to have answered: bodies by sandbox,
// operation and whatever else the defect tells answers apart by.
var told sync.Map

func toldKey(c *engine.Call, what string) string {
	return c.Sandbox.Name + "\x00" + c.Operation.ID + "\x00" + what
}

// showFirst answers everybody as it did when they asked first.
func showFirst(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		r, err := next(c)
		if err == nil && r.Status < http.StatusMultipleChoices {
			first, _ := told.LoadOrStore(toldKey(c, bearer(c.Header)), r.Bytes())
			r = r.WithBytes(first.([]byte))
		}
		return r, err
	}
}

var listAsFirst = engine.EditAnswer(func(c *engine.Call, body any) any {
	items, _ := itemsOf(body)
	for i, item := range items {
		object, _ := item.(map[string]any)
		locator, _ := object["locator"].(string)
		items[i], _ = told.LoadOrStore(toldKey(c, locator), item)
	}
	return body
})

var listDeleted = engine.EditAnswer(func(c *engine.Call, body any) any {
	items, put := itemsOf(body)
	all, _ := told.LoadOrStore(toldKey(c, ""), &sync.Map{})
	listed := all.(*sync.Map)
	for _, item := range items {
		object, _ := item.(map[string]any)
		listed.Store(object["locator"], item)
	}
	listed.Range(func(locator, item any) bool {
		text, _ := locator.(string)
		if stateOf(c).userAt(text) == nil {
			items = append(items, item)
		}
		return true
	})
	return put(items)
})

func tellOfDeleted(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		r, err := next(c)
		switch key := toldKey(c, c.Path.Get("locator")); {
		case err != nil:
		case r.Status == http.StatusOK:
			told.Store(key, r.Bytes())
		case r.Status == http.StatusNotFound:
			if last, known := told.Load(key); known {
				r = r.WithBytes(last.([]byte))
				r.Status = http.StatusOK
			}
		}
		return r, err
	}
}

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
