package conformance

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// WriteTargetTemplate writes a commented target file for the named APIs, or
// for all: what can be said of a target, with what it means.
func (c *Catalogue) WriteTargetTemplate(w io.Writer, apis []string) error {
	var b strings.Builder
	b.WriteString(`# A target of "rolecall verify --target". Unknown keys are refused.
# Secrets are better kept out of this file: {env: NAME} or {file: PATH}.
timeout: 10s          # of one request
rate: 20              # requests a second at most
# proxy: http://gateway.example.com:3128
tls: {}
#   ca: ca.pem          # PEM file of the authority to trust; paths are relative to this file
#   insecure: true      # take any certificate; for test systems
#   certificate: client.pem
#   key: client.key
apis:
`)
	for _, api := range c.APIs {
		if len(apis) > 0 && !slices.Contains(apis, api.Name) {
			continue
		}
		fmt.Fprintf(&b, "  %s:\n    url: https://server.example.com%s   # with the base path\n", api.Name, api.Contract.BasePaths[0])
		b.WriteString("    # edition: name it for the report\n    # mock: true        # it is our mock: use its sandboxes and control plane\n    # settle: 2s        # its views may take so long to agree after a change\n    credentials:\n")
		for i, role := range api.Roles {
			from, comment := "ROLECALL_"+strings.ToUpper(api.Name+"_"+role), ""
			if i > 0 {
				comment = "# "
			}
			fmt.Fprintf(&b, "      %s%s:\n", comment, role)
			for _, part := range []string{"login", "password", "token"} {
				needed := comment
				if c := api.Mock.Credentials[role]; part == "token" && c.Token == "" || part != "token" && c.Login == "" && c.Token != "" {
					needed = "# "
				}
				fmt.Fprintf(&b, "      %s  %s: {env: %s_%s}\n", needed, part, from, strings.ToUpper(part))
			}
		}
		b.WriteString("    facts:              # what is not given is skipped, with the reason in the report\n")
		for _, f := range api.Facts {
			fmt.Fprintf(&b, "      # %s\n      # %s: %s\n", f.Meaning, f.Name, f.Example)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

type object = map[string]any

// WriteTargetSchema writes the JSON Schema (draft-07) of target files, which
// editors use to complete and check them.
func (c *Catalogue) WriteTargetSchema(w io.Writer) error {
	apis := object{}
	for _, api := range c.APIs {
		apis[api.Name] = endpointSchema(api)
	}
	text := object{"type": "string"}
	schema := closed("A target of rolecall verify", object{
		"timeout": object{"type": "string", "description": "Of one request, as in 10s.", "examples": []string{"10s"}},
		"rate":    object{"type": "number", "minimum": 0, "description": "Requests a second at most."},
		"proxy":   object{"type": "string", "format": "uri"},
		"tls":     closed("How TLS connections are made", object{"ca": text, "insecure": object{"type": "boolean"}, "certificate": text, "key": text}),
		"apis":    closed("The APIs that the target has", apis),
	})
	schema["$schema"] = "http://json-schema.org/draft-07/schema#"
	schema["required"] = []string{"apis"}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(schema)
}

func endpointSchema(api *API) object {
	secret := object{"anyOf": []object{
		{"type": "string"},
		closed("From an environment variable", object{"env": object{"type": "string"}}),
		closed("From a file", object{"file": object{"type": "string"}}),
	}}
	roles, facts := object{}, object{}
	for _, role := range api.Roles {
		roles[role] = closed("What the role signs in with", object{"login": secret, "password": secret, "token": secret})
	}
	for _, f := range api.Facts {
		fact := f.Kind.schema()
		fact["description"] = f.Meaning
		facts[f.Name] = fact
	}
	given := closed("What is there", facts)
	given["type"] = []string{"object", "null"} // nothing, until a line of the template is put to use
	s := closed(api.Contract.Title, object{
		"url": object{"type": "string", "format": "uri"}, "edition": object{"type": "string"}, "mock": object{"type": "boolean"},
		"settle":      object{"type": "string", "description": "How long its views may take to agree after a change, as in 2s.", "examples": []string{"2s"}},
		"credentials": closed("By role", roles), "facts": given,
	})
	s["required"] = []string{"url"}
	return s
}

func closed(description string, properties object) object {
	return object{"type": "object", "description": description, "properties": properties, "additionalProperties": false}
}

func (k FactKind) schema() object {
	switch k {
	case Integer:
		return object{"type": "integer"}
	case Flag:
		return object{"type": "boolean"}
	case Texts:
		return object{"type": "array", "items": object{"type": "string"}}
	case IDs:
		return object{"type": "array", "items": object{"type": "integer"}}
	}
	return object{"type": "string"}
}
