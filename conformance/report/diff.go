package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
)

// A Difference is what changed between two reports of the same rules, an
// earlier one and a later one.
type Difference struct {
	NewlyFailing []Change // failed or could not be judged, and did neither before
	NewlyPassing []Change
	NewlySkipped []Change // skipped or not run
	NewlyWaived  []Change
	Added        []Change // rules that the earlier report does not have
	Removed      []Change // rules that the later report does not have
	LostCoverage []Pair   // documented answers that only the earlier run saw
	Remarks      []string // what makes the two reports hard to compare
}

// A Change is a rule and its outcome before and after.
type Change struct {
	ID     string
	Level  Level
	Title  string
	Before string // outcome; empty for an added rule
	After  string // outcome; empty for a removed rule
	Reason string // of the later outcome
	failed bool
}

// Diff compares an earlier report, a, with a later one, b.
func Diff(a, b *Report) Difference {
	d := Difference{Remarks: incomparable(a, b)}
	before := map[string]Rule{}
	for _, x := range a.Rules {
		before[x.ID] = x
	}
	for _, x := range b.Rules {
		old, known := before[x.ID]
		delete(before, x.ID)
		if known {
			d.file(old, x)
			continue
		}
		d.Added = append(d.Added, Change{x.ID, x.Level, x.Title, "", x.Outcome(), x.Reason, x.Failed()})
	}
	for _, x := range a.Rules {
		if _, gone := before[x.ID]; gone {
			d.Removed = append(d.Removed, Change{x.ID, x.Level, x.Title, x.Outcome(), "", "", false})
		}
	}
	type pair struct {
		api, operation string
		status         int
	}
	seen := map[pair]bool{}
	for _, p := range b.Coverage {
		seen[pair{p.API, p.Operation, p.Status}] = p.Seen > 0
	}
	for _, p := range a.Coverage {
		if p.Documented && p.Seen > 0 && !seen[pair{p.API, p.Operation, p.Status}] {
			d.LostCoverage = append(d.LostCoverage, p)
		}
	}
	return d
}

// file enters a rule that both reports have.
func (d *Difference) file(old, x Rule) {
	c := Change{x.ID, x.Level, x.Title, old.Outcome(), x.Outcome(), x.Reason, x.Failed()}
	skipped := func(r Rule) bool { return r.Verdict == Skip || r.Verdict == NotRun }
	switch {
	case x.Failed() && !old.Failed():
		d.NewlyFailing = append(d.NewlyFailing, c)
	case x.Verdict == Pass && old.Verdict != Pass:
		d.NewlyPassing = append(d.NewlyPassing, c)
	case skipped(x) && !skipped(old):
		d.NewlySkipped = append(d.NewlySkipped, c)
	case x.Outcome() == "waived" && old.Outcome() != "waived":
		d.NewlyWaived = append(d.NewlyWaived, c)
	}
}

// incomparable tells why two reports may differ for another reason than the target.
func incomparable(a, b *Report) []string {
	var all []string
	note := func(what, before, after string) {
		if before != after {
			all = append(all, fmt.Sprintf("%s: %s before, %s after", what, line(before), line(after)))
		}
	}
	note("suite", a.Suite.Version, b.Suite.Version)
	note("rules", a.Suite.Rules, b.Suite.Rules)
	note("contracts", fmt.Sprint(a.Suite.Hashes), fmt.Sprint(b.Suite.Hashes))
	note("targets", targets(a), targets(b))
	note("selected", a.selection(), b.selection())
	return all
}

// Worse tells whether a gate should stop: something fails that did not fail
// before, or evidence was lost, be it a rule that is no longer judged or a
// documented answer that is no longer seen. A new waiver is somebody's
// decision and does not count.
func (d Difference) Worse() bool {
	return len(d.NewlyFailing)+len(d.NewlySkipped)+len(d.Removed)+len(d.LostCoverage) > 0 ||
		slices.ContainsFunc(d.Added, func(c Change) bool { return c.failed })
}

// Text writes the difference for a person, worst first.
func (d Difference) Text(w io.Writer) error {
	var b bytes.Buffer
	list := func(label string, changes []Change) {
		if len(changes) == 0 {
			return
		}
		fmt.Fprintf(&b, "%s (%d)\n", label, len(changes))
		for _, c := range changes {
			fmt.Fprintf(&b, "  %s (%s) %s: %s\n", line(c.ID), c.Level, line(c.Title), c.path())
		}
	}
	list("newly failing", d.NewlyFailing)
	list("newly skipped", d.NewlySkipped)
	list("removed rules", d.Removed)
	if len(d.LostCoverage) > 0 {
		fmt.Fprintf(&b, "lost coverage (%d)\n", len(d.LostCoverage))
		for _, p := range d.LostCoverage {
			fmt.Fprintf(&b, "  %s %s %d\n", line(p.API), line(p.Operation), p.Status)
		}
	}
	list("newly waived", d.NewlyWaived)
	list("newly passing", d.NewlyPassing)
	list("added rules", d.Added)
	for _, text := range d.Remarks {
		fmt.Fprintf(&b, "note: %s\n", text)
	}
	if d.Worse() {
		b.WriteString("WORSE than before\n")
	} else {
		b.WriteString("not worse than before\n")
	}
	_, err := w.Write(b.Bytes())
	return err
}

// path is the way from the earlier outcome to the later one.
func (c Change) path() string {
	switch {
	case c.Before == "":
		return c.After
	case c.After == "":
		return "was " + c.Before
	}
	text := c.Before + " → " + c.After
	if c.Reason != "" {
		text += ", " + line(c.Reason)
	}
	return text
}
