package steps

import (
	"crypto/rand"
	"fmt"
	"strings"
	"unicode"

	"github.com/rolecall/rolecall/conformance/world"
)

// Signing in: with the right password, and with what is almost it.

func (s *Scene) signingIn() []Sentence {
	return []Sentence{
		When(`{person} signs in with {secret}`, "tries to sign in once", `"ann" signs in with its password in capital letters`, s.signsInWith),
		When(`{actor} changes the password of {person}`, "sends a new password in the form that the target takes", `"ann" changes the password of "ann"`, func(a Actor, p *Record) error { return s.changesPassword(a, p, p.Kind.Resets...) }),
		When(`{actor} changes the password of {person} to {string}`, "sends a body to the letter; (a new password) stands for one", `"ann" changes the password of "ann" to "{}"`, func(a Actor, p *Record, body string) error { return s.changesPassword(a, p, body) }),
		When(`{person} fails to sign in {attempts}`, "fails so often in a row", `"ann" fails to sign in as often as locks an account`, func(p *Record, attempts string) error {
			if attempts == "one time less than locks an account" {
				return s.Fails(p, 1)
			}
			return s.Fails(p, 0)
		}),

		Then(`{person} can sign in`, "wants the password that the scenario knows to work", `"ann" can sign in`, s.canSignIn),
		Then(`{person} cannot sign in`, "wants it to be refused", `"ann" cannot sign in`, func(p *Record) error { return s.cannotSignIn(p, p.Password) }),
		Then(`only the newest password of {person} works`, "wants the newest password to work, and none of those before", `only the newest password of "ann" works`, s.onlyNewestWorks),
	}
}

// nearMisses are what is almost a password.
var nearMisses = map[string]func(string) string{
	"":                            func(p string) string { return p },
	"in capital letters":          strings.ToUpper,
	"in small letters":            strings.ToLower,
	"in other letters":            swapCase,
	"without its last character":  func(p string) string { return p[:len(p)-1] },
	"without its first character": func(p string) string { return p[1:] },
	"with one more character":     func(p string) string { return p + "x" },
	"with a blank before it":      func(p string) string { return " " + p },
	"with a blank after it":       func(p string) string { return p + " " },
	"by its first half":           func(p string) string { return p[:len(p)/2] },
	"twice in a row":              func(p string) string { return p + p },
}

func swapCase(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, text)
}

// SecretOf is what somebody signs in with.
func (s *Scene) SecretOf(p *Record, secret Secret) (string, error) {
	words := string(secret)
	switch words {
	case "a wrong password":
		return s.Password(), nil
	case "an empty password":
		return "", nil
	case "its login as the password", "the login":
		return p.Called, nil
	case "its old password":
		if len(p.Former) == 0 {
			return "", world.CouldNotJudge("%s has had one password only", p)
		}
		return p.Former[len(p.Former)-1], nil
	}
	if name, ok := strings.CutPrefix(words, "the password of "); ok {
		other, err := s.Known(Ref{"user", unquoted(name)})
		if err != nil {
			return "", err
		}
		return other.Password, nil
	}
	how, ok := strings.CutPrefix(words, "its password")
	near := nearMisses[strings.TrimSpace(how)]
	if !ok || near == nil {
		return "", world.CouldNotJudge("nothing is known as %q", words)
	}
	return s.Secret(near(p.Password)), nil
}

func (s *Scene) signsInWith(p *Record, secret Secret) error {
	password, err := s.SecretOf(p, secret)
	if err != nil {
		return err
	}
	x, err := s.SignIn(p, password)
	s.keep(x)
	return err
}

// changesPassword sends one body after the other until one is taken. The new
// password is the one that works from then on, if the server says so.
func (s *Scene) changesPassword(actor Actor, p *Record, bodies ...string) error {
	if p.Kind.Reset == "" {
		return world.CouldNotJudge("%s has no operation that resets a password", s.API.Name)
	}
	next := s.Password()
	for _, body := range bodies {
		raw := []byte(strings.ReplaceAll(body, "(a new password)", next))
		x, err := s.When(actor, world.Request{Operation: p.Kind.Reset, Path: p.Path(), Raw: raw})
		if err != nil {
			return err
		}
		if x.Succeeded() {
			p.Takes(next)
			return nil
		}
	}
	return nil
}

// SignIn tries a password.
func (s *Scene) SignIn(p *Record, password string) (*world.Exchange, error) {
	r, err := s.adapter.SignIn(p, password)
	if err != nil {
		return nil, err
	}
	r.As = p.String()
	if password != p.Password {
		r.As += " with another password"
	}
	return s.Do(r)
}

// Fails makes failed attempts, as often as locks an account or some less.
func (s *Scene) Fails(p *Record, less int64) error {
	threshold, err := s.adapter.Threshold()
	if err != nil {
		return err
	}
	for range threshold - less {
		x, err := s.SignIn(p, "Wr0ng!"+s.Tag())
		if err != nil {
			return err
		}
		s.keep(x)
	}
	return nil
}

func (s *Scene) canSignIn(p *Record) error {
	x, err := s.SignIn(p, p.Password)
	if err == nil {
		err = Usable(x)
	}
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("%s signs in with the right password and is answered with %d", p, x.Status)
	}
	return err
}

func (s *Scene) cannotSignIn(p *Record, password string) error {
	x, err := s.SignIn(p, password)
	if err == nil {
		err = ShouldBeRefused(x)
	}
	return err
}

func (s *Scene) onlyNewestWorks(p *Record) error {
	if len(p.Former) == 0 {
		return fmt.Errorf("the password of %s was not changed", p)
	}
	if err := s.canSignIn(p); err != nil {
		return fmt.Errorf("the newest password: %w", err)
	}
	for _, old := range p.Former {
		if err := s.cannotSignIn(p, old); err != nil {
			return fmt.Errorf("a password before: %w", err)
		}
	}
	return nil
}

// Password makes one that most policies accept and no report shows.
func (s *Scene) Password() string { return s.Secret("Pw9_" + rand.Text()[:16]) }
