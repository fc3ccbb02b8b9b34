package rolecall_test

import (
	"os"
	"strings"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/mockserver"
)

var initialize = embedded.Initializer(mockserver.Options{Defects: strings.Fields(os.Getenv("ROLECALL_DEFECT"))})

// InitializeScenario is what "godog run features/rapid7/roles.feature" calls at
// the root of a checkout: the command reads the tests of the folder it is in.
func InitializeScenario(g *godog.ScenarioContext) { initialize(g) }
