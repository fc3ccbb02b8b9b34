package report

import (
	"fmt"
	"slices"
)

// htmlMap shows how far an API's contract was met: a row an operation, a
// column a status.
type htmlMap struct {
	Statuses []int
	Rows     []htmlRow
	Reasons  []htmlReason
}

type htmlRow struct {
	Operation string
	Called    int
	Cells     []htmlCell
}

// htmlCell has a mark besides its colour, for readers who cannot tell the
// colours, and a title in words.
type htmlCell struct {
	Class, Mark, Title string
}

// htmlReason says why some answers cannot be provoked.
type htmlReason struct {
	Reason string
	Pairs  []string
}

func htmlMapOf(r *Report, api string) htmlMap {
	var m htmlMap
	pairs := map[string]map[int]Pair{}
	var operations []string
	for _, p := range r.Coverage {
		if p.API != api {
			continue
		}
		if pairs[p.Operation] == nil {
			pairs[p.Operation] = map[int]Pair{}
			operations = append(operations, p.Operation)
		}
		pairs[p.Operation][p.Status] = p
		if !slices.Contains(m.Statuses, p.Status) {
			m.Statuses = append(m.Statuses, p.Status)
		}
		if p.Ineligible != "" && p.Seen == 0 {
			m.explain(p)
		}
	}
	slices.Sort(m.Statuses)
	for _, operation := range operations {
		row := htmlRow{Operation: operation}
		for _, p := range pairs[operation] {
			row.Called += p.Seen
		}
		for _, status := range m.Statuses {
			p, known := pairs[operation][status]
			row.Cells = append(row.Cells, htmlCellOf(p, known, row.Called))
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

func (m *htmlMap) explain(p Pair) {
	i := slices.IndexFunc(m.Reasons, func(x htmlReason) bool { return x.Reason == p.Ineligible })
	if i < 0 {
		i, m.Reasons = len(m.Reasons), append(m.Reasons, htmlReason{Reason: p.Ineligible})
	}
	m.Reasons[i].Pairs = append(m.Reasons[i].Pairs, fmt.Sprintf("%s %d", p.Operation, p.Status))
}

func htmlCellOf(p Pair, known bool, called int) htmlCell {
	name := fmt.Sprintf("%s %d: ", line(p.Operation), p.Status)
	switch {
	case !known:
		return htmlCell{Class: "none"}
	case p.Breached > 0:
		return htmlCell{"breached", fmt.Sprintf("%d!", p.Seen),
			name + fmt.Sprintf("%d of %s broke the contract", p.Breached, plural(p.Seen, "answer"))}
	case p.Seen > 0 && p.Documented:
		return htmlCell{"seen", fmt.Sprint(p.Seen), name + "documented, seen " + plural(p.Seen, "time")}
	case p.Seen > 0:
		return htmlCell{"extra", fmt.Sprintf("%d+", p.Seen), name + "not documented here, seen " + plural(p.Seen, "time")}
	case p.Ineligible != "":
		return htmlCell{"ineligible", "×", name + "cannot be provoked: " + line(p.Ineligible)}
	case !p.Documented:
		return htmlCell{Class: "none"}
	case called > 0:
		return htmlCell{"missed", "·", name + "documented, not seen"}
	}
	return htmlCell{"uncalled", "–", name + "documented, the operation was never called"}
}
