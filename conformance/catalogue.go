package conformance

import (
	"io/fs"
	"slices"
	"sync"

	"github.com/rolecall/rolecall/conformance/rules"
)

// What steps and audits say of rules, by the names that package rules gives it.
type (
	Rule        = rules.Rule
	Scenario    = rules.Scenario
	PickledStep = rules.PickledStep
	Selection   = rules.Selection
	Allow       = rules.Allow
)

// A Catalogue is the rules of some APIs, and what their steps do.
type Catalogue struct {
	*rules.Catalogue
	APIs []*API

	means sync.Map // *Scenario -> *meaning
}

// NewCatalogue reads the features of the APIs.
func NewCatalogue(apis ...*API) (*Catalogue, error) {
	var read []*rules.API
	for _, a := range apis {
		read = append(read, &rules.API{Name: a.Name, Prefix: a.Prefix, Contract: a.Contract, Sources: a.Sources, Features: a.Features, Path: a.Path, Unwatched: a.Unwatched})
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
	apis := slices.DeleteFunc(slices.Clone(c.APIs), func(a *API) bool { return own.API(a.Name) == nil })
	return &Catalogue{Catalogue: own, APIs: apis}, nil
}

// API finds an API of the catalogue by its name; nil when there is none.
func (c *Catalogue) API(name string) *API {
	i := slices.IndexFunc(c.APIs, func(a *API) bool { return a.Name == name })
	if i < 0 {
		return nil
	}
	return c.APIs[i]
}

// Select chooses from the catalogue what a target is held to.
func (c *Catalogue) Select(s Selection, t *Target) ([]rules.Chosen, error) {
	mocks := map[string]bool{}
	for name, e := range t.Endpoints {
		mocks[name] = e.Mock
	}
	return c.Catalogue.Select(s, mocks)
}
