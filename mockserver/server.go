// Package mockserver is the mock: the APIs behind one HTTP handler, with
// sandboxes and a control plane. New makes it; in a test put it on an
// [net/http/httptest.Server], as the example of [New] does, and on its own start
// it with [Server.Serve], which refuses even what is no HTTP as the API would.
//
// A request is for a sandbox of its own with the header Rolecall-Sandbox, or
// with the path prefix /sandbox/<name>. The control plane is under /_rolecall/.
package mockserver

import (
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// Options say what to serve. The zero value serves every API in its
// documented edition, with the embedded fixtures.
type Options struct {
	APIs     []string          // names; empty for all
	Editions map[string]string // edition by API name; "documented" where none is given
	Fixtures fs.FS             // files here replace embedded ones of the same path, as in rapid7/users.yaml; nil for none
	Defects  []string          // ids of defects that are on in every new sandbox
	Now      time.Time         // where the clock stands still; zero to let it run
	Seed     uint64            // what ids and keys are drawn from; the same seed, the same draw

	Token        string        // for the control plane; empty: only from this machine, without one
	IdleTimeout  time.Duration // after which an unused sandbox is forgotten; 0 for 15 minutes
	Sandboxes    int           // at most so many; the longest unused goes first; 0 for 1000
	JournalBytes int64         // that the journals of all sandboxes hold together; 0 for 64 MB
}

// A Server is the mock. It is safe for parallel use.
type Server struct {
	options   Options
	apis      []*engine.API
	sandboxes *sandboxes
	front     *engine.Front
	handler   http.Handler
}

// New loads contracts, editions and fixtures. Whatever is wrong with them is
// the error, with file and line.
func New(o Options) (*Server, error) {
	s := &Server{options: o}
	if o.Fixtures != nil {
		if err := fixtures.CheckOwn(o.Fixtures); err != nil {
			return nil, fmt.Errorf("the fixtures that are given would not be used as they are:\n%w", err)
		}
	}
	names, err := chosen(o.APIs)
	if err != nil {
		return nil, err
	}
	states := map[string]engine.State{}
	for _, name := range names {
		api, state, err := s.load(name)
		if err != nil {
			return nil, err
		}
		s.apis = append(s.apis, api)
		states[name] = state
	}
	for api := range o.Editions {
		if !slices.Contains(names, api) {
			return nil, fmt.Errorf("an edition is chosen for %q, which is not served; served are %s", api, strings.Join(names, ", "))
		}
	}
	defects, err := s.defects(o.Defects)
	if err != nil {
		return nil, err
	}
	clock := &engine.Clock{}
	if !o.Now.IsZero() {
		if err := clock.Set(o.Now, true); err != nil {
			return nil, err
		}
	}
	s.sandboxes = newSandboxes(engine.NewSandbox(states, clock, o.Seed, defects), o)
	s.front = engine.Router(s.apis, s.sandboxes.get)
	s.handler = s.route()
	return s, nil
}

func chosen(wanted []string) ([]string, error) {
	if len(wanted) == 0 {
		return APIs(), nil
	}
	var names []string
	for _, name := range wanted {
		if _, ok := constructors[name]; !ok {
			return nil, fmt.Errorf("there is no API %q%s", name, schemas.Suggest(name, APIs()))
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

func (s *Server) load(name string) (*engine.API, engine.State, error) {
	dir, err := fixtures.Over(s.options.Fixtures, name)
	if err != nil {
		return nil, nil, err
	}
	edition := s.options.Editions[name]
	if edition == "" {
		edition = "documented"
	}
	api, err := constructors[name](dir, edition)
	if err != nil && !slices.Contains(fixtures.Editions(dir), edition) {
		return nil, nil, fmt.Errorf("%s: %w%s", name, err, schemas.Suggest(edition, fixtures.Editions(dir)))
	} else if err != nil {
		return nil, nil, fmt.Errorf("fixtures of %s: %w", name, err)
	}
	if err := api.Prepare(); err != nil {
		return nil, nil, err
	}
	state, err := api.Load(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("fixtures of %s: %w", name, err)
	}
	return api, state, nil
}

// defects finds defects by id, over all APIs that are served.
func (s *Server) defects(ids []string) ([]engine.Defect, error) {
	var on []engine.Defect
	var known []string
	for _, api := range s.apis {
		for _, d := range api.Defects {
			known = append(known, d.ID)
			if slices.Contains(ids, d.ID) {
				on = append(on, d)
			}
		}
	}
	for _, id := range ids {
		if !slices.Contains(known, id) {
			return nil, fmt.Errorf("there is no defect %q%s (\"rolecall rules --defects\" lists them)", id, schemas.Suggest(id, known))
		}
	}
	return on, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

func (s *Server) route() http.Handler {
	control := s.control()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, controlPrefix) {
			if located, _ := engine.Locate(r); strings.HasPrefix(located.URL.Path, controlPrefix) {
				control.ServeHTTP(w, r)
				return
			}
		}
		s.front.ServeHTTP(w, r)
	})
}

// A Served is one API as it is served, for the lines that "serve" prints.
type Served struct {
	API         string              `json:"api"`
	Edition     string              `json:"edition"`
	BasePath    string              `json:"basePath"`
	Credentials []engine.Credential `json:"credentials"`
}

// Served lists the APIs with their base paths and the accounts to sign in with.
func (s *Server) Served() []Served {
	var all []Served
	for _, api := range s.apis {
		all = append(all, Served{
			API: api.Name(), Edition: api.Edition, BasePath: api.Contract.BasePaths[0],
			Credentials: s.sandboxes.origin.Store(api.Name()).Current().Credentials(),
		})
	}
	return all
}
