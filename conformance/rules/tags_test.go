package rules_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolecall/rolecall/conformance/rules"
)

func TestTagExpressions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		expression string
		tags       string
		want       bool
	}{
		{"", "", true},
		{"  ", "@a", true},
		{"@a", "@a", true},
		{"@a", "@ab", false},
		{"@ab", "@a", false},
		{"@a", "", false},
		{"not @a", "@a", false},
		{"not @a", "@b", true},
		{"not not @a", "@a", true},
		{"@a and @b", "@a", false},
		{"@a and @b", "@b @a", true},
		{"@a or @b", "@b", true},
		{"@a or @b", "@c", false},
		{"not @a and @b", "@b", true},      // (not a) and b
		{"not @a or @b", "@a @b", true},    // (not a) or b
		{"not (@a or @b)", "@b", false},    //
		{"@a or @b and @c", "@a", true},    // a or (b and c)
		{"(@a or @b) and @c", "@a", false}, //
		{"@a and @b or @c", "@c", true},    // (a and b) or c
		{"@a and (@b or @c)", "@c", false}, //
		{"(((@a)))", "@a", true},
		{"(@a)and(@b)", "@a @b", true},
		{"@and", "@and", true},
		{"@not and not @or", "@not", true},
		{"\t@a\nand @b", "@a @b", true},
	} {
		t.Run(c.expression+" on "+c.tags, func(t *testing.T) {
			t.Parallel()
			e, err := rules.ParseTags(c.expression)
			if err != nil {
				t.Fatal(err)
			}
			if got := e.Evaluate(strings.Fields(c.tags)); got != c.want {
				t.Errorf("it is %v", got)
			}
		})
	}
}

func TestTagExpressionsThatMeanNothingAreRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"a", "@a @b", "@a and", "and @a", "or", "not", "@a or or @b", "(@a", "@a)", "()", "( )", "@a not @b",
		"~@a", "@a && @b", "@a || @b", "!@a", "@a AND @b", "NOT @a", "@a and (@b or", "@a,", // godog's grammar and others
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			e, err := rules.ParseTags(text)
			if err == nil && text == "@a," {
				return // a tag that no scenario has, which selecting refuses
			}
			if err == nil {
				t.Fatalf("it was taken, with the tags %q", e.Tags)
			}
			if !strings.Contains(err.Error(), text) || !strings.Contains(err.Error(), "@must and not @disruptive") {
				t.Errorf("the error is %q; it should show the expression and how to write one", err)
			}
		})
	}
}

// A naive evaluator works on the tree that the expression was written from.
type node struct {
	word        string // a tag, "not", "and", "or"
	left, right *node
}

func (n *node) holds(tags []string) bool {
	switch n.word {
	case "not":
		return !n.left.holds(tags)
	case "and":
		return n.left.holds(tags) && n.right.holds(tags)
	case "or":
		return n.left.holds(tags) || n.right.holds(tags)
	}
	return slices.Contains(tags, n.word)
}

var binding = map[string]int{"or": 1, "and": 2, "not": 3}

// write uses parentheses only where they are needed, or where the draw says so.
func (n *node) write(t *rapid.T, outer int) string {
	own, text := binding[n.word], n.word
	switch n.word {
	case "not":
		text = "not " + n.left.write(t, own)
	case "and", "or":
		text = n.left.write(t, own) + " " + n.word + " " + n.right.write(t, own)
	default:
		own = 4
	}
	if own < outer || rapid.IntRange(0, 5).Draw(t, "parentheses") == 0 {
		return "(" + text + ")"
	}
	return text
}

func drawNode(t *rapid.T, depth int) *node {
	words := []string{"@a", "@b", "@c", "not", "and", "or"}
	if depth == 0 {
		words = words[:3]
	}
	n := &node{word: rapid.SampledFrom(words).Draw(t, "word")}
	if strings.HasPrefix(n.word, "@") {
		return n
	}
	n.left = drawNode(t, depth-1)
	if n.word != "not" {
		n.right = drawNode(t, depth-1)
	}
	return n
}

func TestTagExpressionsMeanWhatTheirTreeMeans(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tree := drawNode(t, 5)
		text := tree.write(t, 0)
		e, err := rules.ParseTags(text)
		if err != nil {
			t.Fatal(err)
		}
		for subset := range 8 {
			var tags []string
			for i, tag := range []string{"@a", "@b", "@c"} {
				if subset>>i&1 == 1 {
					tags = append(tags, tag)
				}
			}
			if got, want := e.Evaluate(tags), tree.holds(tags); got != want {
				t.Fatalf("%s on %q is %v; it should be %v", text, tags, got, want)
			}
		}
	})
}

func FuzzTagExpressions(f *testing.F) {
	for _, seed := range []string{"@a and not (@b or @c)", "((", "not", "@"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if e, err := rules.ParseTags(text); err == nil {
			e.Evaluate([]string{"@a"})
		}
	})
}
