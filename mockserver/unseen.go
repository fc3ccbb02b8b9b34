package mockserver

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// refuseUnseen is the whole answer to a request of which only the beginning is
// known, and that may be anything; nil when nothing of it tells whose it is.
func (s *Server) refuseUnseen(head []byte, address string, status int, why string) []byte {
	r := guess(head, address)
	if r == nil {
		return nil
	}
	w := &http.Response{StatusCode: status, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{"Date": {time.Now().UTC().Format(http.TimeFormat)}}, Close: true}
	body := &unseenWriter{response: w}
	engine.Identify(body, r)
	if located, _ := engine.Locate(r); strings.HasPrefix(located.URL.Path, controlPrefix) {
		writeJSON(body, status, &controlError{Message: why})
	} else {
		s.front.Refuse(body, r, status, why)
	}
	w.Body, w.ContentLength, w.Request = io.NopCloser(&body.Buffer), int64(body.Len()), r
	var whole bytes.Buffer
	if w.Write(&whole) != nil {
		return nil
	}
	return whole.Bytes()
}

type unseenWriter struct {
	response *http.Response
	bytes.Buffer
}

func (w *unseenWriter) Header() http.Header    { return w.response.Header }
func (w *unseenWriter) WriteHeader(status int) { w.response.StatusCode = status }

var (
	requestLine  = regexp.MustCompile(`^\r*\n?(\S+)\s+(?:https?://[^/\s]*)?(/[^\s?]*)`)
	plainHost    = regexp.MustCompile(`(?im)^host:[ \t]*([A-Za-z0-9.:\[\]-]+)[ \t]*\r?$`)
	sandboxNamed = regexp.MustCompile(`(?im)^` + engine.SandboxHeader + `:[ \t]*([^\s,]+)[ \t]*\r?$`)
)

// guess makes a request of what could be read of one: method, path, host and
// sandbox, without query.
func guess(head []byte, address string) *http.Request {
	line := requestLine.FindSubmatch(head)
	if line == nil {
		return nil
	}
	target, err := url.ParseRequestURI(string(line[2]))
	if err != nil {
		target = &url.URL{Path: string(line[2])}
	}
	r := &http.Request{Method: string(line[1]), URL: target, RequestURI: target.RequestURI(), Host: address, Header: http.Header{}, Body: http.NoBody}
	if host := plainHost.FindSubmatch(head); host != nil {
		r.Host = string(host[1])
	}
	if name := sandboxNamed.FindSubmatch(head); name != nil {
		r.Header.Set(engine.SandboxHeader, string(name[1]))
	}
	return r
}
