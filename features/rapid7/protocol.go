package rapid7

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"github.com/rolecall/rolecall/conformance"
)

// Requests that cannot be read. What makes them unreadable has a name in the
// features; here is what goes over the wire.
func badBody(name, login, password, role string) ([]byte, error) {
	ok := fmt.Sprintf(`{"login":%q,"name":"Uninvited","password":%q,"role":{"id":%q}}`, login, password, role)
	switch name {
	case "cut off":
		return []byte(ok[:len(ok)-9]), nil
	case "followed by more":
		return []byte(ok + `{"again":true}`), nil
	case "with a name given twice":
		return []byte(strings.Replace(ok, `{`, `{"name":"First",`, 1)), nil
	case "a list":
		return []byte("[" + ok + "]"), nil
	case "null":
		return []byte("null"), nil
	case "with a number as login":
		return []byte(strings.Replace(ok, fmt.Sprintf("%q", login), "42", 1)), nil
	case "with a text as role":
		return []byte(strings.Replace(ok, fmt.Sprintf(`{"id":%q}`, role), fmt.Sprintf("%q", role), 1)), nil
	case "with a text as enabled":
		return []byte(strings.Replace(ok, `{`, `{"enabled":"yes",`, 1)), nil
	case "not UTF-8":
		return bytes.Replace([]byte(ok), []byte("Uninvited"), []byte{0xff, 0xfe, 'x'}, 1), nil
	case "nested very deep":
		return []byte(strings.Replace(ok, `{`, `{"x":`+strings.Repeat("[", 20000)+strings.Repeat("]", 20000)+",", 1)), nil
	case "very large":
		return []byte(strings.Replace(ok, "Uninvited", strings.Repeat("x", 4<<20), 1)), nil
	case "a form":
		return []byte("login=" + login + "&name=Uninvited"), nil
	}
	return nil, conformance.CouldNotJudge("there is no body %q", name)
}

func (w *world) createsWithBody(name string) error {
	role, err := w.role("a role")
	if err != nil {
		return err
	}
	body, err := badBody(name, w.uninvited(), w.newPassword(), role)
	if err != nil {
		return err
	}
	mediaType := "application/json"
	if name == "a form" {
		mediaType = "application/x-www-form-urlencoded"
	}
	return w.when("the administrator", conformance.Request{Operation: "createUser", Raw: body, MediaType: mediaType})
}

func (w *world) asksForUserID(id string) error {
	return w.when("the administrator", conformance.Request{Operation: "getUser", Path: map[string]string{"id": id}})
}

// refusedOrMadeOne is for bodies that may be taken, for one user.
func (w *world) refusedOrMadeOne() error {
	if err := conformance.ShouldNotFail(w.asked); err != nil {
		return err
	}
	times := 1
	if w.asked.Refused() {
		times = 0
	}
	return w.loginIsListedTimes(w.uninvited(), times)
}

func (w *world) usesMethod(method, operation string) error {
	r := conformance.Request{Operation: operation, Method: method, Path: map[string]string{"id": "1"}}
	if method != http.MethodGet {
		r.Body = fields{}
	}
	return w.when("the administrator", r)
}
