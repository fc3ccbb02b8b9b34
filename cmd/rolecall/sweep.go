package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/features"
)

func sweepCommand() *cobra.Command {
	var ledger, file string
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "sweep",
		Short: "Delete what an interrupted run left on a target",
		Long: `Delete from a target what the ledger says was created there and not deleted,
the newest first. Nothing that is not in the ledger is touched. What cannot be
deleted stays in the ledger and is listed; exit status 5 then.`,
		Example: "  rolecall sweep --ledger .rolecall/ledger.jsonl --target target.yaml --dry-run",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			catalogue, err := features.Catalogue()
			if err != nil {
				return err
			}
			open, err := world.ReadLedger(ledger)
			if err != nil {
				return err
			}
			if dryRun || len(open) == 0 {
				for _, r := range open {
					fmt.Fprintf(cmd.OutOrStdout(), "would delete %s %s %q %s\n", r.API, r.Kind, r.Name, r.ID)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%d records are open in %s\n", len(open), ledger)
				return nil
			}
			if file == "" {
				return fmt.Errorf("name the target that the run was against with --target")
			}
			t, err := target.Load(file, catalogue.Targets())
			if err != nil {
				return err
			}
			book, err := world.OpenLedger(ledger)
			if err != nil {
				return err
			}
			defer book.Close()
			left := world.Sweep(cmd.Context(), catalogue.APIs, t, book, open)
			for _, r := range left {
				fmt.Fprintf(cmd.OutOrStdout(), "left behind: %s %s %q %s: %s\n", r.API, r.Kind, r.Name, r.ID, r.Why)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d of %d records deleted\n", len(open)-len(left), len(open))
			if len(left) > 0 {
				return &exitStatus{code: report.ExitLeftBehind}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&ledger, "ledger", ".rolecall/ledger.jsonl", "the ledger of the run")
	cmd.Flags().StringVar(&file, "target", "", "target file that the run was made with")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "only list what would be deleted")
	return cmd
}
