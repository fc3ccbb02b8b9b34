package engine

import (
	"fmt"
	"net/http"
	"strings"
)

// SandboxHeader names the sandbox that a request is for.
const SandboxHeader = "Rolecall-Sandbox"

// SandboxName is the sandbox that a request is for, by header or path prefix;
// "" for the one without a name. An empty name in either is an error: it is an
// unset variable of a test that believes itself alone.
func SandboxName(r *http.Request) (string, error) {
	header, byHeader := r.Header[SandboxHeader]
	after, byPath := strings.CutPrefix(r.URL.Path, "/sandbox/")
	name, _, _ := strings.Cut(after, "/")
	switch {
	case byHeader && header[0] == "" || byPath && name == "":
		return "", fmt.Errorf("the name of the sandbox is empty; leave header and prefix out for the one without a name")
	case byHeader && byPath && header[0] != name:
		return name, fmt.Errorf("the header names sandbox %q, the path %q; name one", header[0], name)
	case byHeader:
		return header[0], nil
	}
	return name, nil
}

func withoutSandbox(path string) string {
	if rest, ok := strings.CutPrefix(path, "/sandbox/"); ok {
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			return rest[i:]
		}
	}
	return path
}
