package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// A Group is the rules that share a reason.
type Group struct {
	Reason string
	Rules  []string
}

// Skips groups the skipped rules by their reason, in order of appearance.
func (r *Report) Skips() []Group {
	return r.group(func(x Rule) (string, bool) { return x.Reason, x.Verdict == Skip })
}

// Unrun groups the rules that never had their turn.
func (r *Report) Unrun() []Group {
	return r.group(func(x Rule) (string, bool) { return x.Reason, x.Verdict == NotRun })
}

// Waived lists the failures that a waiver covers, grouped by its reason.
func (r *Report) Waived() []Group {
	return r.group(func(x Rule) (string, bool) { return x.Waived, x.Outcome() == "waived" })
}

func (r *Report) group(of func(Rule) (reason string, ok bool)) []Group {
	var groups []Group
	for _, x := range r.Rules {
		reason, ok := of(x)
		if !ok {
			continue
		}
		if reason == "" {
			reason = "no reason was given"
		}
		i := slices.IndexFunc(groups, func(g Group) bool { return g.Reason == reason })
		if i < 0 {
			i, groups = len(groups), append(groups, Group{Reason: reason})
		}
		groups[i].Rules = append(groups[i].Rules, x.ID)
	}
	return groups
}

// Retries counts the reads that had to be asked again.
func (r *Report) Retries() int {
	n := 0
	for _, x := range r.Rules {
		for _, s := range x.Scenarios {
			n += s.Retries
		}
	}
	return n
}

// remarks are the notes, and that reads were asked again.
func (r *Report) remarks() []string {
	if n := r.Retries(); n > 0 {
		return append(slices.Clone(r.Notes), plural(n, "read")+" asked again after trouble on the way")
	}
	return slices.Clone(r.Notes)
}

func textSkips(b *bytes.Buffer, r *Report) {
	textGroups(b, "SKIPPED", r.Skips())
	textGroups(b, "NOT RUN", r.Unrun())
	textGroups(b, "WAIVED", r.Waived())
}

func textGroups(b *bytes.Buffer, label string, groups []Group) {
	if len(groups) > 0 {
		fmt.Fprintf(b, "\n%s\n", label)
	}
	for _, g := range groups {
		fmt.Fprintf(b, "  %s: %s\n", line(g.Reason), line(strings.Join(g.Rules, ", ")))
	}
}

func textRemarks(b *bytes.Buffer, r *Report) {
	list := func(label string, all []string) {
		if len(all) > 0 {
			fmt.Fprintf(b, "\n%s\n%s\n", label, indent("  ", strings.Join(all, "\n")))
		}
	}
	list("STALE WAIVERS", r.staleLines())
	list("NOTES", lines(r.remarks()))
	list("LEFT BEHIND", r.leftLines())
}

// leftLines names what is still on the target, one record a line.
func (r *Report) leftLines() []string {
	var lines []string
	for _, x := range r.Left {
		text := fmt.Sprintf("%s %s %q", line(x.API), line(x.Kind), x.Name)
		if x.ID != "" {
			text += " id " + line(x.ID)
		}
		if x.Why != "" {
			text += ": " + line(x.Why)
		}
		lines = append(lines, text)
	}
	return lines
}

// staleLines names the waivers that cover nothing, one a line.
func (r *Report) staleLines() []string {
	var lines []string
	for _, x := range r.Stale {
		lines = append(lines, fmt.Sprintf("%s: %s (waived because: %s)", line(x.Rule), line(x.Stale), line(x.Reason)))
	}
	return lines
}
