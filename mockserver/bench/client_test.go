package bench_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A connection is the leanest client that there is: what it costs itself is
// taken from whichever server it measures.
type connection struct {
	net.Conn
	r *bufio.Reader
}

func dial(b testing.TB, address string) *connection {
	b.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		b.Fatal(err)
	}
	return &connection{c, bufio.NewReaderSize(c, 32<<10)}
}

// ask sends a request and copies the answer to w, but for its date and id.
func (c *connection) ask(request []byte, w io.Writer) error {
	if _, err := c.Write(request); err != nil {
		return err
	}
	for length, first := int64(0), true; ; first = false {
		line, err := c.r.ReadSlice('\n')
		if err != nil || first && !bytes.HasPrefix(line, []byte("HTTP/1.1 200 ")) {
			return fmt.Errorf("%.60q is answered with %q, %v", request, line, err)
		}
		switch {
		case bytes.HasPrefix(line, []byte("X-Request-Id: ")):
			_, _ = io.WriteString(w, "X-Request-Id\r\n")
		case !bytes.HasPrefix(line, []byte("Date: ")):
			_, _ = w.Write(line)
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			length, _ = strconv.ParseInt(string(bytes.TrimSpace(value)), 10, 64)
		} else if len(line) == len("\r\n") {
			_, err = io.CopyN(w, c.r, length)
			return err
		}
	}
}

// A workload writes the next request to the end of b.
type workload func(b []byte) []byte

const head = "Host: console.example.com\r\nAuthorization: Basic bnhhZG1pbjpueHBhc3N3b3Jk\r\nAccept: application/json\r\n"

func get(path string) workload {
	return func(b []byte) []byte { return fmt.Appendf(b, "GET /api/3%s HTTP/1.1\r\n%s\r\n", path, head) }
}

var created atomic.Int64

func create(b []byte) []byte {
	n := created.Add(1)
	body := fmt.Sprintf(`{"login":"new%08d","name":"New User","email":"new%08d@example.com","password":"Fake-new-1","role":{"id":"user","allSites":true}}`, n, n)
	return fmt.Appendf(b, "POST /api/3/users HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", head, len(body), body)
}

// rate asks over sixteen connections for a while, or until enough is answered,
// and returns the number of answers a second.
func rate(b testing.TB, address string, next workload, duration time.Duration, enough int64) float64 {
	b.Helper()
	var answered atomic.Int64
	var all sync.WaitGroup
	began := time.Now()
	for range 16 {
		c := dial(b, address)
		all.Go(func() {
			defer c.Close()
			for request := []byte{}; time.Since(began) < duration && answered.Add(1) <= enough; {
				request = next(request[:0])
				if err := c.ask(request, io.Discard); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	return float64(answered.Load()) / time.Since(began).Seconds()
}
