// Package devicehive mocks the User resource of a DeviceHive server, as the
// document 002_3503676279aec765.txt lists its methods, and what clients call
// on the way there: tokens, info, networks and device types. Editions say
// where deployed servers differ.
//
// It knows what each operation does. It does not know HTTP routing, sandboxes
// or how an answer is checked: that is the engine's.
package devicehive

import (
	"io/fs"
	"net/http"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// New makes the API in one edition, read from its folder of fixtures.
func New(dir fs.FS, edition string) (*engine.API, error) {
	contract, err := schemas.Load("devicehive")
	if err != nil {
		return nil, err
	}
	e, err := fixtures.LoadEdition[Settings](dir, edition)
	if err != nil {
		return nil, err
	}
	if err := e.Settings.prepare(contract); err != nil {
		return nil, e.At(err)
	}
	return &engine.API{
		Contract: contract,
		Edition:  e.Name,
		Observed: e.Observed,
		Defects:  defects(),
		Bridge: engine.Bridge{Authenticate: authenticate, Handlers: map[string]engine.Handler{
			"list":                   list,
			"count":                  count,
			"get":                    get,
			"insert":                 insert,
			"update":                 update,
			"delete":                 remove,
			"getCurrent":             getCurrent,
			"updateCurrent":          updateCurrent,
			"getNetwork":             getNetwork,
			"assignNetwork":          assignNetwork,
			"unassignNetwork":        unassignNetwork,
			"assignDeviceType":       assignDeviceType,
			"unassignDeviceType":     unassignDeviceType,
			"getDeviceTypes":         getDeviceTypes,
			"allowAllDeviceTypes":    allowAllDeviceTypes,
			"disallowAllDeviceTypes": disallowAllDeviceTypes,
			"getDeviceType":          getDeviceType,
			"login":                  login,
			"createToken":            createToken,
			"refreshToken":           refreshToken,
			"getInfo":                getInfo,
			"getClusterConfig":       getClusterConfig,
			"getCacheInfo":           getCacheInfo,
			"listNetworks":           networks.list,
			"countNetworks":          networks.count,
			"getNetworkById":         networks.get,
			"insertNetwork":          networks.insert,
			"updateNetwork":          networks.update,
			"deleteNetwork":          networks.remove,
			"listDeviceTypes":        deviceTypes.list,
			"countDeviceTypes":       deviceTypes.count,
			"getDeviceTypeById":      deviceTypes.get,
			"insertDeviceType":       deviceTypes.insert,
			"updateDeviceType":       deviceTypes.update,
			"deleteDeviceType":       deviceTypes.remove,
			"listDevices":            listDevices,
		}},
		ProtocolRule: "DH-PROTO-01",
		Load:         func(f fs.FS) (engine.State, error) { return load(f, e.Settings) },
		Word:         word,
		Render:       render,
		Headers:      headers,
		Before:       overrideMethod,
	}, nil
}

// headers let pages of any origin call the server, as every answer of a real
// one does.
func headers(_ *engine.Call, h http.Header) {
	h["Access-Control-Allow-Origin"] = anyOrigin
	h["Access-Control-Allow-Credentials"] = allowCredentials
	h["Access-Control-Allow-Methods"] = allowMethods
	h["Access-Control-Allow-Headers"] = allowHeaders
	h["Access-Control-Max-Age"] = maxAge
}

var (
	anyOrigin        = []string{"*"}
	allowCredentials = []string{"true"}
	allowMethods     = []string{"OPTIONS, GET, POST, PUT, DELETE, HEAD"}
	allowHeaders     = []string{"Origin, Authorization, Accept, Content-Type, Auth-DeviceID, Auth-DeviceKey"}
	maxAge           = []string{"0"}
)

// overrideMethod is for clients behind proxies that let only GET and POST pass.
func overrideMethod(r *http.Request, _ engine.State) {
	if r.Method != http.MethodPost {
		return
	}
	switch method := r.Header.Get("X-HTTP-Method-Override"); method {
	case http.MethodPut, http.MethodDelete, http.MethodHead, http.MethodOptions:
		r.Method = method
	}
}
