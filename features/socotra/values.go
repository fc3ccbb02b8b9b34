package socotra

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/schemas"
)

// fromTable reads a table of property and value of a kind of record. Values are
// JSON, or text as it stands; "(tag)" is the scenario's tag. A property that no
// request or answer about such a record has is a mistake of the feature.
func (w *world) fromTable(kind string, table *godog.Table) (fields, error) {
	body := fields{}
	for _, row := range table.Rows {
		name, text := row.Cells[0].Value, strings.ReplaceAll(row.Cells[1].Value, "(tag)", w.Tag())
		if known := w.propertiesOf(kind); !slices.Contains(known, name) {
			return nil, conformance.CouldNotJudge("a %s has no property %q%s", kind, name, schemas.Suggest(name, known))
		}
		var v any
		if json.Unmarshal([]byte(text), &v) != nil {
			v = text
		}
		body[name] = v
	}
	return w.spelledIn(body)
}

// propertiesOf are the properties that requests and answers have for a kind.
func (w *world) propertiesOf(kind string) (all []string) {
	operations := map[string][]string{"user": {"createUser", "updateUser"}, "role": {"createRole", "updateRole"}}[kind]
	for _, id := range operations {
		op := w.API.Contract.Operation(id)
		for _, schema := range []*schemas.Schema{op.Body.Schema, op.Responses[0].Schema} {
			all = append(all, schema.Properties()...)
		}
	}
	return all
}

// spelledIn writes the permissions in a body of a role as the target does.
func (w *world) spelledIn(body fields) (fields, error) {
	for _, name := range []string{"permissions", "addPermissions", "removePermissions"} {
		list, ok := body[name].([]any)
		if !ok {
			continue
		}
		spelled, err := w.spell(strings.Join(texts(asJSON(list)), ","))
		if err != nil {
			return nil, err
		}
		body[name] = spelled
	}
	return body, nil
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// texts reads an array of texts, sorted, each as often as it is there. What is
// no text is written as JSON, so that it equals none.
func texts(array gjson.Result) []string {
	list := []string{}
	if !array.IsArray() {
		return list
	}
	for _, s := range array.Array() {
		if s.Type != gjson.String {
			list = append(list, s.Raw)
			continue
		}
		list = append(list, s.Str)
	}
	slices.Sort(list)
	return list
}

// showsSame compares what is read of a property with what it should be, by type
// and value. Lists are sets, in which nothing is twice: no order is documented.
// Nothing, null and what is empty are the same.
func showsSame(property string, got, want gjson.Result) error {
	if invariants.Set(got) != invariants.Set(want) {
		return fmt.Errorf("%s is %s; it should be %s", property, conformance.Shown(got), conformance.Shown(want))
	}
	return nil
}

// allShowSame compares some properties of a user or a role; roles of users are
// the same by name and by locator.
func (w *world) allShowSame(properties []string, got, want gjson.Result) error {
	for _, property := range properties {
		if property == "roles" {
			if g, w := w.rolesShown(got), w.rolesShown(want); !slices.Equal(g, w) {
				return fmt.Errorf("roles are %v; they should be %v", g, w)
			}
			continue
		}
		if err := showsSame(property, got.Get(property), want.Get(property)); err != nil {
			return err
		}
	}
	return nil
}

// asJSON is a value as an answer would have it.
func asJSON(v any) gjson.Result {
	text, err := json.Marshal(v)
	if err != nil {
		return gjson.Result{}
	}
	return gjson.ParseBytes(text)
}

// onlyTexts wants a list that has nothing but texts, none of them empty and
// none of them twice.
func onlyTexts(what string, list gjson.Result) error {
	if !list.IsArray() {
		return fmt.Errorf("%s is %s; it should be a list", what, conformance.Shown(list))
	}
	for _, item := range list.Array() {
		if item.Type != gjson.String || item.Str == "" {
			return fmt.Errorf("%s has %s in it; it should have texts", what, item.Raw)
		}
	}
	all := texts(list)
	if once := slices.Compact(slices.Clone(all)); len(once) != len(all) {
		return fmt.Errorf("%s has %d items, %d different ones", what, len(all), len(once))
	}
	return nil
}
