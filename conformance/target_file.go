package conformance

import (
	"fmt"
	"maps"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/rolecall/rolecall/schemas"
)

// targetFile is the shape of target.yaml.
type targetFile struct {
	Timeout string                  `yaml:"timeout"` // of one request, as in "10s"
	Rate    float64                 `yaml:"rate"`    // requests a second at most
	Proxy   string                  `yaml:"proxy"`
	TLS     tlsFile                 `yaml:"tls"`
	APIs    map[string]endpointFile `yaml:"apis"`
}

type endpointFile struct {
	URL         string                    `yaml:"url"`
	Edition     string                    `yaml:"edition"`
	Mock        bool                      `yaml:"mock"`
	Credentials map[string]credentialFile `yaml:"credentials"`
	Facts       map[string]yaml.Node      `yaml:"facts"`
	Settle      string                    `yaml:"settle"` // how long views may take to agree, as in "2s"
}

type credentialFile struct {
	Login    secretFile `yaml:"login"`
	Password secretFile `yaml:"password"`
	Token    secretFile `yaml:"token"`
}

// A secretFile is a value that stands in the file, in an environment variable
// or in a file of its own.
type secretFile struct {
	Value string
	Env   string `yaml:"env"`
	File  string `yaml:"file"`
}

// UnmarshalYAML reads a text, or a mapping with env or file.
func (s *secretFile) UnmarshalYAML(node *yaml.Node) error {
	switch {
	case node.Kind == yaml.ScalarNode:
		return node.Decode(&s.Value)
	case node.Kind != yaml.MappingNode || len(node.Content) != 2:
		return fmt.Errorf("line %d: write one of a text, {env: NAME} and {file: PATH}", node.Line)
	}
	for i := 0; i < len(node.Content); i += 2 {
		if key := node.Content[i].Value; key != "env" && key != "file" {
			return fmt.Errorf("line %d: unknown key %q; write a text, {env: NAME} or {file: PATH}", node.Content[i].Line, key)
		}
	}
	type plain secretFile // without this method
	return node.Decode((*plain)(s))
}

func (s secretFile) resolve(dir string) (string, error) {
	switch {
	case s.Env != "":
		v, ok := os.LookupEnv(s.Env)
		if !ok {
			return "", fmt.Errorf("environment variable %s is not set", s.Env)
		}
		return v, nil
	case s.File != "":
		text, err := os.ReadFile(relativeTo(dir, s.File))
		return strings.TrimRight(string(text), "\r\n"), err
	}
	return s.Value, nil
}

// LoadTarget reads a target file. Paths in it are relative to it. Errors name
// the file and, where they can, the line, and say what to write instead.
func (c *Catalogue) LoadTarget(path string) (*Target, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var file targetFile
	if err := schemas.DecodeYAML(path, text, &file); err != nil {
		return nil, err
	}
	t, err := c.target(&file, filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}

func (c *Catalogue) target(file *targetFile, dir string) (*Target, error) {
	if len(file.APIs) == 0 {
		return nil, fmt.Errorf("apis is empty; name at least one API with its url")
	}
	t := &Target{Endpoints: map[string]*Endpoint{}, Rate: file.Rate}
	if !(file.Rate >= 0) || math.IsInf(file.Rate, 0) {
		return nil, fmt.Errorf("rate is %g; write how many requests a second are allowed, as in 20", file.Rate)
	}
	var err error
	if file.Timeout != "" {
		if t.Timeout, err = time.ParseDuration(file.Timeout); err != nil || t.Timeout <= 0 {
			return nil, fmt.Errorf("timeout is %q; write a duration as in \"10s\"", file.Timeout)
		}
	}
	if t.Client, t.CurlOptions, err = file.TLS.client(dir, file.Proxy); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(file.APIs)) {
		api := c.API(name)
		if api == nil {
			return nil, fmt.Errorf("apis: there is no API %q%s", name, schemas.Suggest(name, c.names()))
		}
		e := file.APIs[name]
		if t.Endpoints[name], err = e.endpoint(api, dir); err != nil {
			return nil, fmt.Errorf("apis.%s: %w", name, err)
		}
	}
	return t, nil
}

func (c *Catalogue) names() []string {
	var names []string
	for _, api := range c.APIs {
		names = append(names, api.Name)
	}
	return names
}

func (f *endpointFile) endpoint(api *API, dir string) (*Endpoint, error) {
	e := &Endpoint{URL: f.URL, Edition: f.Edition, Mock: f.Mock, Credentials: map[string]Credential{}, Facts: map[string]any{}}
	if f.Mock {
		maps.Copy(e.Credentials, api.Mock.Credentials)
		maps.Copy(e.Facts, api.Mock.Facts)
		e.Bystander = api.Mock.Bystander
	}
	if f.Settle != "" {
		var err error
		if e.Settle, err = time.ParseDuration(f.Settle); err != nil || e.Settle < 0 {
			return nil, fmt.Errorf("settle is %q; write how long the target's views may take to agree after a change, as in \"2s\"", f.Settle)
		}
	}
	if f.URL == "" {
		return nil, fmt.Errorf("url is missing; write it with the base path, as in https://host:port%s", api.Contract.BasePaths[0])
	}
	if err := e.checkURL(); err != nil {
		return nil, err
	}
	for role, from := range f.Credentials {
		if !slices.Contains(api.Roles, role) {
			return nil, fmt.Errorf("credentials: there is no role %q%s", role, schemas.Suggest(role, api.Roles))
		}
		var given Credential
		for _, part := range []struct {
			into *string
			from secretFile
		}{{&given.Login, from.Login}, {&given.Password, from.Password}, {&given.Token, from.Token}} {
			value, err := part.from.resolve(dir)
			if err != nil {
				return nil, fmt.Errorf("credentials.%s: %w", role, err)
			}
			*part.into = value
		}
		e.Credentials[role] = given
	}
	for name, node := range f.Facts {
		value, err := api.fact(name, &node)
		if err != nil {
			return nil, fmt.Errorf("facts: line %d: %w", node.Line, err)
		}
		e.Facts[name] = value
	}
	return e, nil
}

// checkURL refuses what no request could be sent to, and what would show a
// password in every report.
func (e *Endpoint) checkURL() error {
	e.URL = strings.TrimSuffix(e.URL, "/")
	u, err := url.Parse(e.URL)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("the url %q must begin with http:// or https:// and a host", e.URL)
	case u.User != nil:
		return fmt.Errorf("the url %s has a login in it; give it under credentials", u.Redacted())
	case u.RawQuery != "" || u.Fragment != "":
		return fmt.Errorf("the url %q goes on after its path; write it without ? and #", e.URL)
	}
	return nil
}

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

// TargetOf makes a target of base URLs by API. A mock's accounts are known;
// of any other target they come from the environment, as in
// ROLECALL_RAPID7_ADMINISTRATOR_LOGIN, …_PASSWORD and …_TOKEN.
func (c *Catalogue) TargetOf(urls map[string]string, mock bool, ca string, insecure bool) (*Target, error) {
	file := &targetFile{TLS: tlsFile{CA: ca, Insecure: insecure}, APIs: map[string]endpointFile{}}
	for name, address := range urls {
		e := endpointFile{URL: address, Mock: mock, Credentials: map[string]credentialFile{}}
		if api := c.API(name); api != nil && !mock {
			for _, role := range api.Roles {
				from := "ROLECALL_" + strings.ToUpper(name+"_"+role) + "_"
				given := credentialFile{Login: secretFile{Value: os.Getenv(from + "LOGIN")}, Password: secretFile{Value: os.Getenv(from + "PASSWORD")}, Token: secretFile{Value: os.Getenv(from + "TOKEN")}}
				if given != (credentialFile{}) {
					e.Credentials[role] = given
				}
			}
		}
		file.APIs[name] = e
	}
	return c.target(file, ".")
}
