package rules

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing/fstest"

	gherkin "github.com/cucumber/gherkin/go/v26"
	messages "github.com/cucumber/messages/go/v21"
)

// WithOwn makes a catalogue of a team's own feature files, in the steps of the
// APIs that this one has. Each feature is tagged with the name of its API, as
// in @rapid7; its rules have ids of the team's own, as in @ACME-USERS-01.
func (c *Catalogue) WithOwn(dir fs.FS, name string) (*Catalogue, error) {
	byAPI := map[string]fstest.MapFS{}
	found := 0
	err := fs.WalkDir(dir, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(file, ".feature") {
			return err
		}
		text, err := fs.ReadFile(dir, file)
		if err != nil {
			return err
		}
		api, err := c.apiOf(text)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if byAPI[api] == nil {
			byAPI[api] = fstest.MapFS{}
		}
		// A catalogue reads one folder an API; the name keeps the way to the file.
		byAPI[api][strings.ReplaceAll(file, "/", "\u2215")] = &fstest.MapFile{Data: text}
		found++
		return nil
	})
	if err != nil {
		return nil, err
	}
	if found == 0 {
		return nil, fmt.Errorf("there is no .feature file in %s", name)
	}
	var apis []*API
	for _, api := range c.APIs {
		if files := byAPI[api.Name]; files != nil {
			apis = append(apis, api.own(files, name))
		}
	}
	return Read(apis...)
}

// WithFile makes a catalogue of one file of a team's own, in the steps of an API.
func (c *Catalogue) WithFile(api, file string, text []byte) (*Catalogue, error) {
	return Read(c.API(api).own(fstest.MapFS{path.Base(file): {Data: text}}, path.Dir(file)))
}

func (a *API) own(files fs.FS, dir string) *API {
	own := *a
	own.Features, own.Path, own.Own = files, dir, true
	return &own
}

func (c *Catalogue) apiOf(text []byte) (string, error) {
	document, err := gherkin.ParseGherkinDocument(bytes.NewReader(text), (&messages.Incrementing{}).NewId)
	if err != nil {
		return "", err
	}
	if document.Feature == nil {
		return "", fmt.Errorf("there is no Feature in this file")
	}
	for _, tag := range document.Feature.Tags {
		if c.API(strings.TrimPrefix(tag.Name, "@")) != nil {
			return tag.Name[1:], nil
		}
	}
	var tags []string
	for _, name := range c.Names() {
		tags = append(tags, "@"+name)
	}
	return "", fmt.Errorf("the feature does not say which API it is of; tag it with one of %s", strings.Join(tags, ", "))
}
