package mockserver_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/mockserver"
)

func TestATestSeedsWhatItNeedsInOneCall(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	was := c.want(200, "GET", "/_rolecall/state", "").get("rapid7.users.#").Int()
	c.want(204, "PATCH", "/_rolecall/state", `{rapid7: {users: [{login: mgarcia, locked: true, locale: null}, {id: 900, login: new, role: user, source: 2, password: "Fake-1"}]}}`)
	c.want(401, "GET", "/api/3/users/3", "", "Authorization", "Basic bWdhcmNpYTpGYWtlLW1nYXJjaWEtMQ==")
	mgarcia := c.want(200, "GET", "/api/3/users/3", "")
	if !mgarcia.get("locked").Bool() || mgarcia.get("name").String() != "Marta Garcia" || mgarcia.get("locale").Exists() {
		t.Errorf("mgarcia is %s", mgarcia.body)
	}
	c.want(200, "GET", "/api/3/users/900", "")
	c.want(204, "PATCH", "/_rolecall/state", `{"rapid7": {"users": {"new": null, "4": {"name": "\ud83d\ude00\u007f"}, "other": {"id": 901, "role": "user", "source": 2}}}}`)
	c.want(404, "GET", "/api/3/users/900", "")
	if name := c.want(200, "GET", "/api/3/users/4", "").get("name").String(); name != "\U0001F600\x7f" {
		t.Errorf("user 4 is called %q", name)
	}
	if got := c.want(200, "GET", "/_rolecall/state", "").get("rapid7.users.#").Int(); got != was+1 {
		t.Errorf("there are %d users, want %d", got, was+1)
	}
	if id := c.want(200, "POST", "/api/3/users", jdoe).get("id").Int(); id != 902 {
		t.Errorf("the next user has the id %d", id)
	}
	c.want(204, "PUT", "/_rolecall/state", `{}`)
	if got := c.want(200, "GET", "/_rolecall/state", "").get("rapid7.users.#").Int(); got != was {
		t.Errorf("of fixtures there are %d users, want %d", got, was)
	}
}

func TestAStateThatIsWrongChangesNothing(t *testing.T) {
	t.Parallel()
	c := serve(t, mockserver.Options{})
	was := c.want(200, "GET", "/_rolecall/state", "").body
	for _, x := range []struct{ name, method, body, want string }{
		{"an unknown key", "PATCH", "{rapid7: {users: [{login: mgarcia,\n lockd: true}]}}", `body:2: unknown key "lockd"; the keys are`},
		{"an unknown table", "PUT", `{"rapid7": {"user": []}}`, `there is no table "user"; did you mean "users"?`},
		{"an unknown API", "PATCH", `{"rapid": {}}`, `API "rapid" is not served; did you mean "rapid7"?`},
		{"a reference that leads nowhere", "PATCH", `{"rapid7": {"users": {"mgarcia": {"role": "usr"}}}}`, `body:1: role "usr" is not in roles.yaml; did you mean "user"?`},
		{"a record that others refer to", "PATCH", `{"rapid7": {"sites": {"1": null}}}`, `rapid7 users "3", as it is: site 1 is not in sites.yaml`},
		{"one good API and one bad", "PATCH", `{"devicehive": {"users": {"client": null}}, "rapid7": {"users": {"nobody": null}}}`, "there is nothing to delete"},
		{"a record twice", "PATCH", `{"rapid7": {"users": [{"id": 3}, {"login": "mgarcia"}]}}`, "the record is given in line 1, too"},
		{"a record without a name", "PATCH", `{"rapid7": {"users": [{"locked": true}]}}`, "name the record by its id or login"},
		{"a record that is none", "PATCH", `{"rapid7": {"users": {"mgarcia": true}}}`, "or null to delete it"},
		{"a table that is none", "PATCH", `{"rapid7": {"users": true}}`, "users is neither a list of records nor a mapping"},
		{"a key twice", "PATCH", `{rapid7: {users: {mgarcia: null, mgarcia: null}}}`, "already defined"},
		{"JSON that is none", "PATCH", `{"rapid7": {}`, "body:"},
		{"text for a number in JSON", "PATCH", `{"rapid7": {"users": {"mgarcia": {"source": "2"}}}}`, "`2` cannot be read as an integer"},
		{"a number for text in JSON", "PATCH", `{"rapid7": {"users": {"mgarcia": {"name": 2}}}}`, "`2` cannot be read as text"},
		{"nothing", "PUT", "", "the body is empty"},
		{"a placeholder", "PUT", was, "a placeholder stands for a secret"},
		{"a placeholder in a patch", "PATCH", `{"rapid7": {"users": {"mgarcia": {"password": {"secret": "omitted"}}}}}`, "a placeholder stands for a secret"},
	} {
		if got := c.want(400, x.method, "/_rolecall/state", x.body).get("error").String(); !strings.Contains(got, x.want) {
			t.Errorf("%s: the error is %s, want %s", x.name, got, x.want)
		}
	}
	for query, want := range map[string]string{"secret=include": `did you mean "secrets"`, "secrets=yes": `write "include"`, "format=xml": "write json or yaml", "format=": "write json or yaml"} {
		if got := c.want(400, "GET", "/_rolecall/state?"+query, "").get("error").String(); !strings.Contains(got, want) {
			t.Errorf("?%s: %s", query, got)
		}
	}
	if c.want(200, "GET", "/_rolecall/state", "").body != was {
		t.Error("the state has changed")
	}
	if got := c.want(200, "GET", "/_rolecall/state", "", "Accept", "application/yaml"); !strings.HasPrefix(got.body, "devicehive:\n  networks:\n") || got.header.Get("Content-Type") != "application/yaml" {
		t.Errorf("as YAML it is %.100s", got.body)
	}
}

func TestASandboxGoesBackToASnapshot(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	mine := []string{"Rolecall-Sandbox", "mine"}
	all := c.total(mine...)
	c.want(401, "GET", "/api/3/users", "", append(mine, "Authorization", "Basic bWdhcmNpYTp4")...) // a failed attempt
	c.want(200, "POST", "/api/3/users", jdoe, mine...)
	c.want(200, "PUT", "/_rolecall/clock", `{"advance":"1h"}`, mine...)
	c.want(204, "PATCH", "/_rolecall/settings", `{"rapid7":{"errorStatus":"integer"}}`, mine...)
	c.want(204, "POST", "/_rolecall/snapshots", `{"name":"seeded"}`, mine...)
	key := c.want(200, "POST", "/api/3/users/3/2FA", "", mine...).get("key").String()
	was := c.want(200, "GET", "/_rolecall/state?secrets=include", "", mine...).body
	for range 2 {
		c.want(200, "DELETE", "/api/3/users/4", "", mine...)
		c.want(200, "PUT", "/_rolecall/clock", `{"advance":"1h"}`, mine...)
		c.want(204, "PUT", "/_rolecall/state", "{}", mine...)
		c.want(204, "POST", "/_rolecall/restore", `{"name":"seeded"}`, mine...)
		if got := c.want(200, "POST", "/api/3/users/3/2FA", "", mine...).get("key").String(); got != key {
			t.Errorf("the key drawn is %s, it was %s", got, key)
		}
		if c.want(200, "GET", "/_rolecall/state?secrets=include", "", mine...).body != was {
			t.Error("the state is another than at the snapshot")
		}
		if now := c.want(200, "GET", "/_rolecall/clock", "", mine...).get("now").Time(); !now.Equal(noon.Add(3600e9)) {
			t.Errorf("the clock shows %s", now)
		}
		c.want(204, "POST", "/_rolecall/reset", "", mine...)
		if got := c.total(mine...); got != all {
			t.Errorf("after a reset there are %d users, want %d", got, all)
		}
		c.want(204, "POST", "/_rolecall/restore", `{"name":"seeded"}`, mine...)
		c.want(200, "POST", "/api/3/users/3/2FA", "", mine...)
	}
	if got := c.want(200, "GET", "/_rolecall/snapshots", "", mine...).get("#.name").Raw; got != `["seeded"]` {
		t.Errorf("the snapshots are %s", got)
	}
	if got := c.want(404, "POST", "/_rolecall/restore", `{"name":"seed"}`, mine...).get("error").String(); !strings.Contains(got, `did you mean "seeded"`) {
		t.Errorf("the error is %s", got)
	}
	c.want(404, "POST", "/_rolecall/restore", `{"name":"seeded"}`) // another sandbox's
	c.want(204, "DELETE", "/_rolecall/snapshots?name=seeded", "", mine...)
	c.want(404, "DELETE", "/_rolecall/snapshots?name=seeded", "", mine...)
	c.want(400, "POST", "/_rolecall/snapshots", `{"name":"a b"}`, mine...)
}

func TestASandboxIsForkedFromAnother(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	template, mine := []string{"Rolecall-Sandbox", "template"}, []string{"Rolecall-Sandbox", "mine"}
	all := c.total(template...)
	c.want(204, "POST", "/_rolecall/snapshots", `{"name":"first"}`, template...)
	c.want(200, "POST", "/api/3/users", jdoe, template...)
	c.want(204, "PATCH", "/_rolecall/settings", `{"strictRequests":true}`, "Rolecall-Sandbox", "template")
	c.want(204, "POST", "/_rolecall/fork", `{"from":"template"}`, mine...)
	if !c.want(200, "GET", "/_rolecall/settings", "", mine...).get("strictRequests").Bool() {
		t.Error("the fork is not strict, as its origin is")
	}
	c.want(200, "DELETE", "/api/3/users/3", "", mine...)
	c.want(200, "DELETE", "/api/3/users/4", "", mine...)
	if got, of := c.total(mine...), c.total(template...); got != all-1 || of != all+1 {
		t.Errorf("the fork has %d users and its origin %d, want %d and %d", got, of, all-1, all+1)
	}
	c.want(204, "POST", "/_rolecall/fork", `{"from":"template","snapshot":"first"}`, mine...)
	if got := c.total(mine...); got != all {
		t.Errorf("the fork of the snapshot has %d users, want %d", got, all)
	}
	c.want(204, "POST", "/_rolecall/fork", `{"from":""}`, mine...)
	c.want(404, "POST", "/_rolecall/fork", `{"from":"nobody"}`, mine...)
	c.want(404, "POST", "/_rolecall/fork", `{"from":"template","snapshot":"nothing"}`, mine...)
	c.want(400, "POST", "/_rolecall/fork", `{}`, mine...)
	if names := c.want(200, "GET", "/_rolecall/sandboxes", "").get("#.name").Raw; strings.Contains(names, "nobody") {
		t.Errorf("the sandboxes are %s", names)
	}
}
