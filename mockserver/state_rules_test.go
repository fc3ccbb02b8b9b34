package mockserver_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/mockserver"
	"github.com/rolecall/rolecall/mockserver/engine"
)

// What a fuzzer is told to forgive is what the mock does refuse for its state:
// a rule that has another id by now would hide nothing, and one that judges a
// body alone would hide a contract that says too little.
func TestRulesThatDependOnStateAreThoseOfGuardsThatLookAtIt(t *testing.T) {
	t.Parallel()
	var guards []engine.Guard
	for _, api := range mockserver.APIs() {
		of, err := mockserver.Guards(api)
		if err != nil {
			t.Fatal(err)
		}
		guards = append(guards, of...)
	}
	list, err := os.ReadFile("../docs/contract/state-rules.txt")
	if err != nil {
		t.Fatal(err)
	}
	looks := []engine.Kind{engine.Unknown, engine.Reference, engine.Conflict, engine.WrongState}
	var listed []string
	for line := range strings.Lines(string(list)) {
		rule, _, _ := strings.Cut(line, " ")
		listed = append(listed, rule)
		if rule != "#" && !slices.ContainsFunc(guards, func(g engine.Guard) bool { return g.Rule == rule && slices.Contains(looks, g.Kind) }) {
			t.Errorf("no guard that looks at state refuses for %s", rule)
		}
	}
	for _, g := range guards {
		if g.Status == 400 && slices.Contains(looks, g.Kind) && !slices.Contains(listed, g.Rule) {
			t.Errorf("a guard refuses with 400 for %s, which is not in the list", g.Rule)
		}
	}
}
