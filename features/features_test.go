package features_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/features"
	"github.com/rolecall/rolecall/mockserver"
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
// Each flag can be given in the environment, too: -rule as ROLECALL_RULE. With
// any of them, only TestRules runs.
var (
	ruleFlag     = option("rule", "ids of rules to run, with commas between")
	apiFlag      = option("api", "APIs to hold the target to, with commas between")
	exprFlag     = option("expr", "tag expression of scenarios to run; -tags is go test's own")
	targetFlag   = option("target", "target file")
	urlFlag      = option("url", "base URLs, as in rapid7=https://localhost:3780/api/3, with commas between")
	mockFlag     = option("mock", "the URLs are our mock's: true or false")
	insecureFlag = option("insecure", "take any TLS certificate, with -url: true or false")
	caFlag       = option("ca", "PEM file of the authority to trust, with -url")
	allowFlag    = option("allow", "what the run may do to a real target: writes, disruptive")
	strictFlag   = option("strict", "let failed @should rules decide, too: true or false")
	editionFlag  = option("edition", "editions of the mock started here, as in rapid7=console-6.6")
	defectFlag   = option("defect", "defects of the mock started here")
)

var options []string // their names

func option(name, usage string) *string {
	options = append(options, name)
	return flag.String(name, os.Getenv("ROLECALL_"+strings.ToUpper(name)), usage)
}

func TestMain(m *testing.M) {
	// A switch needs no value: -mock is -mock=true.
	for i, arg := range os.Args {
		if name := strings.TrimLeft(arg, "-"); i > 0 && arg != name && slices.Contains([]string{"mock", "insecure", "strict"}, name) {
			os.Args[i] = arg + "=true"
		}
	}
	flag.Parse()
	// Who asks about some rules, or a target, does not ask about this package.
	if run := flag.Lookup("test.run"); asked() && run.Value.String() == "" {
		_ = run.Value.Set("^TestRules$")
	}
	slog.SetDefault(slog.New(slog.DiscardHandler)) // a defect makes the mock complain of itself
	os.Exit(m.Run())
}

// asked tells whether any option is given.
func asked() bool {
	return slices.ContainsFunc(options, func(name string) bool { return flag.Lookup(name).Value.String() != "" })
}

// whole is every rule against the mock as it is, once for all tests.
var whole = sync.OnceValues(func() (*report.Report, error) {
	c, err := features.Catalogue()
	if err != nil {
		return nil, err
	}
	target, stop, err := embedded.Start(c, mockserver.Options{})
	if err != nil {
		return nil, err
	}
	defer stop()
	return c.Run(context.Background(), target, conformance.Options{Version: "(go test)"})
})

func list(value string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
}

func isOn(t *testing.T, name, value string) bool {
	switch value {
	case "", "false":
		return false
	case "true":
		return true
	}
	t.Fatalf("-%s is %q; write true or false", name, value)
	return false
}

func pairs(t *testing.T, name, value string) map[string]string {
	m := map[string]string{}
	for _, pair := range list(value) {
		key, v, ok := strings.Cut(pair, "=")
		if !ok || m[key] != "" {
			t.Fatalf("-%s is %q; write API=VALUE, each API once", name, value)
		}
		m[key] = v
	}
	return m
}

// TestRules is one subtest a rule. A rule that was not judged is no pass.
func TestRules(t *testing.T) {
	judge := whole
	if asked() {
		judge = func() (*report.Report, error) { return chosen(t) }
	}
	r, err := judge()
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
		t.Logf("left behind: %s %s %q %s: %s", x.API, x.Kind, x.Name, x.ID, x.Why)
	}
	for _, note := range r.Notes {
		t.Log(note)
	}
}

// chosen runs what the flags say.
func chosen(t *testing.T) (*report.Report, error) {
	c := catalogue(t)
	o := conformance.Options{
		Selection: conformance.Selection{APIs: list(*apiFlag), Rules: list(*ruleFlag), Tags: *exprFlag},
		Strict:    isOn(t, "strict", *strictFlag), Version: "(go test)",
	}
	for _, what := range list(*allowFlag) {
		switch what {
		case "writes":
			o.Selection.Allow.Writes = true
		case "disruptive":
			o.Selection.Allow.Disruptive = true
		default:
			t.Fatalf("-allow takes writes and disruptive, not %q", what)
		}
	}
	return c.Run(t.Context(), chosenTarget(t, c, &o), o)
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
		t.Error(account(r, rule))
	default:
		t.Skipf("it does not decide at its level, and -strict is not given:\n%s", account(r, rule))
	}
}

// account is what the text report says of one rule.
func account(r *report.Report, rule report.Rule) string {
	one := *r
	one.Rules, one.Coverage, one.Checks, one.Left, one.Notes = []report.Rule{rule}, nil, nil, nil, nil
	var b strings.Builder
	if err := report.Text(&b, &one); err != nil {
		return err.Error()
	}
	return b.String()
}

func catalogue(t *testing.T) *conformance.Catalogue {
	t.Helper()
	c, err := features.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// chosenTarget is what the flags say, or the mock.
func chosenTarget(t *testing.T, c *conformance.Catalogue, o *conformance.Options) *conformance.Target {
	mock, insecure := isOn(t, "mock", *mockFlag), isOn(t, "insecure", *insecureFlag)
	var target *conformance.Target
	var err error
	switch {
	case *targetFlag != "" && *urlFlag != "":
		t.Fatal("-target and -url both name the target; give one")
	case (*targetFlag != "" || *urlFlag != "") && (*editionFlag != "" || *defectFlag != ""):
		t.Fatal("-edition and -defect are for the mock that is started here, not for a target")
	case *urlFlag == "" && (mock || insecure || *caFlag != ""):
		t.Fatal("-mock, -insecure and -ca go with -url")
	case *targetFlag != "":
		target, err = c.LoadTarget(*targetFlag)
	case *urlFlag != "":
		target, err = c.TargetOf(pairs(t, "url", *urlFlag), mock, *caFlag, insecure)
	default:
		target, stop, err := embedded.Start(c, mockserver.Options{APIs: o.Selection.APIs, Editions: pairs(t, "edition", *editionFlag), Defects: list(*defectFlag)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(stop)
		return target
	}
	if err != nil {
		t.Fatal(err)
	}
	if o.Selection.Allow.Writes {
		// Kept after the run when something is left: it is what "rolecall sweep" needs.
		path := filepath.Join(os.TempDir(), fmt.Sprintf("rolecall-ledger-%d.jsonl", os.Getpid()))
		if o.Ledger, err = conformance.OpenLedger(path); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			o.Ledger.Close()
			if open, err := conformance.ReadLedger(path); err == nil && len(open) == 0 {
				os.Remove(path)
				return
			}
			t.Logf("something is left on the target: rolecall sweep --ledger %s --target …", path)
		})
	}
	return target
}
