package audit

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// short is the mutant's id without the name of its API.
func (m Mutant) short() string {
	_, id, _ := strings.Cut(m.ID, "/")
	return id
}

// A count is how many mutants of one kind there are, and what became of them.
type count struct{ all, apply, killed, must int }

func (c *count) add(f Fate) {
	c.all++
	for into, is := range map[*int]bool{&c.apply: f.Applies, &c.killed: f.Killed(), &c.must: f.Must} {
		if is {
			*into++
		}
	}
}

// kinds are the kinds of mutants, in the order of a call.
var kinds = []string{"caller", "guard", "request", "change", "answer", "time"}

// WriteFates prints kills by operation and kind, each as killed of those that
// make a difference, and the shares of all.
func WriteFates(w io.Writer, api string, fates []Fate) error {
	byOperation := map[string]map[string]*count{}
	var order []string
	var whole count
	for _, f := range fates {
		if byOperation[f.Operation] == nil {
			byOperation[f.Operation] = map[string]*count{}
			order = append(order, f.Operation)
		}
		if byOperation[f.Operation][f.Kind] == nil {
			byOperation[f.Operation][f.Kind] = &count{}
		}
		byOperation[f.Operation][f.Kind].add(f)
		whole.add(f)
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintf(t, "MUTANTS OF %s\t%s\n", strings.ToUpper(api), strings.ToUpper(strings.Join(kinds, "\t")))
	for _, operation := range order {
		cells := make([]string, len(kinds))
		for i, kind := range kinds {
			cells[i] = "-"
			if c := byOperation[operation][kind]; c != nil && c.apply > 0 {
				cells[i] = fmt.Sprintf("%d of %d", c.killed, c.apply)
			}
		}
		fmt.Fprintf(t, "%s\t%s\n", operation, strings.Join(cells, "\t"))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%s: %d mutants, %d make a difference, %d of them are noticed (%.1f %%); %d (%.1f %%) end with exit status 1 without --strict\n",
		api, whole.all, whole.apply, whole.killed, share(whole.killed, whole.apply), whole.must, share(whole.must, whole.apply))
	return err
}

func share(part, of int) float64 { return 100 * float64(part) / float64(max(of, 1)) }
