package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// Text writes the report for a person at a terminal or in the log of a CI
// job: plain text without colours. The verdict is the last line, where a
// terminal stops scrolling; what leads to it stands above.
func Text(w io.Writer, r *Report) error {
	var b bytes.Buffer
	textHeader(&b, r)
	textCounts(&b, r)
	for _, x := range r.Rules {
		if x.Failed() {
			textFailure(&b, x)
		}
	}
	textSkips(&b, r)
	textRemarks(&b, r)
	fmt.Fprintf(&b, "\n%s: %s\n", r.Headline(), r.Because())
	fmt.Fprintf(&b, "exit status %d: %s\n", r.ExitStatus(), r.ExitMeaning())
	_, err := w.Write(b.Bytes())
	return err
}

func textHeader(b *bytes.Buffer, r *Report) {
	fmt.Fprintf(b, "rolecall %s, run %s, %s, took %s\n", line(r.Suite.Version), line(r.Run),
		r.Started.UTC().Format("2006-01-02 15:04:05 MST"), spell(r.Took))
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	for _, x := range r.Targets {
		fmt.Fprintf(t, "target\t%s\t%s\t%s\n", line(x.API), line(x.URL), x.kind())
	}
	for _, c := range r.Checks {
		if c.Result != Pass {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", c.Result, line(c.API), line(c.What), line(c.Detail))
		}
	}
	t.Flush()
	fmt.Fprintf(b, "selected  %s\n", r.selection())
}

// kind says in words what sort of target it is.
func (t Target) kind() string {
	words := []string{"real target"}
	if t.Mock {
		words[0] = "mock"
	}
	if t.Edition != "" {
		words = append(words, "edition "+line(t.Edition))
	}
	return strings.Join(words, ", ")
}

// selection says in words what was asked for.
func (r *Report) selection() string {
	s, what := r.Selected, "every rule"
	list := func(values []string) string { return line(strings.Join(values, ", ")) }
	switch {
	case len(s.Rules) > 0 && s.Tags != "":
		what = fmt.Sprintf("rules %s tagged %s", list(s.Rules), line(s.Tags))
	case len(s.Rules) > 0:
		what = "rules " + list(s.Rules)
	case s.Tags != "":
		what = "rules tagged " + line(s.Tags)
	}
	if len(s.APIs) > 0 {
		what += " of " + list(s.APIs)
	}
	if s.Shard != "" {
		what += ", shard " + line(s.Shard)
	}
	if len(s.Allow) > 0 {
		what += "; allowed: " + list(s.Allow)
	}
	if r.Strict {
		what += "; strict"
	}
	return what
}

func textCounts(b *bytes.Buffer, r *Report) {
	b.WriteString("\n")
	t := tabwriter.NewWriter(b, 6, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "%s\t\n", strings.ToUpper(strings.Join(append([]string{"rules", ""}, Outcomes...), "\t")))
	for _, api := range r.APIs() {
		for _, level := range Levels {
			counts := r.Tally(api, level)
			if counts.total() == 0 {
				continue
			}
			fmt.Fprintf(t, "%s\t%s\t", line(api), level)
			for _, outcome := range Outcomes {
				fmt.Fprintf(t, "%s\t", dash(counts[outcome]))
			}
			fmt.Fprintln(t)
		}
	}
	t.Flush()
	for _, api := range r.APIs() {
		if e := r.Extent(api); e.Documented > 0 {
			fmt.Fprintf(b, "coverage  %s: %s\n", line(api), e)
		}
	}
}

// spell is a time span to read.
func spell(d Duration) string { return time.Duration(d).Round(time.Millisecond).String() }

// dash shows a count so that zeros do not catch the eye.
func dash(n int) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

// Account is what Text says of a rule that failed.
func Account(x Rule) string {
	var b bytes.Buffer
	textFailure(&b, x)
	return b.String()
}

func textFailure(b *bytes.Buffer, x Rule) {
	fmt.Fprintf(b, "\n%s  %s  (%s)  %s\n", strings.ToUpper(x.Verdict.String()), line(x.ID), x.Level, line(x.Title))
	fmt.Fprintf(b, "  source: %s\n", line(x.Source))
	for i, t := range failures(x) {
		switch {
		case t.Own:
			fmt.Fprintf(b, "  reason: %s\n", line(t.Reason))
		case i < shownFailures:
			fmt.Fprintf(b, "  %s  %s\n%s\n", x.at(t), line(t.Name), indent("    ", t.account()))
		case i < namedFailures:
			fmt.Fprintf(b, "  %s  %s: %s\n", x.at(t), line(t.Name), clip(line(t.Reason), shownReason))
		case i == namedFailures:
			fmt.Fprintf(b, "  and %s more, in the report as JSON\n", plural(len(failures(x))-i, "reason"))
		}
		if i < namedFailures && len(t.Alike) > 0 {
			fmt.Fprintf(b, "    likewise %s\n", x.alike(t))
		}
	}
}

// alike names trials that failed as another did.
func (r Rule) alike(t trial) string {
	var names []string
	for _, other := range t.Alike[:min(len(t.Alike), namedFailures)] {
		names = append(names, fmt.Sprintf("%s (%d)", line(other.Name), other.Line))
	}
	if more := len(t.Alike) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, "; ")
}

// at is where a trial of the rule is; of an invariant, that it is one's cause.
func (r Rule) at(t trial) string {
	if r.Invariant() && !t.Own {
		return "cause"
	}
	return at(r.File, t.Line)
}

// at is a place in a file in the form that editors and terminals can open.
func at(file string, number int) string {
	if file == "" {
		return "(no feature)"
	}
	return fmt.Sprintf("%s:%d", line(file), number)
}
