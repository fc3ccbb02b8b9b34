package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/schemas"
)

func reportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Merge and compare reports that verify wrote as JSON",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("there is no command \"report %s\"%s", args[0], schemas.Suggest(args[0], []string{"merge", "diff", "schema"}))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(mergeCommand(), diffCommand(), schemaCommand())
	return cmd
}

func mergeCommand() *cobra.Command {
	var reports []string
	cmd := &cobra.Command{
		Use:   "merge SHARD...",
		Short: "Join the reports of all shards into one report and one verdict",
		Long: `Join the JSON reports of all shards of a run into one report and one verdict.
A missing shard, one that is given twice, and shards of different versions,
rules or targets are refused. The exit status is that of the whole run.`,
		Example: "  rolecall report merge shard-*.json --report json=whole.json --report html=whole.html",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			forms, err := embedded.ReportFiles(reports)
			if err != nil {
				return err
			}
			var shards []*report.Report
			for _, file := range args {
				r, err := readReport(file)
				if err != nil {
					return err
				}
				shards = append(shards, r)
			}
			whole, err := report.Merge(shards)
			if err != nil {
				return err
			}
			if err := embedded.WriteReports(cmd.OutOrStdout(), whole, forms); err != nil {
				return unwritten(whole, err)
			}
			return verdict(whole)
		},
	}
	cmd.Flags().StringArrayVar(&reports, "report", nil, "report to write, as in html=whole.html")
	return cmd
}

func diffCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "diff BEFORE AFTER",
		Short: "Say what a run made better or worse than one before",
		Long: `Compare two JSON reports: rules that newly fail, newly pass or are newly
skipped, rules that came or went, and documented answers that are no longer
seen. Exit status 1 when the second is worse, else 0.`,
		Example: "  rolecall report diff last-week.json today.json",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			before, err := readReport(args[0])
			if err != nil {
				return err
			}
			after, err := readReport(args[1])
			if err != nil {
				return err
			}
			d := report.Diff(before, after)
			if err := d.Text(cmd.OutOrStdout()); err != nil {
				return err
			}
			if d.Worse() {
				return &exitStatus{code: report.ExitNotConformant}
			}
			return nil
		},
	}
}

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of a JSON report",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := cmd.OutOrStdout().Write(report.Schema())
			return err
		},
	}
}

func readReport(file string) (*report.Report, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := report.ReadJSON(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return r, nil
}
