package devicehive

import (
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/conformance"
)

// assignment is a request about a person and a group.
func (w *world) assignment(operation string, p *person, name string) (conformance.Request, error) {
	r := conformance.Request{Operation: operation, Path: idOf(p.id)}
	g, err := w.group(name)
	if err == nil {
		r.Path[g.kind.parameter] = strconv.FormatInt(g.id, 10)
	}
	return r, err
}

// hasGroups assigns networks or device types, as a condition of the scenario.
func (w *world) hasGroups(name, noun, list string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	names := wordsOf(list)
	for _, n := range names {
		r, err := w.assignment(kinds[noun].assign, p, n)
		if err == nil {
			err = w.must(r)
		}
		if err != nil {
			return err
		}
	}
	if noun == "network" {
		p.networks = append(p.networks, names...)
	} else {
		p.types = append(p.types, names...)
	}
	return nil
}

// hasOnly takes "all device types" away and assigns some.
func (w *world) hasOnly(name, list string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if err := w.must(conformance.Request{Operation: "disallowAllDeviceTypes", Path: idOf(p.id)}); err != nil {
		return err
	}
	p.types = []string{}
	return w.hasGroups(name, "device type", list)
}

func (w *world) hasNone(name string) error { return w.hasOnly(name, "") }

func (w *world) mayUseAll(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.must(conformance.Request{Operation: "allowAllDeviceTypes", Path: idOf(p.id)})
}

// wordsOf splits "home and attic"; "" and "none" are no words.
func wordsOf(list string) []string {
	words := []string{}
	for _, word := range strings.FieldsFunc(list, func(r rune) bool { return r == ' ' || r == ',' }) {
		if word != "and" && word != "none" {
			words = append(words, word)
		}
	}
	return words
}

// assigns assigns or takes away; what is expected afterwards is for the Thens.
func (w *world) assigns(verb, noun, which, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	operation := kinds[noun].assign
	if verb == "takes" {
		operation = kinds[noun].unassign
	}
	r, err := w.assignment(operation, p, which)
	if err != nil {
		return err
	}
	return w.when("the administrator", r)
}

func (w *world) allowsAll(verb, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	operation := map[string]string{"allows": "allowAllDeviceTypes", "no longer allows": "disallowAllDeviceTypes"}[verb]
	return w.when("the administrator", conformance.Request{Operation: operation, Path: idOf(p.id)})
}
