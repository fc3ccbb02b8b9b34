package mockserver

import (
	"bytes"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"sync"
	"time"
)

type listener struct {
	net.Listener
	server *Server
	secure *tls.Config
}

func (l *listener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if l.secure == nil {
		return &connection{Conn: conn, server: l.server}, nil
	}
	over := tls.Server(conn, l.secure)
	return &secureConnection{connection{Conn: over, server: l.server}, over}, nil
}

// headKept is how many bytes of a request are kept for its refusal: more than a
// request line and the headers that matter, in all but hostile ones.
const headKept = 1 << 10

// A connection puts into an API's envelope what net/http refuses by itself,
// before a handler sees it: it writes such refusals straight to the connection.
type connection struct {
	net.Conn
	server *Server

	mu   sync.Mutex // net/http reads while a handler writes
	head []byte     // the beginning of the latest request
}

func (c *connection) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if n > 0 {
		c.mu.Lock()
		c.head = append(c.head, b[:min(n, headKept-len(c.head))]...)
		c.mu.Unlock()
	}
	return n, err
}

func (c *connection) Write(b []byte) (int, error) {
	c.mu.Lock()
	var answer []byte
	if status, why := refusedUnseen(b); status != 0 {
		answer = c.server.refuseUnseen(c.head, c.LocalAddr().String(), status, why)
	}
	c.head = c.head[:0] // what is read next is the next request
	c.mu.Unlock()
	if answer == nil {
		return c.Conn.Write(b)
	}
	_, err := c.Conn.Write(answer)
	return len(b), err
}

// CloseWrite is what net/http does before it closes, so that a client which is
// still sending can read the refusal.
func (c *connection) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return errors.ErrUnsupported
}

// refusedUnseen reads a refusal by net/http itself: its status and its reason.
// Handlers' answers differ in their headers: they have a date, and content of
// that type is not kept from connections that stay.
func refusedUnseen(b []byte) (status int, why string) {
	if len(b) < 12 || b[9] < '4' || !bytes.HasPrefix(b, []byte("HTTP/1.1 ")) {
		return 0, ""
	}
	_, rest, _ := bytes.Cut(b, []byte("\r\n"))
	body, unseen := bytes.CutPrefix(rest, []byte("Content-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"))
	status = int(b[9]-'0')*100 + int(b[10]-'0')*10 + int(b[11]-'0')
	switch {
	case status == 417: // no API has it
		return status, "the server does not know what the header Expect asks for"
	case !unseen:
		return 0, ""
	case status == 431:
		return status, "the request line and the headers are larger than 64 kB"
	case status == 501:
		return status, "the server does not know the transfer encoding of the request"
	}
	_, why, specific := strings.Cut(string(body), ": ")
	if !specific {
		why = "the request line or a header is malformed"
	}
	return status, "the request cannot be read: " + why
}

// A secureConnection is HTTPS.
type secureConnection struct {
	connection
	over *tls.Conn
}

// ConnectionState is what net/http asks for first, on the connection's own
// goroutine: time to shake hands.
func (c *secureConnection) ConnectionState() tls.ConnectionState {
	_ = c.over.SetDeadline(time.Now().Add(headTimeout)) // a connection that is closed fails below
	err := c.over.Handshake()
	_ = c.over.SetDeadline(time.Time{})
	var plain tls.RecordHeaderError
	if errors.As(err, &plain) && plain.Conn != nil {
		c.refusePlain(plain)
	}
	return c.over.ConnectionState()
}

// refusePlain answers HTTP on the port of HTTPS. What the request was is lost.
func (c *secureConnection) refusePlain(plain tls.RecordHeaderError) {
	answer := c.server.refuseUnseen([]byte("GET / "), c.LocalAddr().String(), 400, "this port speaks HTTPS; begin the URL with https://")
	_, _ = plain.Conn.Write(answer) // a client that is gone needs no answer
	plain.Conn.Close()
}
