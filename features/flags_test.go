package features_test

import (
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/mockserver"
)

// TestRules is run as its users run it, in a process of its own: what it says
// of a target must be true, and what means nothing must not pass.
func TestWhatGoTestSaysOfATarget(t *testing.T) {
	t.Parallel()
	mock, err := mockserver.New(mockserver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(mock)
	t.Cleanup(server.Close)
	secure := httptest.NewTLSServer(mock)
	t.Cleanup(secure.Close)
	file := filepath.Join(t.TempDir(), "target.yaml")
	text := "apis: {rapid7: {url: '" + server.URL + "/api/3', credentials: {administrator: {login: nxadmin, password: nxpassword}}}}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	const account = "ROLECALL_RAPID7_ADMINISTRATOR_LOGIN=nxadmin ROLECALL_RAPID7_ADMINISTRATOR_PASSWORD=nxpassword"
	for _, c := range []struct {
		name, args, env string
		passes          bool
		says            []string // regular expressions
	}{
		{"a rule that holds", "-rule R7-ROLE-02", "", true, []string{`--- PASS: TestRules/R7-ROLE-02`, `--- PASS: TestRules/R7-CONTRACT`}},
		{"a rule that is broken", "-rule R7-ROLE-02 -defect r7-built-in-deleted", "", false,
			[]string{`--- FAIL: TestRules/R7-ROLE-02`, `features/rapid7/roles.feature:\d+`, `curl `, `NOT CONFORMANT`, `source: InsightVM API v3, User: Delete Role`}},
		{"a should rule that is broken", "-rule R7-LINK-01 -defect r7-self-link-wrong", "", true, []string{`--- SKIP: TestRules/R7-LINK-01`, `does not decide`, `FAIL  R7-LINK-01`}},
		{"a should rule that is broken, strictly", "-rule R7-LINK-01 -defect r7-self-link-wrong -strict", "", false, []string{`--- FAIL: TestRules/R7-LINK-01`}},
		{"a broken contract", "-rule R7-USER-02 -defect r7-user-without-name", "", false, []string{`--- PASS: TestRules/R7-USER-02`, `--- FAIL: TestRules/R7-CONTRACT`}},
		{"an unknown rule", "-rule R7-ROLE-2", "", false, []string{`did you mean "R7-ROLE-02"`}},
		{"an unknown rule beside a known one", "-rule R7-ROLE-02,R7-ROLE-99", "", false, []string{`R7-ROLE-99`}},
		{"an unknown API", "-api rapid", "", false, []string{`did you mean "rapid7"`}},
		{"an unknown tag", "-expr @rols", "", false, []string{`did you mean "@roles"`}},
		{"an expression that is none", "-expr @roles&&@must", "", false, []string{`tag`}},
		{"tags that nothing has together", "-expr @rapid7$and$@socotra", "", false, []string{`NOTHING JUDGED`}},
		{"an unknown defect", "-defect r7-none", "", false, []string{`r7-none`}},
		{"an unknown edition", "-edition rapid7=none", "", false, []string{`console-6.6`}},
		{"an edition", "-edition rapid7=console-6.6 -api rapid7 -rule R7-ROLE-02", "", true, []string{`--- PASS: TestRules/R7-ROLE-02`}},
		{"a switch with another value in the environment", "", "ROLECALL_STRICT=perhaps", false, []string{`ROLECALL_STRICT: .*invalid syntax`}},
		{"a report and a demand", "-rule R7-ROLE-02 -min-coverage 100 -report json=" + filepath.Join(t.TempDir(), "r.json"), "", false, []string{`are demanded`}},
		{"a report of no format", "-rule R7-ROLE-02 -report jsn=x", "", false, []string{`did you mean "json"`}},
		{"own features that are not there", "-features nowhere", "", false, []string{`nowhere is no folder`}},
		{"something else to allow", "-allow everything", "", false, []string{`writes and disruptive`}},
		{"a switch with another value", "-strict=perhaps", "", false, []string{`invalid boolean value "perhaps"`}},
		{"a target that is not there", "-url rapid7=http://127.0.0.1:1/api/3 -mock", "", false, []string{`TARGET NOT REACHED`, `is it running`}},
		{"a URL without credentials", "-url rapid7=" + server.URL + "/api/3", "", false, []string{`ROLECALL_RAPID7_ADMINISTRATOR_LOGIN`}},
		{"a URL with the account of the environment, which is only read", "-url rapid7=" + server.URL + "/api/3 -expr @privileges", account, true,
			[]string{`--- PASS: TestRules/R7-PRIV-01`, `--- SKIP: TestRules/R7-PRIV-04`, `it writes; --allow writes lets it run`}},
		{"nothing that may be done", "-url rapid7=" + server.URL + "/api/3 -rule R7-USER-01", account, false, []string{`--- SKIP: TestRules/R7-USER-01`, `NOTHING JUDGED`}},
		{"writes that are allowed", "-url rapid7=" + server.URL + "/api/3 -rule R7-USER-01 -allow writes", account, true, []string{`--- PASS: TestRules/R7-USER-01`}},
		{"a mock over HTTPS that is not trusted", "-url rapid7=" + secure.URL + "/api/3 -mock -rule R7-ROLE-02", "", false, []string{`tls.ca`}},
		{"a mock over HTTPS", "-url rapid7=" + secure.URL + "/api/3 -mock -insecure -rule R7-ROLE-02", "", true, []string{`--- PASS: TestRules/R7-ROLE-02`}},
		{"a target file", "-target " + file + " -rule R7-ROLE-05", "", true, []string{`--- PASS: TestRules/R7-ROLE-05`}},
		{"a target file that does not exist", "-target nowhere.yaml", "", false, []string{`nowhere.yaml`}},
		{"a target file and a URL", "-target " + file + " -url rapid7=http://127.0.0.1:1", "", false, []string{`both name the target`}},
		{"a target and a defect", "-target " + file + " -defect r7-canary", "", false, []string{`not for a target`}},
		{"a mock that is nowhere", "-mock", "", false, []string{`go with --url`}},
		{"all in the environment", "", "ROLECALL_RULE=R7-ROLE-02 ROLECALL_API=rapid7 ROLECALL_DEFECT=r7-built-in-deleted ROLECALL_STRICT=true", false, []string{`--- FAIL: TestRules/R7-ROLE-02`}},
		{"a target in the environment", "", "ROLECALL_URL=rapid7=" + secure.URL + "/api/3 ROLECALL_MOCK=true ROLECALL_INSECURE=true ROLECALL_EXPR=@R7-ROLE-02", true, []string{`--- PASS: TestRules/R7-ROLE-02`}},
		{"a flag wins over the environment", "-rule R7-ROLE-05", "ROLECALL_RULE=R7-ROLE-99", true, []string{`--- PASS: TestRules/R7-ROLE-05`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"-test.run=^TestRules$", "-test.v"}, strings.Fields(c.args)...)
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], "$and$", " and ")
			}
			cmd := exec.Command(os.Args[0], args...)
			for _, v := range os.Environ() {
				if !strings.HasPrefix(v, "ROLECALL_") {
					cmd.Env = append(cmd.Env, v)
				}
			}
			cmd.Env = append(cmd.Env, strings.Fields(c.env)...)
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			if (err == nil) != c.passes || strings.Contains(string(out), "panic:") {
				t.Errorf("it passes: %v; it should be %v", err == nil, c.passes)
			}
			for _, part := range c.says {
				if !regexp.MustCompile(part).Match(out) {
					t.Errorf("it does not say %s", part)
				}
			}
			if t.Failed() {
				t.Logf("%s", out)
			}
		})
	}
}
