package main

import (
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/rolecall/rolecall/conformance/report"
)

// progress counts scenarios on a terminal, in place; elsewhere, as in CI, it
// is silent.
func progress(to *os.File, of string) func(done, all int) {
	if !isTerminal(to) || os.Getenv("CI") != "" {
		return nil
	}
	return func(done, all int) {
		fmt.Fprintf(to, "\r%d of %d %s", done, all, of)
		if done == all {
			fmt.Fprint(to, "\r\033[K") // the report follows
		}
	}
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// preflightTable prints what a look at the target found.
func preflightTable(out io.Writer, r *report.Report) error {
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "API\tCHECK\tRESULT\tDETAIL")
	failed := false
	for _, c := range r.Checks {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", c.API, c.What, c.Result, c.Detail)
		failed = failed || c.Result >= report.Fail
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if failed {
		return &exitStatus{code: report.ExitUnreachable}
	}
	return nil
}
