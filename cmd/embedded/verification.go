package embedded

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/features"
	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver"
	"github.com/rolecall/rolecall/schemas"
)

// A Verification is what "rolecall verify" and "go test ./features" are asked
// for. The zero value is every rule against the mock, started in this process.
type Verification struct {
	run.Options        // without what is read from the fields below
	Ledger      string // file that names what the run creates on a real target

	target, ca, own, waivers, shard string
	urls, allow                     []string
	mock, insecure                  bool
	editions, defects               []string // of the mock started here
	fixtures                        string
	reports                         []string
	maxSkipped                      int
}

// mostAtOnce is how many scenarios may be asked to run at one time.
const mostAtOnce = 256

// Flags defines a flag for each thing that can be asked for.
func (v *Verification) Flags(f *pflag.FlagSet) {
	f.StringSliceVar(&v.Selection.APIs, "api", nil, "APIs to hold the target to; all that it has unless given")
	f.StringSliceVar(&v.Selection.Rules, "rule", nil, "ids of rules to run")
	f.StringVar(&v.Selection.Tags, "tags", "", "tag expression of scenarios to run, as in '@must and not @disruptive'")
	f.StringVar(&v.target, "target", "", "target file")
	f.StringSliceVar(&v.urls, "url", nil, "base URL of an API, as in rapid7=https://localhost:3780/api/3")
	f.BoolVar(&v.mock, "mock", false, "the --url is our mock: use its sandboxes, accounts and control plane")
	f.StringVar(&v.ca, "ca", "", "PEM file of the authority to trust, with --url")
	f.BoolVar(&v.insecure, "insecure", false, "take any TLS certificate, with --url")
	f.StringSliceVar(&v.allow, "allow", nil, "what the run may do to a real target: writes, disruptive")
	f.BoolVar(&v.Strict, "strict", false, "let failed @should rules decide, too")
	f.StringArrayVar(&v.reports, "report", nil, "report to write, as in junit=report.xml; formats: "+fmt.Sprint(report.Formats()))
	f.StringVar(&v.Ledger, "ledger", ".rolecall/ledger.jsonl", "file that names what the run creates on a real target")
	f.StringVar(&v.own, "features", "", "folder with feature files of your own to run instead of the built-in ones")
	f.StringVar(&v.waivers, "waivers", "", "YAML file of known failures: rule, reason, expires")
	f.StringVar(&v.shard, "shard", "", "part of the rules to run, as in 2/5; \"rolecall report merge\" joins the reports")
	f.BoolVar(&v.Preflight, "preflight", false, "only look whether the target is fit for a run")
	f.IntVar(&v.maxSkipped, "max-skipped", -1, "rules that may be skipped, else exit status 1; -1 for any")
	f.StringSliceVar(&v.Required, "require", nil, "ids of rules that must pass, whatever their level, else exit status 1")
	f.Float64Var(&v.MinCoverage, "min-coverage", 0, "percent of the documented answers that can be provoked that must be seen, else exit status 1")
	f.Float64Var(&v.MaxRetries, "max-retries", 1, "percent of the requests that may be reads which are sent again after trouble on the way; never the first read after a change")
	f.BoolVar(&v.Thorough, "thorough", false, "look at every view around each change of a real target; unless given, at most two requests for each of the scenarios'")
	f.IntVar(&v.Concurrency, "concurrency", 0, "scenarios at a time; 8 on a mock, each in a sandbox of its own, and 1 elsewhere unless given. Of a real target they share the records: those tagged @alone run while no other does, and what is not the scenario's own is read until two readings agree")
	f.StringSliceVar(&v.editions, "edition", nil, "edition of the embedded mock, as in rapid7=console-6.6")
	f.StringSliceVar(&v.defects, "defect", nil, "defects to switch on in the embedded mock")
	f.StringVar(&v.fixtures, "fixtures", "", "folder whose files replace the embedded mock's fixtures")
}

// Run holds the target to the rules and writes the reports, those for people to
// out. An error is wrong usage or configuration; what the run found is in the
// report that it returns.
func (v *Verification) Run(ctx context.Context, out io.Writer) (*report.Report, error) {
	files, err := ReportFiles(v.reports)
	if err != nil {
		return nil, err
	}
	o, err := v.read()
	if err != nil {
		return nil, err
	}
	catalogue, err := v.catalogue()
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, rule := range catalogue.Rules {
		ids = append(ids, rule.ID)
	}
	for _, id := range v.Required {
		if !slices.Contains(ids, id) {
			return nil, fmt.Errorf("--require: there is no rule %q%s (\"rolecall rules\" lists them)", id, schemas.Suggest(id, ids))
		}
	}
	target, stop, err := v.open(catalogue)
	if err != nil {
		return nil, err
	}
	defer stop()
	if o.Waivers, err = v.allWaivers(catalogue, target); err != nil {
		return nil, err
	}
	for _, e := range target.Endpoints {
		if !e.Mock && o.Selection.Allow.Writes && o.Ledger == nil {
			if o.Ledger, err = openLedger(v.Ledger); err != nil {
				return nil, err
			}
			defer o.Ledger.Close() // every line of it was written at once
		}
	}
	r, err := catalogue.Run(ctx, target, o)
	if err != nil || o.Preflight {
		return r, err
	}
	return r, WriteReports(out, r, files)
}

// read checks everything that can be wrong before anything is started.
func (v *Verification) read() (o run.Options, err error) {
	o = v.Options
	if o.Selection.Shard, err = rules.ParseShard(v.shard); err != nil {
		return o, err
	}
	switch {
	case v.maxSkipped >= 0:
		o.MaxSkipped = &v.maxSkipped
	case v.maxSkipped < -1:
		return o, fmt.Errorf("--max-skipped is %d; write how many rules may be skipped, or -1 for any", v.maxSkipped)
	}
	if o.Concurrency < 0 || o.Concurrency > mostAtOnce {
		return o, fmt.Errorf("--concurrency is %d; write how many scenarios may run at one time, up to %d", o.Concurrency, mostAtOnce)
	}
	if !(o.MaxRetries >= 0 && o.MaxRetries <= 100) {
		return o, fmt.Errorf("--max-retries is %g; write a percentage from 0 to 100", o.MaxRetries)
	}
	if !(o.MinCoverage >= 0 && o.MinCoverage <= 100) {
		return o, fmt.Errorf("--min-coverage is %g; write a percentage from 0 to 100", o.MinCoverage)
	}
	for _, what := range v.allow {
		switch what {
		case "writes":
			o.Selection.Allow.Writes = true
		case "disruptive":
			o.Selection.Allow.Disruptive = true
		default:
			return o, fmt.Errorf("--allow takes writes and disruptive, not %q%s", what, schemas.Suggest(what, []string{"writes", "disruptive"}))
		}
	}
	switch {
	case v.target != "" && len(v.urls) > 0:
		return o, fmt.Errorf("--target and --url both name the target; give one")
	case !v.embeds() && (len(v.editions) > 0 || len(v.defects) > 0 || v.fixtures != ""):
		return o, fmt.Errorf("--edition, --defect and --fixtures are for the embedded mock, not for a target")
	case len(v.urls) == 0 && (v.mock || v.insecure || v.ca != ""):
		return o, fmt.Errorf("--mock, --insecure and --ca go with --url; a target file says the same under mock and tls")
	}
	return o, nil
}

// embeds tells whether the target is the mock, started in this process.
func (v *Verification) embeds() bool { return v.target == "" && len(v.urls) == 0 }

// catalogue is the built-in rules, or a team's own.
func (v *Verification) catalogue() (*run.Catalogue, error) {
	catalogue, err := features.Catalogue()
	if err != nil || v.own == "" {
		return catalogue, err
	}
	if info, err := os.Stat(v.own); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("--features %s is no folder", v.own)
	}
	return catalogue.WithOwn(os.DirFS(v.own), v.own)
}

// open makes the target: from a file, from URLs, or the embedded mock.
func (v *Verification) open(c *run.Catalogue) (t *target.Target, stop func(), err error) {
	switch {
	case v.target != "":
		t, err = target.Load(v.target, c.Targets())
	case len(v.urls) > 0:
		var urls map[string]string
		if urls, err = Pairs("url", v.urls); err == nil {
			t, err = target.Of(urls, c.Targets(), v.mock, v.ca, v.insecure)
		}
	default:
		o := mockserver.Options{APIs: v.Selection.APIs, Defects: v.defects}
		if o.Editions, err = Pairs("edition", v.editions); err != nil {
			return nil, nil, err
		}
		if o.Fixtures, err = FixturesFrom(v.fixtures); err != nil {
			return nil, nil, err
		}
		// A defect that is on makes the mock complain of itself: that is what it is for.
		slog.SetDefault(slog.New(slog.DiscardHandler))
		return Start(c, o)
	}
	return t, func() {}, err
}

// allWaivers are those of --waivers and, of the embedded mock, those that ship
// with its edition.
func (v *Verification) allWaivers(c *run.Catalogue, target *target.Target) (all []run.Waiver, err error) {
	if v.waivers != "" {
		if all, err = run.LoadWaivers(v.waivers); err != nil {
			return nil, err
		}
	}
	own, err := FixturesFrom(v.fixtures)
	if err != nil {
		return nil, err
	}
	for _, api := range c.APIs {
		e := target.Endpoints[api.Name]
		if !v.embeds() || e == nil {
			continue
		}
		dir, err := fixtures.Over(own, api.Name)
		if err != nil {
			return nil, err
		}
		shipped, err := run.WaiversIn(dir, "editions/"+e.Edition+".waivers.yaml")
		if err != nil {
			return nil, err
		}
		all = append(all, shipped...)
	}
	return all, nil
}

// openLedger opens the ledger of a run against a real target.
func openLedger(path string) (*world.Ledger, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	return world.OpenLedger(path)
}
