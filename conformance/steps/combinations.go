package steps

import (
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/world"
)

// Properties alone and in pairs.

func (s *Scene) createsCombinations(actor Actor, k *Kind, table Table) error {
	all, err := s.Settings(k, table)
	if err != nil {
		return err
	}
	for i, combination := range AloneAndInPairs(all) {
		r, x, err := s.creates(actor, k, numbered(i), combination...)
		if err != nil {
			return err
		}
		if r.ID == "" {
			s.Try("with "+described(combination), func() error { return ShouldSucceed(x) })
		} else if err := s.Attempt("with "+described(combination), x, ShouldSucceed, r); err != nil {
			return err
		}
	}
	return nil
}

// numbered is a name in letters, as names of scenarios are.
func numbered(i int) string {
	return "number" + string(rune('a'+i/26)) + string(rune('a'+i%26))
}

// changesCombinations changes each property alone, and each pair. A property
// gets the one of its values that it has not; what it was is one of them.
func (s *Scene) changesCombinations(actor Actor, r *Record, table Table) error {
	properties, err := s.valuesOf(r, table)
	if err != nil {
		return err
	}
	for i := range properties {
		for j := i; j < len(properties); j++ {
			var combination []Setting
			for _, values := range properties[i : j+1] {
				if one := s.unlike(r, values); len(combination) == 0 || one.Property == properties[j][0].Property {
					combination = append(combination, one)
				}
			}
			x, err := s.Changes(actor, r, combination...)
			if err == nil {
				err = s.Attempt("a change of "+described(combination), x, ShouldSucceed, r)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// valuesOf reads a table of properties, each with the values that it is to take
// turns with.
func (s *Scene) valuesOf(r *Record, table Table) ([][]Setting, error) {
	var all [][]Setting
	for _, row := range table {
		var values []Setting
		for _, cell := range row[1:] {
			one, err := s.setting(r.Kind, row[0], cell)
			if err != nil {
				return nil, err
			}
			if cell != "" {
				values = append(values, one)
			}
		}
		if is := r.Is[row[0]]; is != "" {
			values = append(values, Setting{row[0], gjson.Parse(is).Value()})
		}
		if len(values) == 0 {
			return nil, world.CouldNotJudge("the table gives %s no value", row[0])
		}
		all = append(all, values)
	}
	return all, nil
}

// unlike is the value that the record does not show; the first, where it shows
// none. A password is another each time.
func (s *Scene) unlike(r *Record, values []Setting) Setting {
	if values[0].Property == "password" {
		return Setting{"password", s.Password()}
	}
	for _, one := range values {
		given := Into(Fields{}, one)
		if r.Kind.Gives != nil {
			given = r.Kind.Gives(r, given)
		}
		for property, value := range r.Kind.canonical(given) {
			if r.Is[property] != value {
				return one
			}
		}
	}
	return values[0]
}
