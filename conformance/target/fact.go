package target

import (
	"fmt"
	"maps"

	"gopkg.in/yaml.v3"

	"github.com/rolecall/rolecall/schemas"
)

// A Fact is one thing that a target file may say of the target: a record that
// exists there, or a setting.
type Fact struct {
	Name    string
	Kind    FactKind
	Meaning string // a sentence for the commented target file
	Example string // as YAML
	// Optional: nothing is skipped for want of it, because it has a default.
	Optional bool
}

// FactKind is the type of a fact's value.
type FactKind string

const (
	Text    FactKind = "text"
	Texts   FactKind = "texts"
	Integer FactKind = "integer"
	IDs     FactKind = "ids" // integers
	Flag    FactKind = "flag"
)

// WithFacts is an endpoint of which some facts are other than the mock's own,
// as those of an edition are: YAML as under "facts" of a target file. A fact
// that is null is not known of the target.
func (e *Endpoint) WithFacts(api *API, text []byte) (*Endpoint, error) {
	var nodes map[string]yaml.Node
	if err := yaml.Unmarshal(text, &nodes); err != nil {
		return nil, err
	}
	other := *e
	other.Facts = maps.Clone(e.Facts)
	for name, node := range nodes {
		if node.ShortTag() == "!!null" {
			delete(other.Facts, name)
			continue
		}
		value, err := api.fact(name, &node)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", node.Line, err)
		}
		other.Facts[name] = value
	}
	return &other, nil
}

// fact decodes one fact as the type that steps read it as.
func (a *API) fact(name string, node *yaml.Node) (value any, err error) {
	var names []string
	for _, f := range a.Facts {
		names = append(names, f.Name)
		if f.Name != name {
			continue
		}
		switch f.Kind {
		case Texts:
			value, err = decode[[]string](node)
		case Integer:
			value, err = decode[int64](node)
		case IDs:
			value, err = decode[[]int64](node)
		case Flag:
			value, err = decode[bool](node)
		default:
			value, err = decode[string](node)
		}
		if err != nil || !f.Kind.fits(node) {
			return nil, fmt.Errorf("%s must be %s, as in %s", name, f.Kind, f.Example)
		}
		return value, nil
	}
	return nil, fmt.Errorf("unknown fact %q%s", name, schemas.Suggest(name, names))
}

// fits refuses what the decoder would take somehow: nothing at all, and
// numbers that it would cut.
func (k FactKind) fits(node *yaml.Node) bool {
	for _, n := range append([]*yaml.Node{node}, node.Content...) {
		if tag := n.ShortTag(); tag == "!!null" || tag == "!!float" && (k == Integer || k == IDs) {
			return false
		}
	}
	return true
}

func decode[T any](node *yaml.Node) (T, error) {
	var v T
	err := node.Decode(&v)
	return v, err
}
