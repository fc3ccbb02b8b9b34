//go:build !race

package features_test

import (
	"context"
	"io"
	"maps"
	"slices"
	"testing"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/conformance/audit"
	"github.com/rolecall/rolecall/features"
)

// What "rolecall audit" asks of each API. With the race detector it would take
// many minutes, and find no other races than TestRules does.
func TestTheSuitePassesItsAudit(t *testing.T) {
	c := catalogue(t)
	a := &embedded.Auditor{Catalogue: c, Out: io.Discard, Accepted: features.Accepted}
	defer a.Close()
	for _, part := range embedded.AuditParts {
		for _, api := range c.APIs {
			t.Run(part+" of "+api.Name, func(t *testing.T) {
				faults, err := a.Ask(t.Context(), part, api)
				if err != nil {
					t.Fatal(err)
				}
				for _, fault := range faults {
					t.Error(fault)
				}
			})
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
