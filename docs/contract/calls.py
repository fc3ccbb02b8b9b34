"""Ten calls of each API with the Python clients that a generator made of the
printed contracts: python calls.py READY-FILE, the clients' folders on PYTHONPATH."""
import json
import sys

import devicehive_client as dh
import rapid7_client as r7
import socotra_client as so

served = {api["api"]: api for api in json.load(open(sys.argv[1]))}


def check(name, calls):
    for call in calls:
        call()
    print(f"{name}: {len(calls)} of {len(calls)} calls work in Python")


api = served["rapid7"]
client = r7.ApiClient(r7.Configuration(host=api["url"], username=api["credentials"][0]["login"], password=api["credentials"][0]["password"]))
users, roles = r7.UsersApi(client), r7.RolesApi(client)
new = users.create_user(r7.UserCreate(login="calls-python", name="Calls", password="Fake-calls-1", role=r7.UserCreateRole(id="user"))).id
check("rapid7", [
    lambda: users.get_users(page=0, size=5, sort=["name", "id,DESC"]).resources[0].login,
    lambda: users.get_user(new).name,
    lambda: users.update_user(new, user_update=r7.UserUpdate(login="calls-python", name="Renamed", role=r7.UserCreateRole(id="site-admin"))),
    lambda: roles.get_role("site-admin").privileges[0],
    lambda: roles.get_roles().resources[0].id,
    lambda: r7.SitesApi(client).set_user_sites(new, [1, 2]),
    lambda: r7.SitesApi(client).get_user_sites(new).resources[1],
    lambda: r7.TwoFactorApi(client).regenerate_two_factor_authentication(new).key,
    lambda: r7.PrivilegesApi(client).get_user_privileges(new).resources[0],
    lambda: users.delete_user(new).links[0].href,
])

api = served["devicehive"]
client = dh.ApiClient(dh.Configuration(host=api["url"]))
pair = dh.TokensApi(client).login(dh.Credentials(login=dh.CredentialsLogin(api["credentials"][0]["login"]), password=dh.CredentialsPassword(api["credentials"][0]["password"])))
client.configuration.access_token = pair.access_token
users, networks = dh.UsersApi(client), dh.NetworksApi(client)
new = users.insert(dh.UserInsert(login="calls-python", password="Fake-calls-1", role=1, data={"a": {"b": 1}})).id
check("devicehive", [
    lambda: users.list(login_pattern="calls%", take=5)[0].login,
    lambda: users.count().count,
    lambda: users.update(new, user_update=dh.UserUpdate(status=2)),
    lambda: users.get(new).status,
    lambda: users.get_current().networks[0].name,
    lambda: users.assign_network(new, 1),
    lambda: users.get_network(new, 1).network.name,
    lambda: users.get_device_types(new)[0].name,
    lambda: networks.list_networks(sort_field="name")[0].id,
    lambda: users.delete(new),
])

api = served["socotra"]
client = so.ApiClient(so.Configuration(host=api["url"], access_token=api["credentials"][0]["token"]))
users, roles = so.UsersApi(client), so.RolesApi(client)
new = users.create_user(so.UserCreateRequest(first_name="C", last_name="P", user_name="calls-python@example.com", password="Cf!9qTzWnLbRkYdXsGhV", temporary_password=False)).locator
role = roles.create_role(so.RoleCreateRequest(name="calls-python", description="", permissions=["users.read"]))
check("socotra", [
    lambda: users.fetch_my_user_details().user_name,
    lambda: users.fetch_user_by_locator(new).tenants,
    lambda: users.fetch_user_by_name("calls-python@example.com")[0].locator,
    lambda: users.fetch_multiple_users(offset=0, count=3).items[0].locator,
    lambda: users.update_user(new, so.UserUpdateRequest(first_name="D", last_name="P", permissions=[], roles=[], tenants=[])).first_name,
    lambda: users.update_user_roles(new, so.UserRolesUpdateRequest(add_roles=["calls-python"], remove_roles=[])).roles[0],
    lambda: users.fetch_user_permissions(new)[0],
    lambda: roles.update_role(role.locator, so.RoleUpdateRequest(name="calls-python", description="x", version=role.version, add_permissions=["roles.read"], remove_permissions=[])).version,
    lambda: roles.delete_role(role.locator),
    lambda: users.delete_user(new),
])
