package engine

import (
	"crypto/rand"
	"net/http"
	"strconv"
	"sync/atomic"
)

// RequestIDHeader names a request, in its answer, the log and the journal.
const RequestIDHeader = "X-Request-Id"

var (
	process  = rand.Text()[:8] // ids of two processes are not the same
	requests atomic.Uint64
)

// Identify sends a request's id back. A request that has none, or more than one,
// or one that a log could not show, gets one.
func Identify(w http.ResponseWriter, r *http.Request) {
	id := r.Header[RequestIDHeader]
	if len(id) != 1 || !loggable(id[0]) {
		id = []string{process + "-" + strconv.FormatUint(requests.Add(1), 36)}
		r.Header[RequestIDHeader] = id
	}
	w.Header()[RequestIDHeader] = id
}

func loggable(id string) bool {
	for i := range len(id) {
		if id[i] <= ' ' || id[i] > '~' {
			return false
		}
	}
	return 0 < len(id) && len(id) <= 128
}

// requestID is what Identify found or made; "" of a call that did not come by HTTP.
func (c *Call) requestID() string {
	if id := c.Header[RequestIDHeader]; len(id) > 0 {
		return id[0]
	}
	return ""
}
