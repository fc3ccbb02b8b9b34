package socotra

import (
	"fmt"
	"net/http"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// roleIsMadeBy looks at the answer to a creation and at what is read back.
func (w *world) roleIsMadeBy(name, actor string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	who, err := w.call(actor, conformance.Request{Operation: "fetchMyUserDetails"})
	if err != nil {
		return err
	}
	answered := w.asked.JSON()
	now, err := w.read("getRole", at(r.locator))
	if err != nil {
		return err
	}
	maker := who.JSON().Get("locator")
	if !who.Succeeded() || maker.String() == "" {
		return fmt.Errorf("whoami is answered with %d and the locator %s", who.Status, conformance.Shown(maker))
	}
	for _, one := range []gjson.Result{answered, now} {
		if err := showsSame("createdBy", one.Get("createdBy"), maker); err != nil {
			return err
		}
	}
	return nil
}

// clockSkew is how far a server's clock may be off.
const clockSkew = 10 * time.Minute

func (w *world) roleIsMadeNow(name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	answered := w.asked
	x, err := w.call("the administrator", conformance.Request{Operation: "getRole", Path: at(r.locator)})
	if err != nil {
		return err
	}
	for _, one := range []*conformance.Exchange{answered, x} {
		made, err := time.Parse(time.RFC3339Nano, one.JSON().Get("createdAt").String())
		if err != nil {
			return fmt.Errorf("createdAt is no time: %w", err)
		}
		now := time.Now()
		if date, err := http.ParseTime(one.Header.Get("Date")); err == nil {
			now = date
		}
		if now.Sub(made).Abs() > clockSkew {
			return fmt.Errorf("createdAt is %s; it is %s now", made, now)
		}
	}
	return nil
}
