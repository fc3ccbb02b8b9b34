package conformance

import (
	"fmt"
	"regexp"
	"strings"
)

// The YAML library's errors are about Go types. A person who writes a file
// knows keys, texts, numbers and lists.

var (
	unknownKey = regexp.MustCompile(`field (\S+) not found in type \S*\.(\w+)`)
	wrongType  = regexp.MustCompile("cannot unmarshal !!(\\w+)( `.*`)? into (\\S+)")
)

// knownKeys are the keys of each part of a target file.
var knownKeys = map[string]string{
	"targetFile":     "timeout, rate, proxy, tls, apis",
	"tlsFile":        "ca, insecure, certificate, key",
	"endpointFile":   "url, edition, mock, credentials, facts, settle",
	"credentialFile": "login, password, token",
}

var yamlKinds = map[string]string{"seq": "a list", "map": "a mapping", "str": "a text", "int": "a number", "float": "a number", "bool": "a truth value", "null": "nothing"}

// plainYAML takes the library's words for Go types out of its errors. Several
// errors are one line each.
func plainYAML(err error) string {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	lines := strings.Split(strings.TrimPrefix(text, "unmarshal errors:\n"), "\n")
	for i, line := range lines {
		line = unknownKey.ReplaceAllStringFunc(strings.TrimSpace(line), func(found string) string {
			part := unknownKey.FindStringSubmatch(found)
			return fmt.Sprintf("unknown key %s; the keys here are %s", part[1], knownKeys[part[2]])
		})
		lines[i] = wrongType.ReplaceAllStringFunc(line, func(found string) string {
			part := wrongType.FindStringSubmatch(found)
			return fmt.Sprintf("%s%s cannot stand here; write %s", yamlKinds[part[1]], part[2], wantedFor(part[3]))
		})
	}
	return strings.Join(lines, "\n")
}

func wantedFor(goType string) string {
	switch {
	case strings.HasPrefix(goType, "[]"):
		return "a list"
	case strings.HasPrefix(goType, "float"), strings.HasPrefix(goType, "int"):
		return "a number"
	case goType == "bool":
		return "true or false"
	case goType == "string":
		return "a text"
	}
	return "a mapping"
}
