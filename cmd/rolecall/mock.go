package main

import (
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/mockserver"
)

// embedded starts the mock inside this process, on a free port of this
// machine, and returns the target that it is.
func embedded(c *conformance.Catalogue, o mockserver.Options) (*conformance.Target, func(), error) {
	mock, err := mockserver.New(o)
	if err != nil {
		return nil, nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	server := &http.Server{Handler: mock}
	go server.Serve(listener) // ends when it is closed
	target := &conformance.Target{Endpoints: map[string]*conformance.Endpoint{}}
	for _, served := range mock.Served() {
		if api := c.API(served.API); api != nil {
			e := api.ForMock("http://" + listener.Addr().String() + served.BasePath)
			e.Edition = served.Edition
			target.Endpoints[served.API] = e
		}
	}
	return target, func() { server.Close() }, nil
}

// fixturesFrom is the folder whose files replace embedded fixtures; nil for none.
func fixturesFrom(dir string) (fs.FS, error) {
	if dir == "" {
		return nil, nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("--fixtures %s is no folder", dir)
	}
	return os.DirFS(dir), nil
}

// quiet silences the mock's log: a defect that is on makes it complain of
// itself, and that is what it is for.
func quiet() { slog.SetDefault(slog.New(slog.DiscardHandler)) }
