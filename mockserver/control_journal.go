package mockserver

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

type journalEntry struct {
	Number    int             `json:"number"`
	RequestID string          `json:"requestId,omitempty"`
	Time      time.Time       `json:"time"`
	API       string          `json:"api"`
	Operation string          `json:"operation,omitempty"`
	Method    string          `json:"method"`
	URL       string          `json:"url"`
	Request   json.RawMessage `json:"request,omitempty"`
	Unread    []string        `json:"unread,omitempty"`
	Status    int             `json:"status"`
	Rule      string          `json:"rule,omitempty"`
	Answer    json.RawMessage `json:"answer,omitempty"`
	Took      string          `json:"took"`
}

// showJournal lists the calls that are remembered, with ?since=N those from
// number N on.
func showJournal(c *controlCall) (any, error) {
	since := c.request.URL.Query().Get("since")
	first, err := strconv.Atoi(cmp.Or(since, "0"))
	if err != nil {
		return nil, badControl("since is %q; write the number of a call", since)
	}
	entries, total := c.sandbox.Journal.Entries()
	shown := []journalEntry{}
	for _, e := range entries {
		if e.Number < first {
			continue
		}
		known := c.server.contract(e.API).Redactor()
		shown = append(shown, journalEntry{
			Number: e.Number, RequestID: e.RequestID, Time: e.Time, API: e.API, Operation: e.Operation, Method: e.Method, URL: known.URL(e.URL),
			Request: withoutSecrets(known, e.Request), Unread: c.server.unread(e), Status: e.Status, Rule: e.Rule,
			Answer: withoutSecrets(known, e.Answer), Took: fmt.Sprint(e.Took.Round(time.Microsecond)),
		})
	}
	return map[string]any{"calls": total, "entries": shown}, nil
}

func clearJournal(c *controlCall) (any, error) {
	c.sandbox.Journal.Clear()
	return nil, nil
}
