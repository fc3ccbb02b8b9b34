package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rolecall/rolecall/conformance/report"
)

// shards deals the rules of a report, as a run of n shards would have reported.
func shards(whole *report.Report, n int, deal func(i int) int) []*report.Report {
	all := make([]*report.Report, n)
	for i := range all {
		part := *whole
		part.Selected.Shard = fmt.Sprintf("%d/%d", i+1, n)
		part.Rules, part.Left, part.Coverage = nil, nil, nil
		all[i] = &part
	}
	for i, x := range whole.Rules {
		if !x.Invariant() {
			to := all[deal(i)]
			to.Rules = append(to.Rules, x)
		}
	}
	for i, x := range whole.Left {
		to := all[deal(i)]
		to.Left = append(to.Left, x)
	}
	for _, p := range whole.Coverage {
		for i, to := range all {
			q := p
			q.Seen, q.Breached = share(p.Seen, i, n), share(p.Breached, i, n)
			to.Coverage = append(to.Coverage, q)
		}
	}
	return all
}

// share is the part of a number that falls to the shard i of n.
func share(number, i, n int) int {
	if i == 0 {
		return number/n + number%n
	}
	return number / n
}

func TestMergedShardsAreTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := anyReport(t)
		n := rapid.IntRange(1, 5).Draw(t, "shards")
		where := rapid.SliceOfN(rapid.IntRange(0, n-1), len(whole.Rules)+1, -1).Draw(t, "deal")
		parts := shards(whole, n, func(i int) int { return where[i%len(where)] })
		dealContracts(t, whole, parts)
		parts = rapid.Permutation(parts).Draw(t, "order")
		merged, err := report.Merge(parts)
		if err != nil {
			t.Fatal(err)
		}
		if merged.ExitStatus() != whole.ExitStatus() || merged.Conformant() != whole.Conformant() || merged.Headline() != whole.Headline() {
			t.Errorf("merged: %s, exit status %d; whole: %s, %d", merged.Headline(), merged.ExitStatus(), whole.Headline(), whole.ExitStatus())
		}
		for _, api := range []string{"", "rapid7", "devicehive"} {
			for _, level := range []report.Level{"", report.Must, report.Should, report.Observed} {
				if diff := cmp.Diff(whole.Tally(api, level), merged.Tally(api, level)); diff != "" {
					t.Errorf("%s %s (-whole +merged):\n%s", api, level, diff)
				}
			}
			if whole.Extent(api) != merged.Extent(api) {
				t.Errorf("coverage %s, whole %s", merged.Extent(api), whole.Extent(api))
			}
		}
		if diff := cmp.Diff(byID(whole), byID(merged)); diff != "" {
			t.Errorf("rules (-whole +merged):\n%s", diff)
		}
	})
}

// dealContracts gives every shard a contract rule with its part of the
// scenarios, and the whole the worst of their verdicts.
func dealContracts(t *rapid.T, whole *report.Report, parts []*report.Report) {
	for i, x := range whole.Rules {
		if !x.Invariant() {
			continue
		}
		whole.Rules[i].Verdict = report.NotRun
		passed := false
		for _, part := range parts {
			x.Verdict = anyVerdict(t)
			x.Waived = ""
			part.Rules = append(part.Rules, x)
			whole.Rules[i].Verdict = whole.Rules[i].Verdict.And(x.Verdict)
			passed = passed || x.Verdict == report.Pass
		}
		if passed && whole.Rules[i].Verdict == report.Skip {
			whole.Rules[i].Verdict = report.Pass // the others had nothing to judge
		}
		whole.Rules[i].Waived = ""
	}
}

func byID(r *report.Report) map[string]string {
	all := map[string]string{}
	for _, x := range r.Rules {
		all[x.ID] = x.Outcome()
	}
	return all
}

func anyVerdict(t *rapid.T) report.Verdict {
	return report.Verdict(rapid.IntRange(int(report.NotRun), int(report.Error)).Draw(t, "verdict"))
}

func anyReport(t *rapid.T) *report.Report {
	r := base()
	r.Strict = rapid.Bool().Draw(t, "strict")
	r.Coverage = coverage()
	if rapid.IntRange(0, 9).Draw(t, "unreached") == 0 {
		r.Checks[0].Result = report.Error
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "rules") {
		x := rule(fmt.Sprintf("R-%02d", i), rapid.SampledFrom(report.Levels).Draw(t, "level"), anyVerdict(t))
		x.API = rapid.SampledFrom([]string{"rapid7", "devicehive"}).Draw(t, "api")
		x.Waived = rapid.SampledFrom([]string{"", "", "agreed"}).Draw(t, "waiver")
		x.Reason = rapid.SampledFrom([]string{"", "broken", report.Incomplete}).Draw(t, "reason")
		r.Rules = append(r.Rules, x)
	}
	for _, api := range []string{"rapid7", "devicehive"} {
		x := rule(strings.ToUpper(api)+"-CONTRACT", report.Must, report.NotRun)
		x.API = api
		r.Rules = append(r.Rules, x)
	}
	if rapid.IntRange(0, 4).Draw(t, "left") == 0 {
		r.Left = []report.Record{{API: "rapid7", Kind: "user", Name: "x"}}
	}
	return r
}

func TestWhatIsNoWholeRunIsNotMerged(t *testing.T) {
	three := func() []*report.Report { return shards(sample(), 3, func(i int) int { return i % 3 }) }
	for _, c := range []struct {
		name   string
		change func([]*report.Report) []*report.Report
		want   string
	}{
		{"nothing", func([]*report.Report) []*report.Report { return nil }, "no report"},
		{"a whole run", func([]*report.Report) []*report.Report { return []*report.Report{sample()} }, "not a shard"},
		{"a missing shard", func(s []*report.Report) []*report.Report { return s[:2] }, "shard 3/3 is missing"},
		{"two missing shards", func(s []*report.Report) []*report.Report { return s[1:2] }, "shard 1/3, 3/3 is missing"},
		{"a shard twice", func(s []*report.Report) []*report.Report { return append(s, s[1]) }, "shard 2/3 is there twice"},
		{"a shard of another run", each(1, func(r *report.Report) { r.Selected.Shard = "2/4" }), "does not belong"},
		{"a shard beyond the last", each(1, func(r *report.Report) { r.Selected.Shard = "4/3" }), "no shard"},
		{"a shard zero", each(1, func(r *report.Report) { r.Selected.Shard = "0/3" }), "no shard"},
		{"a shard of words", each(1, func(r *report.Report) { r.Selected.Shard = "two" }), "no shard"},
		{"a shard with a tail", each(1, func(r *report.Report) { r.Selected.Shard = "2/3x" }), "no shard"},
		{"another version", each(1, func(r *report.Report) { r.Suite.Version = "9" }), "version of the suite"},
		{"another form", each(1, func(r *report.Report) { r.Version = 9 }), "version of the report"},
		{"other rules", each(2, func(r *report.Report) { r.Suite.Rules = "9" }), "hash of the rules"},
		{"other contracts", each(2, func(r *report.Report) { r.Suite.Hashes = map[string]string{"rapid7": "9"} }), "hashes of the contracts"},
		{"another strictness", each(2, func(r *report.Report) { r.Strict = false }), "strictness"},
		{"another selection", each(1, func(r *report.Report) { r.Selected.Tags = "@must" }), "what was selected"},
		{"another permission", each(1, func(r *report.Report) { r.Selected.Allow = nil }), "what was selected"},
		{"another target", each(1, func(r *report.Report) { r.Targets = slices.Clone(r.Targets); r.Targets[0].URL = "https://other" }), "the targets"},
		{"another edition", each(1, func(r *report.Report) { r.Targets = slices.Clone(r.Targets); r.Targets[1].Edition = "x" }), "the targets"},
		{"a rule in two shards", each(1, func(r *report.Report) {
			r.Rules = append(r.Rules, passed("R7-ROLE-01", "rapid7", report.Must, 8))
		}), "R7-ROLE-01 is in shard 1/3 and again in shard 2/3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			merged, err := report.Merge(c.change(three()))
			if err == nil || !strings.Contains(err.Error(), c.want) || merged != nil {
				t.Errorf("got %v, %v; want an error with %q", merged, err, c.want)
			}
		})
	}
}

func each(i int, change func(*report.Report)) func([]*report.Report) []*report.Report {
	return func(s []*report.Report) []*report.Report {
		change(s[i])
		return s
	}
}

func TestShardsOnMocksOfTheirOwnAreMerged(t *testing.T) {
	s := shards(sample(), 2, func(i int) int { return i % 2 })
	s[1].Targets = slices.Clone(s[1].Targets)
	s[1].Targets[1].URL = "http://127.0.0.1:40123/dh/rest"
	if _, err := report.Merge(s); err != nil {
		t.Error(err)
	}
}

func TestAWaiverCoversAContractOnlyInAllShards(t *testing.T) {
	two := func(first, second func(*report.Rule)) report.Rule {
		t.Helper()
		s := shards(green(), 2, func(int) int { return 0 })
		for i, change := range []func(*report.Rule){first, second} {
			s[i].Rules = append(s[i].Rules, rule("R7-CONTRACT", report.Must, report.Fail, change, func(x *report.Rule) {
				x.Reason = fmt.Sprintf("breach %d", i)
				x.Scenarios = []report.Scenario{{Name: x.Reason, Verdict: x.Verdict}}
			}))
		}
		merged, err := report.Merge(s)
		if err != nil {
			t.Fatal(err)
		}
		return merged.Rules[slices.IndexFunc(merged.Rules, report.Rule.Invariant)]
	}
	none := func(*report.Rule) {}
	passes := func(x *report.Rule) { x.Verdict = report.Pass }
	if x := two(waived, none); !x.Failed() {
		t.Error("the waiver of one shard covers the failure of the other")
	}
	if x := two(waived, waived); x.Failed() || x.Reason != "breach 0; breach 1" || len(x.Scenarios) != 2 {
		t.Errorf("%+v", x)
	}
	if x := two(passes, waived); x.Failed() || x.Verdict != report.Fail || x.Reason != "breach 1" {
		t.Errorf("%+v", x)
	}
}

func TestTimesOfShardsSpanTheWholeRun(t *testing.T) {
	s := shards(green(), 2, func(i int) int { return i % 2 })
	s[0].Started, s[0].Run = started.Add(5e9), "rc-2"
	merged, err := report.Merge(s)
	if err != nil {
		t.Fatal(err)
	}
	if !merged.Started.Equal(started) || merged.Took != 17*sec+345*ms || merged.Run != "rc-2 rc-7f3a" || merged.Selected.Shard != "" {
		t.Errorf("%s, %v, %s, %q", merged.Started, merged.Took, merged.Run, merged.Selected.Shard)
	}
}
