package steps

import (
	"fmt"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/world"
)

// Requests, and what is expected to come of them.

// Ask sends a request as somebody.
func (s *Scene) Ask(actor Actor, r world.Request) (*world.Exchange, error) {
	sign, err := s.adapter.Sign(actor)
	if err != nil {
		return nil, err
	}
	r.Sign, r.As = sign, actor.String()
	return s.Do(r)
}

// Want asks as the administrator and wants a success.
func (s *Scene) Want(r world.Request) (gjson.Result, error) {
	x, err := s.Ask(Administrator, r)
	if err != nil {
		return gjson.Result{}, err
	}
	return Answered(x)
}

// Read reads a record as the administrator.
func (s *Scene) Read(r *Record) (gjson.Result, error) {
	return s.Want(world.Request{Operation: r.Kind.Read, Path: r.Path()})
}

// Answered is what a success says. A failure of the server shows nothing.
func Answered(x *world.Exchange) (gjson.Result, error) {
	if err := Usable(x); err != nil {
		return gjson.Result{}, err
	}
	if !x.Succeeded() {
		return gjson.Result{}, fmt.Errorf("%s is answered with %d; it should succeed", x.Operation.ID, x.Status)
	}
	return x.JSON(), nil
}

// When sends a request of a When, and keeps the answer for the Thens. What it
// may bring into being is in the ledger first, also where it should be refused.
func (s *Scene) When(actor Actor, r world.Request) (x *world.Exchange, err error) {
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
func (s *Scene) keep(x *world.Exchange) {
	if x != nil {
		s.asked = append(s.asked, x)
	}
}

// makes tells what a request may bring into being.
func (s *Scene) makes(r world.Request) (*Kind, string) {
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
func madeID(k *Kind, x *world.Exchange) string {
	if x == nil || !x.Succeeded() {
		return ""
	}
	if id := x.JSON().Get(k.Param); id.Exists() {
		return id.String()
	}
	return world.UnknownID
}

// Uninvited is the name of a record that must never come to be.
func (s *Scene) Uninvited(k *Kind) string { return s.Tag() + "-uninvited" + k.Ending }

// Newest is what the newest request of the When was answered with.
func (s *Scene) Newest() (*world.Exchange, error) {
	if len(s.asked) == 0 {
		return nil, world.CouldNotJudge("no When has sent a request")
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
func (s *Scene) Asked() []*world.Exchange { return s.asked }
