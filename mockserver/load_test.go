package mockserver_test

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rolecall/rolecall/mockserver"
)

// watched is a mock of a folder of fixtures that it watches. Whatever it tells
// of a reload comes out of the channel.
func watched(t *testing.T, users string) (c *client, file string, told chan error) {
	t.Helper()
	dir := t.TempDir()
	file = filepath.Join(dir, "rapid7", "users.yaml")
	write(t, file, users)
	mock, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}, Fixtures: os.DirFS(dir)})
	if err != nil {
		t.Fatal(err)
	}
	told = make(chan error, 100)
	go mock.Watch(t.Context(), 20*time.Millisecond, func(err error) { told <- err })
	server := httptest.NewServer(mock)
	t.Cleanup(server.Close)
	return &client{t, server.URL}, file, told
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func waitFor(t *testing.T, told chan error) error {
	t.Helper()
	select {
	case err := <-told:
		return err
	case <-time.After(10 * time.Second):
		t.Fatal("nothing was read again")
		return nil
	}
}

func administrator(name string) string {
	return "- {id: 1, login: nxadmin, name: " + name + ", password: nxpassword, role: global-admin, source: 1}\n"
}

func (c *client) name(sandbox string) string {
	c.t.Helper()
	return c.want(200, "GET", "/api/3/users/1", "", "Rolecall-Sandbox", sandbox).get("name").String()
}

func TestFixturesThatChangeAreThoseOfNewAndResetSandboxes(t *testing.T) {
	t.Parallel()
	c, file, told := watched(t, administrator("Before"))
	for _, sandbox := range []string{"living", "reset"} {
		if got := c.name(sandbox); got != "Before" {
			t.Fatalf("it is %s", got)
		}
	}
	write(t, file, administrator("After"))
	if err := waitFor(t, told); err != nil {
		t.Fatal(err)
	}
	c.want(204, "POST", "/_rolecall/reset", "", "Rolecall-Sandbox", "reset")
	for sandbox, want := range map[string]string{"living": "Before", "reset": "After", "new": "After"} {
		if got := c.name(sandbox); got != want {
			t.Errorf("in the sandbox %s it is %s, want %s", sandbox, got, want)
		}
	}
}

func TestFixturesAreReadAgainHoweverAnEditorReplacesThem(t *testing.T) {
	t.Parallel()
	c, file, told := watched(t, administrator("A"))
	for name, replace := range map[string]func(text string){
		"WrittenInPlace": func(text string) { write(t, file, text) },
		"Renamed": func(text string) { // vim and most programs
			write(t, file+"~", text)
			if err := os.Rename(file+"~", file); err != nil {
				t.Fatal(err)
			}
		},
		"DeletedFirst": func(text string) {
			os.Remove(file)
			write(t, file, text)
		},
		"AWholeNewFolder": func(text string) { // a checkout
			os.RemoveAll(filepath.Dir(filepath.Dir(file)))
			time.Sleep(5 * time.Millisecond)
			write(t, file, text)
		},
		"ALinkToAnotherFolder": func(text string) { // a mounted ConfigMap
			folder := filepath.Dir(file)
			write(t, filepath.Join(filepath.Dir(folder), "..data", "users.yaml"), text)
			os.RemoveAll(folder)
			if err := os.Symlink("..data", folder); err != nil {
				t.Fatal(err)
			}
		},
	} {
		replace(administrator(name))
		for c.name(name+time.Now().Format("-150405.000000")) != name {
			_ = waitFor(t, told) // of a folder that is gone for a moment there may be an error
		}
	}
}

func TestTheLastGoodFixturesStayUntilBrokenOnesAreMended(t *testing.T) {
	t.Parallel()
	c, file, told := watched(t, administrator("Good"))
	for _, x := range []struct{ text, says string }{
		{administrator("Bad") + "- {id: 2, lgin: ann}\n", `users.yaml:2: unknown key "lgin"; the keys are `},
		{administrator("Bad") + "- {id: two}\n", "users.yaml:2: id: `two` cannot be read as an integer"},
		{"- [\n", "users.yaml:"},
	} {
		write(t, file, x.text)
		err := waitFor(t, told)
		if err == nil || !strings.Contains(err.Error(), x.says) {
			t.Errorf("the error is %v, want %s", err, x.says)
		}
		if got := c.want(200, "GET", "/_rolecall/health", "").get("staleFixtures").String(); err == nil || got != err.Error() {
			t.Errorf("health says %q", got)
		}
		if got := c.name("new-" + x.says[:2] + time.Now().Format("150405.000000")); got != "Good" {
			t.Errorf("a new sandbox has %s", got)
		}
	}
	write(t, file, administrator("Mended"))
	if err := waitFor(t, told); err != nil {
		t.Fatal(err)
	}
	if got := c.name("mended"); got != "Mended" || c.want(200, "GET", "/_rolecall/health", "").get("staleFixtures").Exists() {
		t.Errorf("a new sandbox has %s, or health says that it is stale", got)
	}
}

func TestEditionsAreReadAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	edition := filepath.Join(dir, "rapid7", "editions", "mine.yaml")
	write(t, edition, "extends: documented\nsettings: {pageSize: 3}\n")
	mock, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}, Editions: map[string]string{"rapid7": "mine"}, Fixtures: os.DirFS(dir)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(mock)
	defer server.Close()
	c := &client{t, server.URL}
	for _, x := range []struct {
		text, says string
		size       int64
	}{
		{"extends: documented\nsettings: {pageSize: 4}\n", "", 4},
		{"extends: documented\nsettings: {pageSize: 0}\n", "editions/mine.yaml:2: pageSize is 0; write 1 or more", 4},
		{"extends: documented\nobserved: true\nsettings: {pageSize: 5}\n", "editions/mine.yaml: observed is now true; that takes a new start", 4},
		{"extends: documented\nsettings: {pageSize: 5}\n", "", 5},
	} {
		write(t, edition, x.text)
		if err := mock.Reload(); x.says == "" && err != nil || x.says != "" && (err == nil || !strings.Contains(err.Error(), x.says)) {
			t.Errorf("%s: the error is %v", x.text, err)
		}
		c.want(204, "POST", "/_rolecall/reset", "")
		if got := c.want(200, "GET", "/api/3/users", "").get("page.size").Int(); got != x.size {
			t.Errorf("%s: a page has %d users", x.text, got)
		}
	}
}
