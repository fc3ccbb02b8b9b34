// Package engine is what every mocked API shares: a call, its answer, the
// chain that every call runs through, and the sandbox that it runs in.
//
// It knows contracts, but no API: how an API words an error, who may call what
// and what an operation does come from the API packages. Only gin.go knows Gin.
package engine

import (
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/schemas"
)

// A Handler carries out one operation: values in, values out. A *Problem is
// the error with which it refuses; any other error is a failure of the mock.
type Handler func(*Call) (Response, error)

// A Middleware puts something around a handler.
type Middleware func(Handler) Handler

// An API is one vendor's interface as the mock answers it.
type API struct {
	Contract *schemas.Contract
	// Edition is the name of the edition that is served; Observed tells whether it
	// may answer with statuses that the contract marks as observed.
	Edition  string
	Observed bool
	Handlers map[string]Handler // by operation id, one each
	Defects  []Defect

	// ProtocolRule is the rule that a request breaks which cannot be read at all.
	ProtocolRule string
	// BodyRules names the rule that a body breaks which its schema refuses, by
	// operation id, or by operation id and property as in "createUser.userName";
	// ProtocolRule where neither is listed.
	BodyRules map[string]string
	// Body chooses the schema that a call's body is held to where the settings
	// ask for another than the contract's; nil, or a nil result, for that one.
	Body func(*Call) *schemas.Schema

	// Load makes the first state from the fixtures in a folder of YAML files.
	Load func(fixtures fs.FS) (State, error)
	// Authenticate finds out who calls and whether they may; it sets Call.Caller.
	Authenticate func(*Call) error
	// Word puts a problem into the API's own envelope.
	Word func(*Call, *Problem) Response
	// Headers adds what the API sends with every answer; nil for nothing.
	Headers func(*Call, http.Header)
	// Before adapts a request before it is routed; nil for nothing.
	Before func(*http.Request)
	// Render writes an answer's body; nil for compact JSON.
	Render func(c *Call, body any) ([]byte, error)
	// Configure makes the state that has some settings of the edition changed; the
	// patch is a JSON object.
	Configure func(state State, patch []byte) (State, error)
	// Settings are the state's settings, for people; nil when it has none.
	Settings func(State) any
	// Show lists the state's tables by name, for people; without secrets.
	Show func(State) map[string]any
	// Credentials tells a person who starts the mock how to sign in.
	Credentials func(State) []Credential

	chains map[string]Handler
	judged *memo
}

// A Credential is one account that the fixtures provide, for the line that
// "serve" prints. Secrets of a mock's fixtures are no secrets.
type Credential struct {
	Role     string `json:"role"`
	Login    string `json:"login"`
	Password string `json:"password,omitempty"`
	Token    string `json:"token,omitempty"`
}

// Name is the API's name, as in "rapid7".
func (a *API) Name() string { return a.Contract.API }

// Prepare binds every operation to its handler and builds the chains. It
// fails when an operation has no handler, a handler no operation, or a defect
// names an operation that does not exist.
func (a *API) Prepare() error {
	var wrong []string
	for _, op := range a.Contract.Operations {
		if a.Handlers[op.ID] == nil {
			wrong = append(wrong, fmt.Sprintf("operation %s has no handler", op.ID))
		}
	}
	for id := range a.Handlers {
		if a.Contract.Operation(id) == nil {
			wrong = append(wrong, fmt.Sprintf("handler %s has no operation in openapi.yaml", id))
		}
	}
	for _, d := range a.Defects {
		for _, id := range d.On {
			if a.Contract.Operation(id) == nil {
				wrong = append(wrong, fmt.Sprintf("defect %s is on %s, which is no operation", d.ID, id))
			}
		}
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return fmt.Errorf("%s: %s", a.Name(), strings.Join(wrong, "; "))
	}
	a.Defects = append(a.Defects, a.canary())
	a.judged = newMemo()
	a.chains = map[string]Handler{}
	for _, op := range a.Contract.Operations {
		a.chains[op.ID] = a.chain(op, a.Handlers[op.ID])
	}
	return nil
}

// Defect finds one of the API's defects by its id.
func (a *API) Defect(id string) (Defect, bool) {
	i := slices.IndexFunc(a.Defects, func(d Defect) bool { return d.ID == id })
	if i < 0 {
		return Defect{}, false
	}
	return a.Defects[i], true
}
