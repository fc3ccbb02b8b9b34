package audit

import (
	"context"
	"fmt"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
)

// Unfair finds the must rules that a faithful server fails: on an edition that
// decides every silent point the other way, all must pass. One that is skipped
// has to be in the list, with the reason.
func Unfair(ctx context.Context, c *run.Catalogue, target *target.Target, api *world.API, edition string, a *Accepted) (faults []string, err error) {
	r, err := c.Run(ctx, target, run.Options{Selection: rules.Selection{APIs: []string{api.Name}}})
	if err != nil {
		return nil, err
	}
	judged := 0
	for _, x := range r.Rules {
		if x.Level != report.Must {
			continue
		}
		listed := a.skips(edition, x.ID)
		switch {
		case x.Verdict == report.Pass && listed:
			faults = append(faults, fmt.Sprintf("%s: %s passes, and features/%s/audit.yaml lists it as skipped", edition, x.ID, api.Name))
		case x.Verdict == report.Pass:
			judged++
		case x.Verdict == report.Skip && listed:
		default:
			faults = append(faults, fmt.Sprintf("%s: must rule %s is %s on a server that keeps the document: %s", edition, x.ID, x.Verdict, x.Reason))
		}
	}
	if judged == 0 {
		faults = append(faults, fmt.Sprintf("%s: no must rule was judged", edition))
	}
	return faults, nil
}
