package steps

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
)

// A Record is one that the scenario knows by a name of its own.
type Record struct {
	Kind     *Kind
	Name     string   // in the scenario
	Called   string   // on the target: its login, or its name
	ID       string   // "" as long as it is not there
	Password string   // of a user
	Former   []string // passwords that it had before
	// Is is what it must show, by property, in canonical form.
	Is map[string]string
	// Has are the ids of the things that it must have, by noun; where nothing is
	// known, as of who has all, there is none.
	Has map[string][]string
	// Own is what else the adapter knows, as tokens.
	Own   map[string]string
	whole bool     // Is was read, so that it shows nothing beside it
	open  []string // beginnings of properties that are not known any more
	sure  bool     // its id was seen to be its own
}

func (r *Record) String() string {
	if r.Kind.Noun == "user" {
		return fmt.Sprintf("%q", r.Name)
	}
	return fmt.Sprintf("%s %q", r.Kind.Noun, r.Name)
}

// Path is the record's in requests.
func (r *Record) Path() map[string]string { return map[string]string{r.Kind.Param: r.ID} }

// Sighted is the record as the invariants know it.
func (r *Record) Sighted() invariants.Record { return invariants.Record{Kind: r.Kind.Noun, ID: r.ID} }

// Expect notes what a record must show from now on, as it was given. What
// follows from that is not known any more.
func (r *Record) Expect(given Fields) {
	if r.Is == nil {
		r.Is = map[string]string{}
	}
	now := r.Kind.canonical(given)
	for property, prefix := range r.Kind.Derived {
		if value, ok := now[property]; ok && r.Is[property] != value {
			r.Forgets(prefix)
		}
	}
	maps.Copy(r.Is, now)
	r.named(given)
}

// Changed notes what a change that was done has left.
func (r *Record) Changed(body Fields) {
	for _, property := range r.Kind.Silent {
		if _, named := body[property]; !named {
			delete(r.Is, property)
			r.open = append(r.open, property)
		}
	}
	if r.Kind.Gives != nil {
		body = r.Kind.Gives(r, body)
	}
	r.Expect(body)
}

// Forgets takes what begins with something for not known any more.
func (r *Record) Forgets(prefix string) {
	maps.DeleteFunc(r.Is, func(p, _ string) bool { return strings.HasPrefix(p, prefix) })
	r.open = append(r.open, prefix)
}

// Takes notes a new password.
func (r *Record) Takes(password string) {
	if r.Password != "" && password != r.Password {
		r.Former = append(r.Former, r.Password)
	}
	r.Password = password
}

// canonical is what an object shows of what it was given.
func (k *Kind) canonical(given Fields) map[string]string {
	all := k.shows(AsJSON(given))
	for _, property := range k.Unshown {
		delete(all, property)
	}
	return all
}

// shows is what an answer shows of a record, as far as it is expected to stay.
func (k *Kind) shows(object gjson.Result) map[string]string {
	all := k.showsAll(object)
	maps.DeleteFunc(all, func(property, _ string) bool {
		name, _, _ := strings.Cut(property, ".")
		return len(k.documented) > 0 && !slices.Contains(k.documented, name) || slices.ContainsFunc(k.Moving, func(m string) bool { return property == m || strings.HasPrefix(property, m+".") })
	})
	return all
}

// showsAll is all that an answer shows.
func (k *Kind) showsAll(object gjson.Result) map[string]string {
	all := k.Shape.Read(object)
	for _, property := range k.Shape.Whole { // an empty object is one, too
		if v := object.Get(property); v.IsObject() {
			all[property] = invariants.Exact(v)
		}
	}
	if k.Settle != nil {
		k.Settle(all)
	}
	return all
}

// compare holds what is shown to what must be; everything, where all of it was
// read before.
func (r *Record) compare(now gjson.Result) error {
	return r.holds(r.Is, r.Kind.shows(now))
}

func (r *Record) holds(want, shown map[string]string) error {
	if err := differs(want, shown); err != nil || !r.whole {
		return err
	}
	for _, property := range slices.Sorted(maps.Keys(shown)) {
		_, known := want[property]
		open := slices.ContainsFunc(r.open, func(prefix string) bool { return strings.HasPrefix(property, prefix) })
		if !known && !open && shown[property] != "" {
			return fmt.Errorf("%s is %s; it was nothing", property, shown[property])
		}
	}
	return nil
}

// differs holds properties to what they should be.
func differs(want, shown map[string]string) error {
	for _, property := range slices.Sorted(maps.Keys(want)) {
		if shown[property] != want[property] {
			return fmt.Errorf("%s is %s; it should be %s", property, cmp.Or(shown[property], "nothing"), cmp.Or(want[property], "nothing"))
		}
	}
	return nil
}
