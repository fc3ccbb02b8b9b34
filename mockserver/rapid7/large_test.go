package rapid7_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

const hundredMB = 100 << 20

// spaces writes n bytes of white space and then a body, as a hostile client may.
func spaces(w io.Writer, n int) error {
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	for ; n > 0; n -= len(chunk) {
		if _, err := w.Write(chunk[:min(n, len(chunk))]); err != nil {
			return err
		}
	}
	return nil
}

// chunk writes a hundred megabytes as one chunk, and the end.
func chunk(w io.Writer) error {
	fmt.Fprintf(w, "%x\r\n", hundredMB)
	if err := spaces(w, hundredMB); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\r\n0\r\n\r\n")
	return err
}

func TestABodyOfAHundredMegabytesIsRefused(t *testing.T) {
	for _, x := range []struct {
		name, header string
		send         func(net.Conn) error
	}{
		{"by a client that sends all of it before it reads", fmt.Sprint("Content-Length: ", hundredMB), func(conn net.Conn) error {
			return spaces(conn, hundredMB)
		}},
		{"sent in chunks by a client that sends all of it before it reads", "Transfer-Encoding: chunked", func(conn net.Conn) error {
			return chunk(conn)
		}},
		{"by a client that waits to be told to send it", fmt.Sprintf("Content-Length: %d\r\nExpect: 100-continue", hundredMB), nil},
		{"sent in chunks by a client that is told to send it", "Transfer-Encoding: chunked\r\nExpect: 100-continue", func(conn net.Conn) error {
			told := make([]byte, len("HTTP/1.1 100 Continue\r\n\r\n"))
			if _, err := io.ReadFull(conn, told); err != nil || !strings.Contains(string(told), " 100 ") {
				return fmt.Errorf("told %q, %w", told, err)
			}
			return chunk(conn)
		}},
		{"announced and never sent", fmt.Sprintf("Content-Length: %d\r\nExpect: 100-continue\r\nConnection: close", hundredMB), nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			c := newConsole(t, "documented")
			c.unchanged(func() { c.envelope(413, c.raw(c.head("POST /api/3/users", x.header), x.send)) })
		})
	}
	t.Run("by Go's own client", func(t *testing.T) {
		t.Parallel()
		c := newConsole(t, "documented")
		for _, expect := range []string{"", "100-continue"} {
			c.unchanged(func() {
				r, err := http.NewRequest("POST", c.server.URL+"/api/3/users", bytes.NewReader(make([]byte, hundredMB)))
				if err != nil {
					t.Fatal(err)
				}
				r.SetBasicAuth("nxadmin", "nxpassword")
				if expect != "" {
					r.Header.Set("Expect", expect)
				}
				c.envelope(413, c.send(r))
			})
		}
	})
}

func TestABodyIsReadUpToOneMegabyte(t *testing.T) {
	t.Parallel()
	for size, status := range map[int]int{1 << 20: 200, 1<<20 + 1: 413} {
		c := newConsole(t, "documented")
		body := ok + strings.Repeat(" ", size-len(ok))
		c.want(status, c.admin("POST", "/users", body))
	}
}

func TestALargeBodyOfAStrangerIsRefusedAsAStrangers(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	began := time.Now()
	c.unchanged(func() { c.want(401, c.do("", "POST", "/users", strings.Repeat(" ", 2<<20))) })
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the refusal took %s", took)
	}
}
