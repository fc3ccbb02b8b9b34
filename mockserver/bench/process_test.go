package bench_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "rolecall")
	return file, exec.Command("go", "build", "-o", file, "../../cmd/rolecall").Run()
})

// A process is a server that is measured.
type process struct {
	address, log string
	pid          int
	cost         float64 // of an answer, in processor time, over the latest turns
}

// asked is a turn: it returns the answers a second.
func (p *process) asked(b testing.TB, next workload) func() float64 {
	var ticks, answers float64
	return func() float64 {
		before, began := p.ticks(), time.Now()
		perSecond := rate(b, p.address, next, 400*time.Millisecond, 1e9)
		answers += perSecond * time.Since(began).Seconds()
		ticks += p.ticks() - before
		p.cost = ticks / answers
		return perSecond
	}
}

func serve(b testing.TB, flags ...string) *process {
	b.Helper()
	file, err := binary()
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		b.Fatal(err)
	}
	defer log.Close()
	c := exec.Command(file, append([]string{"serve", "--http", "127.0.0.1:0", "--https", "off", "--quiet", "--cert-dir", dir, "--ready-file", dir + "/ready"}, flags...)...)
	c.Stderr, c.Env = log, append(os.Environ(), "GODEBUG=gctrace=1")
	start(b, c)
	var ready []struct{ URL string }
	for text := []byte{}; len(ready) == 0; text, _ = os.ReadFile(dir + "/ready") {
		_ = json.Unmarshal(text, &ready) // until it is written
	}
	return &process{strings.Split(ready[len(ready)-1].URL, "/")[2], log.Name(), c.Process.Pid, 0}
}

func start(b testing.TB, c *exec.Cmd) {
	b.Helper()
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
}

// ginProcess starts the bare Gin server with what the mock answers.
func ginProcess(b testing.TB, mock *process) *process {
	b.Helper()
	a := answers{Next: mock.fill(b, 1) + 1}
	mock.read(b, get("/users/9"), &a.User)
	mock.read(b, get("/users?page=1&size=10"), &a.Page)
	text, _ := json.Marshal(a)
	c := exec.Command(os.Args[0])
	c.Env, c.Stdin = append(os.Environ(), "BENCH_GIN=1"), bytes.NewReader(text)
	out, err := c.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	start(b, c)
	p := &process{pid: c.Process.Pid}
	if _, err := fmt.Fscan(out, &p.address); err != nil {
		b.Fatal(err)
	}
	return p
}

// fill creates users and returns the id of the first.
func (p *process) fill(b testing.TB, users int64) int64 {
	b.Helper()
	var made struct{ ID int64 }
	p.read(b, create, &made)
	rate(b, p.address, create, time.Hour, users-1)
	return made.ID
}

func (p *process) read(b testing.TB, request workload, into any) {
	b.Helper()
	_, body, _ := strings.Cut(p.answer(b, request), "\r\n\r\n")
	if err := json.Unmarshal([]byte(body), into); err != nil {
		b.Fatal(err)
	}
}

func (p *process) answer(b testing.TB, request workload) string {
	b.Helper()
	c, text := dial(b, p.address), bytes.Buffer{}
	defer c.Close()
	if err := c.ask(request(nil), &text); err != nil {
		b.Fatal(err)
	}
	return text.String()
}

// last is the last number that a file has in a place; 0 where it has none.
func last(file, place string) float64 {
	text, _ := os.ReadFile(file)
	found := regexp.MustCompile(place).FindAllSubmatch(text, -1)
	if len(found) == 0 {
		return 0
	}
	n, _ := strconv.ParseFloat(string(found[len(found)-1][1]), 64)
	return n
}

// ticks is the processor time that the process took, its own and the system's.
func (p *process) ticks() float64 {
	stat := fmt.Sprintf("/proc/%d/stat", p.pid)
	return last(stat, `^(?:\S+ ){13}(\d+)`) + last(stat, `^(?:\S+ ){14}(\d+)`)
}

// heap is what lived after the last garbage collection, in MB.
func (p *process) heap() float64 { return last(p.log, `->(\d+) MB, `) }

// resident is the memory that the process holds, in MB, where the system says so.
func (p *process) resident() float64 {
	return last(fmt.Sprintf("/proc/%d/status", p.pid), `VmRSS:\s+(\d+) kB`) / 1024
}
