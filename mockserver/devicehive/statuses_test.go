package devicehive_test

import (
	"fmt"
	"testing"

	"github.com/rolecall/rolecall/schemas"
)

// provocations are requests beside the usual ones (no token, no action,
// unknown user) that bring about the statuses of an operation.
var provocations = map[string][]struct {
	target, body string
	status       int
}{
	"list":                   {{"GET /user", "", 200}, {"GET /user?sortField=data", "", 400}},
	"count":                  {{"GET /user/count", "", 200}},
	"get":                    {{"GET /user/2", "", 200}, {"GET /user/99", "", 404}},
	"insert":                 {{"POST /user", `{"login":"alice","password":"s3cret-enough","role":1}`, 201}, {"POST /user", `{}`, 400}},
	"update":                 {{"PUT /user/2", `{"role":0}`, 204}, {"PUT /user/2", `{"role":5}`, 400}, {"PUT /user/99", `{}`, 404}},
	"delete":                 {{"DELETE /user/2", "", 204}, {"DELETE /user/99", "", 404}},
	"getCurrent":             {{"GET /user/current", "", 200}},
	"updateCurrent":          {{"PUT /user/current", `{"data":{}}`, 204}, {"PUT /user/current", `{"data":7}`, 400}},
	"getNetwork":             {{"GET /user/2/network/1", "", 200}, {"GET /user/2/network/4", "", 404}},
	"assignNetwork":          {{"PUT /user/2/network/4", "", 204}, {"PUT /user/2/network/99", "", 404}},
	"unassignNetwork":        {{"DELETE /user/2/network/1", "", 204}, {"DELETE /user/2/network/99", "", 404}},
	"assignDeviceType":       {{"PUT /user/2/devicetype/1", "", 204}, {"PUT /user/2/devicetype/99", "", 404}},
	"unassignDeviceType":     {{"DELETE /user/2/devicetype/2", "", 204}, {"DELETE /user/2/devicetype/99", "", 404}},
	"getDeviceTypes":         {{"GET /user/2/devicetype", "", 200}, {"GET /user/99/devicetype", "", 404}},
	"allowAllDeviceTypes":    {{"PUT /user/2/devicetype/all", "", 204}, {"PUT /user/99/devicetype/all", "", 404}},
	"disallowAllDeviceTypes": {{"DELETE /user/2/devicetype/all", "", 204}, {"DELETE /user/99/devicetype/all", "", 404}},
	"getDeviceType":          {{"GET /user/2/devicetype/2", "", 200}, {"GET /user/2/devicetype/3", "", 404}},
	"login":                  {{"POST /token", `{"login":"dhadmin","password":"dhadmin_#911"}`, 201}, {"POST /token", `{}`, 400}, {"POST /token", `{"login":"x","password":"y"}`, 401}},
	"createToken":            {{"POST /token/create", `{"userId":2}`, 201}, {"POST /token/create", `{}`, 400}, {"POST /token/create", `{"userId":99}`, 404}},
	"refreshToken":           {{"POST /token/refresh", `{"refreshToken":"REFRESH"}`, 201}, {"POST /token/refresh", `{}`, 400}, {"POST /token/refresh", `{"refreshToken":"x"}`, 401}},
	"getInfo":                {{"GET /info", "", 200}},
	"getClusterConfig":       {{"GET /info/config/cluster", "", 200}},
	"getCacheInfo":           {{"GET /info/cache", "", 200}},
	"listNetworks":           {{"GET /network", "", 200}, {"GET /network?sortField=x", "", 400}},
	"countNetworks":          {{"GET /network/count", "", 200}},
	"getNetworkById":         {{"GET /network/1", "", 200}, {"GET /network/99", "", 404}},
	"insertNetwork":          {{"POST /network", `{"name":"Cellar"}`, 201}, {"POST /network", `{}`, 400}},
	"updateNetwork":          {{"PUT /network/1", `{"name":"Cellar"}`, 204}, {"PUT /network/1", `{"name":""}`, 400}, {"PUT /network/99", `{}`, 404}},
	"deleteNetwork":          {{"DELETE /network/1", "", 204}, {"DELETE /network/99", "", 404}},
	"listDeviceTypes":        {{"GET /devicetype", "", 200}, {"GET /devicetype?sortField=x", "", 400}},
	"countDeviceTypes":       {{"GET /devicetype/count", "", 200}},
	"getDeviceTypeById":      {{"GET /devicetype/1", "", 200}, {"GET /devicetype/99", "", 404}},
	"insertDeviceType":       {{"POST /devicetype", `{"name":"Toys"}`, 201}, {"POST /devicetype", `{}`, 400}},
	"updateDeviceType":       {{"PUT /devicetype/1", `{"name":"Toys"}`, 204}, {"PUT /devicetype/1", `{"name":""}`, 400}, {"PUT /devicetype/99", `{}`, 404}},
	"deleteDeviceType":       {{"DELETE /devicetype/1", "", 204}, {"DELETE /devicetype/99", "", 404}},
	"listDevices":            {{"GET /device", "", 200}},
}

func TestEveryStatusOfTheContractComesAboutByBehaviour(t *testing.T) {
	contract, err := schemas.Load("devicehive")
	if err != nil {
		t.Fatal(err)
	}
	for _, edition := range []string{"documented", "server-3.5"} {
		pairs := 0
		for _, op := range contract.Operations {
			seen := map[int]bool{}
			for _, p := range provocations[op.ID] {
				m := newMock(t, edition)
				pair := m.tokens(m.ask("", "POST /token", `{"login":"dhadmin","password":"dhadmin_#911"}`))
				body := p.body
				if body == `{"refreshToken":"REFRESH"}` {
					body = fmt.Sprintf(`{"refreshToken":%q}`, pair[1])
				}
				if got := m.ask(pair[0], p.target, body); got.status != p.status {
					t.Errorf("%s: %s %s: %s, want %d", edition, p.target, body, got, p.status)
				}
				seen[p.status] = true
				seen[m.ask("broken", p.target, body).status] = true
				if !op.Public {
					seen[m.ask("", p.target, body).status] = true
					seen[m.ask(m.token(1, "None"), p.target, body).status] = true
				}
			}
			for _, status := range op.Statuses() {
				pairs++
				if !seen[status] {
					t.Errorf("%s: %s never answers %d", edition, op.ID, status)
				}
				delete(seen, status)
			}
			for status := range seen {
				t.Errorf("%s: %s answers %d, which the contract does not list", edition, op.ID, status)
			}
		}
		t.Logf("%s: %d operation and status pairs", edition, pairs)
	}
}
