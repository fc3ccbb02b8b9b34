package devicehive

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"sync"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// seenDefects are what no single rule looks for: views that disagree, changes
// that go further than they say, and secrets that are told on the way.
var seenDefects = []engine.Defect{
	{ID: "dh-stale-networks", Breaks: "DH-VIEWS",
		Summary: "Who has read a user sees a change of its networks once, and then the old ones until the user itself changes", Wrap: goesStale(networks)},
	{ID: "dh-stale-device-types", Breaks: "DH-VIEWS",
		Summary: "Who has read a user's device types sees a change once, and then the old ones until the user itself changes", Wrap: goesStale(deviceTypes)},
	{ID: "dh-old-list", Breaks: "DH-VIEWS", On: []string{"list"}, Summary: "The list shows users as it showed them first",
		Wrap: remembering(func(then, now map[string]any) map[string]any { return then })},
	{ID: "dh-old-networks-listed", Breaks: "DH-VIEWS", On: []string{"listNetworks"}, Summary: "The list of networks shows those that are gone",
		Wrap: remembering(func(then, now map[string]any) map[string]any {
			if now != nil {
				return now
			}
			return then
		})},
	{ID: "dh-types-outlive-user", Breaks: "DH-VIEWS", On: []string{"getDeviceTypes"}, Summary: "A deleted user goes on having device types, of which there are none",
		Wrap: outlived},
	{ID: "dh-current-without-data", Breaks: "DH-VIEWS", On: []string{"getCurrent"}, Summary: "The current user is shown without its data",
		Wrap: engine.EditAnswer(engine.Set("data", nil))},
	{ID: "dh-reading-reviews", Breaks: "DH-VIEWS", On: []string{"get"}, Summary: "Reading a user says that it has reviewed the intro",
		Wrap: engine.Also(namedUser(func(u *User) { u.IntroReviewed = true }))},

	{ID: "dh-update-hits-client", Breaks: "DH-FRAME", On: []string{"update"}, Summary: "An update sets introReviewed of the first client as well",
		Wrap: engine.Also(func(c *engine.Call, next engine.State) {
			changeOne(next, func(u *User) bool { return u.Role == client && u.ID != c.Int("id") }, func(u *User) { u.IntroReviewed = !u.IntroReviewed })
		})},
	{ID: "dh-assigned-to-all", Breaks: "DH-FRAME", On: []string{"assignNetwork"}, Summary: "A network that is assigned to one is assigned to everybody",
		Wrap: engine.Also(func(c *engine.Call, next engine.State) {
			everyUser(func(u *User) { u.Networks.ids = with(u.Networks.ids, c.Int("networkId")) })(c, next)
		})},
	{ID: "dh-types-take-networks", Breaks: "DH-FRAME", On: []string{"unassignDeviceType"}, Summary: "Who loses a device type loses the networks as well",
		Wrap: engine.Also(namedUser(func(u *User) { u.Networks = association{} }))},
	{ID: "dh-update-drops-networks", Breaks: "DH-FRAME", On: []string{"update", "updateCurrent"}, Summary: "An update takes the user's networks away",
		Wrap: engine.Also(func(c *engine.Call, next engine.State) {
			id := callerOf(c).User.ID
			if c.Operation.ID == "update" {
				id = c.Int("id")
			}
			changeOne(next, func(u *User) bool { return u.ID == id }, func(u *User) { u.Networks = association{} })
		})},
	{ID: "dh-update-resets-intro", Breaks: "DH-FRAME", On: []string{"update"}, Summary: "An update that does not name introReviewed resets it",
		Wrap: editObject(func(body map[string]any) {
			if _, named := body["introReviewed"]; !named {
				body["introReviewed"] = false
			}
		})},
	{ID: "dh-delete-takes-next", Breaks: "DH-FRAME", On: []string{"delete"}, Summary: "Deleting a user deletes the one before as well",
		Wrap: engine.Also(func(c *engine.Call, next engine.State) {
			if u, ok := next.(*State).users.Get(c.Int("id") - 1); ok && u.Role == client {
				next.(*State).deleteUser(u)
			}
		})},
	{ID: "dh-refused-and-disabled", Breaks: "DH-FRAME", On: []string{"update"}, Summary: "Whose update is refused is disabled",
		Wrap: engine.AlsoRefused(http.StatusBadRequest, namedUser(func(u *User) { u.Status = disabled }))},

	{ID: "dh-password-shown", Breaks: "DH-SECRETS", On: []string{"get"}, Summary: "A user is shown with a password",
		Wrap: engine.EditAnswer(engine.Set("password", "s3cret"))},
	{ID: "dh-password-encoded", Breaks: "DH-SECRETS", On: []string{"list"}, Summary: "The list shows what looks like a mark of each user, and is the password",
		Wrap: engine.EditAnswer(func(c *engine.Call, body any) any {
			for _, user := range body.([]any) {
				u, ok := stateOf(c).users.Get(int64(user.(map[string]any)["id"].(float64)))
				if ok && u.Password != nil {
					user.(map[string]any)["mark"] = base64.StdEncoding.EncodeToString([]byte(*u.Password))
				}
			}
			return body
		})},
	{ID: "dh-password-repeated", Breaks: "DH-SECRETS", On: []string{"insert", "update", "login"}, Summary: "A refusal repeats the body that it refuses", Wrap: engine.EditRefusal(repeated)},
	{ID: "dh-refused-in-silence", Breaks: "DH-CONTRACT-SILENT", Summary: "A refusal has no body",
		Wrap: engine.Answering(func(_ *engine.Call, r engine.Response) engine.Response {
			if r.Status == http.StatusForbidden {
				r = engine.Response{Status: r.Status}
			}
			return r
		})},
}

// goesStale keeps in a cache what was read of users, as some servers do.
func goesStale(k *kind) engine.Middleware {
	return engine.Asking(func(c *engine.Call) {
		if settings := *stateOf(c).settings; !slices.Contains(settings.StaleAssociations, k.name) {
			settings.StaleAssociations = append(slices.Clone(settings.StaleAssociations), k.name)
			c.Update(func(next engine.State) { next.(*State).settings = &settings })
		}
	})
}

// changeOne changes the first user that is meant.
func changeOne(next engine.State, meant func(*User) bool, edit func(*User)) {
	s := next.(*State)
	for _, u := range s.users.Copy().All {
		if meant(u) {
			s.change(u, edit)
			return
		}
	}
}

// A memory is what a list showed first of each record.
type memory struct {
	sync.Mutex
	shown map[string][]byte
}

// remembering lists each record as chosen from what it was when it was listed
// first and what it is now; one of the two may be nil.
func remembering(choose func(then, now map[string]any) map[string]any) engine.Middleware {
	return engine.EditAnswer(func(c *engine.Call, body any) any {
		m := engine.Remembered(c, c.Operation.ID, func() *memory { return &memory{shown: map[string][]byte{}} })
		m.Lock()
		defer m.Unlock()
		list, _ := body.([]any)
		gone := maps.Clone(m.shown)
		for i, item := range list {
			now, _ := item.(map[string]any)
			text, _ := json.Marshal(now) // what was decoded encodes
			id := gjson.GetBytes(text, "id").Raw
			delete(gone, id)
			if m.shown[id] == nil {
				m.shown[id] = text
			}
			list[i] = choose(decoded(m.shown[id]), now)
		}
		for _, last := range gone {
			if kept := choose(decoded(last), nil); kept != nil {
				list = append(list, kept)
			}
		}
		return list
	})
}

func decoded(text []byte) (object map[string]any) {
	_ = json.Unmarshal(text, &object) // it was encoded here
	return object
}

// outlived answers for users who are gone, but not for those who never were.
var outlived = engine.Answering(func(c *engine.Call, r engine.Response) engine.Response {
	if r.Status == http.StatusNotFound && c.Int("id") < stateOf(c).numbers.Next("users") {
		return engine.Response{Status: http.StatusOK}.WithBytes([]byte("[]"))
	}
	return r
})

func repeated(c *engine.Call, body any) any {
	if !gjson.ValidBytes(c.Body) {
		return body
	}
	return engine.Set("message", string(c.Body))(c, body)
}
