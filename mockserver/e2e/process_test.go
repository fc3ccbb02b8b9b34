//go:build e2e

package e2e_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidwall/gjson"
)

const token = "Fake-control-token-1"

var rolecall = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "rolecall")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "rolecall")
	out, err := exec.Command("go", "build", "-o", file, "../../cmd/rolecall").CombinedOutput()
	if err != nil {
		err = &exec.Error{Name: string(out), Err: err}
	}
	return file, err
})

// start runs a program until the test ends; what it said is shown if that failed.
func start(t *testing.T, env []string, program string, args ...string) *os.Process {
	t.Helper()
	var said bytes.Buffer
	c := exec.Command(program, args...)
	c.Stdout, c.Stderr, c.Env = &said, &said, append(os.Environ(), env...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(os.Interrupt)
		ended := time.AfterFunc(10*time.Second, func() { _ = c.Process.Kill() })
		defer ended.Stop()
		if _ = c.Wait(); t.Failed() {
			t.Logf("%s said:\n%.4000s", program, said.String())
		}
	})
	return c.Process
}

// serve starts a mock in a process of its own, and returns where it listens.
func serve(t *testing.T, controlToken string) (address string, process *os.Process) {
	t.Helper()
	file, err := rolecall()
	if err != nil {
		t.Fatal(err)
	}
	ready := filepath.Join(t.TempDir(), "ready.json")
	process = start(t, []string{"ROLECALL_CONTROL_TOKEN=" + controlToken}, file, "serve", "--api", "rapid7", "--http", "127.0.0.1:0", "--https", "off", "--ready-file", ready)
	var lines []struct{ URL string }
	soon(t, "the mock", func() bool {
		text, err := os.ReadFile(ready)
		return err == nil && json.Unmarshal(text, &lines) == nil
	})
	return strings.Split(lines[0].URL, "/")[2], process
}

func soon(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s did not come", what)
		}
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: 20 * time.Second}

// ask sends a request as the administrator, or with the control token; headers
// come in pairs.
func ask(method, url, body string, headers ...string) (status int, answer gjson.Result, err error) {
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return 0, answer, err
	}
	if strings.Contains(url, "/_rolecall/") {
		r.Header.Set("Authorization", "Bearer "+token)
	} else {
		r.SetBasicAuth("nxadmin", "nxpassword")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	got, err := client.Do(r)
	if err != nil {
		return 0, answer, err
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	return got.StatusCode, gjson.ParseBytes(text), err
}
