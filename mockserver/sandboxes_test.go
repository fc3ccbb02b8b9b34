package mockserver_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver"
)

func TestSandboxesAreIsolated(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	all := c.total()
	c.want(200, "POST", "/api/3/users", jdoe, "Rolecall-Sandbox", "by-header")
	c.want(200, "DELETE", "/sandbox/by-path/api/3/users/3", "")
	c.want(200, "PUT", "/_rolecall/clock", `{"advance":"1h"}`, "Rolecall-Sandbox", "by-header")
	c.want(204, "PUT", "/_rolecall/defects", `["r7-any-password"]`, "Rolecall-Sandbox", "by-header")
	c.want(204, "POST", "/sandbox/by-path/_rolecall/faults", `{"operation":"getRoles","status":503}`)
	c.want(204, "PATCH", "/sandbox/by-path/_rolecall/settings", `{"rapid7":{"errorStatus":"integer"}}`)
	for name, want := range map[string]string{"": "0 [] 0 12:00:00", "by-header": "1 [\"r7-any-password\"] 0 13:00:00", "by-path": "-1 [] 1 12:00:00"} {
		header := []string{"Rolecall-Sandbox", name}
		if name == "" {
			header = nil
		}
		users := c.total(header...) - all
		on := strings.Join(strings.Fields(c.want(200, "GET", "/_rolecall/defects", "", header...).get("on").Raw), "")
		faults := len(c.want(200, "GET", "/_rolecall/faults", "", header...).get("@this").Array())
		clock := c.want(200, "GET", "/_rolecall/clock", "", header...).get("now").Time().Format(time.TimeOnly)
		if got := fmt.Sprint(users, " ", on, " ", faults, " ", clock); got != want {
			t.Errorf("sandbox %q has %s, want %s", name, got, want)
		}
	}
	// One sandbox, by whichever way it is named.
	if got := c.want(200, "GET", "/sandbox/by-header/api/3/users", "").get("page.totalResources").Int(); got != all+1 {
		t.Errorf("by its path the sandbox has %d users, want %d", got, all+1)
	}
}

func TestLinksKeepTheSandboxsPrefix(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	for _, path := range []string{"/users/3", "/users", "/roles", "/users/99", "/nothing"} {
		body := c.do("GET", "/sandbox/mine/api/3"+path, "").body
		if links, inside := strings.Count(body, `"href":"`), strings.Count(body, `"href":"`+c.url+"/sandbox/mine/api/3/"); links == 0 || links != inside {
			t.Errorf("GET %s: of %d links %d keep the prefix: %s", path, links, inside, body)
		}
	}
	next := c.want(200, "GET", "/sandbox/mine/api/3/users?size=5", "").get(`links.#(rel=="next").href`).String()
	if got := c.want(200, "GET", strings.TrimPrefix(next, c.url), "").get("page.number").Int(); got != 1 {
		t.Errorf("the next link leads to page %d", got)
	}
}

func TestASandboxsNameIsRefusedUnlessItIsPlain(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	for _, name := range []string{"a b", "../x", "-a", ".a", "ä", strings.Repeat("x", 101), "a/b", ""} {
		for _, path := range []string{"/api/3/users", "/_rolecall/state"} {
			c.want(400, "GET", path, "", "Rolecall-Sandbox", name)
		}
	}
	for _, name := range []string{"a", "A.b_c-9", strings.Repeat("x", 100)} {
		c.want(200, "GET", "/api/3/users", "", "Rolecall-Sandbox", name)
	}
	c.want(400, "GET", "/sandbox/one/api/3/users", "", "Rolecall-Sandbox", "two")
}

func TestANameThatIsEncodedIsTheSameName(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	all := c.total()
	c.want(200, "POST", "/sandbox/%61/api/3/users", jdoe)
	for _, prefix := range []string{"/sandbox/a", "/sandbox/%61", "/s%61ndbox/a"} {
		if got := c.want(200, "GET", prefix+"/api/3/users?size=500", "").get("page.totalResources").Int(); got != all+1 {
			t.Errorf("by %s there are %d users, want %d", prefix, got, all+1)
		}
		if got := c.want(200, "GET", prefix+"/_rolecall/state", "").get(`rapid7.users.#(login=="jdoe").name`).String(); got != "Jane Doe" {
			t.Errorf("by %s the control plane shows %q", prefix, got)
		}
		if got := c.want(404, "GET", prefix+"/api/3/users/%39%39?x=%2F", "").get("links.0.href").String(); got != c.url+"/sandbox/a/api/3/users/%39%39?x=%2F" {
			t.Errorf("by %s a refusal links to %s", prefix, got)
		}
	}
	if got := c.total("Rolecall-Sandbox", "a"); got != all+1 {
		t.Errorf("by its header there are %d users, want %d", got, all+1)
	}
	if names := c.want(200, "GET", "/_rolecall/sandboxes", "").get("#.name").Raw; names != `["","a"]` {
		t.Errorf("the sandboxes are %s", names)
	}
}

func TestAPrefixThatNamesNoSandboxIsRefusedAndNotRepeated(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	all := c.total()
	for _, name := range []string{"a%2Fb", "a%2fb", "%2F", "a%20b", "a b", "..%2Fa", "%2e%2e", "a%00", "-a", ""} {
		a := c.want(400, "POST", "/sandbox/"+strings.ReplaceAll(name, " ", "%20")+"/api/3/users", jdoe)
		if got := a.get("links.0.href").String(); got != c.url+"/api/3/users" {
			t.Errorf("%q: the refusal links to %s", name, got)
		}
		if name != "" {
			c.want(400, "DELETE", "/sandbox/"+strings.ReplaceAll(name, " ", "%20")+"/_rolecall/sandboxes", "")
		}
	}
	if got := c.total("Rolecall-Sandbox", "a"); got != all || c.total() != all {
		t.Errorf("in sandbox a there are %d users, want %d", got, all)
	}
	entry := c.want(200, "GET", "/_rolecall/journal", "").get("entries.1")
	if entry.Get("url").String() != "/api/3/users" || !strings.Contains(entry.Get("answer.message").String(), `"a/b"`) {
		t.Errorf("the journal has %s", entry)
	}
}

func TestASandboxIsNamedOnce(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	for _, path := range []string{"/api/3/users", "/api/3/nothing", "/_rolecall/state", "/sandbox/a/api/3/users"} {
		r, err := http.NewRequest("GET", c.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.SetBasicAuth("nxadmin", "nxpassword")
		r.Header["Rolecall-Sandbox"] = []string{"a", "b"}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if response.StatusCode != 400 || !strings.Contains(string(text), "given 2 times; give it once") {
			t.Errorf("%s: %d %s", path, response.StatusCode, text)
		}
	}
	if names := c.want(200, "GET", "/_rolecall/sandboxes", "").get("#.name").Raw; names != `[""]` {
		t.Errorf("the sandboxes are %s", names)
	}
}

// inBubble asks a mock without a network, so that time is what the test says.
func inBubble(t *testing.T, mock http.Handler, method, path string) string {
	t.Helper()
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(jdoe))
	r.RemoteAddr = "127.0.0.1:5"
	r.SetBasicAuth("nxadmin", "nxpassword")
	w := httptest.NewRecorder()
	if mock.ServeHTTP(w, r); w.Code >= 400 {
		t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return w.Body.String()
}

func TestAnIdleSandboxIsForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		mock, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}})
		if err != nil {
			t.Fatal(err)
		}
		total := func(prefix string) int64 {
			return gjson.Get(inBubble(t, mock, "GET", prefix+"/api/3/users"), "page.totalResources").Int()
		}
		names := func() string {
			return gjson.Get(inBubble(t, mock, "GET", "/_rolecall/sandboxes"), "#.name").Raw
		}
		all := total("/sandbox/mine")
		inBubble(t, mock, "POST", "/sandbox/mine/api/3/users")
		inBubble(t, mock, "POST", "/api/3/users")
		for range 4 { // in use, it stays
			time.Sleep(14 * time.Minute)
			if got := total("/sandbox/mine"); got != all+1 {
				t.Fatalf("in use the sandbox has %d users, want %d", got, all+1)
			}
		}
		time.Sleep(10 * time.Minute)
		total("/sandbox/later")
		time.Sleep(7 * time.Minute)
		if got := names(); got != `["","later"]` { // though nobody has asked for another
			t.Errorf("after 17 minutes the sandboxes are %s", got)
		}
		time.Sleep(time.Hour)
		if got := names(); got != `[""]` {
			t.Errorf("after another hour the sandboxes are %s", got)
		}
		if got := total("/sandbox/mine"); got != all {
			t.Errorf("made again, the sandbox has %d users, want %d as in the fixtures", got, all)
		}
		if got := total(""); got != all+1 {
			t.Errorf("the one without a name has %d users, want %d: it stays", got, all+1)
		}
	})
}

func TestAMockThatNobodyUsesIsNotKept(t *testing.T) {
	t.Parallel()
	mock, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}})
	if err != nil {
		t.Fatal(err)
	}
	inBubble(t, mock, "GET", "/sandbox/mine/api/3/users")
	kept := mockserver.Kept(mock)
	for range 3 {
		runtime.GC()
	}
	if kept() {
		t.Error("the timer of its sandboxes keeps it")
	}
}

func TestOfTooManySandboxesTheLongestUnusedGoes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		mock, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}, Sandboxes: 3})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct{ use, left string }{
			{"a", "a"}, {"b", "a b"}, {"c", "a b c"}, {"a", "a b c"}, {"d", "a c d"}, {"c", "a c d"}, {"e", "c d e"}, {"f", "c e f"}, {"g", "e f g"}, {"h", "f g h"},
		} {
			inBubble(t, mock, "GET", "/sandbox/"+x.use+"/api/3/users")
			time.Sleep(time.Second)
			var names []string
			for _, name := range gjson.Get(inBubble(t, mock, "GET", "/_rolecall/sandboxes"), "#.name").Array()[1:] {
				names = append(names, name.String())
			}
			if got := strings.Join(names, " "); got != x.left {
				t.Fatalf("after the use of %s the sandboxes are %s, want %s", x.use, got, x.left)
			}
		}
	})
}

func TestTheJournalsOfAllSandboxesHaveABudget(t *testing.T) {
	t.Parallel()
	c := serve(t, mockserver.Options{APIs: []string{"rapid7"}, JournalBytes: 300_000})
	for n := range 200 {
		c.total("Rolecall-Sandbox", fmt.Sprint("s", n%40)) // 13 kB each
		var held int64
		for _, bytes := range c.want(200, "GET", "/_rolecall/sandboxes", "").get("#.journalBytes").Array() {
			held += bytes.Int()
		}
		if held > 300_000 || n > 20 && held < 200_000 {
			t.Fatalf("after %d calls the journals hold %d bytes", n, held)
		}
	}
	last := c.want(200, "GET", "/_rolecall/journal", "", "Rolecall-Sandbox", "s39")
	if last.get("calls").Int() != 5 || last.get("entries.#").Int() == 0 {
		t.Errorf("of %d calls %d are remembered", last.get("calls").Int(), last.get("entries.#").Int())
	}
}

func TestSandboxesAreMadeOnceHoweverManyAsk(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			body := strings.Replace(jdoe, "jdoe", fmt.Sprint("user", i), 1)
			if a := c.do("POST", "/api/3/users", body, "Rolecall-Sandbox", "shared"); a.status != 200 {
				t.Errorf("status %d %s", a.status, a.body)
			}
			c.do("GET", "/_rolecall/sandboxes", "")
			c.do("PATCH", "/_rolecall/settings", `{"rapid7":{"lockThreshold":7}}`, "Rolecall-Sandbox", "shared")
		})
	}
	all.Wait()
	if got := c.total("Rolecall-Sandbox", "shared") - c.total(); got != 8 {
		t.Errorf("%d of 8 users are there", got)
	}
}

// Sandboxes begin with one and the same state. Whoever changes it first has a
// copy of its own, however many do so at one time.
func TestSandboxesThatChangeAtOneTimeDoNotMeet(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	first := c.total()
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			mine := []string{"Rolecall-Sandbox", fmt.Sprint("at-once-", i)}
			for n := range i%4 + 1 {
				if a := c.do("POST", "/api/3/users", strings.Replace(jdoe, "jdoe", fmt.Sprint("user", n), 1), mine...); a.status != 200 {
					t.Errorf("status %d %s", a.status, a.body)
				}
			}
			if got := c.do("GET", "/api/3/users", "", mine...).get("page.totalResources").Int() - first; got != int64(i%4+1) {
				t.Errorf("sandbox %d has %d users more than at first, want %d", i, got, i%4+1)
			}
		})
	}
	all.Wait()
	if got := c.total(); got != first {
		t.Errorf("the sandbox without a name has %d users, want %d", got, first)
	}
}

func TestAResetMakesASandboxWhatItWasAtFirst(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	mine := []string{"Rolecall-Sandbox", "mine"}
	first := c.want(200, "GET", "/_rolecall/state", "", mine...).body
	key := c.want(200, "POST", "/api/3/users/3/2FA", "", mine...).get("key").String()
	c.want(200, "DELETE", "/api/3/users/4", "", mine...)
	c.want(204, "PUT", "/_rolecall/defects", `["r7-any-password"]`, mine...)
	c.want(204, "POST", "/_rolecall/faults", `{"operation":"getRoles","status":503,"times":9}`, mine...)
	c.want(204, "PATCH", "/_rolecall/settings", `{"rapid7":{"errorStatus":"integer"}}`, mine...)
	c.want(200, "PUT", "/_rolecall/clock", `{"advance":"1h"}`, mine...)
	c.want(204, "POST", "/_rolecall/reset", "", mine...)
	if c.want(200, "GET", "/_rolecall/state", "", mine...).body != first {
		t.Error("the state is another than at first")
	}
	if got := c.want(200, "GET", "/_rolecall/journal", "", mine...).get("calls").Int(); got != 0 {
		t.Errorf("the journal still has %d calls", got)
	}
	c.want(200, "GET", "/api/3/roles", "", mine...)
	if raw := c.want(404, "GET", "/api/3/users/99", "", mine...).get("status").Raw; raw != `"404"` {
		t.Errorf("the setting is still in force: %s", raw)
	}
	c.want(401, "GET", "/api/3/users", "", append(mine, "Authorization", "Basic bnhhZG1pbjp4")...)
	if now := c.want(200, "GET", "/_rolecall/clock", "", mine...).get("now").Time(); !now.Equal(noon) {
		t.Errorf("the clock shows %s", now)
	}
	if again := c.want(200, "POST", "/api/3/users/3/2FA", "", mine...).get("key").String(); again != key {
		t.Errorf("the key drawn is %s, at first it was %s", again, key)
	}
}
