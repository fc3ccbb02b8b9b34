package devicehive

import (
	"crypto/rand"
	"encoding/json"
	"strings"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// schemasOf are those that name what a table may set of a record.
var schemasOf = map[string][]string{
	"user": {"user-insert", "user-update"}, "network": {"group-body"}, "device type": {"group-body"},
}

// fromTable reads a table of property and value for a kind of record.
func (w *world) fromTable(kind string, table *godog.Table) (fields, error) {
	body := fields{}
	for _, row := range table.Rows {
		property := row.Cells[0].Value
		if err := conformance.KnownProperty(w.API.Contract, property, schemasOf[kind]...); err != nil {
			return nil, err
		}
		body[property] = w.value(row.Cells[1].Value)
	}
	return body, nil
}

// cellsOf are the texts of one row.
func cellsOf(table *godog.Table, row int) (texts []string) {
	for _, cell := range table.Rows[row].Cells {
		texts = append(texts, cell.Value)
	}
	return texts
}

// value reads a cell: JSON, or text as it stands, where <tag> stands for what
// begins the scenario's logins. A new password is drawn.
func (w *world) value(cell string) any {
	if cell == "(a new password)" {
		return w.newPassword()
	}
	return conformance.Value(strings.ReplaceAll(cell, "<tag>", w.Tag()))
}

// newPassword draws one that nobody can guess, and that is another in capital
// letters.
func (w *world) newPassword() string { return w.Secret("Pw9!" + rand.Text() + "x") }

// written is a wanted value as an answer would write it.
func written(want any) string {
	text, err := json.Marshal(want)
	if err != nil {
		return "a value that cannot be written"
	}
	return string(text)
}
