package steps

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// The order of texts is the target's: which letters come first, and whether
// large ones count, no document says. Only what every order agrees on is judged.

// isSorted holds all that the pages hold to the criteria, as in "name,ASC and
// id,DESC".
func (s *Scene) isSorted(criteria string) error {
	unsteady := s.Steady()
	items, err := s.paged()
	if err := cmp.Or(unsteady, err); err != nil {
		return err
	}
	told := false
	for i := 1; i < len(items); i++ {
		for _, criterion := range strings.Split(criteria, " and ") {
			property, direction, _ := strings.Cut(criterion, ",")
			a, b := items[i-1].Get(property), items[i].Get(property)
			if !a.Exists() || !b.Exists() {
				return fmt.Errorf("an item has no %s to sort by", property)
			}
			d, known := order(a, b)
			if direction == "DESC" {
				d = -d
			}
			if d > 0 {
				return fmt.Errorf("sorted by %s, %s comes before %s", criterion, a, b)
			}
			if told = told || d < 0; d != 0 || !known {
				break // the earlier criterion decides
			}
		}
	}
	if !told {
		return fmt.Errorf("nothing in the list of %d shows an order by %s", len(items), criteria)
	}
	if first, _, several := strings.Cut(criteria, " and "); several {
		return secondMatters(items, first)
	}
	return nil
}

// secondMatters wants some neighbours that are alike in the first criterion, so
// that the second puts them in order.
func secondMatters(items []gjson.Result, criterion string) error {
	first, _, _ := strings.Cut(criterion, ",")
	for i := 1; i < len(items); i++ {
		if Same(items[i].Get(first), items[i-1].Get(first).Value()) {
			return nil
		}
	}
	return fmt.Errorf("nothing that is alike in %s stands side by side", first)
}

// order compares two values. Not known is the order of texts that differ first
// in something else than letters of the alphabet, or only in their case.
func order(a, b gjson.Result) (sign int, known bool) {
	if a.Type != gjson.String || b.Type != gjson.String {
		rank := func(v gjson.Result) float64 {
			if v.IsBool() {
				return map[bool]float64{true: 1}[v.Bool()]
			}
			return v.Num
		}
		return cmp.Compare(rank(a), rank(b)), true
	}
	if a.Str == b.Str {
		return 0, true
	}
	x, y := []rune(strings.ToLower(a.Str)), []rune(strings.ToLower(b.Str))
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			if !letter(x[i]) || !letter(y[i]) || !lettersOnly(x[:i]) {
				return 0, false
			}
			return cmp.Compare(x[i], y[i]), true
		}
	}
	return cmp.Compare(len(x), len(y)), len(x) != len(y)
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' }

// lettersOnly: what stands between words counts in some orders and not in others.
func lettersOnly(text []rune) bool {
	return !slices.ContainsFunc(text, func(r rune) bool { return !letter(r) })
}
