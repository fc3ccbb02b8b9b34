package features_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/features"
)

// The rules, for people who live in "go test". Without arguments they are held
// against the mock, started here:
//
//	go test ./features
//	go test ./features -rule R7-ROLE-02 -v
//	go test ./features -expr '@roles and not @observed' -defect r7-built-in-deleted
//	go test ./features -url rapid7=https://localhost:3780/api/3 -insecure -allow writes
//	go test ./features -target "$PWD/target.yaml"
//
// The flags are those of "rolecall verify", with -expr for --tags. Each can be
// given in the environment, too: -rule as ROLECALL_RULE. With any of them, only
// TestRules runs.

// asked is what "rolecall verify" is asked with the same flags.
var asked embedded.Verification

// A flagValue is one of its flags as "go test" takes them.
type flagValue struct{ *pflag.Flag }

func (f flagValue) Set(text string) error { f.Changed = true; return f.Value.Set(text) }
func (f flagValue) String() string {
	if f.Flag == nil { // package flag asks what the zero value is
		return ""
	}
	return f.Value.String()
}
func (f flagValue) IsBoolFlag() bool { return f.Value.Type() == "bool" }

// ledger is kept after the run when something is left: "rolecall sweep" needs it.
var ledger = filepath.Join(os.TempDir(), fmt.Sprintf("rolecall-ledger-%d.jsonl", os.Getpid()))

// named is the flag's name here: -tags is go test's own.
func named(f *pflag.Flag) string { return strings.Replace(f.Name, "tags", "expr", 1) }

func TestMain(m *testing.M) {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	asked.Flags(flags)
	asked.Version, asked.Ledger = "(go test)", ledger
	flags.VisitAll(func(f *pflag.Flag) { flag.Var(flagValue{f}, named(f), f.Usage) })
	flag.Parse()
	run := flag.Lookup("test.run")
	flags.VisitAll(func(f *pflag.Flag) {
		variable := "ROLECALL_" + strings.ToUpper(strings.ReplaceAll(named(f), "-", "_"))
		if text := os.Getenv(variable); text != "" && !f.Changed {
			if err := (flagValue{f}).Set(text); err != nil {
				fmt.Fprintf(os.Stderr, "%s: %v\n", variable, err)
				os.Exit(2)
			}
		}
		// Who asks about some rules, or a target, does not ask about this package.
		if f.Changed && run.Value.String() == "" {
			_ = run.Value.Set("^TestRules$")
		}
	})
	status := m.Run()
	if open, err := world.ReadLedger(ledger); err == nil && len(open) == 0 {
		os.Remove(ledger)
	}
	os.Exit(status)
}

// whole is what TestRules is asked, once for all tests; without flags that is
// every rule against the mock as it is.
var whole = sync.OnceValues(func() (*report.Report, error) { return asked.Run(context.Background(), io.Discard) })

// TestRules is one subtest a rule. A rule that was not judged is no pass.
func TestRules(t *testing.T) {
	r, err := whole()
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range r.Rules {
		t.Run(rule.ID, func(t *testing.T) { tell(t, r, rule) })
	}
	if r.ExitStatus() != report.ExitConformant {
		t.Errorf("%s: %s (%s)", r.Headline(), r.Because(), r.ExitMeaning())
	}
	for _, x := range r.Checks {
		if x.Result != report.Pass {
			t.Logf("%s: %s: %s", x.API, x.What, x.Detail)
		}
	}
	for _, x := range r.Left {
		t.Logf("left behind, see rolecall sweep --ledger %s: %s %s %q %s: %s", asked.Ledger, x.API, x.Kind, x.Name, x.ID, x.Why)
	}
	for _, note := range r.Notes {
		t.Log(note)
	}
}

// tell makes a rule's verdict that of its subtest.
func tell(t *testing.T, r *report.Report, rule report.Rule) {
	switch {
	case rule.Verdict == report.Pass:
	case rule.Verdict == report.Skip:
		t.Skip(rule.Reason)
	case rule.Verdict == report.NotRun:
		t.Errorf("it did not run: %s", rule.Reason)
	case rule.Decides(r.Strict):
		t.Error(report.Account(rule))
	default:
		t.Skipf("it does not decide at its level, and -strict is not given:\n%s", report.Account(rule))
	}
}

func catalogue(t *testing.T) *run.Catalogue {
	t.Helper()
	c, err := features.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
