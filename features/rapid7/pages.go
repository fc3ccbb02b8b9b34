package rapid7

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/steps"
)

// What a page of users says of itself, and what an error does.

func pageOf(number, size int) url.Values {
	return url.Values{"page": {strconv.Itoa(number)}, "size": {strconv.Itoa(size)}}
}

func sortedBy(criteria string) url.Values {
	return url.Values{"sort": strings.Split(criteria, " and ")}
}

// more takes the page's own word; a console may have a largest page.
func more(page gjson.Result, number, _ int) (bool, int) {
	return int64(number)+1 < page.Get("page.totalPages").Int(), int(page.Get("page.size").Int())
}

func (c *console) isPage(number, size int) error {
	page, err := c.Answer()
	if err != nil {
		return err
	}
	return pageIs(page.Get("page"), map[string]int{"number": number, "size": size})
}

func pageIs(page gjson.Result, want map[string]int) error {
	for property, value := range want {
		if got := page.Get(property); !steps.Same(got, value) {
			return fmt.Errorf("page.%s is %s; it should be %d", property, steps.Shown(got), value)
		}
	}
	return nil
}

// totalsAgree holds every number of the page to the others and to the list.
func (c *console) totalsAgree() error {
	all, noList := c.Beside(c.kinds[0])
	answer, err := c.Answer() // after it: what was listed may have been listed again
	if err := cmp.Or(noList, err); err != nil {
		return err
	}
	size, total := int(answer.Get("page.size").Int()), len(all)
	if size < 1 || total < 1 {
		return fmt.Errorf("the page is of size %d, and there are %d users", size, total)
	}
	if err := pageIs(answer.Get("page"), map[string]int{"totalResources": total, "totalPages": (total + size - 1) / size}); err != nil {
		return err
	}
	if got := len(idsIn(answer)); got != min(size, total) {
		return fmt.Errorf("the page holds %d users; of %d it should hold %d", got, total, min(size, total))
	}
	return nil
}

// errorSaysStatus accepts the three forms in which consoles of different age
// give the status.
func (c *console) errorSaysStatus() error {
	x, err := c.Newest()
	if err != nil {
		return err
	}
	said := x.JSON().Get("status")
	name := strings.ToUpper(strings.ReplaceAll(http.StatusText(x.Status), " ", "_"))
	if s := said.String(); s != strconv.Itoa(x.Status) && s != name {
		return fmt.Errorf("the body says status %s; the answer has %d", steps.Shown(said), x.Status)
	}
	if x.JSON().Get("message").String() == "" {
		return fmt.Errorf("the body has no message")
	}
	return nil
}
