package embedded

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// What the audit is answered without a network is what a client is answered over one.
func TestAHandlerAnswersDirectlyAsOverANetwork(t *testing.T) {
	t.Parallel()
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/gone":
			panic(http.ErrAbortHandler)
		case "/nothing":
			w.WriteHeader(http.StatusNoContent)
			return
		}
		body, err := io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "text/plain")
		w.Header()["Twice"] = []string{"a", "b"}
		if r.Method == http.MethodPut {
			w.WriteHeader(http.StatusAccepted)
		}
		fmt.Fprintf(w, "%s %s %s %q %d %v %s", r.Method, r.RequestURI, r.Host, body, r.ContentLength, err, r.Header.Get("Asked"))
	})
	server := httptest.NewServer(handler)
	defer server.Close()
	over := &http.Client{CheckRedirect: direct{}.client().CheckRedirect}
	for _, x := range []struct{ method, path, body string }{
		{"GET", "/a%2Fb?c=d&e", ""}, {"PUT", "/a", "text"}, {"POST", "/", ""}, {"GET", "/nothing", ""}, {"GET", "/gone", ""},
	} {
		var told []string
		for _, client := range []*http.Client{over, direct{handler}.client()} {
			r, err := http.NewRequest(x.method, server.URL+x.path, strings.NewReader(x.body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Asked", "yes")
			answer, err := client.Do(r)
			if err != nil {
				told = append(told, "no answer")
				continue
			}
			body, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			told = append(told, fmt.Sprint(answer.StatusCode, answer.Header["Content-Type"], answer.Header["Twice"], string(body), err))
		}
		if told[0] != told[1] {
			t.Errorf("%s %s is answered\n%s directly, and\n%s over a network", x.method, x.path, told[1], told[0])
		}
	}
}
