package devicehive

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

func userOfToken(c *engine.Call) (any, bool) {
	return stateOf(c).users.Get(c.JSON().Get("userId").Int())
}

func endsAreUnreadable(c *engine.Call) bool {
	_, access := moment(c.JSON().Get("expiration"), 0)
	_, refresh := moment(c.JSON().Get("refreshExpiration"), 0)
	return !access || !refresh
}

// createToken issues tokens for any user. An end that is asked for is both
// tokens', unless the refresh token has one of its own.
func createToken(c *engine.Call) (engine.Response, error) {
	body, s, now := c.JSON(), stateOf(c), c.Now().UnixMilli()
	accessEnd, _ := moment(body.Get("expiration"), now+s.settings.AccessLifetime)
	refreshEnd, _ := moment(body.Get("expiration"), now+s.settings.RefreshLifetime)
	refreshEnd, _ = moment(body.Get("refreshExpiration"), refreshEnd)
	return issue(s, Payload{
		User: &c.Record.(*User).ID, Actions: numbered(body.Get("actions")),
		Networks: texts(body.Get("networkIds")), DeviceTypes: texts(body.Get("deviceTypeIds")),
	}, accessEnd, refreshEnd)
}

// numbered reads actions, given by name or number. Unknown ones are passed
// over; a list that is not there allows nothing.
func numbered(list schemas.Value) []int {
	if !given(list) {
		return []int{noAction}
	}
	numbers := []int{}
	for _, name := range list.Array() {
		if number, known := actionNumber(asText(name)); known {
			numbers = append(numbers, number)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

func texts(list schemas.Value) []string {
	if !given(list) {
		return nil
	}
	all := []string{}
	for _, v := range list.Array() {
		all = append(all, asText(v))
	}
	return all
}

// dateLayouts are those of ISO 8601 that the server reads; without a zone it is UTC.
var dateLayouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05.999999999", "2006-01-02"}

// moment reads a date, or milliseconds since 1970, as milliseconds.
func moment(v schemas.Value, otherwise int64) (ms int64, readable bool) {
	switch {
	case !given(v):
		return otherwise, true
	case v.Kind() == schemas.Number && strings.ContainsAny(v.String(), ".eE"): // 12.0 is an integer, too
		n, err := strconv.ParseFloat(v.String(), 64)
		return int64(n), err == nil && n >= -1<<63 && n < 1<<63
	}
	if ms, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
		return ms, true
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, v.String()); err == nil {
			return t.UnixMilli(), true
		}
	}
	return otherwise, false
}
