package report

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Merge joins the reports of all shards of a run into the report that the
// whole run would have given. It refuses shards that are missing, that are
// there twice, or that were not parts of the same run: a verdict over a part
// of the rules must not look like a verdict over all of them.
func Merge(shards []*Report) (*Report, error) {
	whole, err := merge(shards)
	if err != nil {
		return nil, fmt.Errorf("merging reports: %w", err)
	}
	return whole, nil
}

func merge(shards []*Report) (*Report, error) {
	ordered, err := order(shards)
	if err != nil {
		return nil, err
	}
	whole := *ordered[0]
	whole.Selected.Shard = ""
	whole.Rules, whole.Checks, whole.Coverage, whole.Left, whole.Stale, whole.Notes = nil, nil, nil, nil, nil, nil
	var runs []string
	end := whole.Started
	owner := map[string]string{}
	for _, s := range ordered {
		if err := same(ordered[0], s); err != nil {
			return nil, err
		}
		for _, x := range s.Rules {
			if err := whole.join(x, s.Selected.Shard, owner); err != nil {
				return nil, err
			}
		}
		whole.joinRest(s)
		if !slices.Contains(runs, s.Run) {
			runs = append(runs, s.Run)
		}
		if s.Started.Before(whole.Started) {
			whole.Started = s.Started
		}
		if stop := s.Started.Add(time.Duration(s.Took)); stop.After(end) {
			end = stop
		}
	}
	whole.Run = strings.Join(runs, " ")
	whole.Took = Duration(end.Sub(whole.Started))
	whole.settle()
	return &whole, nil
}

// order sorts the shards by number and checks that each is there once.
func order(shards []*Report) ([]*Report, error) {
	if len(shards) == 0 {
		return nil, errors.New("there is no report to merge")
	}
	_, n, err := shard(shards[0])
	if err != nil {
		return nil, err
	}
	ordered := make([]*Report, n)
	for _, s := range shards {
		i, of, err := shard(s)
		switch {
		case err != nil:
			return nil, err
		case of != n:
			return nil, fmt.Errorf("shard %s does not belong to a run of %d shards", s.Selected.Shard, n)
		case ordered[i-1] != nil:
			return nil, fmt.Errorf("shard %s is there twice", s.Selected.Shard)
		}
		ordered[i-1] = s
	}
	var missing []string
	for i, s := range ordered {
		if s == nil {
			missing = append(missing, fmt.Sprintf("%d/%d", i+1, n))
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("shard %s is missing", strings.Join(missing, ", "))
	}
	return ordered, nil
}

// maxShards bounds what a broken report can make order allocate.
const maxShards = 10_000

// shard reads "2/5".
func shard(r *Report) (i, n int, err error) {
	if r.Selected.Shard == "" {
		return 0, 0, fmt.Errorf("the report of run %q is not a shard but a whole run", r.Run)
	}
	_, err = fmt.Sscanf(r.Selected.Shard+"\n", "%d/%d\n", &i, &n)
	if err != nil || i < 1 || i > n || n > maxShards {
		return 0, 0, fmt.Errorf("%q is no shard; write it as 2/5", r.Selected.Shard)
	}
	return i, n, nil
}

// same checks that two shards were parts of the same run.
func same(a, b *Report) error {
	of := func(r *Report) []any {
		return []any{r.Version, r.Suite.Version, r.Suite.Rules, r.Suite.Hashes, r.Strict, r.Demanded, demands(r), selected(r), targets(r)}
	}
	for i, in := range of(a) {
		if other := of(b)[i]; fmt.Sprint(in) != fmt.Sprint(other) {
			what := []string{
				"the version of the report", "the version of the suite", "the hash of the rules", "the hashes of the contracts",
				"strictness", "the demanded coverage", "what the gate demands", "what was selected", "the targets",
			}[i]
			return fmt.Errorf("shards %s and %s differ in %s: %v and %v", a.Selected.Shard, b.Selected.Shard, what, in, other)
		}
	}
	return nil
}

func demands(r *Report) string {
	skipped := "any"
	if r.MaxSkipped != nil {
		skipped = fmt.Sprint("at most ", *r.MaxSkipped)
	}
	return fmt.Sprintf("%s skipped, required %q", skipped, slices.Sorted(slices.Values(r.Required)))
}

func selected(r *Report) string {
	s := r.Selected
	return fmt.Sprintf("apis %q, rules %q, tags %q, allow %q",
		slices.Sorted(slices.Values(s.APIs)), slices.Sorted(slices.Values(s.Rules)), s.Tags, slices.Sorted(slices.Values(s.Allow)))
}

// targets describes what was held to the rules. Every shard starts a mock of
// its own, on a port of its own: the URL of a mock says nothing.
func targets(r *Report) string {
	var all []string
	for _, t := range r.Targets {
		where := t.URL
		if t.Mock {
			where = "the mock"
		}
		all = append(all, fmt.Sprintf("%s at %s, edition %q", t.API, where, t.Edition))
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

// settle puts what was joined into an order that does not depend on how the
// rules were dealt to the shards.
func (r *Report) settle() {
	apis := r.APIs()
	slices.SortStableFunc(r.Rules, func(a, b Rule) int {
		return cmp.Or(
			cmp.Compare(slices.Index(apis, a.API), slices.Index(apis, b.API)),
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.ID, b.ID))
	})
	slices.SortStableFunc(r.Coverage, func(a, b Pair) int {
		return cmp.Compare(slices.Index(apis, a.API), slices.Index(apis, b.API))
	})
	r.Stale = slices.DeleteFunc(r.Stale, func(w Waiver) bool {
		return slices.ContainsFunc(r.Rules, func(x Rule) bool { return x.ID == w.Rule && x.Outcome() == "waived" })
	})
}
