package rapid7

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

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

func sorted(ids []int64) []int64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return ids
}

// ints reads an array of ids, ascending.
func ints(array gjson.Result) []int64 {
	ids := []int64{}
	for _, id := range array.Array() {
		ids = append(ids, id.Int())
	}
	return sorted(ids)
}

func texts(array gjson.Result) []string {
	list := []string{}
	for _, s := range array.Array() {
		list = append(list, s.String())
	}
	slices.Sort(list)
	return list
}

func wantIDs(what string, got, want []int64) error {
	if !slices.Equal(sorted(got), sorted(want)) {
		return fmt.Errorf("%s are %v; they should be %v", what, sorted(got), sorted(want))
	}
	return nil
}
