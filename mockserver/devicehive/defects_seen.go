package devicehive

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"weak"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// seenDefects are what no single rule looks for: views that disagree, changes
// that go further than they say, and secrets that are told on the way.
var seenDefects = []engine.Defect{
	{ID: "dh-stale-networks", Breaks: "DH-VIEWS", On: slices.Concat([]string{"get", "getCurrent"}, ownChanges),
		Summary: "Who has read a user sees a change of its networks once, and then the old ones until the user itself changes", Wrap: stale},
	{ID: "dh-stale-device-types", Breaks: "DH-VIEWS", On: slices.Concat([]string{"getDeviceTypes"}, ownChanges),
		Summary: "Who has read a user's device types sees a change once, and then the old ones until the user itself changes", Wrap: stale},
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
		Wrap: editAnswer(func(body map[string]any) { body["data"] = nil })},
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
		Wrap: func(next engine.Handler) engine.Handler {
			return func(c *engine.Call) (engine.Response, error) {
				r, err := next(c)
				if r.Status == http.StatusBadRequest {
					c.Update(func(s engine.State) { namedUser(func(u *User) { u.Status = disabled })(c, s) })
				}
				return r, err
			}
		}},

	{ID: "dh-password-shown", Breaks: "DH-SECRETS", On: []string{"get"}, Summary: "A user is shown with a password",
		Wrap: editAnswer(func(body map[string]any) { body["password"] = "s3cret" })},
	{ID: "dh-password-encoded", Breaks: "DH-SECRETS", On: []string{"list"}, Summary: "The list shows what looks like a mark of each user, and is the password",
		Wrap: func(next engine.Handler) engine.Handler {
			return func(c *engine.Call) (engine.Response, error) {
				return engine.EditAnswer(func(c *engine.Call, body any) any {
					for _, user := range body.([]any) {
						u, ok := stateOf(c).users.Get(int64(user.(map[string]any)["id"].(float64)))
						if ok && u.Password != nil {
							user.(map[string]any)["mark"] = base64.StdEncoding.EncodeToString([]byte(*u.Password))
						}
					}
					return body
				})(next)(c)
			}
		}},
	{ID: "dh-password-repeated", Breaks: "DH-SECRETS", On: []string{"insert", "update", "login"}, Summary: "A refusal repeats the body that it refuses", Wrap: repeated},
	{ID: "dh-refused-in-silence", Breaks: "DH-CONTRACT-SILENT", Summary: "A refusal has no body",
		Wrap: func(next engine.Handler) engine.Handler {
			return func(c *engine.Call) (engine.Response, error) {
				r, err := next(c)
				if r.Status == http.StatusForbidden {
					r = engine.Response{Status: r.Status}
				}
				return r, err
			}
		}},
}

// ownChanges are the methods after which a user's own record is another.
var ownChanges = []string{"update", "updateCurrent", "insert", "delete"}

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

// A memory is what a server that goes on showing old things has shown in one
// sandbox, by the record.
type memory struct {
	mu    sync.Mutex
	shown map[string][]byte
	once  map[string]bool // the newest value was shown already
}

var memories sync.Map // of defect and sandbox

type remembers struct {
	defect  string
	sandbox weak.Pointer[engine.Sandbox]
}

func memoryOf(c *engine.Call, defect string) *memory {
	key := remembers{defect, weak.Make(c.Sandbox)}
	m, known := memories.LoadOrStore(key, &memory{shown: map[string][]byte{}, once: map[string]bool{}})
	if !known {
		runtime.AddCleanup(c.Sandbox, func(key remembers) { memories.Delete(key) }, key)
	}
	return m.(*memory)
}

// stale shows a change once, and from then on what was there before it.
func stale(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		r, err := next(c)
		m := memoryOf(c, "stale")
		m.mu.Lock()
		defer m.mu.Unlock()
		key := c.Operation.ID + c.URL.Path + c.Header.Get("Authorization")
		switch old := m.shown[key]; {
		case c.Method != http.MethodGet:
			clear(m.shown)
			clear(m.once)
		case err != nil || r.Status != http.StatusOK:
		case old == nil:
			m.shown[key] = r.Bytes()
		case bytes.Equal(old, r.Bytes()):
			m.once[key] = false
		case m.once[key]:
			r = r.WithBytes(old)
		default:
			m.once[key] = true
		}
		return r, err
	}
}

// remembering lists each record as chosen from what it was when it was listed
// first and what it is now; one of the two may be nil.
func remembering(choose func(then, now map[string]any) map[string]any) engine.Middleware {
	return engine.EditAnswer(func(c *engine.Call, body any) any {
		m := memoryOf(c, c.Operation.ID)
		m.mu.Lock()
		defer m.mu.Unlock()
		list, _ := body.([]any)
		gone := map[string]bool{}
		for id := range m.shown {
			gone[id] = true
		}
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
		for id := range gone {
			if kept := choose(decoded(m.shown[id]), nil); kept != nil {
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
func outlived(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		r, err := next(c)
		if r.Status == http.StatusNotFound && c.Int("id") < stateOf(c).next.user {
			return engine.Response{Status: http.StatusOK}.WithBytes([]byte("[]")), nil
		}
		return r, err
	}
}

func repeated(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		r, err := next(c)
		if r.Status < http.StatusBadRequest || !gjson.ValidBytes(c.Body) {
			return r, err
		}
		text, failed := engine.CompactJSON(errorBody{r.Status, string(c.Body)})
		if failed != nil {
			return r, failed
		}
		return r.WithBytes(text), nil
	}
}
