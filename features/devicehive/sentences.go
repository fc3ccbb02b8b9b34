package devicehive

import (
	"fmt"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

func init() {
	steps.Word("changes", "changes what is expected to be done, or tries to change what is not", `changes|tries to change`, func(text string) any { return text == "changes" })
	steps.Word("number", "a number, or the length of the list", `\d+|the length of the list`, func(text string) any { return text })
}

// sentences are those that no other API has: changes by one of two operations,
// networks read one by one, device types of which all are allowed, and tokens.
func (s *server) sentences() []steps.Sentence {
	return []steps.Sentence{
		steps.Given(`{person} has signed in`, "gets a token while signing in is possible", `"ann" has signed in`, func(r *steps.Record) error {
			_, err := s.tokenOf(steps.Actor{Name: r.Name, Who: r})
			return err
		}),
		steps.Given(`a client {name} without a password`, "takes the target's own: no operation makes one", `a client "pat" without a password`, s.isPasswordless),

		steps.When(`{actor} {changes} {record} by {operation}`, "sends these properties and nothing besides", `"ann" tries to change "bob" by update (table of property and value)`, s.changes),
		steps.When(`{actor} tries to change {record} by {operation}, {word} its password, in each of these alone and in each pair`, "sends a change for each row, and for each two, and expects none; beside its password: with a new one and the right old one in each", `"ann" tries to change "ann" by update, beside its password, in each of these alone and in each pair (table of property and value)`, s.triesInPairs),
		steps.Then(`none of the changes is done`, "wants every change of the When to be refused or to have no effect", `none of the changes is done`, s.EachTrial),

		steps.When(`{actor} no longer allows all {things} to {person}`, "takes back that somebody has all, and leaves what is assigned", `the administrator no longer allows all device types to "ann"`, func(a steps.Actor, t *steps.Thing, r *steps.Record) error { return s.does(a, noLonger, t, nil, r) }),
		steps.When(`{actor} asks for the {thing} {name} of {person}`, "asks for one of those that somebody has", `the administrator asks for the network "home" of "ann"`, func(a steps.Actor, t *steps.Thing, name string, r *steps.Record) error {
			return s.does(a, asksFor, t, steps.Names{name}, r)
		}),
		steps.Then(`the answer shows the {things} {names}`, "wants the answer to show these and no others", `the answer shows the networks "home"`, s.answerShows),

		steps.When(`{actor} asks for tokens of {person}`, "asks for tokens with these properties", `the administrator asks for tokens of "ann" (table of property and value)`, s.asksForTokens),
		steps.When(`{actor} renews its tokens`, "asks for a new token with the one that is spoken of", `"ann" with a refresh token renews its tokens`, s.renews),
		steps.Then(`no token is given`, "wants the answer to have none", `no token is given`, s.noTokenIsGiven),
		steps.Then(`the new token lets {person} in`, "wants the token of the answer to be that person's", `the new token lets "ann" in`, s.newTokenLetsIn),
		steps.Then(`the new tokens say {word} as {value}`, "wants what both tokens of the answer say", `the new tokens say a as [10]`, s.newTokensSay),

		steps.When(`{actor} counts the users with`, "asks for the count with these parameters", `the administrator counts the users with (table of parameter and value)`, s.counts),
		steps.Then(`the count is {number}`, "wants the answer to be the number, or to count everybody", `the count is the length of the list`, s.countIs),
		steps.Then(`every {property} in the list is one of {value}`, "wants it of everybody in the list", `every role in the list is one of [0, 1]`, s.everyIsOneOf),
		steps.Then(`{person} keeps as data an object that it was given, or nothing`, "wants no other value to be kept", `"ann" keeps as data an object that it was given, or nothing`, s.keepsNoOtherData),
		steps.Then(`lastLogin of {person} is now`, "compares with the server's own clock", `lastLogin of "ann" is now`, s.lastLoginIsNow),
	}
}

// isPasswordless takes a record of the target.
func (s *server) isPasswordless(name string) error {
	id, err := world.Get[int64](s.World, factPasswordlessUser)
	if err != nil {
		return err
	}
	r := &steps.Record{Kind: s.users, Name: name, ID: fmt.Sprint(id)}
	user, err := s.Read(r)
	if err != nil {
		return err
	}
	r.Called = user.Get("login").String()
	s.Watch("user", r.ID)
	s.Add(r).Own["passwordless"] = "true"
	s.Restore(fmt.Sprintf("user %s, who had no password", r.ID), func() error { return s.restorePasswordless(r) })
	return nil
}

// restorePasswordless lets a user be active again who was locked by attempts to
// sign in, and tells when the record is used up: no method takes a password away.
func (s *server) restorePasswordless(r *steps.Record) error {
	user, err := s.Read(r)
	if err == nil && !steps.Same(user.Get("status"), 0) {
		_, err = s.Want(world.Request{Operation: "update", Path: r.Path(), Body: fields{"status": 0, "data": user.Get("data").Value()}})
	}
	if err != nil || r.Own["taken"] == "" {
		return err
	}
	x, err := s.Scene.SignIn(r, r.Password)
	if err == nil && x.Succeeded() {
		err = fmt.Errorf("it has a password now, which no method takes away; give another as %s", factPasswordlessUser)
	}
	return err
}

// changes sends exactly these properties. A password that is not to be set is
// one that must not work.
func (s *server) changes(a steps.Actor, expected bool, r *steps.Record, op *schemas.Operation, t steps.Table) error {
	s.whose = r
	all, err := s.Settings(s.users, t)
	if err != nil {
		return err
	}
	body := steps.Into(fields{}, all...)
	x, err := s.When(a, world.Request{Operation: op.ID, Path: r.Path(), Body: body})
	password, _ := body["password"].(string)
	switch {
	case expected && err == nil && x.Succeeded():
		r.Changed(body)
	case expected || password == "":
	case r.Own["passwordless"] != "":
		r.Password = password
		if err != nil || !x.Refused() {
			r.Own["taken"] = "true"
		}
	default:
		r.Former = append(r.Former, password)
	}
	return err
}

// triesInPairs sends changes that must not be done. Beside the password of its
// own that a client may change, they must not be done either.
func (s *server) triesInPairs(a steps.Actor, r *steps.Record, op *schemas.Operation, how string, t steps.Table) error {
	if how != "beside" && how != "without" {
		return world.CouldNotJudge("a change is sent beside its password or without it, not %q", how)
	}
	all, err := s.Settings(s.users, t)
	for _, some := range steps.AloneAndInPairs(all) {
		body, fresh := steps.Into(fields{}, some...), s.Password()
		if how == "beside" {
			body["oldPassword"], body["password"] = r.Password, fresh
		}
		x, err := s.When(a, world.Request{Operation: op.ID, Path: r.Path(), Body: body})
		if err == nil && how == "beside" && x.Succeeded() { // which of the two it has then is for no Then to say
			var signedIn *world.Exchange
			if signedIn, err = s.Scene.SignIn(r, fresh); err == nil && signedIn.Succeeded() {
				r.Takes(fresh)
			}
		}
		if err == nil {
			err = s.Attempt(fmt.Sprintf("a change of %s", x.Request), x, steps.ShouldNotFail, r)
		}
		if err != nil {
			return err
		}
	}
	return err
}
