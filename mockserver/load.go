package mockserver

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// loadAll reads APIs in their editions with what every sandbox starts as.
func (s *Server) loadAll(names []string) (apis []*engine.API, states map[string]engine.State, err error) {
	if s.loaded = s.look(); s.options.Fixtures != nil {
		if err := fixtures.CheckOwn(s.options.Fixtures); err != nil {
			return nil, nil, fmt.Errorf("the fixtures that are given would not be used as they are:\n%w", err)
		}
	}
	states = map[string]engine.State{}
	for _, name := range names {
		api, state, err := s.load(name)
		if err != nil {
			return nil, nil, err
		}
		apis, states[name] = append(apis, api), state
	}
	return apis, states, nil
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

// Reload reads fixtures and editions again, for sandboxes that are made or reset
// from now on; those that there are keep their state. If anything is wrong with
// them, which is the error, all stays as it was.
func (s *Server) Reload() error {
	s.loading.Lock()
	defer s.loading.Unlock()
	apis, states, err := s.loadAll(s.names())
	for i, api := range apis {
		if api.Observed != s.apis[i].Observed {
			err = fmt.Errorf("fixtures of %s: editions/%s.yaml: observed is now %t; that takes a new start", api.Name(), api.Edition, api.Observed)
		}
	}
	if err != nil {
		s.stale.Store(&err)
		return err
	}
	for name, state := range states {
		s.sandboxes.origin.Store(name).Replace(state)
	}
	s.stale.Store(nil)
	return nil
}

// Watch reloads when files of Options.Fixtures have changed and are left alone
// for a while, until the context ends, and tells how each time went. It looks at
// them, rather than ask the system to be told: that works for any file system,
// mounted ones too, and however an editor replaces a file.
func (s *Server) Watch(ctx context.Context, every time.Duration, told func(error)) {
	latest := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
		before := latest
		if latest = s.look(); latest == before && s.behind(latest) {
			told(s.Reload())
		}
	}
}

func (s *Server) behind(now string) bool {
	s.loading.Lock()
	defer s.loading.Unlock()
	return now != s.loaded
}

// look is names, sizes and times of all own files but hidden ones.
func (s *Server) look() string {
	if s.options.Fixtures == nil {
		return ""
	}
	var seen strings.Builder
	for _, depth := range []string{"*", "*/*", "*/*/*"} {
		files, _ := fs.Glob(s.options.Fixtures, depth) // the patterns are well-formed
		for _, file := range files {
			if info, err := fs.Stat(s.options.Fixtures, file); err == nil && !info.IsDir() && !strings.Contains("/"+file, "/.") {
				fmt.Fprintln(&seen, file, info.Size(), info.ModTime().UnixNano())
			}
		}
	}
	return seen.String()
}
