package schemas

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Sources are the documents that say what an API is, by the key that rules cite.
type Sources map[string]Source

// A Source is one document: what it is called, where it is, and its sections.
type Source struct {
	Title     string            `yaml:"title"`
	Publisher string            `yaml:"publisher"`
	Version   string            `yaml:"version"`  // or a date
	URL       string            `yaml:"url"`      // "" where it cannot be opened
	Sections  map[string]string `yaml:"sections"` // titles, by operation or another short name
}

// A Citation is what a rule appeals to, for people: "InsightVM API v3, User:
// Delete Role", and where it can be opened.
type Citation struct{ Text, URL string }

// LoadSources reads sources.yaml of an API; none where there is no such file.
func LoadSources(api string) (Sources, error) {
	text, err := files.ReadFile(api + "/sources.yaml")
	if err != nil {
		return nil, nil // a contract may stand alone
	}
	var s Sources
	if err := DecodeYAML("schemas/"+api+"/sources.yaml", text, &s); err != nil {
		return nil, err
	}
	for key, source := range s {
		if source.Title == "" || source.Publisher == "" || len(source.Sections) == 0 {
			return nil, fmt.Errorf("schemas/%s/sources.yaml: %s needs a title, a publisher and sections", api, key)
		}
	}
	return s, nil
}

// Cite resolves what a rule cites: "key, section, section; key, section". A key
// or a section that does not exist is an error that names those that do.
func (s Sources) Cite(text string) (Citation, error) {
	var cited Citation
	var parts []string
	for _, one := range strings.Split(text, ";") {
		key, rest, _ := strings.Cut(strings.TrimSpace(one), ",")
		source, ok := s[key]
		if !ok {
			return cited, fmt.Errorf("the source %q is not listed in sources.yaml; it has %s", key, strings.Join(slices.Sorted(maps.Keys(s)), ", "))
		}
		var titles []string
		for _, name := range strings.Split(rest, ",") {
			title, ok := source.Sections[strings.TrimSpace(name)]
			if !ok {
				return cited, fmt.Errorf("the source %s has no section %q in sources.yaml; write it as in \"Source: %s, %s\"", key, strings.TrimSpace(name), key, slices.Sorted(maps.Keys(source.Sections))[0])
			}
			titles = append(titles, title)
		}
		parts = append(parts, source.Title+": "+strings.Join(titles, ", "))
		if cited.URL == "" {
			cited.URL = source.URL
		}
	}
	cited.Text = strings.Join(parts, "; ")
	return cited, nil
}
