package socotra

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/schemas"
)

// habits are what one target does where the document leaves it open. They are
// found out by trying, once a run: a rule that took one of two faithful ways
// for the only one would fail servers that keep the document.
type habits struct {
	trying    sync.Once
	byLocator bool // roles are given by their locators, not by their names

	mu      sync.Mutex
	spelled map[string]string // permissions as the target writes them, by their words
	tenants []string
	begins  map[string]int // where in a list what runs make was found last
}

// found is the habits of every target of this process.
var found sync.Map // *conformance.Endpoint -> *habits

func (w *world) habits() *habits {
	h, _ := found.LoadOrStore(w.Endpoint, &habits{begins: map[string]int{}})
	return h.(*habits)
}

// begin is where a list is read from when something of the run is looked for.
func (h *habits) begin(list string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.begins[list]
}

// begun notes the first place at which something was found, and leaves room for
// some that are deleted before it.
func (h *habits) begun(list string, place int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.begins[list] = max(0, place-5)
}

// reference is what a role is given by: its name or its locator.
func (w *world) reference(r *role) string {
	h := w.habits()
	h.trying.Do(func() { h.byLocator = w.takesLocators() })
	if h.byLocator {
		return r.locator
	}
	return r.name
}

// takesLocators tries: a role that is given by its name is shown, or refused
// and shown when it is given by its locator. What cannot be found out is for
// rules to fail over.
func (w *world) takesLocators() bool {
	asked, told := w.asked, w.told
	defer func() { w.asked, w.told = asked, told }()
	if w.aRole("tried", "users.list") != nil {
		return false
	}
	r := w.roles["tried"]
	for i, who := range []string{"named", "located"} {
		reference := []string{r.name, r.locator}[i]
		if err := w.creates(who, fields{"roles": []string{reference}}); err != nil || w.people[who].locator == "" {
			continue
		}
		user, err := w.read("fetchUserByLocator", at(w.people[who].locator))
		if err == nil && slices.Equal(w.rolesShown(user), []string{r.name}) {
			return reference == r.locator
		}
	}
	return false
}

// rolesShown are the roles that an answer about a user shows, sorted: by name
// where the scenario knows which one it is, however the target shows it.
func (w *world) rolesShown(user gjson.Result) []string {
	shown := texts(user.Get("roles"))
	for i, reference := range shown {
		for _, r := range w.roles {
			if r.locator != "" && reference == r.locator {
				shown[i] = r.name
			}
		}
	}
	slices.Sort(shown)
	return shown
}

var (
	word    = regexp.MustCompile(`[a-z0-9]+|\*`)
	newWord = regexp.MustCompile(`([a-z])([A-Z])`)
)

// wordsOf are the words of a permission, sorted: the same however a target
// writes it, and whichever of the two comes first.
func wordsOf(permission string) []string {
	return slices.Sorted(slices.Values(word.FindAllString(strings.ToLower(newWord.ReplaceAllString(permission, "$1 $2")), -1)))
}

// keyOf is those words as one text.
func keyOf(permission string) string { return strings.Join(wordsOf(permission), " ") }

// usersCustom is what some servers want of users that read themselves, and
// others do not know.
const usersCustom = "users.custom"

// spell writes permissions, given with commas between, as the target does: the
// document names a group and an action, and no way to write the two together.
// What is no permission stays as it is.
func (w *world) spell(list string) ([]string, error) {
	available, err := w.available()
	if err != nil {
		return nil, err
	}
	spelled := []string{}
	for _, name := range split(list) {
		switch here, known := available[keyOf(name)]; {
		case known:
			spelled = append(spelled, here)
		case w.documented(name):
			return nil, conformance.SkipBecause("the target has no permission like %s", name)
		case name != usersCustom:
			spelled = append(spelled, name)
		}
	}
	return spelled, nil
}

// available is every permission that there is, by its words.
func (w *world) available() (map[string]string, error) {
	h := w.habits()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.spelled == nil {
		x, err := w.call("the administrator", conformance.Request{Operation: "fetchAvailablePermissions"})
		if err != nil {
			return nil, err
		}
		if !x.Succeeded() || len(texts(x.JSON())) == 0 {
			return nil, fmt.Errorf("fetchAvailablePermissions is answered with %d and no list", x.Status)
		}
		h.spelled = map[string]string{}
		for _, permission := range texts(x.JSON()) {
			h.spelled[keyOf(permission)] = permission
		}
	}
	return h.spelled, nil
}

// documented tells whether the document asks for a permission anywhere.
func (w *world) documented(permission string) bool {
	for _, op := range w.API.Contract.Documented() {
		if slices.Contains(w.permissionsFor(op.ID), permission) {
			return true
		}
	}
	return false
}

// pickTenants finds "first", "second" and so on among the target's tenants:
// those of the target file, or else those that its users are in.
func (w *world) pickTenants(words string) ([]string, error) {
	known, err := w.tenants()
	if err != nil {
		return nil, err
	}
	picked := []string{}
	for _, word := range strings.Fields(words) {
		place := slices.Index([]string{"first", "second", "third"}, word)
		if place < 0 {
			continue // "and", "no"
		}
		if place >= len(known) {
			return nil, conformance.SkipBecause("the target shows fewer than %d tenants, and its target file gives no more", place+1)
		}
		picked = append(picked, known[place])
	}
	return picked, nil
}

func (w *world) tenants() ([]string, error) {
	if given, err := conformance.Get[[]string](w.World, factTenants); err == nil {
		return given, nil
	}
	h := w.habits()
	h.mu.Lock()
	defer h.mu.Unlock()
	var err error
	if h.tenants == nil {
		h.tenants, err = w.tenantsShown()
	}
	return h.tenants, err
}

// tenantsShown are the tenants that the first users are in. Names that stand for
// several, as the vendor has them, are left out.
func (w *world) tenantsShown() ([]string, error) {
	x, err := w.get("fetchMultipleUsers", nil, page(0, 200))
	if err != nil {
		return nil, err
	}
	shown := []string{}
	for _, user := range items(x.JSON()) {
		for _, tenant := range texts(user.Get("tenants")) {
			if schemas.IsUUID(tenant) && !slices.Contains(shown, tenant) {
				shown = append(shown, tenant)
			}
		}
	}
	return shown, nil
}
