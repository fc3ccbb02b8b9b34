package devicehive

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// createToken issues tokens for any user. The server does not hold what is
// asked for against what the caller may do.
func createToken(c *engine.Call) (engine.Response, error) {
	body, s := c.JSON(), stateOf(c)
	if err := c.Check(body.IsObject(), "DH-TOKEN-02", http.StatusBadRequest, nullObject); err != nil {
		return engine.Response{}, err
	}
	id := body.Get("userId")
	if err := c.Check(given(id), "DH-TOKEN-02", http.StatusBadRequest, "%s", invalid(violation("userId", nil, mayNotBeNull))); err != nil {
		return engine.Response{}, err
	}
	u, found := s.users.Get(id.Int())
	if !found {
		return engine.Response{}, refuse("DH-TOKEN-02", http.StatusNotFound, userNotFound, id.Int())
	}
	if err := c.Check(u.Status == active, "DH-TOKEN-02", http.StatusForbidden, userNotActive); err != nil {
		return engine.Response{}, err
	}
	now := c.Now().UnixMilli()
	accessEnd, err := moment(c, body.Get("expiration"), now+s.settings.AccessLifetime)
	if err != nil {
		return engine.Response{}, err
	}
	refreshEnd := now + s.settings.RefreshLifetime
	if given(body.Get("expiration")) {
		refreshEnd = accessEnd
	}
	if refreshEnd, err = moment(c, body.Get("refreshExpiration"), refreshEnd); err != nil {
		return engine.Response{}, err
	}
	p := Payload{
		User: &u.ID, Actions: numbered(body.Get("actions")),
		Networks: texts(body.Get("networkIds")), DeviceTypes: texts(body.Get("deviceTypeIds")),
	}
	return issue(s, p, accessEnd, refreshEnd)
}

// given tells whether a property is there and not null.
func given(v gjson.Result) bool { return v.Exists() && v.Type != gjson.Null }

// numbered reads actions, given by name or number. Unknown ones are passed
// over; a list that is not there allows nothing.
func numbered(list gjson.Result) []int {
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

func texts(list gjson.Result) []string {
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
func moment(c *engine.Call, v gjson.Result, otherwise int64) (int64, error) {
	if !given(v) {
		return otherwise, nil
	}
	text := asText(v)
	if ms, err := strconv.ParseInt(text, 10, 64); err == nil {
		return ms, nil
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UnixMilli(), nil
		}
	}
	return otherwise, c.Check(false, "DH-TOKEN-02", http.StatusBadRequest, invalidParameters)
}
