package run

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/schemas"
)

// A Waiver accepts the known failure of one rule, for a reason and perhaps
// until a day. It never makes a rule pass; the report shows it as waived. Of an
// invariant, which may be broken in many ways, it may name the operation and
// the view that it covers.
type Waiver struct {
	Rule      string `yaml:"rule"`
	Operation string `yaml:"operation"` // the change, or what was asked; "" for all
	View      string `yaml:"view"`      // where it shows; "" for all
	Reason    string `yaml:"reason"`
	Expires   string `yaml:"expires"` // the last day on which it holds, as in 2026-12-31
}

// same tells whether two waivers cover the same.
func (w Waiver) same(x Waiver) bool {
	return w.Rule == x.Rule && w.Operation == x.Operation && w.View == x.View
}

// LoadWaivers reads a YAML list of waivers. A waiver without rule or reason
// and a rule that is waived twice are errors.
func LoadWaivers(path string) ([]Waiver, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseWaivers(path, text)
}

// WaiversIn reads a waiver file of a file system; none if there is no such file.
func WaiversIn(dir fs.FS, path string) ([]Waiver, error) {
	text, err := fs.ReadFile(dir, path)
	if err != nil {
		return nil, nil // an edition without waivers ships no file
	}
	return parseWaivers(path, text)
}

func parseWaivers(path string, text []byte) ([]Waiver, error) {
	rows, err := schemas.DecodeRows[Waiver](path, text)
	if err != nil {
		return nil, err
	}
	var waivers []Waiver
	for _, row := range rows {
		w := row.Record
		if err := w.usable(); err != nil {
			return nil, row.Errorf("%w", err)
		}
		if slices.ContainsFunc(waivers, w.same) {
			return nil, row.Errorf("rule %s is waived twice", w.Rule)
		}
		waivers = append(waivers, w)
	}
	return waivers, nil
}

func (w Waiver) usable() error {
	if w.Rule == "" || w.Reason == "" {
		return fmt.Errorf("a waiver needs a rule and a reason")
	}
	if w.Expires != "" {
		if _, err := time.Parse(time.DateOnly, w.Expires); err != nil {
			return fmt.Errorf("expires is %q; write a day as in 2026-12-31", w.Expires)
		}
	}
	return nil
}

func (w Waiver) expired(now time.Time) bool {
	return w.Expires != "" && now.Format(time.DateOnly) > w.Expires
}

// cover waives what the waiver is about, and tells whether there was any. A rule
// is waived when every charge against it is.
func (w Waiver) cover(rule *report.Rule) bool {
	if w.Operation == "" && w.View == "" {
		rule.Waived = w.Reason
		return true
	}
	covered, all := false, true
	for i := range rule.Scenarios {
		s := &rule.Scenarios[i]
		if (w.Operation == "" || w.Operation == s.Operation) && (w.View == "" || w.View == s.View) {
			s.Waived, covered = w.Reason, true
		}
		all = all && s.Waived != ""
	}
	if all && covered {
		rule.Waived = w.Reason
	}
	return covered
}

// waive covers known failures, and reports waivers that cover nothing: of a
// rule that passes, of no rule at all, or of a day that is over.
func (p *plan) waive(r *report.Report) {
	for _, w := range p.options.Waivers {
		i := slices.IndexFunc(r.Rules, func(x report.Rule) bool { return x.ID == w.Rule })
		stale := ""
		switch {
		case p.catalogue.Rule(w.Rule) == nil:
			stale = "names no rule"
		case w.expired(r.Started):
			stale = "expired on " + w.Expires
		case i < 0:
			continue // not selected in this run, which says nothing of the waiver
		case r.Rules[i].Verdict == report.Pass:
			stale = "the rule passes"
		case r.Rules[i].Verdict >= report.Fail && !w.cover(&r.Rules[i]):
			stale = "the rule fails, and not in that operation and view"
		}
		if stale != "" {
			r.Stale = append(r.Stale, report.Waiver{Rule: w.Rule, Reason: w.Reason, Stale: stale})
		}
	}
}
