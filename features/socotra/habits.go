package socotra

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
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
var found sync.Map // *target.Endpoint -> *habits

func (a *account) habits() *habits {
	h, _ := found.LoadOrStore(a.Endpoint, &habits{begins: map[string]int{}})
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
func (a *account) reference(r *steps.Record) string {
	h := a.habits()
	h.trying.Do(func() { h.byLocator = a.takesLocators() })
	if h.byLocator {
		return r.ID
	}
	return r.Called
}

// takesLocators tries: a role that is given by its name is shown, or refused
// and shown when it is given by its locator. What cannot be found out is for
// rules to fail over. What it makes is no part of the scenario.
func (a *account) takesLocators() bool {
	trial := newAccount(a.World)
	defer func() { a.World.Adapter = a }()
	r, err := trial.Exists("role", "tried")
	if err != nil {
		return false
	}
	for i, who := range []string{"named", "located"} {
		reference := []string{r.Called, r.ID}[i]
		p, body, err := trial.Draft(steps.Ref{Noun: "user", Name: who}, steps.Setting{Property: "roles", Value: []string{reference}})
		if err != nil {
			return false
		}
		if x, err := trial.Make(steps.Administrator, p, body); err != nil || !x.Succeeded() || p.ID == "" {
			continue
		}
		if shown, err := trial.things[0].Of(p); err == nil && slices.Equal(shown, []string{r.ID}) {
			return reference == r.ID
		}
	}
	return false
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

func keyOf(permission string) string { return strings.Join(wordsOf(permission), " ") }

// usersCustom is what some servers want of users that read themselves, and
// others do not know.
const usersCustom = "users.custom"

// spell writes permissions as the target does: the document names a group and
// an action, and no way to write the two together. What is no permission stays
// as it is.
func (a *account) spell(names ...string) ([]string, error) {
	available, err := a.available()
	if err != nil {
		return nil, err
	}
	spelled := []string{}
	for _, name := range names {
		switch here, known := available[keyOf(name)]; {
		case known:
			spelled = append(spelled, here)
		case a.documented(name):
			return nil, world.SkipBecause("the target has no permission like %s", name)
		case name != usersCustom:
			spelled = append(spelled, name)
		}
	}
	return spelled, nil
}

// available is every permission that there is, by its words.
func (a *account) available() (map[string]string, error) {
	h := a.habits()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.spelled == nil {
		x, err := a.Ask(steps.Administrator, world.Request{Operation: "fetchAvailablePermissions"})
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
func (a *account) documented(permission string) bool {
	return slices.ContainsFunc(a.API.Contract.Documented(), func(op steps.Operation) bool {
		return slices.Contains(a.permissionsFor(op.ID), permission)
	})
}

// permissionsFor is what the contract says of an operation.
func (a *account) permissionsFor(operation string) (names []string) {
	listed, _ := a.API.Contract.Operation(operation).Extensions["x-permissions"].([]any)
	for _, p := range listed {
		names = append(names, fmt.Sprint(p))
	}
	return names
}

// tenant finds the "first" or "second" of the target's tenants: those of the
// target file, or else those that its users are in.
func (a *account) tenant(name string) (string, error) {
	if name == "unknown" {
		return unknownUser, nil
	}
	known, err := a.tenants()
	if err != nil {
		return "", err
	}
	switch place := slices.Index([]string{"first", "second", "third"}, name); {
	case place < 0:
		return "", world.CouldNotJudge("%q is none of first, second, third and unknown", name)
	case place >= len(known):
		return "", world.SkipBecause("the target shows fewer than %d tenants, and its target file gives no more", place+1)
	default:
		return known[place], nil
	}
}

func (a *account) tenants() ([]string, error) {
	if given, err := world.Get[[]string](a.World, factTenants); err == nil {
		return given, nil
	}
	h := a.habits()
	h.mu.Lock()
	defer h.mu.Unlock()
	var err error
	if h.tenants == nil {
		h.tenants, err = a.tenantsShown()
	}
	return h.tenants, err
}

// tenantsShown are the tenants that the first users are in. Names that stand for
// several, as the vendor has them, are left out.
func (a *account) tenantsShown() ([]string, error) {
	list, err := a.Want(world.Request{Operation: "fetchMultipleUsers", Query: page(0, 100)}) // as many as everything asks for
	if err != nil {
		return nil, err
	}
	shown := []string{}
	for _, user := range items(list) {
		for _, tenant := range texts(user.Get("tenants")) {
			if schemas.IsUUID(tenant) && !slices.Contains(shown, tenant) {
				shown = append(shown, tenant)
			}
		}
	}
	return shown, nil
}
