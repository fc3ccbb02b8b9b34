package features_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/mockserver"
	"github.com/rolecall/rolecall/schemas"
)

// Whoever adds an API adds a folder in each tree and a line in each list.
func TestFoldersListsAndContractsAgree(t *testing.T) {
	t.Parallel()
	var listed, folders []string
	for _, api := range catalogue(t).APIs {
		listed = append(listed, api.Name)
		if api.Path != "features/"+api.Name || api.Contract.API != api.Name {
			t.Errorf("%s has the path %s and the contract of %s", api.Name, api.Path, api.Contract.API)
		}
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && e.Name() != "testdata" {
			folders = append(folders, e.Name())
		}
	}
	for what, names := range map[string][]string{"the folders of features": folders, "the contracts": schemas.APIs(), "the mock's APIs": mockserver.APIs()} {
		if diff := cmp.Diff(listed, names); diff != "" {
			t.Errorf("the list of features and %s disagree (-list +other):\n%s", what, diff)
		}
	}
}

// A feature file that is not embedded would never run.
func TestEveryFeatureFileIsInTheCatalogue(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	files, err := filepath.Glob("*/*.feature")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, error %v", len(files), err)
	}
	for _, file := range files {
		if !slices.ContainsFunc(c.Rules, func(r *rules.Rule) bool { return r.File == filepath.ToSlash(filepath.Join("features", file)) }) {
			t.Errorf("no rule of the catalogue is from %s", file)
		}
	}
}

// Every documented operation is called by some scenario.
func TestEveryDocumentedOperationIsCalled(t *testing.T) {
	t.Parallel()
	r, err := whole()
	if err != nil {
		t.Fatal(err)
	}
	for _, api := range catalogue(t).APIs {
		for _, op := range api.Contract.Documented() {
			if !slices.ContainsFunc(r.Coverage, func(p report.Pair) bool { return p.API == api.Name && p.Operation == op.ID && p.Seen > 0 }) {
				t.Errorf("%s: no scenario calls %s", api.Name, op.ID)
			}
		}
	}
}

var (
	paths   = regexp.MustCompile(`(^|[\s"'(])/[a-z{]`)
	methods = regexp.MustCompile(`\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b`)
	// Where the method is what the rule is about, it has to be named.
	aboutMethods = regexp.MustCompile(`\bmethod\b`)
)

// Features say what, not how.
func TestFeaturesSpeakOfTheDomain(t *testing.T) {
	t.Parallel()
	for _, rule := range catalogue(t).Rules {
		for _, scenario := range rule.Scenarios {
			for _, step := range scenario.Steps {
				if paths.MatchString(step.Text) {
					t.Errorf("%s:%d: %q has a path; name the operation", rule.File, step.Line, step.Text)
				}
				if methods.MatchString(step.Text) && !aboutMethods.MatchString(step.Text) {
					t.Errorf("%s:%d: %q has a method; name the operation", rule.File, step.Line, step.Text)
				}
			}
		}
	}
}

// remark ends an example of a step that takes a table or a text.
var remark = regexp.MustCompile(` \((a )?(table|text|doc string)[^)]*\)$`)

func matches(step world.Step, text string) bool {
	compiled, known := patterns.Load(step.Pattern)
	if !known {
		compiled, _ = patterns.LoadOrStore(step.Pattern, regexp.MustCompile(step.Pattern))
	}
	return compiled.(*regexp.Regexp).MatchString(text)
}

// patterns keeps what is compiled: thousands of steps are held to each.
var patterns sync.Map

// The list of steps is what people write features from: each example works as
// it stands, and means one step.
func TestEveryStepsExampleIsThatStep(t *testing.T) {
	t.Parallel()
	for _, api := range catalogue(t).APIs {
		steps := api.Vocabulary()
		for _, step := range steps {
			example := remark.ReplaceAllString(step.Example, "")
			if example == "" || !matches(step, example) {
				t.Errorf("%s: the example %q is not of %s", api.Name, step.Example, step.Pattern)
			}
			for _, other := range steps {
				if other.Pattern != step.Pattern && other.Keyword == step.Keyword && matches(other, example) {
					t.Errorf("%s: %q is of %s and of %s", api.Name, example, step.Pattern, other.Pattern)
				}
			}
			if step.Pattern[0] != '^' || step.Pattern[len(step.Pattern)-1] != '$' {
				t.Errorf("%s: %s takes a part of a sentence; begin it with ^ and end it with $", api.Name, step.Pattern)
			}
		}
	}
}

// mostSteps is how many sentences people can be asked to know.
const mostSteps = 150

func TestEveryStepIsUsedAndEveryUsedStepIsDefinedOnce(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	used := map[string]bool{} // a sentence that several APIs have is one
	for _, api := range c.APIs {
		steps := api.Vocabulary()
		for _, step := range steps {
			if name := step.Keyword + " " + step.Example; !used[name] {
				used[name] = false
			}
		}
		for _, rule := range c.Rules {
			if rule.API.Name != api.Name {
				continue
			}
			for _, scenario := range rule.Scenarios {
				for _, s := range scenario.Steps {
					found := 0
					for _, step := range steps {
						if step.Keyword == s.Keyword && matches(step, s.Text) {
							used[step.Keyword+" "+step.Example] = true
							found++
						}
					}
					if found != 1 {
						t.Errorf("%s:%d: %d steps are %s %s", rule.File, s.Line, found, s.Keyword, s.Text)
					}
				}
			}
		}
	}
	for step, isUsed := range used {
		if !isUsed {
			t.Errorf("no feature uses %s", step)
		}
	}
	if len(used) > mostSteps {
		t.Errorf("there are %d steps; more than %d are too many to know", len(used), mostSteps)
	}
}
