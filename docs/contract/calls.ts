// Ten calls of each API with the TypeScript clients that a generator made of the
// printed contracts: node calls.js READY-FILE, the clients in folders beside it.
import { readFileSync } from "fs";
import * as devicehive from "./devicehive";
import * as rapid7 from "./rapid7";
import * as socotra from "./socotra";

type Served = { api: string; url: string; credentials: { login: string; password: string; token: string }[] };

const served: Served[] = JSON.parse(readFileSync(process.argv[2], "utf8"));
const of = (name: string) => served.find((s) => s.api === name)!;

async function check(name: string, calls: (() => Promise<unknown>)[]) {
  for (const call of calls) await call();
  console.log(`${name}: ${calls.length} of ${calls.length} calls work in TypeScript`);
}

async function callRapid7() {
  const s = of("rapid7");
  const config = new rapid7.Configuration({ basePath: s.url, username: s.credentials[0].login, password: s.credentials[0].password });
  const users = new rapid7.UsersApi(config), roles = new rapid7.RolesApi(config), sites = new rapid7.SitesApi(config);
  const id = (await users.createUser({ userCreate: { login: "calls-ts", name: "Calls", password: "Fake-calls-1", role: { id: "user" } } })).id;
  await check("rapid7", [
    () => users.getUsers({ page: 0, size: 5, sort: ["name", "id,DESC"] }),
    () => users.getUser({ id }),
    () => users.updateUser({ id, userUpdate: { login: "calls-ts", name: "Renamed", role: { id: "site-admin" } } }),
    () => roles.getRole({ id: "site-admin" }),
    () => roles.getRoles(),
    () => sites.setUserSites({ id, requestBody: [1, 2] }),
    () => sites.getUserSites({ id }),
    () => new rapid7.TwoFactorApi(config).regenerateTwoFactorAuthentication({ id }),
    () => new rapid7.PrivilegesApi(config).getUserPrivileges({ id }),
    () => users.deleteUser({ id }),
  ]);
}

async function callDeviceHive() {
  const s = of("devicehive");
  const credentials = { login: s.credentials[0].login, password: s.credentials[0].password } as devicehive.Credentials;
  const pair = await new devicehive.TokensApi(new devicehive.Configuration({ basePath: s.url })).login({ credentials });
  const config = new devicehive.Configuration({ basePath: s.url, accessToken: pair.accessToken });
  const users = new devicehive.UsersApi(config), networks = new devicehive.NetworksApi(config);
  const id = (await users.insert({ userInsert: { login: "calls-ts", password: "Fake-calls-1", role: 1, data: { a: { b: 1 } } } })).id;
  await check("devicehive", [
    () => users.list({ loginPattern: "calls%", take: 5 }),
    () => users.count(),
    () => users.update({ id, userUpdate: { status: 2 } }),
    () => users.get({ id }),
    () => users.getCurrent(),
    () => users.assignNetwork({ id, networkId: 1 }),
    () => users.getNetwork({ id, networkId: 1 }),
    () => users.getDeviceTypes({ id }),
    () => networks.listNetworks({ sortField: "name" }),
    () => users._delete({ id }),
  ]);
}

async function callSocotra() {
  const s = of("socotra");
  const config = new socotra.Configuration({ basePath: s.url, accessToken: s.credentials[0].token });
  const users = new socotra.UsersApi(config), roles = new socotra.RolesApi(config);
  const { locator } = await users.createUser({ userCreateRequest: { firstName: "C", lastName: "T", userName: "calls-ts@example.com", password: "Cf!9qTzWnLbRkYdXsGhV", temporaryPassword: false } });
  const role = await roles.createRole({ roleCreateRequest: { name: "calls-ts", description: "", permissions: ["users.read"] } });
  await check("socotra", [
    () => users.fetchMyUserDetails(),
    () => users.fetchUserByLocator({ locator }),
    () => users.fetchUserByName({ username: "calls-ts@example.com" }),
    () => users.fetchMultipleUsers({ offset: 0, count: 3 }),
    () => users.updateUserRoles({ locator, userRolesUpdateRequest: { addRoles: ["calls-ts"], removeRoles: [] } }),
    () => users.fetchUserPermissions({ locator }),
    () => roles.getRole({ locator: role.locator }),
    () => roles.fetchAvailablePermissions(),
    () => roles.deleteRole({ locator: role.locator }),
    () => users.deleteUser({ locator }),
  ]);
}

callRapid7().then(callDeviceHive).then(callSocotra).catch((e) => {
  console.error(e);
  process.exit(1);
});
