package conformance

import (
	"fmt"
	"slices"
	"strings"
)

// A TagExpression chooses scenarios by their tags, in Cucumber's grammar:
// "@must and not (@roles or @disruptive)". (godog's own grammar is another one
// and selects nothing, in silence, when it is given this.)
type TagExpression struct {
	matches func(tags []string) bool
	Tags    []string // every tag that the expression names
}

// ParseTags reads a tag expression. The empty one matches everything.
func ParseTags(text string) (*TagExpression, error) {
	p := &tagParser{words: strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(text))}
	if len(p.words) == 0 {
		return &TagExpression{matches: func([]string) bool { return true }}, nil
	}
	matches, err := p.or()
	if err == nil && len(p.words) > 0 {
		err = fmt.Errorf("%q is not expected here", p.words[0])
	}
	if err != nil {
		return nil, fmt.Errorf("tag expression %q: %w; write it as in \"@must and not @disruptive\"", text, err)
	}
	return &TagExpression{matches, p.tags}, nil
}

// Matches tells whether a scenario with these tags is chosen.
func (e *TagExpression) Matches(tags []string) bool { return e.matches(tags) }

type tagParser struct {
	words []string
	tags  []string
}

type tagMatch func([]string) bool

func (p *tagParser) next(word string) bool {
	if len(p.words) > 0 && p.words[0] == word {
		p.words = p.words[1:]
		return true
	}
	return false
}

func (p *tagParser) or() (tagMatch, error) {
	left, err := p.and()
	for err == nil && p.next("or") {
		var right tagMatch
		before := left
		if right, err = p.and(); err == nil {
			left = func(tags []string) bool { return before(tags) || right(tags) }
		}
	}
	return left, err
}

func (p *tagParser) and() (tagMatch, error) {
	left, err := p.not()
	for err == nil && p.next("and") {
		var right tagMatch
		before := left
		if right, err = p.not(); err == nil {
			left = func(tags []string) bool { return before(tags) && right(tags) }
		}
	}
	return left, err
}

func (p *tagParser) not() (tagMatch, error) {
	if p.next("not") {
		inner, err := p.not()
		return func(tags []string) bool { return !inner(tags) }, err
	}
	if p.next("(") {
		inner, err := p.or()
		if err == nil && !p.next(")") {
			err = fmt.Errorf("a parenthesis is not closed")
		}
		return inner, err
	}
	if len(p.words) == 0 {
		return nil, fmt.Errorf("it ends too early")
	}
	tag := p.words[0]
	if !strings.HasPrefix(tag, "@") {
		return nil, fmt.Errorf("%q is no tag; tags begin with @", tag)
	}
	p.words, p.tags = p.words[1:], append(p.tags, tag)
	return func(tags []string) bool { return slices.Contains(tags, tag) }, nil
}
