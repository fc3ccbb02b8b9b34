package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
)

// SARIF writes the failures as SARIF 2.1.0, so that code scanning shows each
// at its line of the feature. A rule that could not be judged is a result,
// too: the alternative would be an empty list that reads as "all is well".
func SARIF(w io.Writer, r *Report) error {
	run := sarifRun{
		Tool:        sarifTool{Driver: sarifDriver{Name: "rolecall", Version: line(r.Suite.Version), Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{sarifInvoked(r)},
		Results:     []sarifResult{},
		ColumnKind:  "utf16CodeUnits",
	}
	for i, x := range r.Rules {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(x))
		for _, t := range trials(x) {
			if t.Verdict >= Fail {
				run.Results = append(run.Results, sarifResultOf(i, x, t))
			}
		}
	}
	text, err := json.MarshalIndent(sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	}, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the report as SARIF: %w", err)
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

func sarifRuleOf(x Rule) sarifRule {
	return sarifRule{
		ID:      line(x.ID),
		Short:   sarifText{line(x.Title)},
		Full:    sarifText{line(x.Title + ". Source: " + x.Source)},
		Default: sarifConfiguration{sarifLevel(x.Level)},
		Properties: sarifProperties{
			API: line(x.API), Level: x.Level, Verdict: x.Outcome(), Tags: []string{line(x.API), string(x.Level)},
		},
	}
}

func sarifLevel(l Level) string {
	switch l {
	case Must:
		return "error"
	case Should:
		return "warning"
	}
	return "note"
}

func sarifResultOf(index int, x Rule, t trial) sarifResult {
	reason := line(cmp.Or(t.Reason, x.Reason, "no reason was given"))
	if t.Verdict == Error {
		reason = "could not be judged: " + reason
	}
	result := sarifResult{
		RuleID: line(x.ID), RuleIndex: index, Kind: "fail", Level: sarifLevel(x.Level),
		Message:      sarifText{fmt.Sprintf("%s. %s: %s", line(x.Title), line(t.Name), reason)},
		Fingerprints: map[string]string{"ruleAndScenario/v1": line(x.ID + "/" + t.Name)},
		Suppressions: []sarifSuppression{},
	}
	if t.Own {
		result.Message.Text = fmt.Sprintf("%s: %s", line(x.Title), reason)
	}
	location := sarifLocation{Logical: []sarifLogical{{FullName: line(x.API + "." + x.ID), Kind: "member"}}}
	if x.File != "" {
		location.Physical = &sarifPhysical{
			Artifact: sarifArtifact{(&url.URL{Path: strings.TrimPrefix(x.File, "./")}).EscapedPath()},
			Region:   sarifRegion{max(1, t.Line)},
		}
	}
	result.Locations = []sarifLocation{location}
	if x.Waived != "" {
		result.Suppressions = append(result.Suppressions, sarifSuppression{"external", "accepted", line(x.Waived)})
	}
	return result
}

// sarifInvoked tells how the run went, with what no rule accounts for.
func sarifInvoked(r *Report) sarifInvocation {
	v := sarifInvocation{
		Successful: r.Reached() && r.Finished(),
		ExitCode:   r.ExitStatus(),
		ExitText:   r.Headline() + ": " + r.Because(),
		Start:      r.Started.UTC().Format(time.RFC3339),
		End:        r.Started.Add(time.Duration(r.Took)).UTC().Format(time.RFC3339),
	}
	note := func(level, text string) {
		v.Notifications = append(v.Notifications, sarifNotification{level, sarifText{text}})
	}
	for _, c := range r.Checks {
		if c.Result >= Fail {
			note("error", fmt.Sprintf("preflight of %s: %s: %s", line(c.API), line(c.What), line(c.Detail)))
		}
	}
	for _, text := range r.leftLines() {
		note("error", "left behind on the target: "+text)
	}
	for _, text := range r.staleLines() {
		note("warning", "waiver that covers nothing: "+text)
	}
	for _, text := range r.Notes {
		note("note", line(text))
	}
	return v
}
