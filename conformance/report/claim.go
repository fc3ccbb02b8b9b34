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
	c := claim{
		Claim: 1, Result: r.Result(), Verdict: r.Headline(), Summary: r.Because(), Exit: r.ExitStatus(),
		Run: r.Run, Started: r.Started.UTC().Format(time.RFC3339), Took: spell(r.Took), Strict: r.Strict,
		Suite:    claimSuite{r.Suite.Version, r.Suite.Rules, r.Suite.Hashes},
		Selected: claimSelected{r.Selected.APIs, r.Selected.Rules, r.Selected.Tags, r.Selected.Allow, r.Selected.Shard},
		Rules:    map[string]map[string]claimCounts{}, Coverage: map[string]claimExtent{},
		Skips: claimGroups(r.Skips()), Waived: claimGroups(r.Waived()), NotRun: claimGroups(r.Unrun()),
		Stale: r.staleLines(), Left: r.leftLines(), Notes: r.Notes,
	}
	for _, t := range r.Targets {
		c.Targets = append(c.Targets, claimTarget(t))
	}
	for _, api := range r.APIs() {
		c.count(r, api)
	}
	for _, check := range r.Checks {
		if check.Result >= Fail {
			c.Preflight = append(c.Preflight, fmt.Sprintf("%s: %s: %s", check.API, check.What, check.Detail))
		}
	}
	for _, x := range r.Rules {
		if x.Failed() {
			c.Failures = append(c.Failures, claimFailure{x.ID, x.Level, x.Verdict.String(), x.Reason})
		}
	}
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(c.clean()); err != nil {
		return fmt.Errorf("writing the conformance claim: %w", err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

type claim struct {
	Claim     int                               `yaml:"claim"` // version of this form
	Result    Result                            `yaml:"result"`
	Verdict   string                            `yaml:"verdict"`
	Summary   string                            `yaml:"summary"`
	Exit      int                               `yaml:"exitStatus"`
	Suite     claimSuite                        `yaml:"suite"`
	Targets   []claimTarget                     `yaml:"targets"`
	Run       string                            `yaml:"run"`
	Started   string                            `yaml:"started"`
	Took      string                            `yaml:"took"`
	Strict    bool                              `yaml:"strict"`
	Selected  claimSelected                     `yaml:"selected"`
	Rules     map[string]map[string]claimCounts `yaml:"rules"`
	Coverage  map[string]claimExtent            `yaml:"coverage"`
	Preflight []string                          `yaml:"preflightFailures,omitempty"`
	Failures  []claimFailure                    `yaml:"failures,omitempty"`
	Skips     []claimGroup                      `yaml:"skips,omitempty"`
	NotRun    []claimGroup                      `yaml:"notRun,omitempty"`
	Waived    []claimGroup                      `yaml:"waived,omitempty"`
	Stale     []string                          `yaml:"staleWaivers,omitempty"`
	Left      []string                          `yaml:"leftBehind,omitempty"`
	Notes     []string                          `yaml:"notes,omitempty"`
}

type claimSuite struct {
	Version   string            `yaml:"version"`
	Rules     string            `yaml:"rules"`
	Contracts map[string]string `yaml:"contracts"`
}

type claimTarget struct {
	API     string `yaml:"api"`
	URL     string `yaml:"url"`
	Edition string `yaml:"edition,omitempty"`
	Mock    bool   `yaml:"mock"`
}

type claimSelected struct {
	APIs  []string `yaml:"apis,omitempty"`
	Rules []string `yaml:"rules,omitempty"`
	Tags  string   `yaml:"tags,omitempty"`
	Allow []string `yaml:"allow"`
	Shard string   `yaml:"shard,omitempty"`
}

type claimCounts struct {
	Pass   int `yaml:"pass"`
	Fail   int `yaml:"fail"`
	Error  int `yaml:"error"`
	Waived int `yaml:"waived"`
	Skip   int `yaml:"skip"`
	NotRun int `yaml:"notRun"`
}

type claimExtent struct {
	Documented int `yaml:"documented"`
	Seen       int `yaml:"seen"`
	Ineligible int `yaml:"ineligible"`
	Breached   int `yaml:"breached"`
}

type claimFailure struct {
	Rule    string `yaml:"rule"`
	Level   Level  `yaml:"level"`
	Verdict string `yaml:"verdict"`
	Reason  string `yaml:"reason"`
}

type claimGroup struct {
	Reason string   `yaml:"reason"`
	Rules  []string `yaml:"rules,flow"`
}

func claimGroups(groups []Group) []claimGroup {
	var all []claimGroup
	for _, g := range groups {
		all = append(all, claimGroup{line(g.Reason), g.Rules})
	}
	return all
}

// count enters the counts of an API, each level that has rules.
func (c *claim) count(r *Report, api string) {
	levels := map[string]claimCounts{}
	for _, level := range Levels {
		if t := r.Tally(api, level); t.total() > 0 {
			levels[string(level)] = claimCounts{t["pass"], t["fail"], t["error"], t["waived"], t["skip"], t["not run"]}
		}
	}
	c.Rules[api] = levels
	e := r.Extent(api)
	c.Coverage[api] = claimExtent{e.Documented, e.Seen, e.Ineligible, e.Breached}
}

// clean takes what YAML cannot hold out of the texts that a target, or
// somebody's own file, has written.
func (c claim) clean() claim {
	for i := range c.Failures {
		c.Failures[i].Reason = line(c.Failures[i].Reason)
	}
	for i := range c.Preflight {
		c.Preflight[i] = line(c.Preflight[i])
	}
	notes := []string{}
	for _, text := range c.Notes {
		notes = append(notes, line(text))
	}
	c.Notes = notes
	c.Selected.Tags = strings.TrimSpace(c.Selected.Tags)
	return c
}
