package engine

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/rolecall/rolecall/schemas"
)

func init() { gin.SetMode(gin.ReleaseMode) } // no banner on standard output

// Router serves prepared APIs. Sandboxes are found, or made, by name.
func Router(apis []*API, sandbox func(name string) (*Sandbox, error)) *Front {
	g := gin.New()
	g.RedirectTrailingSlash = false // a mock must not invent redirects
	g.RedirectFixedPath = false
	g.UseRawPath = true          // an encoded slash belongs to its segment
	g.UnescapePathValues = false // gin would turn "+" into a space; see wildcards
	g.HandleMethodNotAllowed = false
	x := &Front{apis: apis, sandbox: sandbox, routes: g}
	for _, api := range apis {
		for _, base := range api.Contract.BasePaths {
			for _, op := range api.Contract.Operations {
				handle := x.operation(api, op, base)
				g.Handle(op.Method, base+ginPath(op.Path), handle)
				if op.Method == http.MethodGet {
					g.Handle(http.MethodHead, base+ginPath(op.Path), handle)
				}
			}
		}
	}
	g.NoRoute(func(g *gin.Context) { x.unknown(g.Writer, g.Request) })
	return x
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

func (x *Front) operation(api *API, op *schemas.Operation, base string) gin.HandlerFunc {
	handle := api.chains[op.ID]
	literals := api.moreLiteral(op)
	var names []string
	for _, s := range strings.Split(op.Path, "/") {
		if name, ok := schemas.Wildcard(s); ok {
			names = append(names, name)
		}
	}
	return func(g *gin.Context) {
		c, p := x.call(g.Request, api, base)
		if p != nil {
			x.refuse(g.Writer, c, p)
			return
		}
		if len(literals) > 0 {
			if path := strings.TrimPrefix(g.Request.URL.EscapedPath(), base); matchesAny(literals, path) {
				x.turnAway(g.Writer, c, wrongMethod(api, g.Request.Method, path))
				return
			}
		}
		c.Operation = op
		if c.Path, p = wildcards(g, names); p != nil {
			x.refuse(g.Writer, c, p)
			return
		}
		c.Body, c.lost = read(g.Writer, g.Request)
		r, _ := handle(c) // an error is an answer by then
		x.answer(g.Writer, c, r)
	}
}

// wildcards gives gin's values the contract's names. Gin leaves them escaped
// when the path was routed as the client wrote it.
func wildcards(g *gin.Context, names []string) (Wildcards, *Problem) {
	if len(names) == 0 {
		return Wildcards{}, nil
	}
	values := make([]string, len(names))
	for i, name := range names {
		value := g.Params[i].Value
		if g.Request.URL.RawPath != "" {
			unescaped, err := url.PathUnescape(value)
			if err != nil {
				return Wildcards{}, badParameter(fmt.Sprintf("path parameter %s: %s", name, err))
			}
			value = unescaped
		}
		values[i] = value
	}
	return Wildcards{names, values}, nil
}
