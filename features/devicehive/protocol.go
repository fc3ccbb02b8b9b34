package devicehive

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// badBody is a request that cannot be read. What makes it unreadable has a
// name in the features; here is what goes over the wire.
func badBody(name, login, password string) ([]byte, error) {
	ok := fmt.Sprintf(`{"login":%q,"password":%q,"role":1,"status":0}`, login, password)
	switch name {
	case "cut off":
		return []byte(ok[:len(ok)-3]), nil
	case "followed by more":
		return []byte(ok + `{"again":true}`), nil
	case "a list":
		return []byte("[" + ok + "]"), nil
	case "a text":
		return []byte(`"` + login + `"`), nil
	case "with a text as role":
		return []byte(strings.Replace(ok, `"role":1`, `"role":"client"`, 1)), nil
	case "with a list as status":
		return []byte(strings.Replace(ok, `"status":0`, `"status":[0]`, 1)), nil
	case "with an object as login":
		return []byte(strings.Replace(ok, fmt.Sprintf("%q", login), `{"name":"`+login+`"}`, 1)), nil
	case "not UTF-8":
		return bytes.Replace([]byte(ok), []byte(login), append([]byte(login), 0xff, 0xfe), 1), nil
	case "very large":
		return []byte(strings.Replace(ok, login, login+strings.Repeat("x", 4<<20), 1)), nil
	case "a form":
		return []byte("login=" + login + "&role=1"), nil
	}
	return nil, conformance.CouldNotJudge("there is no body %q", name)
}

func (w *world) createsWithBody(name string) error {
	body, err := badBody(name, w.uninvited(), w.newPassword())
	if err != nil {
		return err
	}
	mediaType := "application/json"
	if name == "a form" {
		mediaType = "application/x-www-form-urlencoded"
	}
	return w.when("the administrator", conformance.Request{Operation: "insert", Raw: body, MediaType: mediaType})
}

func (w *world) asksForUserID(id string) error {
	return w.when("the administrator", conformance.Request{Operation: "get", Path: map[string]string{"id": id}})
}

func (w *world) listsWithParameter(name, value string) error {
	return w.when("the administrator", conformance.Request{Operation: "list", Query: map[string][]string{name: {value}}})
}

func (w *world) usesMethod(method, operation, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	r := conformance.Request{Operation: operation, Method: method, Path: idOf(p.id)}
	if method != http.MethodGet {
		r.Body = fields{}
	}
	return w.when("the administrator", r)
}

func (w *world) sendsAuthorization(header string) (err error) {
	w.asked, err = w.Do(conformance.Request{Operation: "list", Sign: func(r *http.Request) { r.Header.Set("Authorization", header) }})
	return err
}

// administratorIsLetIn is the witness that it is not everybody who is refused.
func (w *world) administratorIsLetIn() error {
	_, err := w.usersWhere(func(gjson.Result) bool { return true })
	return err
}
