package embedded_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/features"
	"github.com/rolecall/rolecall/mockserver"
)

// A gateway stands before the mock and breaks a share of the answers.
type gateway struct {
	to    http.Handler
	share float64
	seed  uint64
	fails func(w http.ResponseWriter, r *http.Request, answer func() *httptest.ResponseRecorder)
	which func(*http.Request, *httptest.ResponseRecorder) bool // nil: any

	mu     sync.Mutex
	drawn  *rand.Rand
	passes int // of the first requests, none is broken
	broken int
}

func (g *gateway) draw() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.drawn == nil {
		g.drawn = rand.New(rand.NewPCG(g.seed, 1))
	}
	if g.passes--; g.passes >= 0 || g.drawn.Float64() >= g.share {
		return false
	}
	g.broken++
	return true
}

func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := sync.OnceValue(func() *httptest.ResponseRecorder {
		recorded := httptest.NewRecorder()
		g.to.ServeHTTP(recorded, r)
		return recorded
	})
	if (g.which == nil || g.which(r, answer())) && g.draw() {
		g.fails(w, r, answer)
		return
	}
	x := answer()
	for name, values := range x.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(x.Code)
	_, _ = w.Write(x.Body.Bytes())
}

// creates tells a request that has made a record.
func creates(r *http.Request, x *httptest.ResponseRecorder) bool {
	made := gjson.GetBytes(x.Body.Bytes(), "id").Exists() || gjson.GetBytes(x.Body.Bytes(), "locator").Exists()
	return x.Code/100 == 2 && (made && r.Method == http.MethodPost || r.Method == http.MethodPut && strings.Contains(r.URL.Path, "/roles/rc"))
}

// says is a failure in which the request takes effect, and the answer is another.
func says(status int, mediaType, body string) func(http.ResponseWriter, *http.Request, func() *httptest.ResponseRecorder) {
	return func(w http.ResponseWriter, _ *http.Request, answer func() *httptest.ResponseRecorder) {
		answer()
		w.Header().Set("Content-Type", mediaType)
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func drops(_ http.ResponseWriter, _ *http.Request, answer func() *httptest.ResponseRecorder) {
	answer()
	panic(http.ErrAbortHandler)
}

// A deployment is the mock as a target of which nothing is known beforehand.
type deployment struct {
	api       string
	mock      *mockserver.Server
	catalogue *run.Catalogue
	target    *target.Target
}

func deploy(t testing.TB, api string, before func(http.Handler) http.Handler) deployment {
	t.Helper()
	mock, err := mockserver.New(mockserver.Options{APIs: []string{api}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(before(mock))
	t.Cleanup(server.Close)
	catalogue, err := features.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	e := catalogue.API(api).ForMock(server.URL + mock.Served()[0].BasePath)
	e.Mock, e.Bystander = false, nil
	return deployment{api, mock, catalogue, &target.Target{
		Timeout: 2 * time.Second, Endpoints: map[string]*target.Endpoint{api: e},
	}}
}

// records are the ids of all that is on the deployment, by table.
func (d deployment) records(t testing.TB) (all []string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/_rolecall/state", nil)
	r.RemoteAddr, r.Host = "127.0.0.1:1", "127.0.0.1"
	w := httptest.NewRecorder()
	d.mock.ServeHTTP(w, r)
	state := gjson.GetBytes(bytes.TrimSpace(w.Body.Bytes()), d.api)
	if !state.IsObject() {
		t.Fatalf("the state is %d %.200s", w.Code, w.Body)
	}
	for table, records := range state.Map() {
		for _, one := range records.Array() {
			if id := one.Get("id").String() + one.Get("locator").String(); id != "" {
				all = append(all, table+" "+id)
			}
		}
	}
	slices.Sort(all)
	return all
}
