package audit

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// An emptyServer keeps nothing, and knows nobody.
type emptyServer struct {
	name   string
	answer func(*schemas.Contract, http.ResponseWriter, *http.Request)
}

var emptyServers = []emptyServer{
	{"an empty object", fixed(http.StatusOK, "{}")},
	{"an empty list", fixed(http.StatusOK, "[]")},
	{"no content", fixed(http.StatusNoContent, "")},
	{"what was sent", func(_ *schemas.Contract, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.Copy(w, r.Body)
	}},
	{"an example of the schema", example(http.StatusOK)},
	{"401", example(http.StatusUnauthorized)},
	{"404", example(http.StatusNotFound)},
}

func (s emptyServer) start(c *schemas.Contract) (address string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.answer(c, w, r) })}
	go server.Serve(listener) // ends when it is closed
	return "http://" + listener.Addr().String(), func() { server.Close() }, nil
}

func fixed(status int, body string) func(*schemas.Contract, http.ResponseWriter, *http.Request) {
	return func(_ *schemas.Contract, w http.ResponseWriter, _ *http.Request) {
		if body != "" {
			w.Header().Set("Content-Type", "application/json")
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// example answers as well-made as one can without knowing anything: with the
// contract's own example of what comes with a status of the operation, or with
// its success of another number.
func example(status int) func(*schemas.Contract, http.ResponseWriter, *http.Request) {
	return func(c *schemas.Contract, w http.ResponseWriter, r *http.Request) {
		status, body, mediaType := status, c.Protocol.Schema, c.Protocol.MediaType
		if op := operationOf(c, r); op != nil {
			for _, x := range op.Responses {
				if x.Status == status || status == http.StatusOK && x.Status/100 == 2 {
					status, body, mediaType = x.Status, x.Schema, x.MediaType
					break
				}
			}
		}
		if body != nil {
			w.Header().Set("Content-Type", mediaType)
		}
		w.WriteHeader(status)
		if body != nil && len(body.Examples) > 0 {
			_, _ = w.Write(body.Examples[0])
		}
	}
}

// operationOf finds the operation of a request, where one with more literal
// segments comes before one with wildcards.
func operationOf(c *schemas.Contract, r *http.Request) (found *schemas.Operation) {
	most := -1
	for _, base := range c.BasePaths {
		path, ok := strings.CutPrefix(r.URL.EscapedPath(), base)
		if !ok {
			continue
		}
		for _, op := range c.Operations {
			if literal := literalSegments(op.Path, path); op.Method == r.Method && literal > most {
				most, found = literal, op
			}
		}
	}
	return found
}

// literalSegments counts those that a path has in common with an operation's;
// -1 where it is not the operation's.
func literalSegments(pattern, path string) (literal int) {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return -1
	}
	for i, segment := range want {
		switch _, wild := schemas.Wildcard(segment); {
		case wild:
		case segment != have[i]:
			return -1
		default:
			literal++
		}
	}
	return literal
}

// claimsNothing are the invariants of which a server that keeps nothing may
// well be right: its answers can be well-formed, and it has no secrets to tell.
var claimsNothing = []string{report.ContractSuffix, report.SilentSuffix, report.SecretsSuffix}

// TrueOfNothing finds the rules that pass on servers which keep nothing, with
// the preflight passed over: their sentences are true of nothing.
func TrueOfNothing(ctx context.Context, api *world.API) (faults []string, err error) {
	patient := *api
	patient.SignIn, patient.Verify, patient.Bystander = nil, nil, nil // preflight would end the run, as it should
	alone, err := run.NewCatalogue(&patient)
	if err != nil {
		return nil, err
	}
	for _, server := range emptyServers {
		address, stop, err := server.start(api.Contract)
		if err != nil {
			return nil, err
		}
		e := patient.ForMock(address + api.Contract.BasePaths[0])
		e.Mock, e.Bystander = false, nil
		target := &target.Target{Endpoints: map[string]*target.Endpoint{api.Name: e}}
		allow := rules.Allow{Writes: true, Disruptive: true}
		r, err := alone.Run(ctx, target, run.Options{Selection: rules.Selection{Allow: allow}, Concurrency: 8})
		stop()
		if err != nil {
			return nil, err
		}
		if r.Count(report.Fail)+r.Count(report.Error) == 0 {
			faults = append(faults, fmt.Sprintf("%s: on a server that answers %s to everything, nothing is judged", api.Name, server.name))
		}
		for _, rule := range r.Rules {
			if rule.Verdict == report.Pass && !slices.Contains(claimsNothing, strings.TrimPrefix(rule.ID, api.Prefix)) {
				faults = append(faults, fmt.Sprintf("%s (%s) passes on a server that answers %s to everything: %s", rule.ID, rule.Level, server.name, rule.Title))
			}
		}
	}
	return faults, nil
}
