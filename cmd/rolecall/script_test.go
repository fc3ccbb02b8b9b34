package main

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/rolecall/rolecall/conformance/report"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"rolecall": main})
}

// TestScript runs the command as its users do, in processes of its own.
// Beside testscript's commands there are:
//
//	exits STATUS ARG...        runs rolecall and wants this exit status; "any" of whatever it is
//	ready FILE                 waits for a ready file; sets RAPID7_HTTP, RAPID7_HTTPS and so on, HTTP_ADDRESS and CONTROL
//	expand FILE...             puts variables of the environment into files
//	control METHOD PATH [BODY] calls the mock's control plane; the answer is standard output
//	healthy PATTERN            waits until the mock's health has a text
//	stopped SIGNAL STATUS FILE LINES ARG...
//	                           runs rolecall, sends a signal when FILE has so many lines, and wants the status
//	terminate                  sends SIGTERM to what runs in the background
func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(e *testscript.Env) error {
			e.Vars = append(e.Vars, "CI=true")
			return nil
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "race":
				return raceDetector, nil
			case "full": // a device that is always full
				_, err := os.Stat("/dev/full")
				return err == nil, nil
			}
			return false, fmt.Errorf("there is no condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "ready": readyFile, "expand": expand, "control": control, "healthy": healthy, "stopped": stopped, "terminate": terminate,
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits STATUS ARG...")
	}
	wantStatus(ts, args[0], ts.Exec("rolecall", args[1:]...))
}

func wantStatus(ts *testscript.TestScript, want string, err error) {
	status := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		status = exit.ExitCode() // -1 of a process that a signal ended
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want != "any" && strconv.Itoa(status) != want {
		ts.Fatalf("exit status %d; it should be %s", status, want)
	}
}

func readyFile(ts *testscript.TestScript, _ bool, args []string) {
	var lines []struct{ API, URL, CA, BasePath string }
	text, err := waitFor(func() ([]byte, bool) {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		return text, err == nil
	})
	ts.Check(err)
	ts.Check(json.Unmarshal(text, &lines))
	for _, l := range lines {
		scheme, rest, _ := strings.Cut(l.URL, "://")
		ts.Setenv(strings.ToUpper(scheme)+"_ADDRESS", strings.TrimSuffix(rest, l.BasePath))
		ts.Setenv(strings.ToUpper(l.API+"_"+scheme), l.URL)
		ts.Setenv("CONTROL", strings.TrimSuffix(l.URL, l.BasePath)+"/_rolecall")
		if l.CA != "" {
			ts.Setenv("CA", ts.MkAbs(l.CA))
		}
	}
}

func waitFor[T any](look func() (T, bool)) (T, error) {
	for end := time.Now().Add(20 * time.Second); ; {
		v, ok := look()
		if ok {
			return v, nil
		}
		if time.Now().After(end) {
			return v, errors.New("it did not come")
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func expand(ts *testscript.TestScript, _ bool, files []string) {
	for _, file := range files {
		text := os.Expand(ts.ReadFile(file), ts.Getenv)
		ts.Check(os.WriteFile(ts.MkAbs(file), []byte(text), 0o600))
	}
}

func control(ts *testscript.TestScript, neg bool, args []string) {
	var body io.Reader
	if len(args) > 2 {
		body = strings.NewReader(args[2])
	}
	r, err := http.NewRequest(args[0], ts.Getenv("CONTROL")+args[1], body)
	ts.Check(err)
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if neg && err != nil {
		return
	}
	ts.Check(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	ts.Check(err)
	fmt.Fprint(ts.Stdout(), nextID.ReplaceAllString(string(text), ""))
	if (answer.StatusCode >= 400) != neg {
		ts.Fatalf("%s %s: %d %s", args[0], args[1], answer.StatusCode, text)
	}
}

// nextID is what a state does not get back: an id is never given twice.
var nextID = regexp.MustCompile(`\s*"next": \d+`)

func healthy(ts *testscript.TestScript, _ bool, args []string) {
	_, err := waitFor(func() (string, bool) {
		answer, err := http.Get(ts.Getenv("CONTROL") + "/health")
		ts.Check(err)
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		ts.Check(err)
		return "", regexp.MustCompile(args[0]).Match(text)
	})
	ts.Check(err)
}

var signals = map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM, "KILL": os.Kill}

func stopped(ts *testscript.TestScript, _ bool, args []string) {
	name, err := exec.LookPath("rolecall")
	ts.Check(err)
	lines, err := strconv.Atoi(args[3])
	ts.Check(err)
	cmd := exec.Command(name, args[4:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Stdout, cmd.Stderr = ts.Stdout(), ts.Stderr()
	ts.Check(cmd.Start())
	_, err = waitFor(func() (bool, bool) {
		text, _ := os.ReadFile(ts.MkAbs(args[2]))
		return true, bytes.Count(text, []byte("\n")) >= lines
	})
	if err != nil {
		_ = cmd.Process.Kill()
	}
	ts.Check(err)
	ts.Check(cmd.Process.Signal(signals[args[0]]))
	wantStatus(ts, args[1], cmd.Wait())
}

func terminate(ts *testscript.TestScript, _ bool, _ []string) {
	background := ts.BackgroundCmds()
	if len(background) == 0 {
		ts.Fatalf("nothing runs in the background")
	}
	for _, cmd := range background {
		ts.Check(cmd.Process.Signal(syscall.SIGTERM))
	}
}

// Whoever adds an exit status, a form of the report or a command adds a script that sees it.
func TestEveryExitStatusFormatAndCommandIsSeenByAScript(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	files, err := os.ReadDir("testdata/script")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile("testdata/script/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, status := range []int{report.ExitConformant, report.ExitNotConformant, report.ExitUsage, report.ExitUnreachable, report.ExitNothing, report.ExitLeftBehind, report.ExitInterrupted, report.ExitUnwritten} {
		if !strings.Contains(all.String(), fmt.Sprintf("\nexits %d verify", status)) && !regexp.MustCompile(fmt.Sprintf(`\nstopped [A-Z]+ %d .* verify`, status)).MatchString(all.String()) {
			t.Errorf("no script sees verify end with %d", status)
		}
	}
	for _, format := range report.Formats() {
		if !strings.Contains(all.String(), "--report "+format+"=") {
			t.Errorf("no script writes a report as %s", format)
		}
	}
	for _, c := range newRoot().Commands() {
		if name := c.Name(); !slices.Contains([]string{"help", "completion"}, name) && !strings.Contains(all.String(), " "+name) {
			t.Errorf("no script runs rolecall %s", name)
		}
	}
}
