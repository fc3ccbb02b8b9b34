package report

// junitRun is the test suite of what concerns the run as a whole: preflight,
// records left behind, and a run in which nothing was judged.
func junitRun(r *Report) junitSuite {
	suite := junitSuite{Name: "run", Timestamp: r.Started.UTC().Format("2006-01-02T15:04:05")}
	for _, check := range r.Checks {
		c := junitCase{Class: "run.preflight." + clean(check.API), Name: line(check.What)}
		message := &junitMessage{Message: line(check.Detail), Type: "preflight"}
		switch {
		case check.Result >= Fail:
			c.Error = message
		case check.Result != Pass:
			c.Skipped = &junitMessage{Message: message.Message}
		}
		suite.add(c)
	}
	for _, text := range r.leftLines() {
		suite.add(junitCase{Class: "run.clean-up", Name: text, Failure: &junitMessage{
			Message: "left behind on the target", Type: "clean-up",
		}})
	}
	for _, text := range r.staleLines() {
		c, message := junitCase{Class: "run.waivers", Name: text}, &junitMessage{Message: "the waiver covers nothing"}
		if r.Strict {
			message.Type = "waiver"
			c.Failure = message
		} else {
			c.Skipped = message
		}
		suite.add(c)
	}
	if r.ExitStatus() == ExitNothing {
		suite.add(junitCase{Class: "run.verdict", Name: "something was judged", Error: &junitMessage{
			Message: r.ExitMeaning(), Type: "verdict", Text: r.Because(),
		}})
	}
	return suite
}
