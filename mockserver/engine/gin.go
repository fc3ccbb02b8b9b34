package engine

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/rolecall/rolecall/schemas"
)

// sandboxPrefix is for clients that cannot add a header.
const sandboxPrefix = "/sandbox/:sandbox"

func init() { gin.SetMode(gin.ReleaseMode) } // no banner on standard output

// Router serves prepared APIs. Sandboxes are found, or made, by name.
func Router(apis []*API, sandbox func(name string) (*Sandbox, error)) http.Handler {
	g := gin.New()
	g.RedirectTrailingSlash = false // a mock must not invent redirects
	g.RedirectFixedPath = false
	g.UseRawPath = true          // an encoded slash belongs to its segment
	g.UnescapePathValues = false // gin would turn "+" into a space; see wildcards
	g.HandleMethodNotAllowed = false
	x := &router{apis: apis, sandbox: sandbox}
	for _, api := range apis {
		for _, base := range api.Contract.BasePaths {
			for _, op := range api.Contract.Operations {
				path := base + ginPath(op.Path)
				g.Handle(op.Method, path, x.operation(api, op, base))
				g.Handle(op.Method, sandboxPrefix+path, x.operation(api, op, base))
			}
		}
	}
	g.NoRoute(x.unknown)
	return x.before(g)
}

type router struct {
	apis    []*API
	sandbox func(name string) (*Sandbox, error)
}

// before lets an API adapt a request before it is routed.
func (x *router) before(g http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if api, _ := x.apiOf(withoutSandbox(r.URL.Path)); api != nil && api.Before != nil {
			name, unclear := SandboxName(r)
			if s, err := x.sandbox(name); err == nil && unclear == nil {
				api.Before(r, s.Store(api.Name()).Current())
			}
		}
		g.ServeHTTP(w, r)
	})
}

// ginPath names wildcards by their position: gin panics when two paths call
// the wildcard in one place by different names, and contracts do.
func ginPath(path string) string {
	segments, n := strings.Split(path, "/"), 0
	for i, s := range segments {
		if _, ok := schemas.Wildcard(s); ok {
			n++
			segments[i] = ":p" + strconv.Itoa(n)
		}
	}
	return strings.Join(segments, "/")
}

func (x *router) operation(api *API, op *schemas.Operation, base string) gin.HandlerFunc {
	handle := api.chains[op.ID]
	literals := api.moreLiteral(op)
	var names []string
	for _, s := range strings.Split(op.Path, "/") {
		if name, ok := schemas.Wildcard(s); ok {
			names = append(names, name)
		}
	}
	return func(g *gin.Context) {
		c, err := x.call(g, api, base)
		if err != nil {
			x.refuse(g, c, &Problem{Status: http.StatusBadRequest, Kind: BadParameter, Rule: api.ProtocolRule, Message: err.Error()})
			return
		}
		if path := strings.TrimPrefix(withoutSandbox(g.Request.URL.EscapedPath()), base); matchesAny(literals, path) {
			x.refuse(g, c, wrongMethod(api, g.Request.Method, path))
			return
		}
		c.Operation = op
		var p *Problem
		if c.Path, p = wildcards(g, names); p != nil {
			p.Rule = api.ProtocolRule
			x.refuse(g, c, p)
			return
		}
		c.Body, c.lost = read(g)
		r, _ := handle(c) // an error is an answer by then
		x.write(g, c, r)
	}
}

// wildcards maps gin's values back to the contract's names. Gin leaves them
// escaped when the path was routed as the client wrote it.
func wildcards(g *gin.Context, names []string) (map[string]string, *Problem) {
	if len(names) == 0 {
		return nil, nil
	}
	values := make(map[string]string, len(names))
	for i, name := range names {
		value := g.Param("p" + strconv.Itoa(i+1))
		if g.Request.URL.RawPath != "" {
			unescaped, err := url.PathUnescape(value)
			if err != nil {
				return nil, badParameter(fmt.Sprintf("path parameter %s: %s", name, err))
			}
			value = unescaped
		}
		values[name] = value
	}
	return values, nil
}

// call finds the request's sandbox. The call is usable for wording a refusal
// even when there is an error.
func (x *router) call(g *gin.Context, api *API, base string) (*Call, error) {
	r := g.Request
	c := &Call{API: api, Method: r.Method, URL: r.URL, Header: r.Header}
	name, unclear := SandboxName(r)
	prefix := ""
	if strings.HasPrefix(r.URL.Path, "/sandbox/") {
		prefix = "/sandbox/" + name
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	c.Base = scheme + r.Host + prefix + base
	var err error
	if c.Sandbox, err = x.sandbox(name); err != nil || unclear != nil {
		c.Sandbox, _ = x.sandbox("")
		return c, cmp.Or(unclear, err)
	}
	return c, nil
}

// takenIn is how many bytes are read of a body that is too large.
const takenIn = 128 * MaxBody

// takeIn reads what a client is still sending: it would not read the answer
// before. Time limits are the HTTP server's.
func takeIn(g *gin.Context) { _, _ = io.CopyN(io.Discard, g.Request.Body, takenIn) }

// read takes in the body, up to the limit, or says why that cannot be done.
func read(g *gin.Context) ([]byte, *Problem) {
	if g.Request.Body == nil || g.Request.ContentLength == 0 {
		return nil, nil
	}
	tooLarge := &Problem{Status: http.StatusRequestEntityTooLarge, Kind: TooLarge,
		Message: fmt.Sprintf("the body is larger than %d bytes", MaxBody)}
	if g.Request.ContentLength > MaxBody {
		// With "Expect: 100-continue" the client sends nothing before it is told to.
		if g.Request.Header.Get("Expect") == "" {
			takeIn(g)
		}
		g.Header("Connection", "close")
		return nil, tooLarge
	}
	body, err := io.ReadAll(http.MaxBytesReader(g.Writer, g.Request.Body, MaxBody))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		takeIn(g)
		g.Header("Connection", "close")
		return nil, tooLarge
	case err != nil:
		return nil, &Problem{Status: http.StatusBadRequest, Kind: UnreadableBody, Message: "the body ended early: " + err.Error()}
	}
	return body, nil
}

// unknown answers where no operation is: 405 with Allow on a known path, 404
// elsewhere, in the envelope of the API that the path belongs to.
func (x *router) unknown(g *gin.Context) {
	path := withoutSandbox(g.Request.URL.EscapedPath())
	api, base := x.apiOf(path)
	if api == nil {
		g.Data(http.StatusNotFound, "application/json", []byte(`{"error":"no API is served at this path","hint":"base paths: `+strings.Join(x.basePaths(), ", ")+`; control plane: /_rolecall/"}`+"\n"))
		return
	}
	c, err := x.call(g, api, base)
	p := &Problem{Status: http.StatusNotFound, Kind: UnknownPath, Message: "no operation has the path " + path}
	if allowed := api.allowed(strings.TrimPrefix(path, base)); err != nil {
		p = &Problem{Status: http.StatusBadRequest, Kind: BadParameter, Message: err.Error()}
	} else if len(allowed) > 0 {
		if g.Request.Method == http.MethodOptions {
			x.write(g, c, Response{Status: http.StatusOK, Header: http.Header{"Allow": {strings.Join(allowed, ", ")}}})
			return
		}
		p = wrongMethod(api, g.Request.Method, strings.TrimPrefix(path, base))
	}
	p.Rule = api.ProtocolRule
	x.refuse(g, c, p)
}

// refuse answers a request that belongs to no operation, and journals it.
func (x *router) refuse(g *gin.Context, c *Call, p *Problem) {
	if turnedAway := c.API.turnedAway(c); turnedAway != nil {
		p = turnedAway
	}
	r := c.API.settle(c, Response{}, p)
	c.note(r, 0)
	x.write(g, c, r)
}

func (x *router) write(g *gin.Context, c *Call, r Response) {
	if r.drop {
		panic(http.ErrAbortHandler) // net/http closes the connection without a word
	}
	h := g.Writer.Header()
	if c.API.Headers != nil {
		c.API.Headers(c, h)
	}
	for name, values := range r.Header {
		h[name] = values
	}
	if c.Problem != nil && c.Problem.Rule != "" {
		h.Set("Rolecall-Rule", c.Problem.Rule)
	}
	if len(r.raw) == 0 {
		h.Set("Content-Length", "0")
		g.Status(r.Status)
		g.Writer.WriteHeaderNow()
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(r.raw)))
	g.Data(r.Status, c.mediaType(r.Status), r.raw)
}

// mediaType is what the contract says of the status, or of any other one.
func (c *Call) mediaType(status int) string {
	if c.Operation != nil {
		if r := c.Operation.Response(status); r != nil && r.MediaType != "" {
			return r.MediaType
		}
	}
	for _, op := range c.API.Contract.Operations {
		for _, r := range op.Responses {
			if r.MediaType != "" {
				return r.MediaType
			}
		}
	}
	return "application/json"
}

// apiOf finds whose path it is: the API with the longest base path that fits.
func (x *router) apiOf(path string) (found *API, base string) {
	for _, api := range x.apis {
		for _, b := range api.Contract.BasePaths {
			if (path == b || strings.HasPrefix(path, b+"/")) && len(b) > len(base) {
				found, base = api, b
			}
		}
	}
	return found, base
}

func (x *router) basePaths() (all []string) {
	for _, api := range x.apis {
		all = append(all, api.Contract.BasePaths...)
	}
	return all
}
