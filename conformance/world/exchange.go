package world

import (
	"crypto/tls"
	"net/http"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/schemas"
)

// An Exchange is one request and its answer, as they went over the wire.
type Exchange struct {
	Operation     *schemas.Operation // nil when the method is not the operation's
	Path          map[string]string  // the operation's wildcards
	Method        string
	URL           string
	RequestHeader http.Header
	Request       []byte
	Step          string // the step that sent it
	As            string // who sent it
	Blamed        bool   // the scenario's judgement is about it

	Status   int // 0 when there was no answer
	Header   http.Header
	Body     []byte
	Trouble  string   // why there was no answer
	Breaches []string // of the contract
	Took     time.Duration
	TLS      *tls.ConnectionState // nil without TLS

	by   string // who looked; "" for the administrator
	sign func(*http.Request)
}

// JSON is the answer's body. A body that is no JSON is a result that does not exist.
func (x *Exchange) JSON() gjson.Result {
	if !gjson.ValidBytes(x.Body) {
		return gjson.Result{}
	}
	return gjson.ParseBytes(x.Body)
}

// Succeeded tells whether the answer is of the 2xx class.
func (x *Exchange) Succeeded() bool { return x.Status >= 200 && x.Status < 300 }

// Refused tells whether the answer is of the 4xx class.
func (x *Exchange) Refused() bool { return x.Status >= 400 && x.Status < 500 }

func (x *Exchange) Name() string {
	if x.Operation == nil {
		return "(no operation)"
	}
	return x.Operation.ID
}
