package embedded

import (
	"bytes"
	"errors"
	"io"
	"net/http"
)

// direct hands requests to a handler of this process without a network between
// them: the audit sends millions.
type direct struct{ to http.Handler }

func (d direct) client() *http.Client {
	return &http.Client{Transport: d, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// RoundTrip implements http.RoundTripper.
func (d direct) RoundTrip(sent *http.Request) (answer *http.Response, err error) {
	defer func() {
		if said := recover(); said == http.ErrAbortHandler {
			err = errors.New("the server closed the connection")
		} else if said != nil {
			panic(said)
		}
	}()
	r := sent.Clone(sent.Context())
	r.RemoteAddr, r.RequestURI = "127.0.0.1:1", sent.URL.RequestURI()
	if r.Host == "" {
		r.Host = sent.URL.Host
	}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := &written{header: http.Header{}}
	d.to.ServeHTTP(w, r)
	return &http.Response{
		StatusCode: w.status, Header: w.header, Request: sent, ContentLength: int64(w.body.Len()),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Body: io.NopCloser(&w.body),
	}, nil
}

// written is an answer as a handler writes it.
type written struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *written) Header() http.Header { return w.header }

func (w *written) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

func (w *written) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}
