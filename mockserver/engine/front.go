package engine

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
)

// A Front reads requests into calls and writes their answers.
type Front struct {
	// Watch, if set, sees every call before its answer is sent. A request that
	// belongs to no API comes without a call.
	Watch func(*Call, Entry)

	apis    []*API
	sandbox func(name string) (*Sandbox, error)
	routes  http.Handler
}

// ServeHTTP finds the sandbox, and lets an API adapt a request before it is
// routed.
func (x *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r, unclear := Locate(r)
	if api, base := x.apiOf(r.URL.Path); api != nil {
		if unclear != nil {
			x.refuse(w, x.unplaced(r, api, base), badParameter(unclear.Error()))
			return
		}
		if api.Before != nil {
			if s, err := x.sandbox(SandboxOf(r)); err == nil {
				api.Before(r, s.Store(api.Name()).Current())
			}
		}
	}
	x.routes.ServeHTTP(w, r)
}

// Refuse answers a request that is no HTTP as far as it could be read, in the
// envelope of the API that its path belongs to.
func (x *Front) Refuse(w http.ResponseWriter, r *http.Request, status int, message string) {
	r, unclear := Locate(r)
	api, base := x.apiOf(r.URL.EscapedPath())
	if api == nil {
		x.nobodys(w, r, status, message)
		return
	}
	p := &Problem{Status: status, Kind: Unreadable, Message: message}
	if unclear == nil {
		if c, unclear := x.call(r, api, base); unclear == nil {
			x.refuse(w, c, p)
			return
		}
	}
	x.refuse(w, x.unplaced(r, api, base), p)
}

// call is a located request in its sandbox. It is usable for wording a refusal
// even when there is a problem.
func (x *Front) call(r *http.Request, api *API, base string) (*Call, *Problem) {
	sandbox, err := x.sandbox(SandboxOf(r))
	if err != nil {
		return x.unplaced(r, api, base), badParameter(err.Error())
	}
	c := newCall(r, api, sandbox)
	if name := r.PathValue(sandboxValue); name != "" {
		c.URL = inSandbox(r.URL, name)
	}
	c.Base = Address(r) + base
	return c, nil
}

// unplaced is the call of a request whose sandbox is unclear: it belongs to the
// one without a name, and its links do not repeat what was refused.
func (x *Front) unplaced(r *http.Request, api *API, base string) *Call {
	first, _ := x.sandbox("") // it is always there
	c := newCall(r, api, first)
	c.Base = origin(r) + base
	return c
}

// unknown answers where no operation is: 405 with Allow on a known path, 404
// elsewhere, in the envelope of the API that the path belongs to.
func (x *Front) unknown(w http.ResponseWriter, r *http.Request) {
	path := r.URL.EscapedPath()
	api, base := x.apiOf(path)
	if api == nil {
		x.nobodys(w, r, http.StatusNotFound, "no API is served at this path")
		return
	}
	c, p := x.call(r, api, base)
	if p != nil {
		x.refuse(w, c, p)
		return
	}
	switch allowed := api.allowed(strings.TrimPrefix(path, base)); {
	case len(allowed) == 0:
		x.turnAway(w, c, &Problem{Status: http.StatusNotFound, Kind: UnknownPath, Message: "no operation has the path " + path})
	case r.Method == http.MethodOptions:
		x.answer(w, c, Response{Status: http.StatusOK, Header: http.Header{"Allow": {strings.Join(allowed, ", ")}}})
	default:
		x.turnAway(w, c, wrongMethod(api, r.Method, strings.TrimPrefix(path, base)))
	}
}

// nobodys answers where no API is.
func (x *Front) nobodys(w http.ResponseWriter, r *http.Request, status int, message string) {
	if x.Watch != nil {
		x.Watch(nil, Entry{Method: r.Method, URL: r.URL.RequestURI(), Status: status})
	}
	var bases []string
	for _, api := range x.apis {
		bases = append(bases, api.Contract.BasePaths...)
	}
	body, _ := CompactJSON(map[string]string{"error": message, "hint": "base paths: " + strings.Join(bases, ", ") + "; control plane: /_rolecall/"}) // texts always marshal
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// turnAway answers a request that belongs to no operation, unless its sender is
// refused before that is said.
func (x *Front) turnAway(w http.ResponseWriter, c *Call, p *Problem) {
	if earlier := c.API.turnedAway(c); earlier != nil {
		x.refuse(w, c, earlier)
		return
	}
	x.refuse(w, c, p)
}

// refuse answers a request that reaches no operation.
func (x *Front) refuse(w http.ResponseWriter, c *Call, p *Problem) {
	p.Rule = cmp.Or(p.Rule, c.API.ProtocolRule)
	r := c.API.settle(c, Response{}, p)
	for _, d := range c.Sandbox.On() {
		if d.Beyond != nil && c.API.has(d.ID) {
			r = d.Beyond(c, r)
		}
	}
	x.answer(w, c, r)
}

// answer journals a call and sends its answer.
func (x *Front) answer(w http.ResponseWriter, c *Call, r Response) {
	e := c.entry(r)
	c.Sandbox.Journal.Add(e)
	if x.Watch != nil {
		x.Watch(c, e)
	}
	write(w, c, r)
}

// apiOf finds whose path it is: the API with the longest base path that fits.
func (x *Front) apiOf(path string) (found *API, base string) {
	for _, api := range x.apis {
		for _, b := range api.Contract.BasePaths {
			if strings.HasPrefix(path, b) && (len(path) == len(b) || path[len(b)] == '/') && len(b) > len(base) {
				found, base = api, b
			}
		}
	}
	return found, base
}
