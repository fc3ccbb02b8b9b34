package engine_test

import (
	"io"
	"net"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/iotest"
)

func TestABodyThatIsNotReadWholeIsRefused(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]string{
		io.ErrUnexpectedEOF: "the body ended early: unexpected EOF",
		&net.OpError{Op: "read", Net: "tcp", Err: os.ErrDeadlineExceeded}: "the body takes too long to arrive",
	} {
		toy := newToy(t, nil)
		w := httptest.NewRecorder()
		toy.http.ServeHTTP(w, httptest.NewRequest("PUT", "/toy/things/two", io.MultiReader(strings.NewReader(`{"n":2}`), iotest.ErrReader(err))))
		if w.Code != 400 || !strings.Contains(w.Body.String(), want) || toy.names() != "one" {
			t.Errorf("%v: %d %s", err, w.Code, w.Body)
		}
	}
}
