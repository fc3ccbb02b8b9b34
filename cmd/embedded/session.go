package embedded

import (
	"context"
	"log/slog"
	"sync"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/features"
	"github.com/rolecall/rolecall/mockserver"
)

// Initializer returns what the godog command calls for each scenario: it judges
// the scenario against a mock that is started in this process. The mock is as
// the options say.
func Initializer(o mockserver.Options) func(*godog.ScenarioContext) {
	session := sync.OnceValues(func() (*run.Session, error) {
		c, err := features.Catalogue()
		if err != nil {
			return nil, err
		}
		slog.SetDefault(slog.New(slog.DiscardHandler))
		target, _, err := Start(c, o) // it ends with the process
		if err != nil {
			return nil, err
		}
		return c.Session(target), nil
	})
	return func(g *godog.ScenarioContext) {
		s, err := session()
		if err != nil {
			g.Step(`(?s)^.*$`, func() error { return nil })
			g.Before(func(ctx context.Context, _ *godog.Scenario) (context.Context, error) { return ctx, err })
			return
		}
		s.Initialize(g)
	}
}
