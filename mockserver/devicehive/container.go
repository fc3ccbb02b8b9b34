package devicehive

import (
	"maps"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// Places before the application where a server may refuse, named as in the
// setting "refusals". Where that has nothing of one, nothing is refused there.
const (
	badHeader engine.Kind = "header"    // an Authorization header that holds no bearer token
	firewall  engine.Kind = "firewall"  // a path that may mean another than it says
	oddMethod engine.Kind = "verb"      // a method that HTTP does not have, or that only probes
	badQuery  engine.Kind = "query"     // a query that cannot be decoded
	noMedia   engine.Kind = "mediaType" // a Content-Type that is none
	elsewhere engine.Kind = "elsewhere" // the path of one operation, the method of a more general one
)

// places are these and those of the engine.
var places = []engine.Kind{badHeader, firewall, oddMethod, badQuery, noMedia, elsewhere, engine.UnreadableBody,
	engine.InvalidBody, engine.BadParameter, engine.UnknownPath, engine.WrongMethod, engine.WrongMedia, engine.NotAcceptable, engine.TooLarge}

// container refuses what does not reach the application.
var container = []engine.Guard{
	outside(badQuery, http.StatusBadRequest, func(c *engine.Call) bool { _, err := url.ParseQuery(c.URL.RawQuery); return err != nil }),
	outside(firewall, http.StatusBadRequest, func(c *engine.Call) bool {
		path := strings.ToLower(c.URL.EscapedPath())
		return slices.ContainsFunc(suspicious, func(s string) bool { return strings.Contains(path, s) })
	}),
	outside(oddMethod, http.StatusMethodNotAllowed, func(c *engine.Call) bool { return !slices.Contains(usual, c.Method) }),
	outside(noMedia, http.StatusBadRequest, func(c *engine.Call) bool {
		mediaType, _, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
		return c.Header.Get("Content-Type") != "" && (err != nil || !strings.Contains(mediaType, "/"))
	}),
	outside(elsewhere, http.StatusNotFound, func(c *engine.Call) bool { return c.Operation == nil && moreGeneral(c) }),
}

func outside(place engine.Kind, status int, when func(*engine.Call) bool) engine.Guard {
	return engine.Refuse("DH-PROTO-01", status, place, func(c *engine.Call) bool {
		_, refused := stateOf(c).settings.Refusals[string(place)]
		return refused && when(c)
	}, "refused before it reaches the application").Everywhere()
}

// suspicious is what Spring's firewall finds in no honest path.
var suspicious = []string{";", "%3b", "//", "%2f", `\`, "%5c", "%25", "%2e", "%00", "%0a", "%0d", "/./", "/../"}

var usual = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

// moreGeneral tells whether the call would be an operation's whose number is a
// word in its path, as PUT /user/count.
func moreGeneral(c *engine.Call) bool {
	_, path := cutBase(c.URL.Path)
	return slices.ContainsFunc(c.API.Contract.Operations, func(op *schemas.Operation) bool {
		return op.Method == c.Method && slices.EqualFunc(strings.Split(op.Path, "/"), strings.Split(path, "/"), func(wanted, given string) bool {
			_, wild := schemas.Wildcard(wanted)
			return wanted == given || wild
		})
	})
}

// cutBase parts the path of an operation from what stands before it; every base
// path ends in /rest.
func cutBase(path string) (base, rest string) {
	end := strings.LastIndex(path, "/rest/") + len("/rest")
	return path[:end], path[end:]
}

// before is for clients behind proxies that let only GET and POST pass; and it
// makes of what some servers read tolerantly what all of them read: a slash at
// the end, +1 and 01, the first of several values, numbers left empty.
func before(r *http.Request, state engine.State) {
	if method := r.Header.Get("X-HTTP-Method-Override"); r.Method == http.MethodPost && slices.Contains([]string{"PUT", "DELETE", "HEAD", "OPTIONS"}, method) {
		r.Method = method
	}
	settings := state.(*State).settings
	if settings.IgnoresQueries {
		r.URL.RawQuery = ""
	}
	if !settings.TolerantURLs {
		return
	}
	if base, path := cutBase(r.URL.Path); r.URL.RawPath == "" {
		r.URL.Path = base + strings.TrimSuffix(oddNumber.ReplaceAllString(path, "/$1"), "/")
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return
	}
	for name, values := range query {
		query[name] = values[:1]
		if values[0] == "" && slices.Contains([]string{"role", "status", "take", "skip"}, name) {
			delete(query, name)
		}
	}
	r.URL.RawQuery = query.Encode()
}

// oddNumber is a number in a path in another spelling than the usual one.
var oddNumber = regexp.MustCompile(`/\+?0*(\d+)\b`)

// headers let pages of any origin call the server, as every answer of a real
// one does.
func headers(c *engine.Call, h http.Header) {
	maps.Copy(h, anyOrigin)
	if stateOf(c).settings.EmptyIsJSON {
		h["Content-Type"] = isJSON
	}
}

var (
	anyOrigin = http.Header{
		"Access-Control-Allow-Origin":      {"*"},
		"Access-Control-Allow-Credentials": {"true"},
		"Access-Control-Allow-Methods":     {"OPTIONS, GET, POST, PUT, DELETE, HEAD"},
		"Access-Control-Allow-Headers":     {"Origin, Authorization, Accept, Content-Type, Auth-DeviceID, Auth-DeviceKey"},
		"Access-Control-Max-Age":           {"0"},
	}
	isJSON = []string{"application/json"}
)

// read makes strict JSON of a body, which some servers read tolerantly.
func read(c *engine.Call) ([]byte, error) {
	if stateOf(c).settings.LenientBodies {
		return lenientJSON(c.Body)
	}
	return c.Body, schemas.StrictJSON(c.Body)
}
