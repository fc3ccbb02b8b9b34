package rapid7_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/mockserver/rapid7"
)

// The mock beside bare Gin handlers that marshal the same values, over real
// connections and with the same client: what does everything that the mock
// checks cost? And what do a million users cost, beside a few?

const fewUsers, manyUsers = 25, 1_000_000

func BenchmarkGetUser(b *testing.B) {
	mock := router(b, mockOf(b, fewUsers))
	var user benchUser
	g := gin.New()
	g.GET("/api/3/users/:id", func(c *gin.Context) { c.JSON(http.StatusOK, user) })
	get := func() *http.Request { return request("GET", "/users/3", "") }
	same(b, mock, g, get(), &user)
	sideBySide(b, g, mock, get)
}

func BenchmarkPage(b *testing.B) {
	mock := router(b, mockOf(b, fewUsers))
	var page benchPage
	g := gin.New()
	g.GET("/api/3/users", func(c *gin.Context) { c.JSON(http.StatusOK, page) })
	get := func() *http.Request { return request("GET", "/users?page=1&size=10", "") }
	same(b, mock, g, get(), &page)
	sideBySide(b, g, mock, get)
}

func BenchmarkCreate(b *testing.B) {
	sideBySide(b, creator(), router(b, mockOf(b, fewUsers)), create)
}

// BenchmarkScale asks the same of a mock with few and with a million users.
func BenchmarkScale(b *testing.B) {
	origins := map[int]*engine.Sandbox{fewUsers: mockOf(b, fewUsers), manyUsers: mockOf(b, manyUsers)}
	for _, x := range []struct {
		name string
		make func(users int) func() *http.Request
	}{
		{"get-user", func(int) func() *http.Request {
			return func() *http.Request { return request("GET", "/users/9", "") }
		}},
		{"first-page", func(int) func() *http.Request {
			return func() *http.Request { return request("GET", "/users", "") }
		}},
		{"last-page", func(users int) func() *http.Request {
			last := strconv.Itoa((users+9)/10 - 2) // the last one that is full with either number
			return func() *http.Request { return request("GET", "/users?page="+last, "") }
		}},
		{"create", func(int) func() *http.Request { return create }},
	} {
		for _, users := range []int{fewUsers, manyUsers} {
			b.Run(fmt.Sprintf("%s/users=%d", x.name, users), func(b *testing.B) {
				measure(b, router(b, origins[users].Fork("bench", 1)), x.make(users))
			})
		}
	}
}

// BenchmarkNewSandbox forks a sandbox over a million users.
func BenchmarkNewSandbox(b *testing.B) {
	origin := mockOf(b, manyUsers)
	for b.Loop() {
		origin.Fork("bench", 1)
	}
}

func mockOf(b *testing.B, users int) *engine.Sandbox {
	b.Helper()
	_, state := prepared(b)
	states := map[string]engine.State{"rapid7": rapid7.Grow(state, users)}
	return engine.NewSandbox(states, time.Time{}, false, 1, nil)
}

func prepared(b *testing.B) (*engine.API, engine.State) {
	b.Helper()
	dir, err := fixtures.FS("rapid7")
	if err != nil {
		b.Fatal(err)
	}
	api, err := rapid7.New(dir, "documented")
	if err != nil {
		b.Fatal(err)
	}
	if err := api.Prepare(); err != nil {
		b.Fatal(err)
	}
	state, err := api.Load(dir)
	if err != nil {
		b.Fatal(err)
	}
	return api, state
}

func router(b *testing.B, sandbox *engine.Sandbox) http.Handler {
	b.Helper()
	api, _ := prepared(b)
	return engine.Router([]*engine.API{api}, func(string) (*engine.Sandbox, error) { return sandbox, nil })
}

var created atomic.Int64

func create() *http.Request {
	n := created.Add(1)
	return request("POST", "/users", fmt.Sprintf(`{"login":"new%d","name":"New User","email":"new%d@example.com","password":"Fake-new-1","role":{"id":"user","allSites":true}}`, n, n))
}

func request(method, path, body string) *http.Request {
	r, err := http.NewRequest(method, "http://127.0.0.1/api/3"+path, bytes.NewReader([]byte(body)))
	if err != nil {
		panic(err)
	}
	r.SetBasicAuth("nxadmin", "nxpassword")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

// sideBySide measures both, and then in turns: what else the machine does
// meets both alike, so that the ratio holds where the single figures do not.
func sideBySide(b *testing.B, g, mock http.Handler, next func() *http.Request) {
	b.Run("gin", func(b *testing.B) { measure(b, g, next) })
	b.Run("rolecall", func(b *testing.B) { measure(b, mock, next) })
	b.Run("ratio", func(b *testing.B) {
		servers := [2]*target{listen(b, g), listen(b, mock)}
		var ratios []float64
		for b.Loop() {
			var took [2]time.Duration
			for i, server := range servers {
				began := time.Now()
				server.ask(b, 200, next)
				took[i] = time.Since(began)
			}
			ratios = append(ratios, float64(took[0])/float64(took[1]))
		}
		slices.Sort(ratios)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(ratios[len(ratios)/2], "of-gin")
	})
}

// A target is a handler that listens, and a client of it.
type target struct {
	host   string
	client *http.Client
}

func listen(b *testing.B, h http.Handler) *target {
	server := httptest.NewServer(h)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	b.Cleanup(func() { client.CloseIdleConnections(); server.Close() })
	return &target{server.Listener.Addr().String(), client}
}

// ask sends a number of requests over two connections.
func (x *target) ask(b *testing.B, n int, next func() *http.Request) {
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for range n / 2 {
				x.once(b, next())
			}
		})
	}
	all.Wait()
}

func (x *target) once(b *testing.B, r *http.Request) {
	r.URL.Host = x.host
	response, err := x.client.Do(r)
	if err != nil {
		b.Error(err)
		return
	}
	if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
		b.Errorf("status %d, %v", response.StatusCode, err)
	}
	response.Body.Close()
}

// measure sends requests over as many connections as there are processors.
func measure(b *testing.B, h http.Handler, next func() *http.Request) {
	server := listen(b, h)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			server.once(b, next())
		}
	})
}
