package mockserver

import (
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
)

// admit keeps strangers out: with a token, whoever does not have it; without
// one, whoever is not on this machine, web pages in its browsers included
// (they come with another Host, or with an Origin).
func (s *Server) admit(r *http.Request) error {
	if token := s.options.Token; token != "" {
		given := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		if subtle.ConstantTimeCompare([]byte(given), []byte(token)) == 1 {
			return nil
		}
		return &controlError{status: http.StatusUnauthorized, Message: "the control plane needs its token", Hint: "send Authorization: Bearer <the token given to serve>"}
	}
	if sign := proxied(r); sign != "" {
		return &controlError{status: http.StatusForbidden, Message: "the control plane does not answer through a proxy", Hint: "the request has " + sign + "; start serve with --control-token to use the control plane from elsewhere"}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	// httptest and in-process calls have no real address to judge.
	if err == nil && !net.ParseIP(host).IsLoopback() || !loopbackHost(r.Host) || r.Header.Get("Origin") != "" {
		return &controlError{status: http.StatusForbidden, Message: "the control plane answers this machine only", Hint: "start serve with --control-token to use it from elsewhere"}
	}
	return nil
}

// forwarded are the headers of proxies: behind one that runs on this machine
// everybody seems to be on it.
var forwarded = []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"}

// proxied is by what a request can be known to come through a proxy. One that
// adds no header, as nginx does unless told to, mostly speaks HTTP/1.0, which
// hardly anything else does any more.
func proxied(r *http.Request) string {
	for _, header := range forwarded {
		if r.Header.Get(header) != "" {
			return "the header " + header
		}
	}
	if !r.ProtoAtLeast(1, 1) {
		return "the version HTTP/1.0, as proxies do"
	}
	return ""
}

func loopbackHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
