package steps

import (
	"github.com/rolecall/rolecall/conformance"
)

// What the sentences of one API need of the library.

// AloneAndInPairs are settings one by one, and every two of them.
func AloneAndInPairs(all []Setting) [][]Setting { return aloneAndInPairs(all) }

// SecretOf is what words like "its password in capital letters" mean of somebody.
func (s *Scene) SecretOf(person *Record, words Secret) (string, error) {
	return s.secretOf(person, words)
}

// Expect notes what a record must show from now on, and a new name or password.
func (s *Scene) Expect(r *Record, given Fields) {
	r.expect(given)
	s.calls(r, given)
}

// Attempt keeps what a request was answered with, and how a record is seen
// after it, for the Then.
func (s *Scene) Attempt(what string, x *conformance.Exchange, answer func(*conformance.Exchange) error, after *Record) error {
	return s.try(what, x, answer, s.Portray(after))
}

// EachTrial wants everything that the When has tried to be as it should be.
func (s *Scene) EachTrial() error { return s.eachTrial() }
