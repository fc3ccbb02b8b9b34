package conformance_test

import (
	"context"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
)

func write(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestATargetWithoutTheMainCredentialsIsRefusedBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	c := catalogue(t, fakeAPI(t, rule("@must", readsOne)))
	target, err := target.Of(map[string]string{"fake": "http://127.0.0.1:1/fake"}, c.Targets(), false, "", false)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Run(context.Background(), target, run.Options{})
	for _, part := range []string{"keeper", "ROLECALL_FAKE_KEEPER_LOGIN", "--mock"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("the error is %v; it should say %q", err, part)
		}
	}
}

// The authority of a target file is the only one that is trusted, and a
// redirect is an answer like any other.
func TestAnAuthorityOfOnesOwnAndNoVerificationBothReachATLSServer(t *testing.T) {
	t.Parallel()
	s := &fakeServer{things: map[int]string{1: "first"}}
	server := httptest.NewTLSServer(http.HandlerFunc(s.ServeHTTP))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	ca := write(t, dir, "ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})))
	for _, x := range []struct {
		name, tls string
		exit      int
	}{
		{"with the authority", "{ca: ca.pem}", report.ExitConformant},
		{"with the authority by its whole path", "{ca: " + ca + "}", report.ExitConformant},
		{"without verification", "{insecure: true}", report.ExitConformant},
		{"with neither", "{}", report.ExitUnreachable},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			c := catalogue(t, fakeAPI(t, rule("@must", readsOne)))
			text := "tls: " + x.tls + "\napis: {fake: {url: '" + server.URL + "/fake', credentials: {keeper: {login: keeper, password: secret}}}}\n"
			target, err := target.Load(write(t, dir, strings.ReplaceAll(x.name, " ", "-")+".yaml", text), c.Targets())
			if err != nil {
				t.Fatal(err)
			}
			r, err := c.Run(context.Background(), target, run.Options{Selection: allowAll})
			if err != nil || r.ExitStatus() != x.exit {
				t.Errorf("exit status %d, error %v; checks %+v", r.ExitStatus(), err, r.Checks)
			}
		})
	}
}
