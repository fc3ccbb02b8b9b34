package engine

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/rolecall/rolecall/schemas"
)

// What follows is for APIs whose handlers still refuse by themselves; it goes
// when they have guards.

// A Bridge is an API's operations without guards.
type Bridge struct {
	Handlers     map[string]Handler // by operation id, one each
	Authenticate func(*Call) error  // finds out who calls and whether they may
	// BodyRules names the rule that a body breaks which its schema refuses, by
	// operation id, or by operation id and property as in "createUser.userName".
	BodyRules map[string]string
	Body      func(*Call) *schemas.Schema // chooses another schema; nil for none
}

func (a *API) bridge() {
	for id, handle := range a.Bridge.Handlers {
		o := Op(id, handle)
		if op := a.Contract.Operation(id); op != nil && op.Body != nil {
			check := BodyCheck{Rule: cmp.Or(a.Bridge.BodyRules[id], a.ProtocolRule), Schema: a.Bridge.Body, Properties: map[string]string{}}
			for key, rule := range a.Bridge.BodyRules {
				if property, ok := strings.CutPrefix(key, id+"."); ok {
					check.Properties[property] = rule
				}
			}
			o.Guards = append(o.Guards, check.Guard())
		}
		a.Operations = append(a.Operations, o)
	}
	if a.Bridge.Authenticate == nil {
		return
	}
	a.SignIn.Who = func(*Call) any { return nil }
	a.SignIn.Guards = []Guard{{try: func(c *Call) *Problem {
		err := a.Bridge.Authenticate(c)
		var p *Problem
		if err != nil && !errors.As(err, &p) {
			p = broken(err.Error())
		}
		return p
	}}}
}

// Keep publishes what a handler changed although it refuses the call.
func (c *Call) Keep() { c.kept = true }

// Check refuses the call under a rule unless ok holds.
func (c *Call) Check(ok bool, rule string, status int, format string, args ...any) error {
	if ok || c.Lifted(rule) {
		return nil
	}
	return &Problem{Status: status, Rule: rule, Message: fmt.Sprintf(format, args...)}
}

// CheckParameter refuses the call with 400 because a parameter cannot be read,
// which any operation may answer.
func (c *Call) CheckParameter(ok bool, rule, format string, args ...any) error {
	err := c.Check(ok, rule, http.StatusBadRequest, format, args...)
	if p, refused := err.(*Problem); refused {
		p.Kind = BadParameter
	}
	return err
}

// Lifted tells whether a defect lifts a rule.
func (c *Call) Lifted(rule string) bool { return c.lifted(rule) }

// Refused is the kind of what a handler refuses.
const Refused Kind = ""
