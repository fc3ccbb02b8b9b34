package socotra_test

import "testing"

// Who has read a user before its roles change reads it right once, and then as
// it was; who has not read it before reads it right for good.
func TestStaleViewsAreSeenByThoseWhoReadThemBefore(t *testing.T) {
	s := serve(t, "documented")
	control(t, s, "PUT", "defects", `["so-stale-views"]`)
	read := func(who string) string {
		t.Helper()
		return want(t, 200, s, who, "GET", auditor, "").get("roles").Raw
	}
	change := func(body string) {
		t.Helper()
		want(t, 200, s, "administrator", "PATCH", auditor+"/roles", body)
	}
	check := func(step, got, wanted string) {
		t.Helper()
		if got != wanted {
			t.Errorf("%s: roles are %s, want %s", step, got, wanted)
		}
	}
	check("before", read("administrator"), `["auditor"]`)
	check("again before", read("administrator"), `["auditor"]`)
	change(`{"addRoles":["nobody"],"removeRoles":[]}`)
	check("first after", read("administrator"), `["auditor","nobody"]`)
	check("second after", read("administrator"), `["auditor"]`)
	check("another, first", read("role-admin"), `["auditor","nobody"]`)
	check("another, second", read("role-admin"), `["auditor","nobody"]`)
	change(`{"addRoles":[],"removeRoles":["auditor"]}`)
	check("first after another change", read("administrator"), `["nobody"]`)
	check("second after another change", read("administrator"), `["auditor"]`)
	control(t, s, "PUT", "defects", `[]`)
	check("without the defect", read("administrator"), `["nobody"]`)
}
