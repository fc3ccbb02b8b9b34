//go:build ignore

// Ten calls of each API with the Go clients that a generator made of the printed
// contracts: go run calls.go READY-FILE.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"

	"example.com/devicehive"
	"example.com/rapid7"
	"example.com/socotra"
)

type served struct {
	API, URL    string
	Credentials []struct{ Login, Password, Token string }
}

// did fails unless a call worked.
func did[T any](what T, _ *http.Response, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	calls++
	return what
}

// done is did for calls that answer nothing.
func done(_ *http.Response, err error) { did(0, nil, err) }

var calls int

func said(name string) {
	fmt.Printf("%s: %d of %d calls work in Go\n", name, calls, calls)
	calls = 0
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var all []served
	if err := json.Unmarshal(text, &all); err != nil {
		log.Fatal(err)
	}
	for _, s := range all {
		map[string]func(served){"rapid7": callRapid7, "devicehive": callDeviceHive, "socotra": callSocotra}[s.API](s)
	}
}

func callRapid7(s served) {
	config := rapid7.NewConfiguration()
	config.Servers = rapid7.ServerConfigurations{{URL: s.URL}}
	c := rapid7.NewAPIClient(config)
	ctx := context.WithValue(context.Background(), rapid7.ContextBasicAuth, rapid7.BasicAuth{UserName: s.Credentials[0].Login, Password: s.Credentials[0].Password})
	id := did(c.UsersAPI.CreateUser(ctx).UserCreate(*rapid7.NewUserCreate("calls-go", "Calls", "Fake-calls-1", *rapid7.NewUserCreateRole("user"))).Execute()).Id
	did(c.UsersAPI.GetUsers(ctx).Page(0).Size(5).Sort([]string{"name", "id,DESC"}).Execute())
	did(c.UsersAPI.GetUser(ctx, id).Execute())
	did(c.UsersAPI.UpdateUser(ctx, id).UserUpdate(*rapid7.NewUserUpdate("calls-go", "Renamed", *rapid7.NewUserCreateRole("site-admin"))).Execute())
	did(c.RolesAPI.GetRole(ctx, "site-admin").Execute())
	did(c.RolesAPI.GetRoles(ctx).Execute())
	did(c.SitesAPI.SetUserSites(ctx, id).RequestBody([]int32{1, 2}).Execute())
	did(c.TwoFactorAPI.RegenerateTwoFactorAuthentication(ctx, id).Execute())
	did(c.PrivilegesAPI.GetUserPrivileges(ctx, id).Execute())
	did(c.UsersAPI.DeleteUser(ctx, id).Execute())
	said(s.API)
}

func callDeviceHive(s served) {
	config := devicehive.NewConfiguration()
	config.Servers = devicehive.ServerConfigurations{{URL: s.URL}}
	c := devicehive.NewAPIClient(config)
	login, password := s.Credentials[0].Login, s.Credentials[0].Password
	pair := did(c.TokensAPI.Login(context.Background()).Credentials(devicehive.Credentials{
		Login: devicehive.CredentialsLogin{String: &login}, Password: devicehive.CredentialsPassword{String: &password},
	}).Execute())
	ctx := context.WithValue(context.Background(), devicehive.ContextAccessToken, pair.AccessToken)
	id := did(c.UsersAPI.Insert(ctx).UserInsert(*devicehive.NewUserInsert("calls-go", 1, "Fake-calls-1")).Execute()).Id
	did(c.UsersAPI.List(ctx).LoginPattern("calls%").Take(5).Execute())
	did(c.UsersAPI.Count(ctx).Execute())
	done(c.UsersAPI.Update(ctx, id).UserUpdate(devicehive.UserUpdate{Status: *devicehive.NewNullableInt32(devicehive.PtrInt32(2))}).Execute())
	did(c.UsersAPI.Get(ctx, id).Execute())
	did(c.UsersAPI.GetCurrent(ctx).Execute())
	done(c.UsersAPI.AssignNetwork(ctx, id, 1).Execute())
	did(c.UsersAPI.GetDeviceTypes(ctx, id).Execute())
	done(c.UsersAPI.Delete(ctx, id).Execute())
	said(s.API)
}

func callSocotra(s served) {
	config := socotra.NewConfiguration()
	config.Servers = socotra.ServerConfigurations{{URL: s.URL}}
	c := socotra.NewAPIClient(config)
	ctx := context.WithValue(context.Background(), socotra.ContextAccessToken, s.Credentials[0].Token)
	id := did(c.UsersAPI.CreateUser(ctx).UserCreateRequest(*socotra.NewUserCreateRequest("C", "G", "calls-go@example.com", "Cf!9qTzWnLbRkYdXsGhV", false)).Execute()).Locator
	role := did(c.RolesAPI.CreateRole(ctx).RoleCreateRequest(*socotra.NewRoleCreateRequest("calls-go", "", []string{"users.read"})).Execute())
	did(c.UsersAPI.FetchMyUserDetails(ctx).Execute())
	did(c.UsersAPI.FetchUserByLocator(ctx, id).Execute())
	did(c.UsersAPI.FetchUserByName(ctx, "calls-go@example.com").Execute())
	did(c.UsersAPI.FetchMultipleUsers(ctx).Offset(0).Count(3).Execute())
	did(c.UsersAPI.UpdateUserRoles(ctx, id).UserRolesUpdateRequest(*socotra.NewUserRolesUpdateRequest([]string{"calls-go"}, []string{})).Execute())
	did(c.UsersAPI.FetchUserPermissions(ctx, id).Execute())
	done(c.RolesAPI.DeleteRole(ctx, role.Locator).Execute())
	done(c.UsersAPI.DeleteUser(ctx, id).Execute())
	said(s.API)
}
