package world

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/schemas"
)

// A secret is hidden by its value wherever it turns up: in a message, in an
// address, in an answer that repeats it. Known are those of the target file,
// those that steps note, and those that the exchanges themselves carry under a
// secret's name.

// shortestFound is the length in bytes from which on a value is hidden that is only
// taken for a secret by its name.
const shortestFound = 8

// cleaner knows every secret of the world.
func (w *World) cleaner() *schemas.Redactor {
	known := w.API.Contract.Redactor()
	all := append(slices.Clone(w.secrets), w.shared.target.Secrets...)
	for _, x := range w.exchanges {
		for _, s := range secretsIn(known, x) {
			if len(s) >= shortestFound {
				all = append(all, s)
			}
		}
	}
	return known.Knowing(all)
}

// secretsIn are the values that an exchange carries under the names of secrets.
func secretsIn(known *schemas.Redactor, x *Exchange) (found []string) {
	if _, password, ok := (&http.Request{Header: x.RequestHeader}).BasicAuth(); ok {
		found = append(found, password)
	}
	for _, h := range []http.Header{x.RequestHeader, x.Header} {
		for name, values := range h {
			for _, v := range values {
				if _, credentials, ok := strings.Cut(v, " "); ok && name == "Authorization" {
					v = credentials // without the word Basic or Bearer
				}
				if known.Secret(name) {
					found = append(found, v)
				}
			}
		}
	}
	if u, err := url.Parse(x.URL); err == nil {
		found = append(found, secretValues(known, u.Query())...)
	}
	if form, err := url.ParseQuery(string(x.Request)); err == nil && x.RequestHeader.Get("Content-Type") == "application/x-www-form-urlencoded" {
		found = append(found, secretValues(known, form)...)
	}
	return append(append(found, known.Found(x.Request)...), known.Found(x.Body)...)
}

func secretValues(known *schemas.Redactor, values url.Values) (found []string) {
	for name, v := range values {
		if known.Secret(name) {
			found = append(found, v...)
		}
	}
	return found
}
