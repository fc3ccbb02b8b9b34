package run

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
)

// maxSkew is how far the target's clock may be from ours before the report
// says so. Codes and expiry times depend on it.
const maxSkew = time.Minute

// preflight sees to it, before the first rule, that each target answers, takes
// the credentials and has what the rules need. A failed check ends the run; a
// skipped one says what will not be judged.
func (r *run) preflight(ctx context.Context) (all []report.Check) {
	for _, api := range r.catalogue.APIs {
		if r.target.Endpoints[api.Name] == nil || !r.options.Preflight && len(r.scenarios(api)) == 0 {
			continue
		}
		w := r.shared.World(ctx, api, 0)
		var err error
		if api.SignIn != nil {
			err = world.Safely(func() error { return api.SignIn(w) })
		}
		checks := reach(w, err)
		if w.Endpoint.Mock {
			_ = w.Control(http.MethodDelete, "sandboxes", nil) // its own; a mock forgets idle ones anyway
		}
		if checks[len(checks)-1].Result < report.Fail && !w.Endpoint.Mock {
			checks = append(checks, clockCheck(w), factsCheck(api, w.Endpoint))
			if api.Verify != nil {
				checks = append(checks, verifyFacts(w)...)
			}
		}
		for _, c := range checks {
			c.API = api.Name
			all = append(all, c)
		}
	}
	return all
}

// fit tells whether the target is fit for a run.
func fit(checks []report.Check) bool {
	r := report.Report{Checks: checks}
	return r.Configured() && r.Reached()
}

// verifyFacts holds what the target file says to what the target says.
func verifyFacts(w *world.World) (checks []report.Check) {
	err := world.Safely(func() error { checks = w.API.Verify(w); return nil })
	if err != nil {
		checks = append(checks, report.Check{What: "facts", Result: report.Fail, Detail: err.Error()})
	}
	for i := range checks {
		if !strings.HasPrefix(checks[i].What, report.FactPrefix) {
			checks[i].What = report.FactPrefix + " " + checks[i].What
		}
		checks[i].Detail = w.Redact(checks[i].Detail)
	}
	return checks
}

// reach tells an unreachable target from one that refuses the credentials.
func reach(w *world.World, err error) []report.Check {
	last := w.Last()
	var trouble *world.Trouble
	if errors.As(err, &trouble) && (last == nil || last.Status == 0) {
		return []report.Check{{What: "reachable", Result: report.Fail, Detail: w.Redact(err.Error()) + advice(err)}}
	}
	answers := "it answers"
	if last != nil && last.TLS != nil {
		answers += " over " + tls.VersionName(last.TLS.Version)
	}
	checks := []report.Check{{What: "reachable", Result: report.Pass, Detail: answers}}
	if err != nil {
		return append(checks, report.Check{What: "credentials", Result: report.Fail, Detail: w.Redact(err.Error()) + adviceOn(last)})
	}
	return append(checks, report.Check{What: "credentials", Result: report.Pass, Detail: "accepted, and privileged enough"})
}

// advice says what to do about an error of the network.
func advice(err error) string {
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var dns *net.DNSError
	switch {
	case errors.As(err, &authority):
		return "; give its authority as tls.ca, or of a test system say tls.insecure: true"
	case errors.As(err, &host):
		return "; use the name that its certificate is for"
	case errors.As(err, &dns):
		return "; look at the host in the url"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "; is it running, and is the port in the url right?"
	case strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return "; the url says https, but the port speaks http"
	case errors.Is(err, context.DeadlineExceeded):
		return "; look at the url, the proxy and the timeout"
	}
	return ""
}

// adviceOn says what to do about an answer that is no success.
func adviceOn(x *world.Exchange) string {
	switch {
	case x == nil:
		return ""
	case x.Status == http.StatusBadRequest || x.Status == http.StatusNotFound:
		return "; are the scheme and the base path in the url right?"
	case x.Status >= http.StatusInternalServerError:
		return "; try again when the target is up"
	}
	return ""
}

func clockCheck(w *world.World) report.Check {
	c := report.Check{What: "clock", Result: report.Skip, Detail: "the target sends no date"}
	if w.Last() == nil {
		return c
	}
	theirs, err := http.ParseTime(w.Last().Header.Get("Date"))
	if err != nil {
		return c
	}
	skew := time.Since(theirs).Round(time.Second)
	c.Result, c.Detail = report.Pass, fmt.Sprintf("within %s of ours", maxSkew)
	if skew.Abs() > maxSkew {
		c.Result, c.Detail = report.Skip, fmt.Sprintf("it is %s from ours; rules about times may mislead", skew)
	}
	return c
}

func factsCheck(api *world.API, e *target.Endpoint) report.Check {
	var missing []string
	for _, f := range api.Facts {
		if _, given := e.Facts[f.Name]; !given && !f.Optional {
			missing = append(missing, f.Name)
		}
	}
	for _, role := range api.Roles {
		if e.Credentials[role] == (target.Credential{}) {
			missing = append(missing, "credentials."+role)
		}
	}
	if len(missing) == 0 {
		return report.Check{What: "facts", Result: report.Pass, Detail: "all are given"}
	}
	return report.Check{What: "facts", Result: report.Skip, Detail: "not given: " + strings.Join(missing, ", ") + "; rules that need them will be skipped"}
}
