package features_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"strconv"
	"testing"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/audit"
	"github.com/rolecall/rolecall/features"
	"github.com/rolecall/rolecall/mockserver"
)

type lab struct {
	api    string
	mock   *mockserver.Server
	target *conformance.Target
}

func (l lab) Target() *conformance.Target { return l.target }
func (l lab) Mutants() (all []audit.Mutant) {
	every, _ := strconv.Atoi(os.Getenv("EVERY"))
	for i, m := range l.mock.Mutants(l.api) {
		if every > 0 && i%every != 0 {
			continue
		}
		all = append(all, audit.Mutant{ID: m.ID, Operation: m.Operation, Kind: m.Kind, What: m.What})
	}
	return all
}
func (l lab) Mutate(prefix string, ids ...string) error { return l.mock.Mutate(prefix, ids...) }
func (l lab) Observe(prefix string) func(string) []string {
	return l.mock.Observe(l.api, prefix).Differs
}
func (l lab) Altered(id string) int64 { return l.mock.Altered(id) }

func TestBreed(t *testing.T) {
	name := os.Getenv("BREED")
	if name == "" {
		t.Skip()
	}
	c, err := features.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	mock, target, stop, err := embeddedServer(c, mockserver.Options{APIs: []string{name}, Sandboxes: 100000})
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	fates, err := audit.Breed(context.Background(), c, c.API(name), lab{name, mock, target}, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	n := map[string][4]int{}
	for _, f := range fates {
		k := n[f.Kind]
		k[0]++
		if f.Applies {
			k[1]++
		}
		if f.Killed() {
			k[2]++
		}
		if f.Must {
			k[3]++
		}
		n[f.Kind] = k
		if f.Applies && !f.Killed() {
			fmt.Println("LIVES", f.ID, f.Tried)
		}
	}
	fmt.Println("kind: all, apply, killed, must", n)
}

func embeddedServer(c *conformance.Catalogue, o mockserver.Options) (*mockserver.Server, *conformance.Target, func(), error) {
	mock, err := mockserver.New(o)
	if err != nil {
		return nil, nil, nil, err
	}
	server := httptest.NewServer(mock)
	target := &conformance.Target{Endpoints: map[string]*conformance.Endpoint{}}
	for _, served := range mock.Served() {
		target.Endpoints[served.API] = c.API(served.API).ForMock(server.URL + served.BasePath)
	}
	return mock, target, server.Close, nil
}
