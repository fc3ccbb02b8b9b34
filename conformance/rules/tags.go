package rules

import (
	"fmt"
	"slices"
	"strings"

	tagexpressions "github.com/cucumber/tag-expressions/go/v6"
)

// A TagExpression chooses scenarios by their tags, in Cucumber's grammar:
// "@must and not (@roles or @disruptive)". (godog's own grammar is another one
// and selects nothing, in silence, when it is given this.)
type TagExpression struct {
	tagexpressions.Evaluatable
	Tags []string // every tag that the expression names
}

// ParseTags reads a tag expression. The empty one matches everything.
func ParseTags(text string) (*TagExpression, error) {
	e, err := &TagExpression{}, error(nil)
	words := strings.Fields(strings.NewReplacer("(", " ", ")", " ").Replace(text))
	operators := []string{"and", "or", "not"}
	for _, word := range words {
		if strings.HasPrefix(word, "@") {
			e.Tags = append(e.Tags, word)
		} else if !slices.Contains(operators, word) {
			err = fmt.Errorf("%q is no tag; tags begin with @", word)
		}
	}
	// The library panics at what ends too early.
	if len(words) > 0 && slices.Contains(operators, words[len(words)-1]) {
		err = fmt.Errorf("it ends too early")
	}
	if err == nil {
		e.Evaluatable, err = tagexpressions.Parse(text)
	}
	if err != nil {
		return nil, fmt.Errorf("tag expression %q: %w; write it as in \"@must and not @disruptive\"", text, err)
	}
	return e, nil
}
