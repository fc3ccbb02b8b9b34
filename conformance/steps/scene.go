package steps

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/schemas"
)

// A Scene is what the sentences of one scenario share: whom and what it is
// about, and what the newest When was answered with.
type Scene struct {
	*conformance.World
	adapter Adapter
	cast    []*Record
	callers []*Record // "each of them"
	asked   []*conformance.Exchange
	trials  []Trial
	walk    walk
}

// NewScene makes the scene of a scenario, whose world asks the adapter from
// then on.
func NewScene(w *conformance.World, a Adapter) *Scene {
	w.Adapter = a
	return &Scene{World: w, adapter: a}
}

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

// Cast are the scenario's records of a kind.
func (s *Scene) Cast(noun string) []*Record {
	return slices.DeleteFunc(slices.Clone(s.cast), func(r *Record) bool { return r.Kind.Noun != noun })
}

// Known finds a record that the scenario has named before.
func (s *Scene) Known(ref Ref) (*Record, error) {
	if _, err := s.kind(ref.Noun); err != nil {
		return nil, err
	}
	for _, r := range s.cast {
		if r.Kind.Noun == ref.Noun && r.Name == ref.Name {
			return r, nil
		}
	}
	return nil, conformance.CouldNotJudge("the scenario uses the %s %q before it says what that is", ref.Noun, ref.Name)
}

// Add puts a record of the target in the scene, under a name.
func (s *Scene) Add(r *Record) *Record {
	s.cast = slices.DeleteFunc(s.cast, func(old *Record) bool { return old.Kind == r.Kind && old.Name == r.Name })
	s.cast = append(s.cast, r)
	_ = s.document(r.Kind) // an operation that is not there shows itself when it is asked
	r.Has, r.Own = map[string][]string{}, map[string]string{}
	return r
}

func (s *Scene) kind(noun string) (*Kind, error) {
	var known []string
	for _, k := range s.adapter.Kinds() {
		if k.Noun == noun || k.Plural == noun {
			return k, s.document(k)
		}
		known = append(known, k.Noun, k.Plural)
	}
	return nil, conformance.CouldNotJudge("%s has no %s%s", s.API.Name, noun, schemas.Suggest(noun, known))
}

// document takes from the contract which properties a record shows. Others are
// the server's own, and may change as it likes.
func (s *Scene) document(k *Kind) error {
	if k.documented != nil || k.Read == "" {
		return nil
	}
	op, err := s.operation(k.Read)
	if err == nil {
		k.documented = op.Response(http.StatusOK).Schema.Properties()
	}
	return err
}

func (s *Scene) thing(noun string) (*Thing, error) {
	var known []string
	for _, t := range s.adapter.Things() {
		if t.Noun == noun || t.Plural == noun {
			return t, nil
		}
		known = append(known, t.Noun, t.Plural)
	}
	return nil, conformance.CouldNotJudge("people of %s have no %s%s", s.API.Name, noun, schemas.Suggest(noun, known))
}

// Ask sends a request as somebody.
func (s *Scene) Ask(actor Actor, r conformance.Request) (*conformance.Exchange, error) {
	sign, err := s.adapter.Sign(actor)
	if err != nil {
		return nil, err
	}
	r.Sign, r.As = sign, actor.String()
	return s.Do(r)
}

// Want asks as the administrator and wants a success.
func (s *Scene) Want(r conformance.Request) (gjson.Result, error) {
	x, err := s.Ask(Administrator, r)
	if err != nil {
		return gjson.Result{}, err
	}
	return Answered(x)
}

// Read reads a record as the administrator.
func (s *Scene) Read(r *Record) (gjson.Result, error) {
	return s.Want(conformance.Request{Operation: r.Kind.Read, Path: r.Path()})
}

// Answered is what a success says. A failure of the server shows nothing.
func Answered(x *conformance.Exchange) (gjson.Result, error) {
	if err := conformance.Usable(x); err != nil {
		return gjson.Result{}, err
	}
	if !x.Succeeded() {
		return gjson.Result{}, fmt.Errorf("%s is answered with %d; it should succeed", x.Operation.ID, x.Status)
	}
	return x.JSON(), nil
}

// When sends a request of a When, and keeps the answer for the Thens. What it
// may bring into being is in the ledger first, also where it should be refused.
func (s *Scene) When(actor Actor, r conformance.Request) (x *conformance.Exchange, err error) {
	send := func() error {
		x, err = s.Ask(actor, r)
		s.keep(x)
		return err
	}
	k, name := s.makes(r)
	if k == nil {
		return x, send()
	}
	return x, s.Create(k.Noun, name, func() (string, error) {
		err := send()
		return madeID(k, x), err
	})
}

// keep has an answer, where there is one, for the Thens.
func (s *Scene) keep(x *conformance.Exchange) {
	if x != nil {
		s.asked = append(s.asked, x)
	}
}

// makes tells what a request may bring into being.
func (s *Scene) makes(r conformance.Request) (*Kind, string) {
	body, _ := r.Body.(Fields)
	for _, k := range s.adapter.Kinds() {
		switch {
		case r.Method != "":
		case r.Operation == k.Create && k.Create != "":
			name, _ := body[k.Named].(string)
			if name == "" {
				name = s.Uninvited(k)
			}
			return k, name
		case k.ChangeMakes && r.Operation == k.Change && r.Path[k.Param] == k.Unknown:
			return k, k.Unknown
		}
	}
	return nil, ""
}

// madeID is the id that a success tells; "" where nothing came to be.
func madeID(k *Kind, x *conformance.Exchange) string {
	if x == nil || !x.Succeeded() {
		return ""
	}
	if id := x.JSON().Get(k.Param); id.Exists() {
		return id.String()
	}
	return conformance.UnknownID
}

// Uninvited is the name of a record that must never come to be.
func (s *Scene) Uninvited(k *Kind) string { return s.Tag() + "-uninvited" + k.Ending }

// Newest is what the newest request of the When was answered with.
func (s *Scene) Newest() (*conformance.Exchange, error) {
	if len(s.asked) == 0 {
		return nil, conformance.CouldNotJudge("no When has sent a request")
	}
	return s.asked[len(s.asked)-1], nil
}

// Answer is what the newest success says.
func (s *Scene) Answer() (gjson.Result, error) {
	x, err := s.Newest()
	if err != nil {
		return gjson.Result{}, err
	}
	return Answered(x)
}

// Asked is what the requests of the newest When were answered with.
func (s *Scene) Asked() []*conformance.Exchange { return s.asked }

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
	all := k.shows(asJSON(given))
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

// Sure makes certain, once and on a real target only, that the id of a record is
// that record's: a wrong one would have the run change somebody else's.
func (s *Scene) Sure(r *Record) error {
	if s.Endpoint.Mock || r.sure || r.whole || r.ID == "" {
		return nil
	}
	x, err := s.Ask(Administrator, conformance.Request{Operation: r.Kind.Read, Path: r.Path()})
	if err != nil {
		return err
	}
	if name := x.JSON().Get(r.Kind.Named); x.Succeeded() && name.String() != r.Called {
		return conformance.CouldNotJudge("the target told id %s for a %s that it is not of; nothing is done to it", r.ID, r.Kind.Noun)
	}
	r.sure = true
	return nil
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
