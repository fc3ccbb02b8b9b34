package run

import (
	"io/fs"
	"slices"
	"sync"

	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
)

// A Catalogue is the rules of some APIs, and what their steps do.
type Catalogue struct {
	*rules.Catalogue
	APIs []*world.API

	means sync.Map // *rules.Scenario -> *meaning
}

// NewCatalogue reads the features of the APIs.
func NewCatalogue(apis ...*world.API) (*Catalogue, error) {
	var read []*rules.API
	for _, a := range apis {
		read = append(read, &a.API)
	}
	c, err := rules.Read(read...)
	return &Catalogue{Catalogue: c, APIs: apis}, err
}

// WithOwn makes a catalogue of a team's own feature files.
func (c *Catalogue) WithOwn(dir fs.FS, name string) (*Catalogue, error) {
	own, err := c.Catalogue.WithOwn(dir, name)
	if err != nil {
		return nil, err
	}
	apis := slices.DeleteFunc(slices.Clone(c.APIs), func(a *world.API) bool { return own.API(a.Name) == nil })
	return &Catalogue{Catalogue: own, APIs: apis}, nil
}

// API finds an API of the catalogue by its name; nil when there is none.
func (c *Catalogue) API(name string) *world.API {
	i := slices.IndexFunc(c.APIs, func(a *world.API) bool { return a.Name == name })
	if i < 0 {
		return nil
	}
	return c.APIs[i]
}

// Select chooses from the catalogue what a target is held to.
func (c *Catalogue) Select(s rules.Selection, t *target.Target) ([]rules.Chosen, error) {
	mocks := map[string]bool{}
	for name, e := range t.Endpoints {
		mocks[name] = e.Mock
	}
	return c.Catalogue.Select(s, mocks)
}

// Targets are the APIs by these names, or all, as package target knows them.
func (c *Catalogue) Targets(names ...string) (all []*target.API) {
	for _, api := range c.APIs {
		if len(names) == 0 || slices.Contains(names, api.Name) {
			all = append(all, api.Targeted())
		}
	}
	return all
}
