package target

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

// Load reads a target file. Paths in it are relative to it. Errors name the file
// and, where they can, the line, and say what to write instead. They tell nothing
// of what is written there: it may be a secret in the wrong place.
func Load(path string, apis []*API) (*Target, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var file targetFile
	if err := schemas.DecodeSecretYAML(path, text, &file); err != nil {
		return nil, err
	}
	t, err := file.target(apis, filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}

func (file *targetFile) target(apis []*API, dir string) (*Target, error) {
	if len(file.APIs) == 0 {
		return nil, fmt.Errorf("apis is empty; name at least one API with its url")
	}
	t := &Target{Endpoints: map[string]*Endpoint{}, Rate: file.Rate}
	if !(file.Rate >= 0) || math.IsInf(file.Rate, 0) {
		return nil, fmt.Errorf("rate: write how many requests a second are allowed, as in 20")
	}
	var err error
	if file.Timeout != "" {
		if t.Timeout, err = time.ParseDuration(file.Timeout); err != nil || t.Timeout <= 0 {
			return nil, fmt.Errorf("timeout: write a duration as in \"10s\"")
		}
	}
	if err = file.connect(t, dir); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(file.APIs)) {
		api, err := named(apis, name)
		if err != nil {
			return nil, fmt.Errorf("apis: %w", err)
		}
		e := file.APIs[name]
		if t.Endpoints[name], err = e.endpoint(api, dir); err != nil {
			return nil, fmt.Errorf("apis.%s: %w", name, err)
		}
	}
	return t, nil
}

// named finds an API.
func named(apis []*API, name string) (*API, error) {
	var names []string
	for _, api := range apis {
		if api.Name == name {
			return api, nil
		}
		names = append(names, api.Name)
	}
	return nil, fmt.Errorf("there is no API %q%s", name, schemas.Suggest(name, names))
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
			return nil, fmt.Errorf("settle: write how long the target's views may take to agree after a change, as in \"2s\"")
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
			return nil, fmt.Errorf("credentials: there is no such role%s", schemas.Suggest(role, api.Roles))
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
		return fmt.Errorf("the url must begin with http:// or https:// and a host")
	case u.User != nil:
		return fmt.Errorf("the url has a login in it; give it under credentials")
	case u.RawQuery != "" || u.Fragment != "":
		return fmt.Errorf("the url goes on after its path; write it without ? and #")
	}
	return nil
}

// Of makes a target of base URLs by API. A mock's accounts are known;
// of any other target they come from the environment, as in
// ROLECALL_RAPID7_ADMINISTRATOR_LOGIN, …_PASSWORD and …_TOKEN.
func Of(urls map[string]string, apis []*API, mock bool, ca string, insecure bool) (*Target, error) {
	if _, err := os.Stat(ca); ca != "" && err != nil {
		return nil, fmt.Errorf("--ca: %w", err)
	}
	file := &targetFile{TLS: tlsFile{CA: ca, Insecure: insecure}, APIs: map[string]endpointFile{}}
	for name, address := range urls {
		e := endpointFile{URL: address, Mock: mock, Credentials: map[string]credentialFile{}}
		if api, err := named(apis, name); err == nil && !mock {
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
	return file.target(apis, ".")
}
