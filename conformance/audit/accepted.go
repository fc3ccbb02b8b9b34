package audit

import (
	"bytes"
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// Accepted is what an API's audit.yaml says of what the suite does not notice,
// each with a reason that a reviewer accepted.
type Accepted struct {
	// Survivors are mutants that no rule notices, by class.
	Survivors []Class `yaml:"survivors"`
	// Skips are must rules that cannot be judged on an edition that decides every
	// silent point the other way.
	Skips []struct {
		Edition string `yaml:"edition"`
		Rule    string `yaml:"rule"`
		Reason  string `yaml:"reason"`
	} `yaml:"skips"`
}

// A Class is mutants of one kind that live for one reason: in each of some
// operations, each of some things that are wrong.
type Class struct {
	Reason string `yaml:"reason"`
	Kind   string `yaml:"kind"`
	Of     []struct {
		Operations []string `yaml:"operations"`
		What       []string `yaml:"what"`
	} `yaml:"of"`
}

// mutants are the class's ids without the API's name, as in "getUser/answer/id one more".
func (c Class) mutants() (ids []string) {
	for _, of := range c.Of {
		for _, operation := range of.Operations {
			for _, what := range of.What {
				ids = append(ids, operation+"/"+c.Kind+"/"+what)
			}
		}
	}
	return ids
}

// ReadAccepted reads an audit.yaml. Unknown keys, entries without a reason and
// mutants that are listed twice are refused.
func ReadAccepted(text []byte) (*Accepted, error) {
	a := &Accepted{}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(a); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, s := range a.Survivors {
		if s.Reason == "" || len(s.mutants()) == 0 {
			return nil, fmt.Errorf("an entry of survivors needs a reason, a kind, operations and what is wrong")
		}
		for _, id := range s.mutants() {
			if seen[id] {
				return nil, fmt.Errorf("the mutant %q is listed twice", id)
			}
			seen[id] = true
		}
	}
	for _, s := range a.Skips {
		if s.Reason == "" || s.Rule == "" || s.Edition == "" {
			return nil, fmt.Errorf("an entry of skips needs an edition, a rule and a reason")
		}
	}
	return a, nil
}

// survives tells whether a mutant is listed.
func (a *Accepted) survives(id string) bool {
	for _, s := range a.Survivors {
		if slices.Contains(s.mutants(), id) {
			return true
		}
	}
	return false
}

// skips tells whether a must rule may be skipped on an edition.
func (a *Accepted) skips(edition, rule string) bool {
	for _, s := range a.Skips {
		if s.Edition == edition && s.Rule == rule {
			return true
		}
	}
	return false
}

// Compare holds the fates to the list: a mutant that lives and is not listed,
// or is listed and dead, makes no difference or does not exist, is a fault.
func (a *Accepted) Compare(api string, fates []Fate) (faults []string) {
	known := map[string]Fate{}
	for _, f := range fates {
		id := f.short()
		known[id] = f
		switch {
		case f.Applies && !f.Killed() && !a.survives(id):
			faults = append(faults, fmt.Sprintf("mutant lives and is not listed in features/%s/audit.yaml: %s", api, id))
		case f.Killed() && a.survives(id):
			faults = append(faults, fmt.Sprintf("mutant is listed as living in features/%s/audit.yaml, and %s notices it: %s", api, f.By, id))
		}
	}
	for _, s := range a.Survivors {
		for _, id := range s.mutants() {
			if f, exists := known[id]; !exists {
				faults = append(faults, fmt.Sprintf("features/%s/audit.yaml lists a mutant that does not exist: %s", api, id))
			} else if !f.Applies {
				faults = append(faults, fmt.Sprintf("features/%s/audit.yaml lists a mutant that makes no difference: %s", api, id))
			}
		}
	}
	return faults
}
