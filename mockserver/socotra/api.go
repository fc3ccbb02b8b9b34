// Package socotra mocks the User Management API of Socotra, as the document
// 003_07598e8054470ed4.txt describes it; settings say what the mock does where
// the document is silent, and editions where the vendor has moved on.
//
// It knows what each operation does. It does not know HTTP routing, sandboxes
// or how an answer is checked: that is the engine's.
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
		Contract: contract,
		Edition:  e.Name,
		Observed: e.Observed,
		Defects:  defects(),
		Bridge: engine.Bridge{Authenticate: authenticate, Body: requestSchema, Handlers: map[string]engine.Handler{
			"createUser":                  createUser,
			"fetchMyUserDetails":          fetchMyUserDetails,
			"fetchUserByName":             fetchUserByName,
			"fetchUserByLocator":          fetchUserByLocator,
			"fetchMultipleUsers":          fetchMultipleUsers,
			"fetchMultipleBasicUsers":     fetchMultipleBasicUsers,
			"updateUser":                  updateUser,
			"resetUserPassword":           resetUserPassword,
			"deleteUser":                  deleteUser,
			"createRole":                  createRole,
			"getRole":                     getRole,
			"updateRole":                  updateRole,
			"fetchMultipleRoles":          fetchMultipleRoles,
			"deleteRole":                  deleteRole,
			"fetchAvailablePermissions":   fetchAvailablePermissions,
			"fetchUserPermissions":        fetchUserPermissions,
			"updateUserRoles":             updateUserRoles,
			"updateUserTenantAssignments": updateUserTenantAssignments,
			tokenOperation:                createToken,
		}, BodyRules: map[string]string{
			"createUser": "SO-USER-05", "createUser.userName": "SO-USER-04", "createUser.email": "SO-USER-17", "createUser.password": "SO-PWD-02",
			"updateUser.email": "SO-USER-17", "resetUserPassword": "SO-PWD-02",
			"createRole.name": "SO-ROLE-13", "createRole.permissions": "SO-ROLE-09",
			"updateRole.name": "SO-ROLE-13", "updateRole.addPermissions": "SO-ROLE-09", "updateRole.removePermissions": "SO-ROLE-09",
		}},
		ProtocolRule: "SO-PROTO-01",
		Load:         func(f fs.FS) (engine.State, error) { return load(f, e.Settings) },
		Before:       plainPassword,
		Word:         word,
		Headers:      headers,
	}, nil
}
