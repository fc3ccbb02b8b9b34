package mockserver

import (
	"cmp"
	"context"
	"crypto/tls"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// HTTPServer is the server that Serve puts a mock on. It bounds what a client
// can hold open: headers, bodies and idle connections. Answers may take as long
// as the longest fault, and some more.
func HTTPServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headTimeout, ReadTimeout: 30 * time.Second,
		WriteTimeout: maxDelay + 30*time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		// A client that does not trust the certificate is no error of the server's.
		ErrorLog: log.New(io.Discard, "", 0),
	}
}

const headTimeout = 10 * time.Second

// Serve answers on a listener until the context ends, and then as Options.Drain
// and Options.Grace say. It speaks HTTPS where secure is not nil. Unlike
// other servers it refuses in an API's own envelope also what is no HTTP.
func (s *Server) Serve(ctx context.Context, l net.Listener, secure *tls.Config) error {
	server := HTTPServer(s)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(&listener{l, s, secure}) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	server.SetKeepAlivesEnabled(false) // clients that come again go elsewhere
	time.Sleep(s.options.Drain)
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), cmp.Or(s.options.Grace, 5*time.Second))
	defer cancel()
	if server.Shutdown(patience) != nil {
		slog.Warn("calls were cut, for they took longer than the mock had to stop")
		server.Close()
	}
	<-failed
	return nil
}
