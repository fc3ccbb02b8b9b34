package mockserver

import (
	"io"
	"log"
	"net/http"
	"time"
)

// HTTPServer is the server that "rolecall serve" puts a mock on. It bounds what
// a client can hold open: headers, bodies and idle connections. Answers may
// take as long as the longest fault, and some more.
func HTTPServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: maxDelay + 30*time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		// A client that does not trust the certificate is no error of the server's.
		ErrorLog: log.New(io.Discard, "", 0),
	}
}
