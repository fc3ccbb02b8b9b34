package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/audit"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/features"
	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver"
	"github.com/rolecall/rolecall/schemas"
)

// auditParts are the questions that an audit asks, in their order.
var auditParts = []string{"defects", "nothing", "editions", "scenarios", "mutants"}

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

The last two are asked with --part only. Exit status 0 when all is as it should be or as audit.yaml says, else 1.`,
		Example: "  rolecall audit\n  rolecall audit --api rapid7 --part defects --all   # which other rules notice",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := knownAPIs(apis); err != nil {
				return err
			}
			for _, part := range parts {
				if !slices.Contains(auditParts, part) {
					return fmt.Errorf("--part takes %s, not %q%s", strings.Join(auditParts, ", "), part, schemas.Suggest(part, auditParts))
				}
			}
			catalogue, err := features.Catalogue()
			if err != nil {
				return err
			}
			// A defect that is on makes the mock complain of itself.
			slog.SetDefault(slog.New(slog.DiscardHandler))
			a := auditor{catalogue: catalogue, out: cmd.OutOrStdout(), all: all}
			return a.run(cmd.Context(), apis, parts)
		},
	}
	cmd.Flags().StringSliceVar(&apis, "api", nil, "APIs to audit")
	cmd.Flags().StringSliceVar(&parts, "part", auditParts[:3], "questions to ask, of "+strings.Join(auditParts, ", ")+"; the last two take minutes")
	cmd.Flags().BoolVar(&all, "all", false, "run every rule against every defect, to see which others notice")
	return cmd
}

// auditor makes one audit and prints it.
type auditor struct {
	catalogue *conformance.Catalogue
	out       io.Writer
	all       bool
	faults    []string
}

func (a *auditor) run(ctx context.Context, apis, parts []string) error {
	for _, part := range auditParts {
		if len(parts) > 0 && !slices.Contains(parts, part) {
			continue
		}
		for _, api := range a.catalogue.APIs {
			if len(apis) > 0 && !slices.Contains(apis, api.Name) {
				continue
			}
			if err := a.ask(ctx, part, api); err != nil {
				return err
			}
		}
	}
	for _, fault := range a.faults {
		fmt.Fprintln(a.out, "FAULT", fault)
	}
	if len(a.faults) > 0 {
		fmt.Fprintf(a.out, "The suite does not pass its audit: %d faults.\n", len(a.faults))
		return &exitStatus{code: report.ExitNotConformant}
	}
	fmt.Fprintln(a.out, "The suite passes its audit.")
	return nil
}

func (a *auditor) ask(ctx context.Context, part string, api *conformance.API) error {
	accepted, err := features.Accepted(api.Name)
	if err != nil {
		return err
	}
	switch part {
	case "defects":
		return a.defects(ctx, api)
	case "nothing":
		faults, err := audit.TrueOfNothing(ctx, api)
		a.tell("%s: no rule that claims something passes on a server that keeps nothing", api, faults)
		return err
	case "editions":
		return a.editions(ctx, api, accepted)
	case "scenarios":
		return a.scenarios(ctx, api)
	}
	return a.mutants(ctx, api, accepted)
}

// tell prints what holds, unless there are faults.
func (a *auditor) tell(holds string, api *conformance.API, faults []string) {
	a.faults = append(a.faults, faults...)
	if len(faults) == 0 {
		fmt.Fprintf(a.out, holds+"\n", api.Name)
	}
}

func (a *auditor) defects(ctx context.Context, api *conformance.API) error {
	defects, err := embedded.Defects()
	if err != nil {
		return err
	}
	start := func(name string, on ...string) (*conformance.Target, func(), error) {
		return embedded.Start(a.catalogue, mockserver.Options{APIs: []string{name}, Defects: on})
	}
	found, err := a.catalogue.Audit(ctx, defects, start, conformance.AuditOptions{APIs: []string{api.Name}, All: a.all})
	if err != nil {
		return err
	}
	a.faults = append(a.faults, found.Faults...)
	return found.WriteText(a.out)
}

// editions holds must rules to the editions that decide silent points the other
// way.
func (a *auditor) editions(ctx context.Context, api *conformance.API, accepted *audit.Accepted) error {
	dir, err := fixtures.FS(api.Name)
	if err != nil {
		return err
	}
	for _, edition := range fixtures.Editions(dir) {
		if !strings.HasPrefix(edition, "contrary") {
			continue
		}
		target, stop, err := embedded.Start(a.catalogue, mockserver.Options{APIs: []string{api.Name}, Editions: map[string]string{api.Name: edition}})
		if err != nil {
			return err
		}
		faults, err := audit.Unfair(ctx, a.catalogue, target, api, edition, accepted)
		stop()
		if err != nil {
			return err
		}
		a.tell("%s: every must rule passes on edition "+edition, api, faults)
	}
	return nil
}

func (a *auditor) scenarios(ctx context.Context, api *conformance.API) error {
	defects, err := embedded.Defects()
	if err != nil {
		return err
	}
	lab, stop, err := embedded.Lab(a.catalogue, api.Name)
	if err != nil {
		return err
	}
	defer stop()
	idle, err := audit.Idle(ctx, a.catalogue, api, lab, defects, auditParallel)
	for i := range idle {
		idle[i] = "a scenario that catches nothing: " + idle[i]
	}
	a.tell("%s: every scenario catches something", api, idle)
	return err
}

// auditParallel is how many wrong servers are tried at a time.
const auditParallel = 4

func (a *auditor) mutants(ctx context.Context, api *conformance.API, accepted *audit.Accepted) error {
	lab, stop, err := embedded.Lab(a.catalogue, api.Name)
	if err != nil {
		return err
	}
	defer stop()
	fates, err := audit.Breed(ctx, a.catalogue, api, lab, auditParallel, progress(os.Stderr, "mutants of "+api.Name))
	if err != nil {
		return err
	}
	a.faults = append(a.faults, accepted.Compare(api.Name, fates)...)
	return audit.WriteFates(a.out, api.Name, fates)
}
