package socotra

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/conformance"
)

// searches asks for users by a name that is made of somebody's.
func (w *world) searches(name, how string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	local, domain, _ := strings.Cut(p.userName, "@")
	wanted := map[string]string{
		"the whole name": p.userName, "the beginning of the name": local, "the name with * in it": local + "*",
		"the name with % in it": local[:len(local)-1] + "%@" + domain, "the name with _ in it": local[:len(local)-1] + "_@" + domain,
		"the end of the name": local[1:] + "@" + domain, "the name and one letter": p.userName + "x", "only *": "*", "only %": "%", "a name and more SQL": "' OR '1'='1", "an unknown name": "no." + p.userName,
	}[how]
	if wanted == "" {
		return conformance.CouldNotJudge("there is no search for %q", how)
	}
	return w.searchesName(wanted)
}

func (w *world) searchesName(userName string) error {
	return w.when("the administrator", conformance.Request{Operation: "fetchUserByName", Path: map[string]string{"username": userName}})
}

func (w *world) isFound(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	if user := itemAt(w.asked.JSON().Array(), p.locator); user.Exists() {
		return showsSame("userName", user.Get("userName"), asJSON(p.userName))
	}
	return fmt.Errorf("%s is not among the %d users found", name, len(w.asked.JSON().Array()))
}

// nobodyIsFound takes an empty list, or any refusal, of a target that finds
// those who are there.
func (w *world) nobodyIsFound() error {
	if !w.asked.Refused() {
		if err := conformance.ShouldSucceed(w.asked); err != nil {
			return err
		}
		if n := len(w.asked.JSON().Array()); n > 0 || !w.asked.JSON().IsArray() {
			return fmt.Errorf("the search finds %d users; it should find nobody", n)
		}
	}
	return w.administratorKnown()
}
