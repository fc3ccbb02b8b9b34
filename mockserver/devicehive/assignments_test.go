package devicehive_test

import (
	"strings"
	"testing"
)

func TestNetworksOfAUser(t *testing.T) {
	m := newMock(t, "documented")
	admin := m.admin()
	for _, step := range []struct{ target, want string }{
		{"GET /user/4/network/2", refusal(404, "Network with id 2 for user with id 4 was not found")},
		{"PUT /user/4/network/2", "204"},
		{"PUT /user/4/network/2", "204"},
		{"GET /user/4/network/2", `200 {"network":{"id":2,"name":"Greenhouse","description":"Climate between the tomatoes"}}`},
		{"PUT /user/99/network/99", refusal(404, "User with id = 99 not found")},
		{"PUT /user/4/network/99", refusal(404, "Network with id = 99 not found")},
		{"DELETE /user/4/network/99", refusal(404, "Network with id = 99 not found")},
		{"GET /user/4/network/99", refusal(404, "Network with id 99 for user with id 4 was not found")},
		{"DELETE /user/4/network/3", "204"},
		{"DELETE /user/4/network/2", "204"},
		{"GET /user/4/network/2", refusal(404, "Network with id 2 for user with id 4 was not found")},
	} {
		m.expect(admin, step.target, `{"userId":4,"networkId":2}`, step.want)
	}
}

func TestDeviceTypesOfAUser(t *testing.T) {
	m := newMock(t, "documented")
	admin := m.admin()
	listed := func() string { return ids(m.ask(admin, "GET /user/2/devicetype", "")) }
	for _, step := range []struct{ target, want, listed string }{
		{"PUT /user/2/devicetype/1", "204", "1 2 5"},
		{"DELETE /user/2/devicetype/2", "204", "1 5"},
		{"DELETE /user/2/devicetype/all", "204", "1 5"},
		{"GET /user/2/devicetype/1", `200 {"deviceType":{"id":1,"name":"Default Device Type","description":"Default DeviceHive device type"}}`, "1 5"},
		{"GET /user/2/devicetype/2", refusal(404, "Device type with id 2 for user with id 2 not found"), "1 5"},
		{"PUT /user/2/devicetype/99", refusal(404, "Device type with id = 99 not found"), "1 5"},
		{"PUT /user/2/devicetype/all", "204", "1 2 3 4 5 6 7 8"},
		{"PUT /user/2/devicetype/99", refusal(403, "Cannot assign device type to user with all device types allowed"), "1 2 3 4 5 6 7 8"},
		{"DELETE /user/2/devicetype/1", refusal(403, "Cannot assign device type to user with all device types allowed"), "1 2 3 4 5 6 7 8"},
		{"GET /user/2/devicetype/7", `200 {"deviceType":{"id":7,"name":"Cars","description":"Cars that report and obey"}}`, "1 2 3 4 5 6 7 8"},
		{"DELETE /user/2/devicetype/all", "204", ""},
		{"PUT /user/99/devicetype/all", refusal(404, "User with id = 99 not found"), ""},
	} {
		m.expect(admin, step.target, "", step.want)
		if got := listed(); got != step.listed {
			t.Errorf("after %s: listed %q, want %q", step.target, got, step.listed)
		}
	}
}

func TestDeletingANetworkTakesItFromItsUsers(t *testing.T) {
	m := newMock(t, "documented")
	admin := m.admin()
	m.expect(admin, "DELETE /network/2?force=true", "", "204")
	m.expect(admin, "GET /user/2/network/2", "", refusal(404, "Network with id 2 for user with id 2 was not found"))
	if got := m.ask(admin, "GET /user/2", "").body; strings.Contains(got, "Greenhouse") {
		t.Errorf("the user still has the network: %s", got)
	}
	m.expect(admin, "DELETE /devicetype/5", "", "204")
	if got := ids(m.ask(admin, "GET /user/2/devicetype", "")); got != "2" {
		t.Errorf("the user still has the device type: %s", got)
	}
}

func TestNetworksAndDeviceTypes(t *testing.T) {
	for path, noun := range map[string]string{"/network": "Network", "/devicetype": "Device type"} {
		m := newMock(t, "documented")
		admin := m.admin()
		created := m.ask(admin, "POST "+path, `{"name":"Cellar","description":null}`)
		at := path + "/" + ids(created)
		if created.status != 201 || ids(created) == "" {
			t.Fatalf("created: %s", created)
		}
		m.expect(admin, "GET "+at, "", `200 {"id":`+ids(created)+`,"name":"Cellar","description":null,"devices":[]}`)
		m.expect(admin, "PUT "+at, `{"description":"Wine"}`, "204")
		m.expect(admin, "GET "+at, "", `200 {"id":`+ids(created)+`,"name":"Cellar","description":"Wine","devices":[]}`)
		m.expect(admin, "GET "+path+"/count?name=Cellar", "", `200 {"count":1}`)
		m.expect(admin, "POST "+path, `{"name":"Cellar"}`, refusal(403, noun+" cannot be created. "+noun+" with such name already exists"))
		m.expect(admin, "POST "+path, `{}`, refusal(400, invalidObject+"On property name (value: null): name field cannot be null. ; "))
		m.expect(admin, "DELETE "+at, "", "204")
		m.expect(admin, "GET "+at, "", refusal(404, noun+" with id = "+ids(created)+" not found"))
		m.expect(admin, "DELETE "+at, "", refusal(404, noun+" with id = "+ids(created)+" not found"))
	}
}

// TestAssociationsGoStale: what was read of a user before a change is right once
// after it, and then old again, until the user's own record changes.
func TestAssociationsGoStale(t *testing.T) {
	t.Parallel()
	views := map[string]string{
		"get":            "GET /user/2",
		"getNetwork":     "GET /user/2/network/3",
		"getDeviceTypes": "GET /user/2/devicetype",
	}
	has := func(a answer) bool {
		return a.status == 200 && strings.Contains(a.body, "Parking") || strings.Contains(a.body, "Cars")
	}
	change := func(m *mock, method, view string) {
		target := " /user/2/network/3"
		if view == "getDeviceTypes" {
			target = " /user/2/devicetype/7"
		}
		m.expect(m.admin(), method+target, "", "204")
	}
	for edition, old := range map[string]string{"server-4.1": "right old old", "server-3.5": "right right right"} {
		for view, target := range views {
			m := newMock(t, edition)
			read := func(n int, now bool) (seen string) {
				for range n {
					seen += map[bool]string{true: "right ", false: "old "}[has(m.ask(m.admin(), target, "")) == now]
				}
				return strings.TrimSpace(seen)
			}
			change(m, "PUT", view) // nobody has read anything yet
			if got := read(3, true); got != "right right right" {
				t.Errorf("%s in %s, first read after the change: %s", view, edition, got)
			}
			change(m, "DELETE", view)
			change(m, "DELETE", view)
			if got := read(3, false); got != old {
				t.Errorf("%s in %s, after it was taken away: %s, want %s", view, edition, got, old)
			}
			m.expect(m.admin(), "PUT /user/2", `{"introReviewed":false}`, "204")
			if got := read(2, false); got != "right right" {
				t.Errorf("%s in %s, after the user's own record changed: %s", view, edition, got)
			}
		}
	}
}
