package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/conformance/report"
)

func verifyCommand() *cobra.Command {
	v := embedded.Verification{}
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Hold a server to the rules",
		Long: `Hold a server to the rules and report. Without --target or --url that is the
mock, started inside this process.

Of a real target only rules tagged @safe run, which only read, unless
--allow writes is given. Failed @must rules decide; --strict adds @should.

Four invariants an API, <ID>-CONTRACT, -FRAME, -VIEWS and -SECRETS (R7-VIEWS),
are judged over whatever runs; -CONTRACT-SILENT is what the documents leave
open, and decides with --strict only. With --rule and the id of an invariant,
every scenario of its API runs and the invariants named are judged; with other
ids the invariants go along. A run that only reads judges the contract and the
secrets: frame and views are of changes.

Exit statuses:
  0 conformant            3 target unreachable, or it refused the credentials
  1 not conformant        4 nothing was selected, or nothing could be judged
  2 wrong usage           5 something was left behind on the target
  6 interrupted           7 conformant, but a report could not be written
Where several apply, the first of 2, 5, 6, 3, 1, 4, 7.`,
		Example: `  rolecall verify
  rolecall verify --api rapid7 --tags '@roles and not @observed'
  rolecall verify --rule R7-ROLE-02 --defect r7-built-in-deleted   # see it fail
  rolecall verify --target target.yaml --allow writes --report junit=report.xml
  rolecall verify --target target.yaml --preflight
  rolecall verify --features ./our-features
  rolecall verify --url rapid7=https://localhost:3780/api/3 --mock --insecure`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v.Version, v.Progress = version(), progress(os.Stderr, "scenarios")
			told := context.AfterFunc(cmd.Context(), func() {
				fmt.Fprintf(cmd.ErrOrStderr(), "rolecall: interrupted, cleaning up; a second signal ends at once, and %s says what is left then\n", v.Ledger)
			})
			defer told()
			r, err := v.Run(cmd.Context(), cmd.OutOrStdout())
			switch {
			case err != nil && r != nil:
				return unwritten(r, err)
			case err != nil:
				return err
			case v.Preflight:
				return preflightTable(cmd.OutOrStdout(), r)
			}
			return verdict(r)
		},
	}
	v.Flags(cmd.Flags())
	return cmd
}

// unwritten tells which reports could not be written. They never hide a verdict.
func unwritten(r *report.Report, err error) error {
	status := r.ExitStatus()
	if status == report.ExitConformant {
		status = report.ExitUnwritten
	}
	return &exitStatus{code: status, err: err}
}

// verdict is the error that makes a report's verdict the exit status.
func verdict(r *report.Report) error {
	if status := r.ExitStatus(); status != report.ExitConformant {
		return &exitStatus{code: status}
	}
	return nil
}
