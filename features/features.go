// Package features is the rules as Gherkin, one folder an API, with the steps
// that they are written in.
package features

import (
	"embed"
	"fmt"

	"github.com/rolecall/rolecall/conformance/audit"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/features/devicehive"
	"github.com/rolecall/rolecall/features/rapid7"
	"github.com/rolecall/rolecall/features/socotra"
	"github.com/rolecall/rolecall/schemas"
)

//go:embed */audit.yaml
var accepted embed.FS

// Accepted is what an API's audit.yaml says of what its rules do not notice.
func Accepted(api string) (*audit.Accepted, error) {
	text, err := accepted.ReadFile(api + "/audit.yaml")
	if err != nil {
		return nil, err
	}
	a, err := audit.ReadAccepted(text)
	if err != nil {
		return nil, fmt.Errorf("features/%s/audit.yaml: %w", api, err)
	}
	return a, nil
}

// suites is the list of APIs. A test holds it to the folders.
var suites = []func() (*world.API, error){
	devicehive.Suite,
	rapid7.Suite,
	socotra.Suite,
}

// Catalogue reads the rules of every API. It fails when a feature file or a
// contract is not well made.
func Catalogue() (*run.Catalogue, error) {
	var apis []*world.API
	for _, suite := range suites {
		api, err := suite()
		if err != nil {
			return nil, err
		}
		if api.Sources, err = schemas.LoadSources(api.Name); err != nil {
			return nil, err
		}
		apis = append(apis, api)
	}
	return run.NewCatalogue(apis...)
}
