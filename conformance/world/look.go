package world

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
)

// A Look is one moment at which an adapter asks what the target shows.
type Look struct {
	world   *World
	seen    invariants.Snapshot
	answers map[string]*Exchange // of this look

	strangers []invariants.Breach // views that showed another record
}

// perRequest is how many requests of looks a real target is asked for each of
// the scenario's own, unless the run is thorough.
const perRequest = 2

// Records are the ids of one kind that the look is about: what the scenario
// made, what it noted, and the bystander.
func (l *Look) Records(kind string) []string {
	var ids []string
	add := func(k, id string) {
		if k == kind && id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, r := range l.world.created {
		add(r.Kind, r.ID)
	}
	for _, r := range slices.Concat(l.world.watch.noted, l.world.Endpoint.Bystander) {
		add(r.Kind, r.ID)
	}
	return ids
}

// Whole tells whether the look may ask all that it likes, as a mock may be.
func (l *Look) Whole() bool { return l.world.Endpoint.Mock || l.world.shared.Thorough }

// Ask reads one view; nil when the look has asked enough, or there was no
// answer. The same request is sent once a look. By is who signs, "" for the
// administrator.
func (l *Look) Ask(by string, r Request) *Exchange {
	w := l.world
	key := by + " " + r.Operation + " " + pathKey(r.Path) + "?" + r.Query.Encode()
	if x, asked := l.answers[key]; asked {
		return x
	}
	if !l.Whole() && w.watch.asked >= perRequest*len(w.exchanges) {
		return nil
	}
	w.watch.asked++
	w.watch.operations = append(w.watch.operations, r.Operation)
	x, err := w.prepare(r)
	if err == nil {
		x.Step, x.by = lookingAround, by
		err = w.exchange(x)
	}
	if err == nil && !w.seenBefore(x) {
		w.watch.answered[x.by+" "+x.URL] = seenBefore{x.Status, string(x.Body), map[string]map[string]string{}}
	}
	if err != nil || x.Status >= http.StatusInternalServerError {
		x = nil
	}
	l.answers[key] = x
	return x
}

func pathKey(path map[string]string) string {
	v := url.Values{}
	for name, value := range path {
		v.Set(name, value)
	}
	return v.Encode()
}

// See notes what an answer shows of a record: the object, in the shape. An
// answer that is no success, or has no such object, does not show the record.
// More adds properties that follow from the answer.
func (l *Look) See(x *Exchange, of invariants.Record, object gjson.Result, shape invariants.Shape, more map[string]string) {
	if x == nil {
		return
	}
	var properties map[string]string
	shown := x.Succeeded() && object.Exists()
	if shown {
		properties = l.read(x, of, object, shape)
		maps.Copy(properties, more)
		l.identify(x, of, object, shape)
	}
	l.note(x, of, shown, properties)
}

// identify wants the record that was asked for: an answer that shows another
// one breaks the views, and one that does not say which it shows is no witness.
func (l *Look) identify(x *Exchange, of invariants.Record, object gjson.Result, shape invariants.Shape) {
	switch id := object.Get(shape.ID); {
	case shape.ID == "" || id.Exists() && id.String() == of.ID:
		if strings.Contains(object.Raw, l.world.tag) { // what the scenario made is the witness
			l.world.watch.compared = true
		}
	case id.Exists():
		l.strangers = append(l.strangers, invariants.Breach{
			Of: of, View: x.Name(), Property: shape.ID, Want: of.ID, Got: id.Raw, Evidence: []any{x},
			Why: fmt.Sprintf("%s shows %s %s where %s was asked for", x.Name(), shape.ID, id.Raw, of),
		})
	}
}

// lookingAround is the step of what looks send.
const lookingAround = "(looking around)"

// inScenario tells an answer that the scenario was given from one to a look.
const inScenario = "the scenario"

// Echo holds what the scenario itself was answered about a record, since it was
// changed last, to the views: the answers of these operations, which show a
// record of its kind.
func (l *Look) Echo(of invariants.Record, shape invariants.Shape, operations ...string) {
	own := l.world.exchanges[l.world.watch.judged:]
	from := 0
	for i, x := range own {
		if x.Step != lookingAround && l.touches(x, of) {
			from = i
		}
	}
	for _, x := range own[from:] {
		if !slices.Contains(operations, x.Name()) || !x.Succeeded() {
			continue
		}
		told := *x
		told.by = inScenario
		asked := x.Operation.Parameter("path", shape.ID) != nil && x.Path[shape.ID] == of.ID
		switch id := x.JSON().Get(shape.ID); {
		case id.String() == of.ID:
			l.note(&told, of, true, shape.Read(x.JSON()))
		case asked && id.Exists():
			l.identify(&told, of, x.JSON(), shape)
		}
	}
}

// touches tells whether a request may have changed a record that was there.
func (l *Look) touches(x *Exchange, of invariants.Record) bool {
	effect := l.world.Adapter.Effect(x)
	return changing(x) && slices.ContainsFunc(slices.Concat(effect.Done, effect.Always), func(t invariants.Touch) bool {
		return t.Kind == of.Kind && t.ID == of.ID
	})
}

// Part notes what a sub-resource of a record shows; without success it says
// that there is no such record.
func (l *Look) Part(x *Exchange, of invariants.Record, properties map[string]string) {
	if x != nil {
		l.note(x, of, x.Succeeded(), properties)
	}
}

// Tell notes what an answer tells of a record that is there, as a list of
// members does; a refusal may tell, too, that something is not set.
func (l *Look) Tell(x *Exchange, of invariants.Record, properties map[string]string) {
	if x != nil {
		l.note(x, of, true, properties)
	}
}

// Outcome notes what an answer tells of a record by having succeeded or not, as
// signing in does: a view of its own, beside what the answer shows.
func (l *Look) Outcome(x *Exchange, of invariants.Record, property, value string) {
	if x != nil {
		l.seen = append(l.seen, invariants.Sight{View: x.Name() + ", its outcome,", By: x.by, Of: of, Shown: true, Properties: map[string]string{property: value}, Evidence: x})
	}
}

// note enters a sight; what one view tells of a record in several answers is one.
func (l *Look) note(x *Exchange, of invariants.Record, shown bool, properties map[string]string) {
	for i, s := range l.seen {
		if s.View == x.Name() && s.By == x.by && s.Of == of && s.Shown && shown {
			if l.seen[i].Properties == nil {
				l.seen[i].Properties = map[string]string{}
			}
			maps.Copy(l.seen[i].Properties, properties)
			return
		}
	}
	l.seen = append(l.seen, invariants.Sight{View: x.Name(), By: x.by, Of: of, Shown: shown, Properties: properties, Evidence: x})
}

// read reads the properties of what an answer shows, once for equal answers.
func (l *Look) read(x *Exchange, of invariants.Record, object gjson.Result, shape invariants.Shape) map[string]string {
	known := l.world.watch.answered[x.by+" "+x.URL].read
	properties, ok := known[of.String()]
	if !ok {
		properties = shape.Read(object)
		known[of.String()] = properties
	}
	return maps.Clone(properties)
}
