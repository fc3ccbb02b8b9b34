//go:build !race

package features_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/audit"
	"github.com/rolecall/rolecall/features"
	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver"
)

// What "rolecall audit" asks of each API, but for the mutants, which take
// minutes. With the race detector it would take many, and find no other races
// than TestRules does.

func none(t *testing.T, faults []string, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}

func TestEveryRuleCatchesItsDefectsByItsThenSteps(t *testing.T) {
	c := catalogue(t)
	defects, err := embedded.Defects()
	if err != nil {
		t.Fatal(err)
	}
	start := func(name string, on ...string) (*conformance.Target, func(), error) {
		return embedded.Start(c, mockserver.Options{APIs: []string{name}, Defects: on})
	}
	found, err := c.Audit(context.Background(), defects, start, conformance.AuditOptions{})
	if err != nil {
		t.Fatal(err)
	}
	none(t, found.Faults, nil)
	if len(found.Kills) != len(defects) {
		t.Errorf("%d of %d defects were tried", len(found.Kills), len(defects))
	}
}

func TestNoRuleIsTrueOfNothing(t *testing.T) {
	for _, api := range catalogue(t).APIs {
		faults, err := audit.TrueOfNothing(context.Background(), api)
		none(t, faults, err)
	}
}

func TestNoMustRuleFailsAServerThatKeepsTheDocument(t *testing.T) {
	c := catalogue(t)
	for _, api := range c.APIs {
		accepted, err := features.Accepted(api.Name)
		if err != nil {
			t.Fatal(err)
		}
		dir, err := fixtures.FS(api.Name)
		if err != nil {
			t.Fatal(err)
		}
		tried := 0
		for _, edition := range fixtures.Editions(dir) {
			if !strings.HasPrefix(edition, "contrary") {
				continue
			}
			tried++
			target, stop, err := embedded.Start(c, mockserver.Options{APIs: []string{api.Name}, Editions: map[string]string{api.Name: edition}})
			if err != nil {
				t.Fatal(err)
			}
			faults, err := audit.Unfair(context.Background(), c, target, api, edition, accepted)
			stop()
			none(t, faults, err)
		}
		if tried < 2 {
			t.Errorf("%s has %d contrary editions", api.Name, tried)
		}
	}
}

// few is a lab with some of its mutants.
type few struct {
	audit.Lab
	ids []string
}

func (f few) Mutants() (some []audit.Mutant) {
	for _, m := range f.Lab.Mutants() {
		if slices.Contains(f.ids, m.ID) {
			some = append(some, m)
		}
	}
	return some
}

func TestMutantsAreNoticed(t *testing.T) {
	c := catalogue(t)
	lab, stop, err := embedded.Lab(c, "devicehive")
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	want := map[string]bool{
		"devicehive/get/answer/login of another record":                       true,
		"devicehive/get/time/the second read after a change is old":           true,
		"devicehive/update/change/done to another id":                         true,
		"devicehive/delete/change/answered and not done":                      true,
		"devicehive/list/request/take ignored":                                true,
		"devicehive/getCurrent/answer/data of before the change":              true,
		"devicehive/unassignNetwork/change/answered and not done":             true,
		"devicehive/getNetwork/answer/network.description cut at 64":          false, // no description is that long
		"devicehive/allowAllDeviceTypes/change/undone after one read":         true,
		"devicehive/getDeviceTypes/answer/an extra secret":                    true,
		"devicehive/getDeviceTypes/time/the first read after a change is old": true,
		"devicehive/disallowAllDeviceTypes/change/answered and not done":      true,
		"devicehive/count/answer/count one more":                              true,
		"devicehive/assignNetwork/change/done to another networkId, too":      true,
		"devicehive/assignDeviceType/change/refused and done":                 true,
		"devicehive/getCurrent/time/every read after a change is old":         true,
		"devicehive/getCurrent/answer/another media type":                     true,
		"devicehive/unassignDeviceType/change/done to another deviceTypeId":   true,
	}
	green, err := audit.Baseline(context.Background(), c, c.API("devicehive"), few{lab, slices.Collect(maps.Keys(want))})
	if err != nil {
		t.Fatal(err)
	}
	fates, err := audit.Breed(context.Background(), green, 4, nil)
	if err != nil {
		t.Fatal(err)
	}
	exists := map[string]bool{}
	for _, f := range fates {
		exists[f.ID] = true
		if f.Killed() != want[f.ID] {
			t.Errorf("%s is noticed: %v, by %q in %d scenarios", f.ID, f.Killed(), f.By, f.Tried)
		}
	}
	for id := range want {
		if !exists[id] {
			t.Errorf("there is no mutant %s", id)
		}
	}
}
