package devicehive

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// queryOf reads a table of parameter and value. <tag> stands for what begins
// the logins of the scenario, and <ann> for the login of "ann".
func (w *world) queryOf(table *godog.Table) url.Values {
	query := url.Values{}
	for _, row := range table.Rows {
		text := strings.ReplaceAll(row.Cells[1].Value, "<tag>", w.Tag())
		for name, p := range w.people {
			text = strings.ReplaceAll(text, "<"+name+">", p.login)
		}
		query.Set(row.Cells[0].Value, text)
	}
	return query
}

func (w *world) asksWith(operation string, table *godog.Table) error {
	return w.when("the administrator", conformance.Request{Operation: operation, Query: w.queryOf(table)})
}

func (w *world) asksPlainly(operation string) error {
	return w.when("the administrator", conformance.Request{Operation: operation})
}

// listHolds holds the people in the newest list, in the order of the list if
// that is what the rule is about.
func (w *world) listHolds(list, inOrder string) error {
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	if !w.asked.JSON().IsArray() {
		return fmt.Errorf("the answer is %.80q; it should be a list", w.asked.Body)
	}
	var got, want []string
	for _, user := range w.asked.JSON().Array() {
		got = append(got, user.Get("login").String())
	}
	for _, name := range wordsOf(list) {
		p, err := w.person(name)
		if err != nil {
			return err
		}
		want = append(want, p.login)
	}
	if inOrder == "" {
		slices.Sort(got)
		slices.Sort(want)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the list holds %v; it should hold %v%s", got, want, inOrder)
	}
	return nil
}

func (w *world) countIs(want int) error {
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	if got := counted(w.asked); !conformance.Same(got, want) {
		return fmt.Errorf("the count is %s; it should be %d", conformance.Shown(got), want)
	}
	return nil
}
