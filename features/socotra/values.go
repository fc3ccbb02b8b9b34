package socotra

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// fromTable reads a table of property and value. Values are JSON, or text as
// it stands; "(tag)" is the scenario's tag.
func (w *world) fromTable(table *godog.Table) fields {
	body := fields{}
	for _, row := range table.Rows {
		text := strings.ReplaceAll(row.Cells[1].Value, "(tag)", w.Tag())
		var v any
		if json.Unmarshal([]byte(text), &v) != nil {
			v = text
		}
		body[row.Cells[0].Value] = v
	}
	return body
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// texts reads an array of strings, sorted; each once.
func texts(array gjson.Result) []string {
	list := []string{}
	for _, s := range array.Array() {
		list = append(list, s.String())
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// showsSame compares what is read of a property with what it should be. Lists
// are sets: no order is documented.
func showsSame(property string, got, want gjson.Result) error {
	if want.IsArray() || got.IsArray() {
		if g, w := texts(got), texts(want); !slices.Equal(g, w) {
			return fmt.Errorf("%s are %v; they should be %v", property, g, w)
		}
		return nil
	}
	if got.String() != want.String() {
		return fmt.Errorf("%s is %s; it should be %s", property, conformance.Shown(got), conformance.Shown(want))
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
