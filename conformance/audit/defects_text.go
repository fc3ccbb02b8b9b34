package audit

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// WriteText prints the kill matrix: a line a defect with its rule, how many of
// the rule's scenarios caught it, and who else did; then the verdict.
func (m *Matrix) WriteText(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "DEFECT\tRULE\tVERDICT\tSCENARIOS\tWITHOUT THEN\tNOTICED BY")
	killed := 0
	for _, k := range m.Kills {
		verdict, bare := "survived", "lives"
		if k.Killed() {
			verdict = "killed"
			killed++
		}
		if k.Bare.String() != "pass" {
			bare = k.Bare.String()
		}
		others := slices.DeleteFunc(slices.Clone(k.By), func(id string) bool { return id == k.Breaks })
		fmt.Fprintf(table, "%s\t%s\t%s\t%d of %d\t%s\t%s\n", k.ID, k.Breaks, verdict, k.Failed, k.Tried, bare, summary(k.Breaks, others))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%d of %d defects killed by their own rule\n", killed, len(m.Kills))
	for _, f := range m.Faults {
		fmt.Fprintln(w, "FAULT", f)
	}
	if len(m.Faults) > 0 {
		_, err := fmt.Fprintf(w, "The suite does not pass its audit: %d faults.\n", len(m.Faults))
		return err
	}
	_, err := fmt.Fprintln(w, "The suite passes its audit: baseline green, canaries dead, every rule catches its defects and only by its Then steps.")
	return err
}

// summary names the rule and at most a few others.
func summary(own string, others []string) string {
	switch {
	case len(others) == 0:
		return own
	case len(others) <= 3:
		return own + ", " + strings.Join(others, ", ")
	}
	return fmt.Sprintf("%s, %s and %d more", own, strings.Join(others[:2], ", "), len(others)-2)
}
