package steps

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// What the steps of every API say of answers.

// Usable is nil for an answer that a rule can be judged by. A failure of the
// server is charged to the contract; a rule that needed the answer cannot be
// judged.
func Usable(x *world.Exchange) error {
	if x.Status >= http.StatusInternalServerError {
		return world.CouldNotJudge("%s is answered with %d, a failure of the server", x.Name(), x.Status)
	}
	return nil
}

// ShouldBeRefused wants a 4xx.
func ShouldBeRefused(x *world.Exchange) error {
	if err := Usable(x); err != nil {
		return err
	}
	if !x.Refused() {
		return fmt.Errorf("the request is answered with %d; it should be refused with a 4xx", x.Status)
	}
	return nil
}

// ShouldBeRefusedWith wants one of some statuses.
func ShouldBeRefusedWith(x *world.Exchange, statuses ...int) error {
	if err := Usable(x); err != nil {
		return err
	}
	if !slices.Contains(statuses, x.Status) {
		return fmt.Errorf("the request is answered with %d; it should be refused with %s", x.Status, oneOf(statuses))
	}
	return nil
}

func oneOf(statuses []int) string {
	words := make([]string, len(statuses))
	for i, s := range statuses {
		words[i] = fmt.Sprint(s)
	}
	return strings.Join(words, " or ")
}

// ShouldSucceed wants a 2xx.
func ShouldSucceed(x *world.Exchange) error {
	if err := Usable(x); err != nil {
		return err
	}
	if !x.Succeeded() {
		return fmt.Errorf("the request is answered with %d; it should succeed", x.Status)
	}
	return nil
}

// ShouldNotFail is for requests that may be refused or have no effect, but must
// not break the server. The effect is for another step to look at.
func ShouldNotFail(x *world.Exchange) error {
	if !x.Succeeded() && !x.Refused() {
		return fmt.Errorf("the request is answered with %d; it should be ignored (2xx) or refused (4xx)", x.Status)
	}
	return nil
}

// KnownProperty is nil for a property that one of some schemas of the contract
// names. A table with another is misspelt, and would set or compare nothing.
func KnownProperty(c *schemas.Contract, property string, names ...string) error {
	var known []string
	for _, name := range names {
		if s := c.Schema(name); s != nil {
			known = append(known, s.Properties()...)
		}
	}
	if !slices.Contains(known, property) {
		return world.CouldNotJudge("the contract has no property %q here%s", property, schemas.Suggest(property, known))
	}
	return nil
}

// Value reads a cell of a feature's table: JSON, or text as it stands.
func Value(cell string) any {
	var v any
	if json.Unmarshal([]byte(cell), &v) == nil {
		return v
	}
	return cell
}

// Same compares a value of an answer with one that a feature or a request
// gave; numbers of different Go types may be the same number.
func Same(got gjson.Result, want any) bool {
	text, err := json.Marshal(want)
	if err != nil {
		return false
	}
	return got.Exists() && reflect.DeepEqual(got.Value(), gjson.ParseBytes(text).Value())
}

// Shown is a value of an answer for a message.
func Shown(v gjson.Result) string {
	if !v.Exists() {
		return "missing"
	}
	return v.Raw
}
