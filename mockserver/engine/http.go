package engine

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"
)

func newCall(r *http.Request, api *API, sandbox *Sandbox) *Call {
	return &Call{API: api, Sandbox: sandbox, Method: r.Method, URL: r.URL, Header: r.Header, began: time.Now(), sender: r.Context()}
}

// Address is under which URL the sender of a located request reached its
// sandbox, with the path prefix if it wrote one.
func Address(r *http.Request) string {
	if name := r.PathValue(sandboxValue); name != "" {
		return origin(r) + "/sandbox/" + name
	}
	return origin(r)
}

func origin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// takenIn is how many bytes are read of a body that is too large.
const takenIn = 128 * MaxBody

// takeIn reads what a client is still sending: it would not read the answer
// before. Time limits are the HTTP server's.
func takeIn(r *http.Request) { _, _ = io.CopyN(io.Discard, r.Body, takenIn) }

func tooLarge() *Problem {
	return &Problem{Status: http.StatusRequestEntityTooLarge, Kind: TooLarge, Message: fmt.Sprintf("the body is larger than %d bytes", MaxBody)}
}

// read takes in the body, up to the limit, or says why that cannot be done.
func read(w http.ResponseWriter, r *http.Request) ([]byte, *Problem) {
	if r.Body == nil || r.ContentLength == 0 {
		return nil, nil
	}
	if r.ContentLength > MaxBody {
		// With "Expect: 100-continue" the client sends nothing before it is told to.
		if r.Header.Get("Expect") == "" {
			takeIn(r)
		}
		w.Header().Set("Connection", "close")
		return nil, tooLarge()
	}
	var body []byte
	var err error
	if r.ContentLength > 0 {
		body = make([]byte, r.ContentLength)
		_, err = io.ReadFull(r.Body, body)
	} else {
		body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	}
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		takeIn(r)
		w.Header().Set("Connection", "close")
		return nil, tooLarge()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, &Problem{Status: http.StatusBadRequest, Kind: UnreadableBody, Message: "the body takes too long to arrive"}
	case err != nil:
		return nil, &Problem{Status: http.StatusBadRequest, Kind: UnreadableBody, Message: "the body ended early: " + err.Error()}
	}
	return body, nil
}

func write(w http.ResponseWriter, c *Call, r Response) {
	if r.drop {
		panic(http.ErrAbortHandler) // net/http closes the connection without a word
	}
	h := w.Header()
	if c.API.Headers != nil {
		c.API.Headers(c, h)
	}
	for name, values := range r.Header {
		h[name] = values
	}
	if c.Problem != nil && c.Problem.Rule != "" {
		h["Rolecall-Rule"] = []string{c.Problem.Rule}
	}
	values := []string{strconv.Itoa(len(r.raw)), ""}
	h["Content-Length"] = values[:1:1]
	if len(r.raw) > 0 && len(h["Content-Type"]) == 0 {
		values[1] = c.mediaType(r.Status)
		h["Content-Type"] = values[1:]
	}
	w.WriteHeader(r.Status)
	if c.Method != http.MethodHead {
		_, _ = w.Write(r.raw) // a client that is gone needs no answer
	}
}

// mediaType is what the contract says of the status, or of any other one.
func (c *Call) mediaType(status int) string {
	if c.Operation != nil {
		if r := c.Operation.Response(status); r != nil && r.MediaType != "" {
			return r.MediaType
		}
	}
	for _, op := range c.API.Contract.Operations {
		for _, r := range op.Responses {
			if r.MediaType != "" {
				return r.MediaType
			}
		}
	}
	return "application/json"
}
