package target

import (
	"encoding/json"
	"io"
)

type object = map[string]any

// WriteSchema writes the JSON Schema (draft-07) of target files, which
// editors use to complete and check them.
func WriteSchema(w io.Writer, apis []*API) error {
	endpoints := object{}
	for _, api := range apis {
		endpoints[api.Name] = endpointSchema(api)
	}
	text := object{"type": "string"}
	schema := closed("A target of rolecall verify", object{
		"timeout": object{"type": "string", "description": "Of one request, as in 10s.", "examples": []string{"10s"}},
		"rate":    object{"type": "number", "minimum": 0, "description": "Requests a second at most."},
		"proxy":   object{"type": "string", "format": "uri"},
		"tls":     closed("How TLS connections are made", object{"ca": text, "insecure": object{"type": "boolean"}, "certificate": text, "key": text}),
		"apis":    closed("The APIs that the target has", endpoints),
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
