package engine_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func TestAFaultActsAsOftenAsItSays(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name  string
		times int
		want  []int
	}{
		{"once unless said otherwise", 0, []int{503, 200, 200}},
		{"once", 1, []int{503, 200, 200}},
		{"twice", 2, []int{503, 503, 200}},
		{"for ever", -1, []int{503, 503, 503}},
	} {
		t.Run(x.name, func(t *testing.T) {
			toy := newToy(t, nil)
			toy.sandbox.Faults.Add(engine.Fault{API: "toy", Operation: "getThing", Status: 503, Times: x.times})
			for i, status := range x.want {
				toy.want(200, toy.do("GET", "/things", "")) // another operation is not concerned
				if got := toy.do("GET", "/things/one", "").status; got != status {
					t.Errorf("call %d is answered with %d, want %d", i+1, got, status)
				}
			}
		})
	}
}

func TestOfTwoFaultsTheOlderActsFirst(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil)
	for _, status := range []int{503, 404} {
		toy.sandbox.Faults.Add(engine.Fault{API: "toy", Operation: "getThing", Status: status})
	}
	for _, status := range []int{503, 404, 200} {
		toy.want(status, toy.do("GET", "/things/one", ""))
	}
	if left := toy.sandbox.Faults.List(); len(left) != 0 {
		t.Errorf("there are still %v", left)
	}
}

func TestAFaultOfAnotherAPIIsNotTaken(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil)
	toy.sandbox.Faults.Add(engine.Fault{API: "other", Operation: "getThing", Status: 503})
	toy.want(200, toy.do("GET", "/things/one", ""))
	toy.sandbox.Faults.Clear()
	if left := toy.sandbox.Faults.List(); len(left) != 0 {
		t.Errorf("there are still %v", left)
	}
}

func TestADelayEndsWhenItIsOverOrTheClientGone(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name           string
		patience, took time.Duration
		left           string
	}{
		{"a client that waits", time.Hour, time.Minute, ""},
		{"a client that goes", time.Second, time.Second, "one"},
	} {
		synctest.Test(t, func(t *testing.T) {
			toy := newToy(t, nil)
			toy.sandbox.Faults.Add(engine.Fault{API: "toy", Operation: "deleteThing", Delay: time.Minute})
			ctx, cancel := context.WithTimeout(t.Context(), x.patience)
			defer cancel()
			began := time.Now()
			func() {
				defer func() { _ = recover() }() // so net/http is told to drop the connection
				toy.http.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("DELETE", "/toy/things/one", nil).WithContext(ctx))
			}()
			if took := time.Since(began); took != x.took || toy.names() != x.left {
				t.Errorf("%s: the call took %s and left %q, want %s and %q", x.name, took, toy.names(), x.took, x.left)
			}
		})
	}
}

func TestAFaultDropsTheConnectionWithoutEffect(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil)
	server := httptest.NewServer(toy.http)
	defer server.Close()
	toy.sandbox.Faults.Add(engine.Fault{API: "toy", Operation: "deleteThing", Drop: true})
	r, err := http.NewRequest("DELETE", server.URL+"/toy/things/one", nil)
	if err != nil {
		t.Fatal(err)
	}
	// A transport of its own: an idle connection would be tried again.
	if _, err := (&http.Client{Transport: &http.Transport{}}).Do(r); !errors.Is(err, io.EOF) {
		t.Errorf("the error is %v, want the end of the connection", err)
	}
	if toy.names() != "one" {
		t.Error("the call took effect")
	}
}

func TestAFaultOfAStatusLeavesTheStateAsItIs(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil)
	toy.sandbox.Faults.Add(engine.Fault{API: "toy", Operation: "putThing", Status: 503})
	toy.want(503, toy.do("PUT", "/things/two", `{"n":2}`))
	toy.want(503, toy.do("PUT", "/things/two", `{"n":2}`, "Prefer", "code=503"))
	if toy.names() != "one" {
		t.Errorf("there are now %s", toy.names())
	}
	toy.want(200, toy.do("PUT", "/things/two", `{"n":2}`))
}

func TestAPreferenceDoesNotUseUpAFault(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil)
	toy.sandbox.Faults.Add(engine.Fault{API: "toy", Operation: "getThing", Status: 404})
	toy.want(503, toy.do("GET", "/things/one", "", "Prefer", "code=503"))
	toy.want(404, toy.do("GET", "/things/one", ""))
}

func TestAnObservedStatusIsNotPreferred(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil)
	for _, code := range []string{"202", "418", "x"} {
		toy.want(400, toy.do("GET", "/things/one", "", "Prefer", "code="+code))
	}
}
