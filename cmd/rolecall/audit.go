package main

import (
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/features"
	"github.com/rolecall/rolecall/schemas"
)

func auditCommand() *cobra.Command {
	var apis, parts []string
	var all bool
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Hold the suite to servers that are wrong on purpose, and to others that are right",
		Long: `Who tests the tester? The audit asks, of each API:

  defects    does every rule catch its own defects, and only by its Then steps?
  nothing    does any rule pass on a server that keeps nothing?
  editions   does any must rule fail on a server that keeps the document, and
             decides whatever it leaves open in another way?
  scenarios  does every scenario catch something?
  mutants    of some thousand breaches made from the contract, which does no
             rule notice? Those that live are listed with their reasons in
             features/<api>/audit.yaml.

Exit status 0 when all is as it should be or as audit.yaml says, else 1.`,
		Example: "  rolecall audit\n  rolecall audit --api rapid7 --part defects --all   # which other rules notice",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := knownAPIs(apis); err != nil {
				return err
			}
			for _, part := range parts {
				if !slices.Contains(embedded.AuditParts, part) {
					return fmt.Errorf("--part takes %s, not %q%s", strings.Join(embedded.AuditParts, ", "), part, schemas.Suggest(part, embedded.AuditParts))
				}
			}
			// A defect that is on makes the mock complain of itself.
			slog.SetDefault(slog.New(slog.DiscardHandler))
			return runAudit(cmd, apis, parts, all)
		},
	}
	cmd.Flags().StringSliceVar(&apis, "api", nil, "APIs to audit")
	cmd.Flags().StringSliceVar(&parts, "part", embedded.AuditParts, "questions to ask, of "+strings.Join(embedded.AuditParts, ", "))
	cmd.Flags().BoolVar(&all, "all", false, "run every rule against every defect, to see which others notice")
	return cmd
}

func runAudit(cmd *cobra.Command, apis, parts []string, all bool) error {
	catalogue, err := features.Catalogue()
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	a := &embedded.Auditor{
		Catalogue: catalogue, Out: out, All: all, Accepted: features.Accepted,
		Progress: func(of string) func(done, all int) { return progress(os.Stderr, of) },
	}
	defer a.Close()
	var faults []string
	for _, part := range embedded.AuditParts {
		for _, api := range catalogue.APIs {
			if !slices.Contains(parts, part) || len(apis) > 0 && !slices.Contains(apis, api.Name) {
				continue
			}
			found, err := a.Ask(cmd.Context(), part, api)
			if err != nil {
				return err
			}
			faults = append(faults, found...)
		}
	}
	for _, fault := range faults {
		fmt.Fprintln(out, "FAULT", fault)
	}
	if len(faults) > 0 {
		fmt.Fprintf(out, "The suite does not pass its audit: %d faults.\n", len(faults))
		return &exitStatus{code: report.ExitNotConformant}
	}
	fmt.Fprintln(out, "The suite passes its audit.")
	return nil
}
