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
	rules, results := []object{}, []object{}
	for i, x := range r.Rules {
		rules = append(rules, object{
			"id", line(x.ID), "shortDescription", sarifText(x.Title), "fullDescription", sarifText(x.Title + ". Source: " + x.Source),
			"defaultConfiguration", object{"level", sarifLevel(x.Level)},
			"properties", object{"api", line(x.API), "level", x.Level, "verdict", x.Outcome(), "tags", []string{line(x.API), string(x.Level)}},
		})
		for _, t := range trials(x) {
			if t.Verdict >= Fail {
				results = append(results, sarifResult(i, x, t))
			}
		}
	}
	text, err := json.MarshalIndent(object{
		"$schema", "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0",
		"runs", []object{{
			"tool", object{"driver", object{"name", "rolecall"}.some("version", line(r.Suite.Version)).with("rules", rules)}, "invocations", []object{sarifInvoked(r)},
			"columnKind", "utf16CodeUnits", "results", results,
		}},
	}, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the report as SARIF: %w", err)
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

func sarifText(text string) object { return object{"text", line(text)} }

func sarifLevel(l Level) string {
	switch l {
	case Must:
		return "error"
	case Should:
		return "warning"
	}
	return "note"
}

func sarifResult(index int, x Rule, t trial) object {
	reason := line(cmp.Or(t.Reason, x.Reason, "no reason was given"))
	if t.Verdict == Error {
		reason = "could not be judged: " + reason
	}
	if !t.Own {
		reason = fmt.Sprintf(". %s: %s", line(t.Name), reason)
	} else {
		reason = ": " + reason
	}
	location, suppressions := object{}, []object{} // empty: looked at, not suppressed
	if x.File != "" {
		location = object{"physicalLocation", object{
			"artifactLocation", object{"uri", (&url.URL{Path: strings.TrimPrefix(x.File, "./")}).EscapedPath()},
			"region", object{"startLine", max(1, t.Line)},
		}}
	}
	location = append(location, "logicalLocations", []object{{"fullyQualifiedName", line(x.API + "." + x.ID), "kind", "member"}})
	if x.Waived != "" {
		suppressions = append(suppressions, object{"kind", "external", "status", "accepted", "justification", line(x.Waived)})
	}
	return object{
		"ruleId", line(x.ID), "ruleIndex", index, "kind", "fail", "level", sarifLevel(x.Level),
		"message", object{"text", line(x.Title) + reason}, "locations", []object{location},
		"partialFingerprints", object{"ruleAndScenario/v1", line(x.ID + "/" + t.Name)}, "suppressions", suppressions,
	}
}

// sarifInvoked tells how the run went, with what no rule accounts for.
func sarifInvoked(r *Report) object {
	invoked := object{
		"executionSuccessful", r.Reached() && r.Finished(), "exitCode", r.ExitStatus(), "exitCodeDescription", r.Headline() + ": " + r.Because(),
		"startTimeUtc", r.Started.UTC().Format(time.RFC3339), "endTimeUtc", r.Started.Add(time.Duration(r.Took)).UTC().Format(time.RFC3339),
	}
	var notes []object
	note := func(level, text string) {
		notes = append(notes, object{"level", level, "message", object{"text", text}})
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
	return invoked.some("toolExecutionNotifications", notes)
}
