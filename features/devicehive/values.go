package devicehive

import (
	"encoding/json"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// fromTable reads a table of property and value.
func fromTable(table *godog.Table) fields {
	body := fields{}
	for _, row := range table.Rows {
		body[row.Cells[0].Value] = conformance.Value(row.Cells[1].Value)
	}
	return body
}

// written is a wanted value as an answer would write it.
func written(want any) string {
	text, err := json.Marshal(want)
	if err != nil {
		return "a value that cannot be written"
	}
	return string(text)
}
