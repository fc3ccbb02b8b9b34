// Package steps is the one library of sentences that features are written in.
//
// A sentence is a Cucumber Expression with its meaning and its code. Its
// parameters are typed: who acts, which record, what people have. They are found
// or refused before the code runs. The library knows no API: an adapter, which
// each API has once, knows its nouns and makes its requests.
package steps

import (
	"fmt"
	"reflect"
	"slices"
	"sync"

	expressions "github.com/cucumber/cucumber-expressions/go/v18"

	"github.com/rolecall/rolecall/conformance/world"
)

// A Sentence is one thing that features may say.
type Sentence struct {
	Keyword string // Given, When or Then
	Text    string // a Cucumber Expression
	Meaning string // a clause for people: what it does, or wants
	Example string // how a feature says it
	// Do has one parameter for each of the text's, of the type that the parameter
	// stands for or of the one that it is found as, and may have a Table as its
	// last. It returns an error.
	Do any
}

// Given makes a sentence that sets a condition.
func Given(text, meaning, example string, do any) Sentence {
	return Sentence{"Given", text, meaning, example, do}
}

// When makes a sentence that does what the rule is about.
func When(text, meaning, example string, do any) Sentence {
	return Sentence{"When", text, meaning, example, do}
}

// Then makes a sentence that judges.
func Then(text, meaning, example string, do any) Sentence {
	return Sentence{"Then", text, meaning, example, do}
}

// A Table is the cells of a step's table.
type Table [][]string

// Steps binds the library's sentences, and those that only this API has, to one
// scenario.
func (s *Scene) Steps(own ...Sentence) []world.Step {
	var all []world.Step
	for _, sentence := range slices.Concat(s.records(), s.answers(), s.possessions(), s.signingIn(), s.operations(), s.trialling(), s.listing(), s.pages(), own) {
		all = append(all, s.bind(sentence))
	}
	return all
}

var compiled sync.Map // text -> expressions.Expression

// compile panics on a text that is no Cucumber Expression: a test finds it.
func compile(text string) expressions.Expression {
	if known, ok := compiled.Load(text); ok {
		return known.(expressions.Expression)
	}
	made, err := expressions.NewCucumberExpression(text, registry)
	if err != nil {
		panic(fmt.Sprintf("%s: %v", text, err))
	}
	known, _ := compiled.LoadOrStore(text, made)
	return known.(expressions.Expression)
}

// bind makes a step of a sentence. The runner matches its text and passes one
// string a group; expressions nest groups, so the text is matched again here.
func (s *Scene) bind(sentence Sentence) world.Step {
	expression := compile(sentence.Text)
	return world.Step{
		Keyword: sentence.Keyword, Pattern: expression.Regexp().String(), Example: sentence.Example,
		Expression: sentence.Text, Meaning: sentence.Meaning,
		Do: func() error {
			if sentence.Keyword == "When" {
				s.asked = nil
			}
			said := s.Sentence()
			args, err := expression.Match(said.Text)
			if err != nil || args == nil {
				return world.CouldNotJudge("%q does not read as %q", said.Text, sentence.Text)
			}
			values, err := s.resolve(reflect.TypeOf(sentence.Do), args, said.Table)
			if err != nil {
				return err
			}
			err, _ = reflect.ValueOf(sentence.Do).Call(values)[0].Interface().(error)
			return err
		},
	}
}

// resolve finds what the parameters stand for.
func (s *Scene) resolve(do reflect.Type, args []*expressions.Argument, table Table) ([]reflect.Value, error) {
	var values []reflect.Value
	for i, arg := range args {
		value, err := s.find(arg.GetValue(), do.In(i))
		if err != nil {
			return nil, err
		}
		if value == nil {
			values = append(values, reflect.Zero(do.In(i)))
			continue
		}
		values = append(values, reflect.ValueOf(value))
	}
	if do.NumIn() > len(args) {
		if len(table) == 0 {
			return nil, world.CouldNotJudge("the step lacks its table")
		}
		return append(values, reflect.ValueOf(table)), nil
	}
	if len(table) > 0 {
		return nil, world.CouldNotJudge("the step takes no table")
	}
	return values, nil
}
