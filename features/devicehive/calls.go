package devicehive

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// Calls of any method, with a request that would succeed if the caller were
// allowed.

// callsFor calls a method on somebody, or on what goes with them.
func (w *world) callsFor(actor, operation, name string) error {
	token, err := w.tokenOf(actor)
	if err != nil {
		return err
	}
	return w.sendSample(token, operation, name)
}

func (w *world) callsWithFor(actor, which, operation, name string) error {
	token, err := w.tokenWith(actor, which)
	if err != nil {
		return err
	}
	return w.sendSample(token, operation, name)
}

// callsEvery calls every documented method, or those of them that name a user.
func (w *world) callsEvery(actor, which, name string) error {
	token, err := w.tokenOf(actor)
	if err != nil {
		return err
	}
	if name == "an unknown user" {
		name = ""
	}
	return w.sendSamples(token, strings.Trim(name, `"`), func(operation string) bool {
		return which == "" || strings.Contains(w.API.Contract.Operation(operation).Path, "{id}")
	})
}

func (w *world) callsEveryWith(actor, which, name string) error {
	token, err := w.tokenWith(actor, which)
	if err != nil {
		return err
	}
	return w.sendSamples(token, name, func(string) bool { return true })
}

// callsThese calls the methods of a table of one column.
func (w *world) callsThese(actor, name string, table *godog.Table) error {
	token, err := w.tokenOf(actor)
	if err != nil {
		return err
	}
	return w.sendSamples(token, name, func(operation string) bool {
		for i := range table.Rows {
			if cellsOf(table, i)[0] == operation {
				return true
			}
		}
		return false
	})
}

// callsWithoutActions calls each method of a table with a token for every
// action but those that the table says allow it.
func (w *world) callsWithoutActions(actor, name string, table *godog.Table) error {
	p, err := w.person(actor)
	if err != nil {
		return err
	}
	w.calls = nil
	for i := range table.Rows {
		cells := cellsOf(table, i)
		operation, allowing := cells[0], strings.Split(cells[1], ", ")
		others := slices.DeleteFunc(slices.Clone(allActions), func(a string) bool { return slices.Contains(allowing, a) })
		token, err := w.issued(p, fields{"actions": others})
		if err != nil {
			return err
		}
		if err := w.sendSample(token, operation, name); err != nil {
			return err
		}
		w.calls = append(w.calls, w.asked)
	}
	return nil
}

// sendSamples calls documented methods in the order of the document, but what
// deletes at the end.
func (w *world) sendSamples(token, name string, meant func(operation string) bool) error {
	w.calls = nil
	documented := w.API.Contract.Documented()
	for _, last := range []bool{false, true} {
		for _, op := range documented {
			if (op.ID == "delete") != last || !meant(op.ID) {
				continue
			}
			if err := w.sendSample(token, op.ID, name); err != nil {
				return err
			}
			w.calls = append(w.calls, w.asked)
		}
	}
	return nil
}

// everyCall judges each of the newest calls.
func (w *world) everyCall(judge func(*conformance.Exchange) error) error {
	if len(w.calls) == 0 {
		return conformance.CouldNotJudge("no method was called")
	}
	for _, x := range w.calls {
		if err := judge(x); err != nil {
			w.Blame(x)
			return fmt.Errorf("%s: %w", x.Operation.ID, err)
		}
	}
	return nil
}

// sendSample sends what may create a user under the ledger, whether or not it
// is to be refused.
func (w *world) sendSample(token, operation, name string) error {
	r, err := w.sample(operation, name)
	if err != nil {
		return err
	}
	if operation != "insert" {
		w.asked, err = w.callWith(token, r)
		return err
	}
	return w.Create("user", w.uninvited(), func() (string, error) {
		w.asked, err = w.callWith(token, r)
		if err != nil || !w.asked.Succeeded() {
			return "", err
		}
		return w.asked.JSON().Get("id").Raw, nil
	})
}

// sample is a request that is well made. Without a name it is about a user who
// does not exist.
func (w *world) sample(operation, name string) (conformance.Request, error) {
	r := conformance.Request{Operation: operation, Path: idOf(unknownID)}
	if name != "" {
		p, err := w.person(name)
		if err != nil {
			return r, err
		}
		r.Path = idOf(p.id)
	}
	switch operation {
	case "insert":
		r.Body = fields{"login": w.uninvited(), "password": w.newPassword(), "role": 1, "status": 0}
	case "createToken":
		r.Body = fields{"userId": json.Number(r.Path["id"]), "actions": []string{"*"}}
	case "update", "updateCurrent":
		r.Body = fields{"introReviewed": true, "data": fields{"made": "by a sample"}}
	case "getNetwork", "unassignNetwork":
		return r, w.put(r.Path, "networkId", "home")
	case "assignNetwork":
		return r, w.put(r.Path, "networkId", "attic")
	case "unassignDeviceType":
		return r, w.put(r.Path, "deviceTypeId", "lamp")
	case "assignDeviceType":
		return r, w.put(r.Path, "deviceTypeId", "fan")
	}
	return r, nil
}

func (w *world) put(path map[string]string, parameter, name string) error {
	g, err := w.group(name)
	if err != nil {
		return err
	}
	path[parameter] = strconv.FormatInt(g.id, 10)
	return nil
}

// uninvited is the login of a user whom nobody may create.
func (w *world) uninvited() string { return w.Tag() + "-uninvited" }

// callsWithUnknownGroup calls a method with a network or device type that does
// not exist.
func (w *world) callsWithUnknownGroup(operation, name string) error {
	r, err := w.sample(operation, name)
	if err != nil {
		return err
	}
	for _, parameter := range []string{"networkId", "deviceTypeId"} {
		if _, used := r.Path[parameter]; used {
			r.Path[parameter] = strconv.Itoa(unknownID)
		}
	}
	return w.when("the administrator", r)
}

// hasDoneItsWork holds a method to what its sample is for: in the answer, or in
// what is there afterwards.
func (w *world) hasDoneItsWork(operation, caller, name string) error {
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	switch operation {
	case "list":
		return w.answerLists(name)
	case "count":
		return w.countCovers(name)
	case "get":
		return w.answerIs(name)
	case "insert":
		return w.timesListed(w.uninvited(), 1)
	case "update":
		return w.shows(name, "introReviewed", "true")
	case "delete":
		return w.isGone(name)
	case "getCurrent":
		return w.answerIs(caller)
	case "updateCurrent":
		return w.shows(caller, "introReviewed", "true")
	case "getNetwork":
		return w.answerIsNetwork("home")
	case "assignNetwork":
		return w.showsExactly(name, "home and attic")
	case "unassignNetwork":
		return w.showsExactly(name, "none")
	case "getDeviceTypes":
		return w.areExactly("device types in the answer", w.asked.JSON(), []string{"lamp"})
	case "assignDeviceType":
		return w.mayUseExactly(name, "lamp and fan")
	case "unassignDeviceType":
		return w.mayUseExactly(name, "none")
	case "allowAllDeviceTypes":
		return w.mayUseEvery(name)
	case "disallowAllDeviceTypes":
		return w.mayUseExactly(name, "lamp")
	}
	return conformance.CouldNotJudge("there is nothing to hold %s to", operation)
}
