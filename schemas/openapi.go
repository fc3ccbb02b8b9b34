package schemas

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"

	"gopkg.in/yaml.v3"
)

// document is the part of OpenAPI 3.1 that contracts use; any other key is an error.
type document struct {
	OpenAPI    string `yaml:"openapi"`
	Dialect    string `yaml:"jsonSchemaDialect"`
	Info       info   `yaml:"info"`
	Servers    []server
	Tags       any                   `yaml:"tags"`
	Security   []map[string][]string `yaml:"security"`
	Paths      yaml.Node             `yaml:"paths"`
	Components components            `yaml:"components"`
	Protocol   struct {
		Statuses  []int  `yaml:"statuses"`
		MediaType string `yaml:"mediaType"`
		Schema    reffed `yaml:"schema"`
	} `yaml:"x-protocol-errors"`
	SilentStatuses bool `yaml:"x-silent-statuses"`
	ExternalDocs   any  `yaml:"externalDocs"`
}

type info struct {
	Title, Version, Summary, Description string
	License, Contact                     any
}

type server struct {
	URL         string `yaml:"url"`
	Description string `yaml:"description"`
}

type components struct {
	SecuritySchemes any                  `yaml:"securitySchemes"`
	Responses       map[string]*response `yaml:"responses"`
	Parameters      map[string]parameter `yaml:"parameters"`
}

type reffed struct {
	Ref string `yaml:"$ref"`
}

type operation struct {
	ID          string                `yaml:"operationId"`
	Summary     string                `yaml:"summary"`
	Description string                `yaml:"description"`
	Tags        []string              `yaml:"tags"`
	Security    []map[string][]string `yaml:"security"`
	Parameters  []parameter           `yaml:"parameters"`
	Body        *body                 `yaml:"requestBody"`
	Responses   map[string]*response  `yaml:"responses"`
	Documents   []string              `yaml:"x-documents"`
	Support     bool                  `yaml:"x-support"`
	Extensions  map[string]any        `yaml:",inline"`
}

type parameter struct {
	Ref         string        `yaml:"$ref"`
	Name        string        `yaml:"name"`
	In          string        `yaml:"in"`
	Description string        `yaml:"description"`
	Required    bool          `yaml:"required"`
	Style       string        `yaml:"style"`
	Explode     bool          `yaml:"explode"`
	Example     any           `yaml:"example"`
	Schema      ParameterType `yaml:"schema"`
}

type body struct {
	Description string           `yaml:"description"`
	Strict      map[string]any   `yaml:"x-strict"`
	Required    bool             `yaml:"required"`
	Content     map[string]media `yaml:"content"`
}

type response struct {
	Ref         string           `yaml:"$ref"`
	Description string           `yaml:"description"`
	Headers     any              `yaml:"headers"`
	Observed    bool             `yaml:"x-observed"`
	Silent      bool             `yaml:"x-silent"`
	Content     map[string]media `yaml:"content"`
}

type media struct {
	Schema   reffed `yaml:"schema"`
	Example  any    `yaml:"example"`
	Examples any    `yaml:"examples"`
}

// methods are the keys of a path item that are operations, as HTTP spells them.
var methods = map[string]string{"get": "GET", "put": "PUT", "post": "POST", "delete": "DELETE", "patch": "PATCH"}

// LoadFS reads the contract of one API from a folder that holds openapi.yaml
// and the schema files. Errors name the file and, where YAML knows it, the line.
func LoadFS(api string, dir fs.FS) (*Contract, error) {
	messages, err := loadSchemas(dir)
	if err != nil {
		return nil, fmt.Errorf("schemas/%s/%w", api, err)
	}
	file := "schemas/" + api + "/openapi.yaml"
	text, err := fs.ReadFile(dir, "openapi.yaml")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var doc document
	if err := DecodeYAML(file, text, &doc); err != nil {
		return nil, err
	}
	b := &builder{file: file, doc: &doc, contract: &Contract{
		API: api, Title: doc.Info.Title, Version: doc.Info.Version,
		schemas: messages, byID: map[string]*Operation{}, text: text,
	}}
	if err := b.build(); err != nil {
		return nil, err
	}
	b.contract.redactor = secretsOf(b.contract)
	b.contract.Hash, err = hashOf(dir)
	return b.contract, err
}

// hashOf is the same for the same files, whatever order they are read in.
func hashOf(dir fs.FS) (string, error) {
	files, err := fs.Glob(dir, "*.json")
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	for _, file := range append(files, "openapi.yaml") {
		text, err := fs.ReadFile(dir, file)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(hash, "%s %d\n%s", file, len(text), text)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
