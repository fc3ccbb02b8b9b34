// Package bench measures the mock as its users meet it: the serve command as a
// process, with journal and rule headers, asked by another process, beside a
// bare Gin server that has the same settings and writes the same bytes. Both
// are asked in turns: what else the machine does meets both alike, so that a
// ratio holds where single figures do not. -benchtime 11x is eleven turns.
package bench_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/rolecall/rolecall/mockserver"
)

const fewUsers, manyUsers = 25, 1_000_000

var measured = []struct {
	name string
	next workload
}{{"get-one-user", get("/users/9")}, {"page-of-ten", get("/users?page=1&size=10")}, {"create", create}}

// A ratio says nothing unless the baseline writes what the mock writes.
func TestTheBaselineWritesWhatTheMockWrites(t *testing.T) {
	mock := serve(t)
	gin := ginProcess(t, mock)
	for _, x := range measured {
		if have, want := gin.answer(t, x.next), mock.answer(t, x.next); have != want {
			t.Errorf("%s: the baseline answers\n%.2000s\nand the mock\n%.2000s", x.name, have, want)
		}
	}
}

// BenchmarkThroughput prints the mock's answers a second as a part of Gin's,
// and the same by the processor time that answers take, which others on the
// machine hardly disturb.
func BenchmarkThroughput(b *testing.B) {
	mock := serve(b)
	gin := ginProcess(b, mock)
	for _, x := range measured {
		b.Run(x.name, func(b *testing.B) {
			inTurns(b, "of-gin", 1, mock.asked(b, x.next), gin.asked(b, x.next))
			b.ReportMetric(gin.cost/mock.cost, "of-gin-by-cpu")
		})
	}
}

// BenchmarkMillion prints what 1,000,000 users cost beside 25: the time of an
// answer as a multiple, the heap, and what a new sandbox adds to a request.
func BenchmarkMillion(b *testing.B) {
	few, many := serve(b), serve(b)
	first := few.fill(b, fewUsers)
	many.fill(b, manyUsers)
	user := func(users int64) workload {
		return func(b []byte) []byte { return get("/users/" + strconv.FormatInt(first+rand.Int64N(users), 10))(b) }
	}
	page := func(users int64) workload {
		return func(b []byte) []byte { return get(fmt.Sprint("/users?size=10&page=", rand.Int64N(users/10)))(b) }
	}
	for _, x := range []struct {
		name      string
		few, many workload
	}{{"random-user", user(fewUsers), user(manyUsers)}, {"random-page", page(fewUsers), page(manyUsers)}, {"create", create, create}} {
		b.Run(x.name, func(b *testing.B) {
			inTurns(b, "times", 1, few.asked(b, x.few), many.asked(b, x.many))
		})
	}
	b.Run("new-sandbox", func(b *testing.B) {
		c := dial(b, many.address)
		defer c.Close()
		var names int
		var extra []float64
		for b.Loop() {
			for range 200 {
				names++
				known := took(b, c, "known")
				extra = append(extra, took(b, c, fmt.Sprint("new", names))-known)
			}
		}
		report(b, "µs", extra)
	})
	b.Run("memory", func(b *testing.B) {
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(many.heap(), "MB-heap")
		b.ReportMetric(serve(b, "--https", "127.0.0.1:0").resident(), "MB-at-rest")
	})
}

// BenchmarkHandler prints the time that the handler alone takes for a user, as
// a multiple of Gin's marshalling the same one, in the same process.
func BenchmarkHandler(b *testing.B) {
	mock, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}})
	if err != nil {
		b.Fatal(err)
	}
	r, _ := http.NewRequest("GET", "http://console.example.com/api/3/users/9", nil)
	r.SetBasicAuth("nxadmin", "nxpassword")
	r.RequestURI = r.URL.RequestURI()
	w := &writer{header: http.Header{}}
	handling := func(h http.Handler) func() float64 {
		return func() float64 {
			began := time.Now()
			for range 200 {
				clear(w.header)
				h.ServeHTTP(w, r)
			}
			return time.Since(began).Seconds()
		}
	}
	var a answers
	handling(mock)()
	if err := json.Unmarshal(w.body, &a.User); err != nil {
		b.Fatal(err)
	}
	inTurns(b, "times-gin", 100, handling(mock), handling(bareGin(a)))
}

// A writer is a connection that costs nothing.
type writer struct {
	header http.Header
	body   []byte
}

func (w *writer) Header() http.Header         { return w.header }
func (w *writer) WriteHeader(int)             {}
func (w *writer) Write(b []byte) (int, error) { w.body = append(w.body[:0], b...); return len(b), nil }

// took is how long a request to a sandbox takes, in microseconds.
func took(b *testing.B, c *connection, sandbox string) float64 {
	b.Helper()
	request := []byte("GET /api/3/users/9 HTTP/1.1\r\nRolecall-Sandbox: " + sandbox + "\r\n" + head + "\r\n")
	began := time.Now()
	if err := c.ask(request, io.Discard); err != nil {
		b.Fatal(err)
	}
	return time.Since(began).Seconds() * 1e6
}

// inTurns measures both, now the one first and now the other, and reports the
// ratio of the one to the other.
func inTurns(b *testing.B, unit string, pairs int, one, other func() float64) {
	b.Helper()
	one()
	other()
	var ratios []float64
	for b.Loop() {
		for range pairs {
			if len(ratios)%2 == 0 {
				x := one()
				ratios = append(ratios, x/other())
			} else {
				y := other()
				ratios = append(ratios, one()/y)
			}
		}
	}
	report(b, unit, ratios)
}

// report prints the median, and between which figures half of all are.
func report(b *testing.B, unit string, figures []float64) {
	slices.Sort(figures)
	at := func(percent int) float64 { return figures[(len(figures)-1)*percent/100] }
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(at(50), unit)
	b.ReportMetric(at(25), unit+"-from")
	b.ReportMetric(at(75), unit+"-to")
}
