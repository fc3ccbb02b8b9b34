package schemas

import (
	"slices"
	"strings"
)

// Suggest ends the sentence of an error about an unknown name: with the known name
// that was probably meant, with all known ones if they are few, or with nothing.
func Suggest(name string, known []string) string {
	known = slices.Compact(slices.Sorted(slices.Values(known)))
	best, distance := "", len(name)/2+1
	for _, k := range known {
		if d := editDistance(strings.ToLower(name), strings.ToLower(k)); d < distance {
			best, distance = k, d
		}
	}
	switch {
	case best != "":
		return `; did you mean "` + best + `"?`
	case len(known) > 0 && len(known) <= 8:
		return "; known are " + strings.Join(known, ", ")
	}
	return ""
}

// editDistance counts the letters to insert, delete or replace (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = min(diagonal, row[j], row[j+1]) + 1
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
