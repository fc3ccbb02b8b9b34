package socotra_test

import (
	"fmt"
	"testing"
)

func TestPagesHoldEveryUserOnceAndInOneOrder(t *testing.T) {
	s := serve(t, "documented")
	for _, path := range []string{"/users/list", "/users/basic/list", "/roles/list"} {
		for _, count := range []int{1, 7, 100, 130, 1000} {
			seen, offset := map[string]bool{}, 0
			for complete := false; !complete; {
				a := want(t, 200, s, "administrator", "GET", fmt.Sprintf("%s?extended=true&offset=%d&count=%d", path, offset, count), "")
				items := a.get("items").Array()
				if len(items) > count {
					t.Fatalf("%s: %d items where at most %d were asked for", path, len(items), count)
				}
				for _, item := range items {
					locator := item.Get("locator").String()
					if seen[locator] {
						t.Fatalf("%s: %s is listed twice", path, locator)
					}
					seen[locator] = true
				}
				offset += len(items)
				complete = a.get("listCompleted").Bool()
			}
			if total := map[bool]int{true: 6, false: 130}[path == "/roles/list"]; len(seen) != total {
				t.Errorf("%s by %d: %d items, want %d", path, count, len(seen), total)
			}
		}
	}
}

func TestTheFormOfLists(t *testing.T) {
	s := serve(t, "documented")
	for _, c := range []struct {
		settings, query string
		status          int
		path, value     string
	}{
		{`{}`, "", 200, "items.#", "100"},
		{`{}`, "?extended=false", 200, "items.#", "100"},
		{`{}`, "?extended=false&count=0", 200, "listCompleted", "false"},
		{`{}`, "?count=0", 200, "items", "[]"},
		{`{}`, "?count=0", 200, "listCompleted", "false"},
		{`{}`, "?count=0&offset=2147483647", 200, "listCompleted", "true"},
		{`{}`, "?count=-1", 400, "errors.0.field", "count"},
		{`{}`, "?offset=x", 400, "errors.0.field", "offset"},
		{`{}`, "?count=9223372036854775808", 400, "httpStatus", "400"},
		{`{}`, "?count=1&count=2", 400, "httpStatus", "400"},
		{`{"maxUsers": 50}`, "?count=1000", 200, "items.#", "50"},
		{`{"maxUsers": 50, "largeCountRefused": true}`, "?count=51", 400, "httpStatus", "400"},
		{`{"defaultCount": 3}`, "", 200, "items.#", "3"},
	} {
		control(t, s, "POST", "reset", "")
		configure(t, s, c.settings)
		if a := want(t, c.status, s, "administrator", "GET", "/users/list"+c.query, ""); a.get(c.path).String() != c.value {
			t.Errorf("%s with %s: %s is %s, want %s", c.query, c.settings, c.path, a.get(c.path).Raw, c.value)
		}
	}
}

func TestABasicPageHoldsMore(t *testing.T) {
	s := serve(t, "documented")
	configure(t, s, `{"maxUsers": 20}`)
	users := want(t, 200, s, "administrator", "GET", "/users/list?count=1000", "").get("items.#").Int()
	basic := want(t, 200, s, "administrator", "GET", "/users/basic/list?count=1000", "").get("items.#").Int()
	if users != 20 || basic != 130 {
		t.Errorf("%d users and %d basic ones", users, basic)
	}
}
