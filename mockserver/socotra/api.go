// Package socotra mocks the User Management API of Socotra, as the document
// 003_07598e8054470ed4.txt describes it; settings say what the mock does where
// the document is silent, and editions where the vendor has moved on.
//
// It knows what each operation refuses and does. It does not know HTTP routing,
// sandboxes or how an answer is checked: that is the engine's.
package socotra

import (
	"io/fs"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// New makes the API in one edition, read from its folder of fixtures.
func New(dir fs.FS, edition string) (*engine.API, error) {
	contract, err := schemas.Load("socotra")
	if err != nil {
		return nil, err
	}
	e, err := fixtures.LoadEdition[Settings](dir, edition)
	if err != nil {
		return nil, err
	}
	if err := e.Settings.validate(); err != nil {
		return nil, e.At(err)
	}
	return &engine.API{
		Contract:     contract,
		Edition:      e.Name,
		Observed:     e.Observed,
		SignIn:       engine.SignIn{Who: who, Guards: signIn},
		Operations:   operations(),
		Defects:      defects(),
		ProtocolRule: "SO-PROTO-01",
		Load:         func(f fs.FS) (engine.State, error) { return load(f, e.Settings) },
		Before:       plainPassword,
		Word:         word,
		Headers:      headers,
	}, nil
}
