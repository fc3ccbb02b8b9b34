package devicehive

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"
)

// value reads a cell of a table: JSON, or text as it stands.
func value(text string) any {
	var v any
	if json.Unmarshal([]byte(text), &v) == nil {
		return v
	}
	return text
}

// same compares a value of an answer with one that a feature or a request
// gave; numbers of different Go types may be the same number.
func same(got gjson.Result, want any) bool {
	text, err := json.Marshal(want)
	if err != nil {
		return false
	}
	return got.Exists() && reflect.DeepEqual(got.Value(), gjson.ParseBytes(text).Value())
}

// fromTable reads a table of property and value.
func fromTable(table *godog.Table) fields {
	body := fields{}
	for _, row := range table.Rows {
		body[row.Cells[0].Value] = value(row.Cells[1].Value)
	}
	return body
}

// written is a wanted value as an answer would write it.
func written(want any) string {
	text, err := json.Marshal(want)
	if err != nil {
		return "a value that cannot be written"
	}
	return string(text)
}

func orMissing(v gjson.Result) string {
	if !v.Exists() {
		return "missing"
	}
	return v.Raw
}

// propertyNamed finds the path of a property whose name contains a word; ""
// when there is none.
func propertyNamed(v gjson.Result, word string) string {
	found := ""
	if !v.IsObject() && !v.IsArray() {
		return found
	}
	v.ForEach(func(key, member gjson.Result) bool {
		name := key.String()
		if v.IsObject() && strings.Contains(strings.ToLower(name), word) {
			found = name
		} else if inner := propertyNamed(member, word); inner != "" {
			found = name + "." + inner
		}
		return found == ""
	})
	return found
}
