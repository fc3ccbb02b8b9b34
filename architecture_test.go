package rolecall_test

import (
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/rolecall/rolecall"

// A goPackage is one package as the go command sees it.
type goPackage struct {
	path           string   // relative to the module; "." for its root
	imports, tests []string // of the module's own packages, relative, and of others
}

// packages lists the module's packages with what they import.
func packages(t *testing.T) map[string]goPackage {
	t.Helper()
	const form = `{{.ImportPath}}|{{join .Imports " "}}|{{join .TestImports " "}} {{join .XTestImports " "}}`
	out, err := exec.Command("go", "list", "-f", form, "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := map[string]goPackage{}
	for line := range strings.Lines(string(out)) {
		part := strings.Split(strings.TrimSpace(line), "|")
		p := goPackage{relative(part[0]), relatives(part[1]), relatives(part[2])}
		all[p.path] = p
	}
	if len(all) < 8 {
		t.Fatalf("go list found only %d packages", len(all))
	}
	return all
}

func relative(importPath string) string {
	if importPath == module {
		return "."
	}
	return strings.TrimPrefix(importPath, module+"/")
}

func relatives(list string) []string {
	var all []string
	for _, p := range strings.Fields(list) {
		all = append(all, relative(p))
	}
	return all
}

// allowed says which of the module's packages each kind of package may import.
// "*" stands for the name of an API, and for the same one on both sides.
var allowed = map[string][]string{
	"schemas":                {},
	"fixtures":               {"schemas"},
	"conformance/report":     {"schemas"},
	"conformance/invariants": {},
	"conformance/target":     {"conformance/invariants", "schemas"},
	"conformance/rules":      {"conformance/report", "schemas"},
	"conformance/world":      {"conformance/report", "conformance/invariants", "conformance/rules", "conformance/target", "schemas"},
	"conformance/run":        {"conformance/world", "conformance/report", "conformance/rules", "conformance/target", "schemas"},
	"conformance/steps":      {"conformance/world", "conformance/invariants", "conformance/report", "schemas"},
	"conformance/audit":      {"conformance/run", "conformance/world", "conformance/report", "conformance/rules", "conformance/target", "schemas"},
	"conformance":            {},
	"features":               {"conformance/run", "conformance/world", "conformance/audit", "features/?", "schemas"},
	"features/*":             {"conformance/world", "conformance/steps", "conformance/invariants", "conformance/report", "conformance/rules", "conformance/target", "schemas"},
	"mockserver/engine":      {"schemas"},
	"mockserver/*":           {"mockserver/engine", "fixtures", "schemas"},
	"mockserver":             {"mockserver/engine", "mockserver/?", "fixtures", "schemas"},
	"cmd/embedded":           {"conformance/run", "conformance/world", "conformance/audit", "conformance/report", "conformance/rules", "conformance/target", "features", "fixtures", "mockserver", "schemas"},
	"cmd/rolecall":           {"cmd/embedded", "conformance/audit", "conformance/world", "conformance/report", "conformance/rules", "conformance/steps", "conformance/target", "features", "mockserver", "schemas", "fixtures"},
	".":                      {},
}

// kind finds the entry of a package.
func kind(pkg string) string {
	if _, ok := allowed[pkg]; ok {
		return pkg
	}
	if generic := path.Dir(pkg) + "/*"; allowed[generic] != nil {
		return generic
	}
	return ""
}

func mayImport(pkg, imported string) bool {
	return slices.ContainsFunc(allowed[kind(pkg)], func(rule string) bool {
		return rule == imported || strings.HasSuffix(rule, "/?") && path.Dir(imported) == strings.TrimSuffix(rule, "/?")
	})
}

func TestImportsRunOneWay(t *testing.T) {
	t.Parallel()
	all := packages(t)
	for name, p := range all {
		if kind(name) == "" {
			t.Errorf("package %s has no place in the architecture; add it to the list here, and say what it may import", name)
			continue
		}
		for _, imported := range p.imports {
			if _, own := all[imported]; own && !mayImport(name, imported) {
				t.Errorf("%s imports %s; it may import %v", name, imported, allowed[kind(name)])
			}
		}
	}
}

// Also what is imported by what is imported, which a list of imports hides.
func TestTheSuiteNeverReachesTheMockNorTheMockTheSuite(t *testing.T) {
	t.Parallel()
	for from, never := range map[string]string{
		"./conformance/...": "mockserver", "./features/...": "mockserver", "./mockserver/...": "conformance",
		"./schemas/...": "mockserver", "./fixtures/...": "conformance",
	} {
		out, err := exec.Command("go", "list", "-deps", from).Output()
		if err != nil {
			t.Fatalf("go list %s: %v", from, err)
		}
		for _, dep := range strings.Fields(string(out)) {
			if strings.HasPrefix(dep, module+"/"+never) {
				t.Errorf("%s reaches %s", from, dep)
			}
		}
	}
}

// Each of these libraries has traps, which one place knows.
func TestLibrariesWithTrapsStayBehindOnePackage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ library, home, file string }{
		{"github.com/gin-gonic/gin", "mockserver/engine", "gin.go"},
		{"github.com/xeipuuv/gojsonschema", "schemas", ""},
	} {
		for name, p := range packages(t) {
			if slices.Contains(p.imports, c.library) != (name == c.home) {
				t.Errorf("%s imports %s: %v; only %s does", name, c.library, name != c.home, c.home)
			}
		}
		if c.file == "" {
			continue
		}
		out, err := exec.Command("go", "list", "-f", `{{range .GoFiles}}{{.}} {{end}}`, "./"+c.home).Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range strings.Fields(string(out)) {
			text, err := os.ReadFile(path.Join(c.home, file))
			if err != nil {
				t.Fatal(err)
			}
			if found := strings.Contains(string(text), `"`+c.library+`"`); found != (file == c.file) {
				t.Errorf("%s/%s imports %s: %v; only %s does", c.home, file, c.library, found, c.file)
			}
		}
	}
}

func TestPackagesAreNamedAfterWhatTheyAre(t *testing.T) {
	t.Parallel()
	for name := range packages(t) {
		for _, part := range strings.Split(name, "/") {
			if slices.Contains([]string{"internal", "pkg", "util", "utils", "common", "helper", "helpers", "types", "misc", "base", "shared"}, part) {
				t.Errorf("package %s: %q says nothing of what it is", name, part)
			}
		}
	}
}
