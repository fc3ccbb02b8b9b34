package main

import (
	"github.com/spf13/cobra"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/features"
	"github.com/rolecall/rolecall/mockserver"
)

func auditCommand() *cobra.Command {
	var apis []string
	var all bool
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Hold the suite to the mock's defects: the kill matrix",
		Long: `Start the mock with one defect after the other and see whether the suite
notices. The audit fails when a rule fails without any defect, when a rule has
no defect, when a defect survives its own rule, when a rule notices its defect
without its Then steps, and when the canary lives. Exit status 1 then, else 0.`,
		Example: "  rolecall audit\n  rolecall audit --api rapid7 --all   # which other rules notice",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := knownAPIs(apis); err != nil {
				return err
			}
			catalogue, err := features.Catalogue()
			if err != nil {
				return err
			}
			mutants, err := embedded.Defects()
			if err != nil {
				return err
			}
			quiet()
			start := func(api string, on ...string) (*conformance.Target, func(), error) {
				return embedded.Start(catalogue, mockserver.Options{APIs: []string{api}, Defects: on})
			}
			audit, err := catalogue.Audit(cmd.Context(), mutants, start, conformance.AuditOptions{APIs: apis, All: all})
			if err != nil {
				return err
			}
			if err := audit.WriteText(cmd.OutOrStdout()); err != nil {
				return err
			}
			if len(audit.Faults) > 0 {
				return &exitStatus{code: report.ExitNotConformant}
			}
			return nil
		},
	}
	cmd.Flags().StringSliceVar(&apis, "api", nil, "APIs to audit")
	cmd.Flags().BoolVar(&all, "all", false, "run every rule against every defect, to see which others notice")
	return cmd
}
