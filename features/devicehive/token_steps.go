package devicehive

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// payload is what a token says.
func payload(token string) gjson.Result {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return gjson.Result{}
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || !gjson.ValidBytes(text) {
		return gjson.Result{}
	}
	return gjson.GetBytes(text, "payload")
}

// hasSignedIn is for scenarios in which signing in is no longer possible later.
func (w *world) hasSignedIn(name string) error {
	_, err := w.tokenOf(name)
	return err
}

// asksForToken asks, as the administrator, for tokens of somebody.
func (w *world) asksForToken(name string, request fields) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	w.asked, err = w.issues(p, request)
	w.keepTokens()
	return err
}

func (w *world) keepTokens() {
	if w.asked == nil {
		return
	}
	body := w.asked.JSON()
	w.pair = [2]string{w.Secret(body.Get("accessToken").String()), w.Secret(body.Get("refreshToken").String())}
}

func (w *world) asksForTokenFor(name, actions string) error {
	return w.asksForToken(name, fields{"actions": strings.Split(actions, ", ")})
}

func (w *world) asksForTokenUntil(name, end string) error {
	return w.asksForToken(name, fields{"actions": []string{"*"}, "expiration": end})
}

func (w *world) asksForTokenOfUnknown() (err error) {
	w.asked, err = w.issues(&person{id: unknownID}, nil)
	return err
}

// renews asks for a new access token with one of somebody's tokens.
func (w *world) renews(name, which string) (err error) {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	var token string
	switch which {
	case "its access token":
		token, err = w.tokenOf(name)
	case "its refresh token":
		token, err = w.tokenWith(name, "a refresh token")
	case "a refresh token that has expired":
		x, failed := w.issues(p, fields{"actions": []string{"*"}, "expiration": longAgo})
		if failed != nil {
			return failed
		}
		token = w.Secret(x.JSON().Get("refreshToken").String())
	default:
		if token, err = w.tokenWith(name, "a refresh token"); err == nil {
			token, err = forged(token, which)
		}
	}
	if err != nil {
		return err
	}
	w.asked, err = w.send(conformance.Request{Operation: "refreshToken", Body: fields{"refreshToken": token}})
	w.keepTokens()
	return err
}

func (w *world) noTokenIsGiven() error {
	for _, property := range []string{"accessToken", "refreshToken"} {
		if token := w.asked.JSON().Get(property); token.String() != "" {
			return fmt.Errorf("the answer has %s", property)
		}
	}
	return nil
}

// newTokenLetsIn uses the access token that the When got, and wants it to be
// somebody's.
func (w *world) newTokenLetsIn(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	x, err := w.callWith(w.pair[0], conformance.Request{Operation: "getCurrent"})
	if err == nil && (!x.Succeeded() || x.JSON().Get("id").Int() != p.id) {
		err = fmt.Errorf("getCurrent with the new token is answered with %d %s; it should be user %d", x.Status, x.Body, p.id)
	}
	return err
}

func (w *world) newTokenIsRefusedBy(operation string, status int) error {
	x, err := w.callWith(w.pair[0], conformance.Request{Operation: operation})
	if err == nil && x.Status != status {
		err = fmt.Errorf("%s with the new token is answered with %d; it should be refused with %d", operation, x.Status, status)
	}
	return err
}

func (w *world) newTokensSayNumberOf(property, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.newTokensSay(property, strconv.FormatInt(p.id, 10))
}

func (w *world) newTokensSay(property, want string) error {
	for i, which := range []string{"access", "refresh"} {
		if got := payload(w.pair[i]).Get(property); !conformance.Same(got, conformance.Value(want)) {
			return fmt.Errorf("%s of the %s token is %s; it should be %s", property, which, conformance.Shown(got), want)
		}
	}
	return nil
}
