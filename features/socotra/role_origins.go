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
	maker, err := w.locatorOf(actor)
	if err != nil {
		return err
	}
	answered := w.asked.JSON()
	now, err := w.read("getRole", at(r.locator))
	if err != nil {
		return err
	}
	for _, one := range []gjson.Result{answered, now} {
		if err := showsSame("createdBy", one.Get("createdBy"), asJSON(maker)); err != nil {
			return err
		}
	}
	return nil
}

// locatorOf is who calls: the administrator by what whoami tells it.
func (w *world) locatorOf(actor string) (string, error) {
	if actor != "the administrator" {
		p, err := w.person(actor)
		if err != nil {
			return "", err
		}
		return p.locator, nil
	}
	me, err := w.read("fetchMyUserDetails", nil)
	if err == nil && me.Get("locator").String() == "" {
		err = fmt.Errorf("whoami tells the administrator no locator")
	}
	return me.Get("locator").String(), err
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
