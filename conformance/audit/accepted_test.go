package audit_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/conformance/audit"
)

func fate(id string, applies bool, by string) audit.Fate {
	return audit.Fate{Mutant: audit.Mutant{ID: "fake/getThing/answer/" + id, Operation: "getThing", Kind: "answer", What: id}, Applies: applies, By: by, Must: by != ""}
}

func TestWhatIsWrongWithAListOfSurvivors(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"survivors: [{kind: answer, of: [{operations: [a], what: [b]}]}]":             "needs a reason",
		"survivors: [{reason: none, kind: answer, of: [{operations: [a]}]}]":          "what is wrong",
		"survivors: [{reason: none, kind: answer, of: [{what: [a]}]}]":                "operations",
		"survivors: [{reason: x, kind: time, of: [{operations: [a], what: [b, b]}]}]": "listed twice",
		"survivers: []":                        "survivers",
		"skips: [{rule: X-01, reason: x}]":     "needs an edition",
		"skips: [{rule: X-01, edition: none}]": "a reason",
	} {
		if _, err := audit.ReadAccepted([]byte(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v; it should say %q", text, err, says)
		}
	}
}

func TestMutantsAreHeldToTheList(t *testing.T) {
	t.Parallel()
	list, err := audit.ReadAccepted([]byte("survivors: [{reason: nobody minds, kind: answer, of: [{operations: [getThing], what: [listed, noticed, harmless, unknown]}]}]\nskips: []"))
	if err != nil {
		t.Fatal(err)
	}
	fates := []audit.Fate{fate("listed", true, ""), fate("noticed", true, "FK-01"), fate("lives", true, ""), fate("idle", false, ""), fate("harmless", false, ""), fate("dead", true, "FK-01")}
	all := strings.Join(list.Compare("fake", fates), "\n")
	for _, says := range []string{"mutant lives and is not listed in features/fake/audit.yaml: getThing/answer/lives", "FK-01 notices it: getThing/answer/noticed", "does not exist: getThing/answer/unknown", "makes no difference: getThing/answer/harmless"} {
		if !strings.Contains(all, says) {
			t.Errorf("no fault says %q:\n%s", says, all)
		}
	}
	if n := len(strings.Split(all, "\n")); n != 4 {
		t.Errorf("there are %d faults:\n%s", n, all)
	}
	var text strings.Builder
	if err := audit.WriteFates(&text, "fake", fates); err != nil || !strings.Contains(text.String(), "2 of 4") || !strings.Contains(text.String(), "6 mutants, 4 make a difference, 2 of them are noticed (50.0 %)") {
		t.Errorf("it is told as\n%s", text.String())
	}
}
