// Package features is the rules as Gherkin, one folder an API, with the steps
// that they are written in.
package features

import (
	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/features/devicehive"
	"github.com/rolecall/rolecall/features/rapid7"
	"github.com/rolecall/rolecall/features/socotra"
	"github.com/rolecall/rolecall/schemas"
)

// suites is the list of APIs. A test holds it to the folders.
var suites = []func() (*conformance.API, error){
	devicehive.Suite,
	rapid7.Suite,
	socotra.Suite,
}

// Catalogue reads the rules of every API. It fails when a feature file or a
// contract is not well made.
func Catalogue() (*conformance.Catalogue, error) {
	var apis []*conformance.API
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
	return conformance.NewCatalogue(apis...)
}
