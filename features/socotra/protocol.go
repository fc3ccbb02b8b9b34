package socotra

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/rolecall/rolecall/conformance"
)

// Requests that cannot be read. What makes them unreadable has a name in the
// features; here is what goes over the wire.
func (w *world) badBody(name string) ([]byte, error) {
	sample, err := w.sampleBody("createUser", nil)
	if err != nil {
		return nil, err
	}
	ok, err := json.Marshal(sample)
	if err != nil {
		return nil, err
	}
	put := func(property string) []byte { return bytes.Replace(ok, []byte("{"), []byte("{"+property+","), 1) }
	switch name {
	case "cut off":
		return ok[:len(ok)-9], nil
	case "followed by more":
		return append(ok, `{"again":true}`...), nil
	case "with a name given twice":
		return put(`"firstName":"First"`), nil
	case "a list":
		return fmt.Appendf(nil, "[%s]", ok), nil
	case "null":
		return []byte("null"), nil
	case "with a number as firstName":
		return bytes.Replace(ok, []byte(`"Not"`), []byte("42"), 1), nil
	case "with a text as temporaryPassword":
		return bytes.Replace(ok, []byte("false"), []byte(`"no"`), 1), nil
	case "with a text as roles":
		return bytes.Replace(ok, []byte(`"roles":[]`), []byte(`"roles":"auditor"`), 1), nil
	case "not UTF-8":
		return bytes.Replace(ok, []byte("Invited"), []byte{0xff, 0xfe, 'x'}, 1), nil
	case "nested very deep":
		return put(`"x":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000)), nil
	case "very large":
		return put(`"x":"` + strings.Repeat("x", 4<<20) + `"`), nil
	case "a form":
		return []byte("userName=" + w.uninvited() + "&firstName=Not"), nil
	}
	return nil, conformance.CouldNotJudge("there is no body %q", name)
}

func (w *world) createsWithBody(actor, name string) error {
	body, err := w.badBody(name)
	if err != nil {
		return err
	}
	r := conformance.Request{Operation: "createUser", Raw: body}
	if name == "a form" {
		r.MediaType = "application/x-www-form-urlencoded"
	}
	return w.whenCreating(actor, "user", w.uninvited(), r)
}

func (w *world) nobodyUninvited() error { return w.nobodyIsNamed(w.uninvited()) }

func (w *world) asksForLocator(operation, locator string) error {
	return w.when("the administrator", conformance.Request{Operation: operation, Path: at(locator)})
}

func (w *world) listsWithParameter(operation, name, value string) error {
	return w.when("the administrator", conformance.Request{Operation: operation, Query: map[string][]string{name: {value}}})
}

// usesMethod takes an operation whose path has no operation of that method.
func (w *world) usesMethod(method, operation string) error {
	r := conformance.Request{Operation: operation, Method: method, Path: at(unknownUser)}
	if method != http.MethodGet {
		r.Body = fields{}
	}
	return w.when("the administrator", r)
}

// answerIsFor tells by its form which operation an answer comes from.
func (w *world) answerIsFor(what string) error {
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	answer := w.asked.JSON()
	found := items(answer)
	var fits bool
	switch what {
	case "a page of users":
		fits = len(found) > 0 && found[0].Get("userName").String() != ""
	case "a page of roles":
		fits = len(found) > 0 && found[0].Get("createdBy").String() != ""
	case "a list of permissions":
		fits = len(answer.Array()) > 0 && onlyTexts("the answer", answer) == nil
	case "a user":
		fits = answer.Get("userName").String() != ""
	}
	if !fits {
		return fmt.Errorf("the answer is not %s", what)
	}
	return w.administratorKnown()
}

// isRefusedUnharmed is refused by a server that does not fail over it: here the
// request is what is wrong, and a 5xx is a failure of this rule.
func (w *world) isRefusedUnharmed() error {
	if w.asked.Status >= http.StatusInternalServerError {
		return fmt.Errorf("the server fails over the request (%d); it should refuse it", w.asked.Status)
	}
	if err := conformance.ShouldBeRefused(w.asked); err != nil {
		return err
	}
	return w.administratorKnown()
}
