//go:build !race

package features_test

import (
	"context"
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
