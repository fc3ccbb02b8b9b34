// Package embedded is where mock and suite meet: the mock, started inside this
// process, as a target of the suite. Commands and tests both use it.
package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"

	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver"
)

// Start starts a mock on a free port of this machine and returns the target
// that it is to the rules of a catalogue. Stop ends it.
func Start(c *run.Catalogue, o mockserver.Options) (target *target.Target, stop func(), err error) {
	_, target, stop, err = start(c, o)
	return target, stop, err
}

// withFacts takes in what is otherwise in an edition than in the documented one,
// from the file that goes with it, as a target file would tell it.
func withFacts(api *world.API, e *target.Endpoint, own fs.FS) (*target.Endpoint, error) {
	dir, err := fixtures.Over(own, api.Name)
	if err != nil {
		return nil, err
	}
	file := "editions/" + e.Edition + ".facts.yaml"
	text, err := fs.ReadFile(dir, file)
	if errors.Is(err, fs.ErrNotExist) {
		return e, nil
	}
	if err != nil {
		return nil, err
	}
	if e, err = api.Edition(e, text); err != nil {
		return nil, fmt.Errorf("fixtures/%s/%s: %w", api.Name, file, err)
	}
	return e, nil
}

func start(c *run.Catalogue, o mockserver.Options) (*mockserver.Server, *target.Target, func(), error) {
	mock, err := mockserver.New(o)
	if err != nil {
		return nil, nil, nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, nil, err
	}
	server := &http.Server{Handler: mock}
	go server.Serve(listener) // ends when it is closed
	target := &target.Target{Endpoints: map[string]*target.Endpoint{}}
	for _, served := range mock.Served() {
		if api := c.API(served.API); api != nil {
			e := api.ForMock("http://" + listener.Addr().String() + served.BasePath)
			e.Edition = served.Edition
			if target.Endpoints[served.API], err = withFacts(api, e, o.Fixtures); err != nil {
				server.Close()
				return nil, nil, nil, err
			}
		}
	}
	return mock, target, func() { server.Close() }, nil
}
