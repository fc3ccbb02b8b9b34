package report

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

// JUnit writes what CI systems take for the report of a test run: a test suite
// an API, a test case a scenario. Skips are skips, errors are errors, and a
// waived failure is a skip with the waiver's reason. A failed rule is a
// failure at every level; its type is the level, and only the exit status
// says what decides.
//
// What concerns the run and not a rule has a test suite of its own: without
// it, the report of a target that was never reached would be an empty, green
// one.
func JUnit(w io.Writer, r *Report) error {
	all := junitSuites{Name: "rolecall " + line(r.Suite.Version), Time: seconds(r.Took)}
	if run := junitRun(r); len(run.Cases) > 0 {
		all.add(run)
	}
	for _, api := range r.APIs() {
		suite := junitSuite{Name: clean(api), Timestamp: r.Started.UTC().Format("2006-01-02T15:04:05")}
		suite.Properties = junitFacts(r, api)
		for _, x := range r.Rules {
			if x.API != api {
				continue
			}
			for _, t := range trials(x) {
				suite.add(junitTrial(x, t))
			}
		}
		all.add(suite)
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the report as JUnit: %w", err)
	}
	_, err = w.Write(bytes.Join([][]byte{[]byte(xml.Header), text, []byte("\n")}, nil))
	return err
}

type junitCounts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

type junitSuites struct {
	XMLName xml.Name `xml:"testsuites"`
	Name    string   `xml:"name,attr"`
	junitCounts
	Time   string       `xml:"time,attr"`
	Suites []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name string `xml:"name,attr"`
	junitCounts
	Time       string           `xml:"time,attr"`
	Timestamp  string           `xml:"timestamp,attr"`
	Properties *junitProperties `xml:"properties"`
	Cases      []junitCase      `xml:"testcase"`
	took       Duration
}

type junitProperties struct {
	All []junitProperty `xml:"property"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int           `xml:"line,attr,omitempty"`
	Skipped *junitMessage `xml:"skipped"`
	Error   *junitMessage `xml:"error"`
	Failure *junitMessage `xml:"failure"`
	took    Duration
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",cdata"`
}

func (s *junitSuites) add(suite junitSuite) {
	suite.Time = seconds(suite.took)
	s.Suites = append(s.Suites, suite)
	s.Tests += suite.Tests
	s.Failures += suite.Failures
	s.Errors += suite.Errors
	s.Skipped += suite.Skipped
}

func (s *junitSuite) add(c junitCase) {
	c.Time = seconds(c.took)
	s.Cases = append(s.Cases, c)
	s.took += c.took
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
}

// seconds as JUnit has them: without an exponent.
func seconds(d Duration) string { return fmt.Sprintf("%.3f", time.Duration(d).Seconds()) }

// junitFacts says what an API's test cases were run against.
func junitFacts(r *Report, api string) *junitProperties {
	properties := []junitProperty{{"run", line(r.Run)}, {"rules", line(r.Suite.Rules)}}
	for _, t := range r.Targets {
		if t.API == api {
			properties = append(properties, junitProperty{"url", line(t.URL)}, junitProperty{"edition", line(t.Edition)})
		}
	}
	if hash := r.Suite.Hashes[api]; hash != "" {
		properties = append(properties, junitProperty{"contract", line(hash)})
	}
	return &junitProperties{properties}
}

func junitTrial(x Rule, t trial) junitCase {
	c := junitCase{
		Class: clean(x.API + "." + x.ID), Name: line(cmp.Or(t.Name, x.Title)), took: t.Took,
		File: clean(x.File), Line: t.Line,
	}
	message := &junitMessage{Message: line(cmp.Or(t.Reason, x.Reason, "no reason was given"))}
	switch {
	case t.Verdict == Pass:
	case t.Verdict == Skip:
		c.Skipped = message
	case t.Verdict == NotRun:
		c.Error = &junitMessage{Message: "not run: " + message.Message, Type: string(x.Level)}
	case x.Waived != "":
		c.Skipped = &junitMessage{Message: "waived: " + line(x.Waived), Text: junitText(x, t)}
	case t.Verdict == Fail:
		message.Type, message.Text = string(x.Level), junitText(x, t)
		c.Failure = message
	default:
		message.Type, message.Text = string(x.Level), junitText(x, t)
		c.Error = message
	}
	return c
}

func junitText(x Rule, t trial) string {
	return fmt.Sprintf("%s (%s) %s\nsource: %s\nat: %s\n%s",
		x.ID, x.Level, line(x.Title), line(x.Source), x.at(t), t.account())
}
