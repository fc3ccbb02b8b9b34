package report

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"text/template"
	"time"
)

//go:embed junit.tmpl
var junitPage string

var junitTemplate = template.Must(template.New("junit").Funcs(template.FuncMap{
	"xml": func(text string) string {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(text)) // a builder takes everything
		return b.String()
	},
	"cdata":   func(text string) string { return strings.ReplaceAll(text, "]]>", "]]]]><![CDATA[>") },
	"seconds": func(d Duration) string { return fmt.Sprintf("%.3f", time.Duration(d).Seconds()) }, // without an exponent
}).Parse(junitPage))

// JUnit writes what CI systems take for the report of a test run, as the schema
// junit-10 of Jenkins has it: a test suite an API, a test case a scenario. Skips are skips, errors are errors, and a
// waived failure is a skip with the waiver's reason. A failed rule is a
// failure at every level; its type is the level, and only the exit status
// says what decides.
//
// What concerns the run and not a rule has a test suite of its own: without
// it, the report of a target that was never reached would be an empty, green
// one.
func JUnit(w io.Writer, r *Report) error {
	all := junitSuites{Name: "rolecall " + line(r.Suite.Version), Took: r.Took}
	started := r.Started.UTC().Format("2006-01-02T15:04:05")
	if run := junitRun(r); len(run) > 0 {
		all.Suites = append(all.Suites, junitSuite{Name: "run", Timestamp: started, Cases: run})
	}
	for _, api := range r.APIs() {
		suite := junitSuite{Name: clean(api), Timestamp: started, Properties: junitFacts(r, api)}
		for _, x := range r.Rules {
			if x.API != api {
				continue
			}
			for _, t := range trials(x) {
				suite.Cases = append(suite.Cases, junitTrial(x, t))
			}
		}
		all.Suites = append(all.Suites, suite)
	}
	var b bytes.Buffer
	if err := junitTemplate.Execute(&b, all); err != nil {
		return fmt.Errorf("writing the report as JUnit: %w", err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

type junitSuites struct {
	Name   string
	Took   Duration
	Suites []junitSuite
}

// Count counts the test cases of a kind, or all of them.
func (s junitSuites) Count(kind string) (n int) {
	for _, x := range s.Suites {
		n += x.Count(kind)
	}
	return n
}

type junitSuite struct {
	Name, Timestamp string
	Properties      [][2]string
	Cases           []junitCase
}

func (s junitSuite) Count(kind string) (n int) {
	for _, c := range s.Cases {
		if kind == "" || c.Kind == kind {
			n++
		}
	}
	return n
}

// Took is the time of all test cases.
func (s junitSuite) Took() (d Duration) {
	for _, c := range s.Cases {
		d += c.Took
	}
	return d
}

type junitCase struct {
	Class, Name         string
	Took                Duration
	Kind                string // "failure", "error" or "skipped"; "" of a pass
	Message, Type, Text string
}

// junitFacts says what an API's test cases were run against.
func junitFacts(r *Report, api string) [][2]string {
	facts := [][2]string{{"run", line(r.Run)}, {"rules", line(r.Suite.Rules)}}
	for _, t := range r.Targets {
		if t.API == api {
			facts = append(facts, [2]string{"url", line(t.URL)}, [2]string{"edition", line(t.Edition)})
		}
	}
	if hash := r.Suite.Hashes[api]; hash != "" {
		facts = append(facts, [2]string{"contract", line(hash)})
	}
	return facts
}

func junitTrial(x Rule, t trial) junitCase {
	c := junitCase{
		Class: clean(x.API + "." + x.ID), Name: line(cmp.Or(t.Name, x.Title)), Took: t.Took,
		Kind: "error", Message: line(cmp.Or(t.Reason, x.Reason, "no reason was given")), Type: string(x.Level),
		Text: fmt.Sprintf("%s (%s) %s\nsource: %s\nat: %s\n%s", x.ID, x.Level, line(x.Title), line(x.Source), x.at(t), t.account()),
	}
	switch {
	case t.Verdict == Pass:
		c.Kind = ""
	case t.Verdict == Skip:
		c.Kind, c.Type, c.Text = "skipped", "", ""
	case t.Verdict == NotRun:
		c.Message, c.Text = "not run: "+c.Message, ""
	case x.Waived != "":
		c.Kind, c.Type, c.Message = "skipped", "", "waived: "+line(x.Waived)
	case t.Verdict == Fail:
		c.Kind = "failure"
	}
	return c
}

// junitRun is what concerns the run as a whole: preflight, records left behind,
// stale waivers, and a run in which nothing was judged.
func junitRun(r *Report) (all []junitCase) {
	for _, check := range r.Checks {
		c := junitCase{Class: "run.preflight." + clean(check.API), Name: line(check.What), Message: line(check.Detail)}
		switch {
		case check.Result >= Fail:
			c.Kind, c.Type = "error", "preflight"
		case check.Result != Pass:
			c.Kind = "skipped"
		}
		all = append(all, c)
	}
	for _, text := range r.leftLines() {
		all = append(all, junitCase{Class: "run.clean-up", Name: text, Kind: "failure", Message: "left behind on the target", Type: "clean-up"})
	}
	for _, text := range r.staleLines() {
		c := junitCase{Class: "run.waivers", Name: text, Kind: "skipped", Message: "the waiver covers nothing"}
		if r.Strict {
			c.Kind, c.Type = "failure", "waiver"
		}
		all = append(all, c)
	}
	if r.ExitStatus() == ExitNothing {
		all = append(all, junitCase{Class: "run.verdict", Name: "something was judged", Kind: "error", Message: r.ExitMeaning(), Type: "verdict", Text: r.Because()})
	}
	return all
}
