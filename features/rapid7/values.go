package rapid7

import (
	"fmt"
	"slices"

	"github.com/tidwall/gjson"
)

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
