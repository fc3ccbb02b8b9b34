package engine

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// SandboxHeader names the sandbox that a request is for.
const SandboxHeader = "Rolecall-Sandbox"

// sandboxValue is the path value under which a located request has its name.
const sandboxValue = "sandbox"

// Locate finds out which sandbox a request is for, by its header or by the path
// prefix /sandbox/<name> of clients that cannot add one, and takes the prefix
// off. A name that is empty is an error: it is an unset variable of a test that
// believes itself alone. So are two names.
func Locate(r *http.Request) (*http.Request, error) {
	header, byHeader := r.Header[SandboxHeader]
	name, rest, byPath := cutSandbox(r.URL)
	if byPath {
		r = r.Clone(r.Context())
		r.URL = rest
		r.SetPathValue(sandboxValue, name)
	}
	switch {
	case len(header) > 1:
		return r, fmt.Errorf("the header %s is given %d times; give it once", SandboxHeader, len(header))
	case byHeader && header[0] == "" || byPath && name == "":
		return r, fmt.Errorf("the name of the sandbox is empty; leave header and prefix out for the one without a name")
	case byHeader && byPath && header[0] != name:
		return r, fmt.Errorf("the header names sandbox %q, the path %q; name one", header[0], name)
	}
	return r, nil
}

// SandboxOf is the name of a located request's sandbox; "" for the one without.
func SandboxOf(r *http.Request) string {
	if name := r.PathValue(sandboxValue); name != "" {
		return name
	}
	if header := r.Header[SandboxHeader]; len(header) > 0 {
		return header[0]
	}
	return ""
}

// cutSandbox takes the prefix off a URL. What is encoded is part of its
// segment: %61 is a, and a%2Fb one name, which no sandbox has.
func cutSandbox(u *url.URL) (name string, rest *url.URL, found bool) {
	if u.RawPath == "" && !strings.HasPrefix(u.Path, "/sandbox/") {
		return "", nil, false
	}
	segments := strings.SplitN(u.EscapedPath(), "/", 4)
	if len(segments) < 4 || unescaped(segments[1]) != "sandbox" {
		return "", nil, false
	}
	cut := *u
	cut.Path, cut.RawPath = "/"+unescaped(segments[3]), ""
	if escaped := "/" + segments[3]; cut.EscapedPath() != escaped {
		cut.RawPath = escaped
	}
	return unescaped(segments[2]), &cut, true
}

// unescaped is a part of a path that net/url found to be well escaped.
func unescaped(part string) string {
	plain, _ := url.PathUnescape(part)
	return plain
}

// inSandbox puts the prefix back, in its plain form.
func inSandbox(u *url.URL, name string) *url.URL {
	whole, prefix := *u, "/sandbox/"+name
	whole.Path = prefix + u.Path
	if u.RawPath != "" {
		whole.RawPath = prefix + u.RawPath
	}
	return &whole
}
