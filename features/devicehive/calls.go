package devicehive

import (
	"encoding/json"
	"strconv"

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

// callsForUnknown calls a method on a user who does not exist.
func (w *world) callsForUnknown(operation string) error {
	r, err := w.sample(operation, "")
	if err != nil {
		return err
	}
	return w.when("the administrator", r)
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
		r.Body = fields{"login": w.uninvited(), "password": w.Secret("Pw9!" + w.uninvited()), "role": 1, "status": 0}
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
