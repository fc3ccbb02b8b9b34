package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// Claim writes a conformance claim: what was held to which rules, when, by
// what, and how it ended. It is made to be kept beside a release and read by
// somebody who does not have the run, so it holds no exchanges, but the hashes
// of the rules and contracts, and every rule that is not a plain pass.
func Claim(w io.Writer, r *Report) error {
	var targets, failures []object
	for _, t := range r.Targets {
		targets = append(targets, object{"api", t.API, "url", t.URL}.some("edition", t.Edition).with("mock", t.Mock))
	}
	var preflight []string
	for _, check := range r.Checks {
		if check.Result >= Fail {
			preflight = append(preflight, line(fmt.Sprintf("%s: %s: %s", check.API, check.What, check.Detail)))
		}
	}
	for _, x := range r.Rules {
		if x.Failed() {
			failures = append(failures, object{"rule", x.ID, "level", x.Level, "verdict", x.Verdict.String(), "reason", line(x.Reason)}.some("causes", x.causes()))
		}
	}
	rules, coverage := map[string]map[string]object{}, map[string]object{}
	for _, api := range r.APIs() {
		rules[api] = map[string]object{}
		for _, level := range Levels {
			if t := r.Tally(api, level); t.total() > 0 {
				rules[api][string(level)] = object{"pass", t["pass"], "fail", t["fail"], "error", t["error"], "waived", t["waived"], "skip", t["skip"], "notRun", t["not run"]}
			}
		}
		e := r.Extent(api)
		coverage[api] = object{"documented", e.Documented, "seen", e.Seen, "ineligible", e.Ineligible, "breached", e.Breached}
	}
	s := r.Selected
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	err := e.Encode(object{
		"claim", 1, // version of this form
		"result", r.Result(), "verdict", r.Headline(), "summary", r.Because(), "exitStatus", r.ExitStatus(),
		"suite", object{"version", r.Suite.Version, "rules", r.Suite.Rules, "contracts", r.Suite.Hashes},
		"targets", targets, "run", r.Run, "started", r.Started.UTC().Format(time.RFC3339), "took", spell(r.Took), "strict", r.Strict,
		"selected", object{}.some("apis", s.APIs).some("rules", s.Rules).some("tags", strings.TrimSpace(s.Tags)).with("allow", s.Allow).some("shard", s.Shard),
		"rules", rules, "coverage", coverage,
	}.some("preflightFailures", preflight).some("failures", failures).some("skips", claimGroups(r.Skips())).
		some("notRun", claimGroups(r.Unrun())).some("waived", claimGroups(r.Waived())).some("staleWaivers", r.staleLines()).
		some("leftBehind", r.leftLines()).some("notes", lines(r.Notes)))
	if err != nil {
		return fmt.Errorf("writing the conformance claim: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

func claimGroups(groups []Group) []object {
	var all []object
	for _, g := range groups {
		all = append(all, object{"reason", line(g.Reason), "rules", inline(g.Rules)})
	}
	return all
}
