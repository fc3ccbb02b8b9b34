package rapid7_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"
)

// A silent point is something that no document says, as an edition decides it.
type silentPoint struct {
	name string
	ask  func(c *console, role string) string // role is the id of the role of plain users
	want map[string]string                    // by edition
}

func status(login, method, path, body string) func(*console, string) string {
	return func(c *console, role string) string {
		return fmt.Sprint(c.do(login, method, path, strings.ReplaceAll(body, "ROLE", role)).status)
	}
}

func shown(path, what string) func(*console, string) string {
	return func(c *console, role string) string {
		return c.admin("GET", strings.ReplaceAll(path, "ROLE", strings.ReplaceAll(role, " ", "%20")), "").get(what).String()
	}
}

func decided(documented, contrary, contrary2 string) map[string]string {
	return map[string]string{"documented": documented, "contrary": contrary, "contrary-2": contrary2}
}

var silentPoints = []silentPoint{
	{"the ids of roles", shown("/users/3", "role.id"), decided("user", "our-user", "the user")},
	{"the names of privileges", shown("/users/3", `role.privileges.#(%"*close-tickets")`), decided("close-tickets", "may-close-tickets", "can-close-tickets")},
	{"which roles are built in", func(c *console, role string) string {
		return gjson.Get(c.state(), `rapid7.roles.#(builtIn==true)#|#`).String()
	}, decided("6", "6", "6")},
	{"who sees the sites of others", status("mgarcia", "GET", "/users/9/sites", ""), decided("401", "200", "200")},
	{"who unlocks", status("mgarcia", "DELETE", "/users/5/lock", ""), decided("401", "200", "200")},
	{"how a missing permission is refused", status("mgarcia", "GET", "/users", ""), decided("401", "404", "401")},
	{"a list with an unknown site", status("nxadmin", "PUT", "/users/3/sites", "[99]"), decided("404", "400", "404")},
	{"an update with an unknown role", status("nxadmin", "PUT", "/users/3", `{"login":"m","name":"M","password":"Fake-new-1!","role":{"id":"none"}}`), decided("400", "400", "404")},
	{"a new user with no more than a login", status("nxadmin", "POST", "/users", `{"login":"jdoe"}`), decided("400", "200", "400")},
	{"an update without a password", status("nxadmin", "PUT", "/users/3", `{"login":"m","name":"M","role":{"id":"ROLE"}}`), decided("200", "200", "400")},
	{"an update without a body", status("nxadmin", "PUT", "/users/3", ""), decided("200", "400", "200")},
	{"an update that does not say everything", func(c *console, role string) string {
		c.admin("PUT", "/users/3", fmt.Sprintf(`{"login":"mgarcia","name":"M","password":"Fake-new-1!","role":{"id":%q}}`, role))
		return c.admin("GET", "/users/3", "").get("email").String()
	}, decided("", "marta.garcia@example.com", "")},
	{"a role without a description", status("nxadmin", "PUT", "/roles/our-ticket-desk", `{"name":"Desk"}`), map[string]string{"contrary": "200"}},
	{"an unknown property of a body", status("nxadmin", "POST", "/users", `{"login":"j","name":"J","email":"j@example.com","password":"Fake-new-1!","authentication":{"type":"normal"},"role":{"id":"ROLE"},"fly":1}`), decided("200", "400", "200")},
	{"a lock that a body sets", func(c *console, role string) string {
		c.admin("PUT", "/users/3", fmt.Sprintf(`{"login":"mgarcia","name":"M","password":"Fake-new-1!","role":{"id":%q},"locked":true}`, role))
		return c.admin("GET", "/users/3", "").get("locked").String()
	}, decided("false", "true", "true")},
	{"an administrator that deletes itself", status("nxadmin", "DELETE", "/users/1", ""), decided("400", "200", "200")},
	{"a list for who has all sites", status("nxadmin", "PUT", "/users/7/sites", "[1]"), decided("200", "400", "200")},
	{"the sites of who has them all", shown("/users/7/sites", "resources.#"), decided("8", "0", "0")},
	{"a grant that there is already", status("nxadmin", "PUT", "/users/3/sites/1", ""), decided("200", "400", "200")},
	{"a revocation of what is not granted", status("nxadmin", "DELETE", "/users/3/sites/8", ""), decided("200", "404", "200")},
	{"an unlocking of what is not locked", status("nxadmin", "DELETE", "/users/3/lock", ""), decided("200", "404", "200")},
	{"a password as an object", status("mgarcia", "PUT", "/users/3/password", `{"password":"Fake-new-1!"}`), decided("200", "200", "400")},
	{"a password as a bare string", status("mgarcia", "PUT", "/users/3/password", `"Fake-new-1!"`), decided("200", "400", "200")},
	{"a short password", status("mgarcia", "PUT", "/users/3/password", `{"password":"x"}`), decided("200", "200", "400")},
	{"the documents' example of a key", status("nxadmin", "PUT", "/users/3/2FA", `"string"`), decided("200", "200", "400")},
	{"a key that is any text", status("nxadmin", "PUT", "/users/3/2FA", `"no base32!"`), decided("400", "200", "400")},
	{"a key that is not configured", status("nxadmin", "GET", "/users/3/2FA", ""), decided("404", "200", "200")},
	{"failures that lock", func(c *console, _ string) string {
		for n := 1; n <= 9; n++ {
			c.do("mgarcia:x", "GET", "/roles", "")
			if c.admin("GET", "/users/3", "").get("locked").Bool() {
				return fmt.Sprint(n)
			}
		}
		return "never"
	}, decided("5", "3", "never")},
	{"a sort that makes no sense", status("nxadmin", "GET", "/users?sort=password", ""), decided("400", "200", "400")},
	{"a size that is none", status("nxadmin", "GET", "/users?size=0", ""), decided("400", "200", "400")},
	{"the users of a page", shown("/users", "resources.#"), decided("10", "25", "5")},
	{"the most users of a page", shown("/users?size=1000", "page.size"), decided("500", "40", "5")},
	{"a page beyond the end", status("nxadmin", "GET", "/users?page=90", ""), decided("404", "200", "404")},
	{"the place of capitals in a sort", func(c *console, role string) string {
		c.want(200, c.admin("POST", "/users", fmt.Sprintf(`{"login":"Zoe","name":"Z","email":"z@example.com","password":"Fake-new-1!","authentication":{"type":"normal"},"role":{"id":%q}}`, role)))
		first := c.admin("GET", "/users?size=1&sort=login", "").get("resources.0.login").String()
		return first
	}, decided("Zoe", "akim", "Zoe")},
	{"the order of a list", shown("/users/3/sites", "resources.0"), decided("1", "2", "1")},
	{"the links of a user", shown("/users/3", "links.#"), decided("6", "1", "6")},
	{"an address that there is not", func(c *console, _ string) string {
		return c.want(200, c.do("wnoor", "GET", "/users/27", "")).get("email").Raw
	}, decided("", `""`, "")},
	{"a property that no document knows", shown("/roles", "consoleRevision"), decided("", "7", "7")},
}

// TestContraryEditionsDecideSilentPointsTheOtherWay: they start, answer within
// the contract, and differ where no document says anything.
func TestContraryEditionsDecideSilentPointsTheOtherWay(t *testing.T) {
	t.Parallel()
	roles := map[string]string{"documented": "user", "contrary": "our-user", "contrary-2": "the user"}
	for _, x := range silentPoints {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			got := map[string]string{}
			for edition := range x.want {
				got[edition] = x.ask(newConsole(t, edition), roles[edition])
			}
			if diff := cmp.Diff(x.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
