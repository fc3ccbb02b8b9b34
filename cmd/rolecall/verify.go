package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/features"
	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver"
	"github.com/rolecall/rolecall/schemas"
)

type verifyFlags struct {
	apis, rules, allow []string
	tags               string
	target, ca         string
	urls, reports      []string
	mock, insecure     bool
	strict             bool
	ledger             string
	own, waivers       string
	shard              string
	preflight          bool
	minCoverage        float64
	thorough           bool
	concurrency        int
	editions, defects  []string // of the embedded mock
	fixtures           string
}

func verifyCommand() *cobra.Command {
	var f verifyFlags
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
  2 wrong usage           5 something was left behind on the target`,
		Example: `  rolecall verify
  rolecall verify --api rapid7 --tags '@roles and not @observed'
  rolecall verify --rule R7-ROLE-02 --defect r7-built-in-deleted   # see it fail
  rolecall verify --target target.yaml --allow writes --report junit=report.xml
  rolecall verify --target target.yaml --preflight
  rolecall verify --features ./our-features
  rolecall verify --url rapid7=https://localhost:3780/api/3 --mock --insecure`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return verify(cmd.Context(), cmd.OutOrStdout(), f)
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&f.apis, "api", nil, "APIs to hold the target to; all that it has unless given")
	flags.StringSliceVar(&f.rules, "rule", nil, "ids of rules to run")
	flags.StringVar(&f.tags, "tags", "", "tag expression of scenarios to run, as in '@must and not @disruptive'")
	flags.StringVar(&f.target, "target", "", "target file")
	flags.StringArrayVar(&f.urls, "url", nil, "base URL of an API, as in rapid7=https://localhost:3780/api/3")
	flags.BoolVar(&f.mock, "mock", false, "the --url is our mock: use its sandboxes, accounts and control plane")
	flags.StringVar(&f.ca, "ca", "", "PEM file of the authority to trust, with --url")
	flags.BoolVar(&f.insecure, "insecure", false, "take any TLS certificate, with --url")
	flags.StringSliceVar(&f.allow, "allow", nil, "what the run may do to a real target: writes, disruptive")
	flags.BoolVar(&f.strict, "strict", false, "let failed @should rules decide, too")
	flags.StringArrayVar(&f.reports, "report", nil, "report to write, as in junit=report.xml; formats: "+fmt.Sprint(report.Formats()))
	flags.StringVar(&f.ledger, "ledger", ".rolecall/ledger.jsonl", "file that names what the run creates on a real target")
	flags.StringVar(&f.own, "features", "", "folder with feature files of your own to run instead of the built-in ones")
	flags.StringVar(&f.waivers, "waivers", "", "YAML file of known failures: rule, reason, expires")
	flags.StringVar(&f.shard, "shard", "", "part of the rules to run, as in 2/5; \"rolecall report merge\" joins the reports")
	flags.BoolVar(&f.preflight, "preflight", false, "only look whether the target is fit for a run")
	flags.Float64Var(&f.minCoverage, "min-coverage", 0, "percent of the documented answers that can be provoked that must be seen, else exit status 1")
	flags.BoolVar(&f.thorough, "thorough", false, "look at every view around each change of a real target; unless given, at most two requests for each of the scenarios'")
	flags.IntVar(&f.concurrency, "concurrency", 0, "scenarios at a time; 8 on a mock and 1 elsewhere unless given")
	flags.StringArrayVar(&f.editions, "edition", nil, "edition of the embedded mock, as in rapid7=console-6.6")
	flags.StringSliceVar(&f.defects, "defect", nil, "defects to switch on in the embedded mock")
	flags.StringVar(&f.fixtures, "fixtures", "", "folder whose files replace the embedded mock's fixtures")
	return cmd
}

func verify(ctx context.Context, out io.Writer, f verifyFlags) error {
	options, reports, err := f.options()
	if err != nil {
		return err
	}
	catalogue, err := f.catalogue()
	if err != nil {
		return err
	}
	target, stop, err := f.open(catalogue, &options)
	if err != nil {
		return err
	}
	defer stop()
	if options.Waivers, err = f.allWaivers(catalogue, target, len(f.urls) == 0 && f.target == ""); err != nil {
		return err
	}
	options.Progress = progress(os.Stderr, "scenarios")
	r, err := catalogue.Run(ctx, target, options)
	if err != nil {
		return err
	}
	if err := options.Ledger.Close(); err != nil {
		return err
	}
	return f.conclude(out, r, reports)
}

// catalogue is the built-in rules, or a team's own.
func (f *verifyFlags) catalogue() (*conformance.Catalogue, error) {
	catalogue, err := features.Catalogue()
	if err != nil || f.own == "" {
		return catalogue, err
	}
	if info, err := os.Stat(f.own); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("--features %s is no folder", f.own)
	}
	return catalogue.WithOwn(os.DirFS(f.own), f.own)
}

// allWaivers are those of --waivers and, of the embedded mock, those that ship
// with its edition.
func (f *verifyFlags) allWaivers(c *conformance.Catalogue, target *conformance.Target, embedded bool) (all []conformance.Waiver, err error) {
	if f.waivers != "" {
		if all, err = conformance.LoadWaivers(f.waivers); err != nil {
			return nil, err
		}
	}
	for _, api := range c.APIs {
		e := target.Endpoints[api.Name]
		if !embedded || e == nil {
			continue
		}
		dir, err := fixtures.FS(api.Name)
		if err != nil {
			return nil, err
		}
		shipped, err := conformance.WaiversIn(dir, "editions/"+e.Edition+".waivers.yaml")
		if err != nil {
			return nil, err
		}
		all = append(all, shipped...)
	}
	return all, nil
}

// options checks everything that can be wrong before anything is started.
func (f *verifyFlags) options() (o conformance.Options, reports map[string]string, err error) {
	o = conformance.Options{
		Selection: conformance.Selection{APIs: f.apis, Rules: f.rules, Tags: f.tags},
		Strict:    f.strict, Concurrency: f.concurrency, Version: version(),
	}
	o.Preflight, o.MinCoverage, o.Thorough = f.preflight, f.minCoverage, f.thorough
	if o.Selection.Shard, err = conformance.ParseShard(f.shard); err != nil {
		return o, nil, err
	}
	if f.minCoverage < 0 || f.minCoverage > 100 {
		return o, nil, fmt.Errorf("--min-coverage is %g; write a percentage from 0 to 100", f.minCoverage)
	}
	for _, what := range f.allow {
		switch what {
		case "writes":
			o.Selection.Allow.Writes = true
		case "disruptive":
			o.Selection.Allow.Disruptive = true
		default:
			return o, nil, fmt.Errorf("--allow takes writes and disruptive, not %q%s", what, schemas.Suggest(what, []string{"writes", "disruptive"}))
		}
	}
	if f.target != "" && len(f.urls) > 0 {
		return o, nil, fmt.Errorf("--target and --url both name the target; give one")
	}
	if (f.target != "" || len(f.urls) > 0) && (len(f.editions) > 0 || len(f.defects) > 0 || f.fixtures != "") {
		return o, nil, fmt.Errorf("--edition, --defect and --fixtures are for the embedded mock, not for a target")
	}
	if len(f.urls) == 0 && (f.mock || f.insecure || f.ca != "") {
		return o, nil, fmt.Errorf("--mock, --insecure and --ca go with --url; a target file says the same under mock and tls")
	}
	reports, err = reportFiles(f.reports)
	return o, reports, err
}

// open makes the target: from a file, from URLs, or the embedded mock.
func (f *verifyFlags) open(c *conformance.Catalogue, o *conformance.Options) (*conformance.Target, func(), error) {
	var target *conformance.Target
	var err error
	switch {
	case f.target != "":
		target, err = c.LoadTarget(f.target)
	case len(f.urls) > 0:
		var urls map[string]string
		if urls, err = pairs("url", f.urls); err == nil {
			target, err = c.TargetOf(urls, f.mock, f.ca, f.insecure)
		}
	default:
		return f.embed(c)
	}
	if err != nil {
		return nil, nil, err
	}
	for _, e := range target.Endpoints {
		if !e.Mock && o.Selection.Allow.Writes && o.Ledger == nil {
			if o.Ledger, err = openLedger(f.ledger); err != nil {
				return nil, nil, err
			}
		}
	}
	return target, func() {}, nil
}

func (f *verifyFlags) embed(c *conformance.Catalogue) (*conformance.Target, func(), error) {
	editions, err := pairs("edition", f.editions)
	if err != nil {
		return nil, nil, err
	}
	own, err := fixturesFrom(f.fixtures)
	if err != nil {
		return nil, nil, err
	}
	quiet()
	return embedded.Start(c, mockserver.Options{APIs: f.apis, Editions: editions, Defects: f.defects, Fixtures: own})
}
