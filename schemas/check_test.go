package schemas_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/schemas"
)

// An answer is held to the contract, and each breach tells what is to blame and
// whether a document says so.
func TestAnAnswerIsHeldToTheContract(t *testing.T) {
	t.Parallel()
	const (
		link   = `{"links": [{"href": "https://h:3780/api/3/users", "rel": "self"}]}`
		user   = `{"id": 1, "login": "a", "role": 0, "status": 0, "lastLogin": null, "data": null, "introReviewed": true}`
		person = `{"locator": "9b08923d-10c6-4fd9-94b2-b8fda02f34a6", "firstName": "A", "lastName": "B", "userName": "a@example.com", "tenants": []}`
	)
	for _, c := range []struct {
		name, api, operation string
		status               int
		mediaType, body      string
		want                 []string // kind, silent or documented, cause
	}{
		{"as promised", "rapid7", "deleteUser", 200, "application/json;charset=UTF-8", link, nil},
		{"with another parameter of the media type", "rapid7", "deleteUser", 200, "Application/JSON", link, nil},
		{"of another media type", "rapid7", "deleteUser", 200, "text/html", link, []string{"media type, documented: 200 with Content-Type \"text/html\""}},
		{"without a media type", "rapid7", "deleteUser", 200, "", link, []string{"media type, documented: 200 with Content-Type \"\""}},
		{"without the promised body", "rapid7", "deleteUser", 200, "", "", []string{"body, documented: 200 with an empty body"}},
		{"that is no JSON", "rapid7", "deleteUser", 200, "application/json", "{", []string{"body, documented: 200 with a wrong body: json at (root)"}},
		{"with the same fault in each item of a list", "rapid7", "getUserSites", 200, "application/json", `{"links": [], "resources": ["1", "2"]}`,
			[]string{"body, documented: 200 with a wrong body: invalid_type at resources.*", "body, documented: 200 with a wrong body: invalid_type at resources.*"}},
		{"of a documented refusal in another shape", "rapid7", "deleteUser", 404, "application/json", `{}`,
			[]string{"body, documented: 404 with a wrong body: message is required at (root)", "body, documented: 404 with a wrong body: status is required at (root)"}},
		{"of a status that the document does not list", "rapid7", "deleteUser", 204, "", "", []string{"status, documented: 204 where it is not listed"}},
		{"of a refusal that the document does not list", "rapid7", "deleteUser", 409, "", "", []string{"status, documented: 409 where it is not listed"}},
		{"of a status that any path may answer with", "rapid7", "getUsers", 400, "application/json", `{"status": "400", "message": "no"}`, nil},
		{"of such a status in another shape", "rapid7", "getUsers", 400, "text/html", `<p>`, []string{
			"media type, silent: 400 with Content-Type \"text/html\"", "body, silent: 400 with a wrong body: json at (root)"}},
		{"to a method that no operation has", "rapid7", "", 405, "application/json", `{"status": "405", "message": "no"}`, nil},
		{"to a path that no operation has, as the caller is unknown", "rapid7", "", 401, "", "", []string{"status, silent: 401 where it is not listed"}},
		{"to a path that no operation has, as if it had", "rapid7", "", 200, "", "", []string{"status, documented: 200 where it is not listed"}},
		{"of a status seen on deployed servers", "rapid7", "createUser", 201, "application/json", `{}`, []string{
			"body, silent: 201 with a wrong body: id is required at (root)", "body, silent: 201 with a wrong body: links is required at (root)"}},

		{"of another success where no status is listed", "devicehive", "list", 206, "application/json", `[` + user + `]`, []string{"status, silent: 206 where it is not listed"}},
		{"of another success without what a document promises", "socotra", "createUser", 201, "application/json", `[]`,
			[]string{"status, silent: 201 where it is not listed", "body, documented: 201 with a wrong body: invalid_type at (root)"}},
		{"of another success of an operation that answers nothing", "socotra", "deleteUser", 204, "", "", []string{"status, silent: 204 where it is not listed"}},
		{"of another refusal where no status is listed", "socotra", "createUser", 422, "text/plain", "no", []string{"status, silent: 422 where it is not listed"}},
		{"of a failure where no status is listed", "socotra", "createUser", 500, "", "", []string{"status, documented: 500 where it is not listed"}},
		{"that leads elsewhere", "socotra", "createUser", 302, "", "", []string{"status, documented: 302 where it is not listed"}},
		{"of a refusal without a body, which no document shows", "devicehive", "list", 401, "", "", []string{"body, silent: 401 with an empty body"}},
		{"in a shape that no document shows", "devicehive", "count", 200, "application/json", `5`, []string{"body, silent: 200 with a wrong body: invalid_type at (root)"}},
		{"of an operation that no document has", "devicehive", "getInfo", 200, "application/json", `5`, []string{"body, silent: 200 with a wrong body: invalid_type at (root)"}},
		{"that keeps the document", "socotra", "fetchMyUserDetails", 200, "application/json", person, nil},
		{"with a body where none is promised", "devicehive", "update", 204, "text/html", "<p>", nil},
	} {
		t.Run("an answer "+c.name, func(t *testing.T) {
			t.Parallel()
			contract := load(t, c.api)
			header := http.Header{}
			if c.mediaType != "" {
				header.Set("Content-Type", c.mediaType)
			}
			var got []string
			for _, b := range contract.Check(contract.Operation(c.operation), c.status, header, []byte(c.body)) {
				said := "documented"
				if b.Silent {
					said = "silent"
				}
				got = append(got, string(b.Kind)+", "+said+": "+b.Cause)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestABreachSaysWhereItIsAndWhatWasPromised(t *testing.T) {
	t.Parallel()
	c := load(t, "rapid7")
	header := http.Header{"Content-Type": {"text/plain"}}
	var said []string
	for _, op := range []*schemas.Operation{c.Operation("getUserSites"), nil} {
		for _, status := range []int{200, 204} {
			for _, b := range c.Check(op, status, header, []byte(`{"links": [], "resources": [1, "2"]}`)) {
				said = append(said, b.String())
			}
		}
	}
	want := `has Content-Type "text/plain"; the contract says application/json;charset=UTF-8
resources.1: Invalid type. Expected: integer, given: string
is answered with status 204, which the contract does not list; it lists 200, 401, 404, 500, 503
is answered with status 200, which the contract does not list; it lists 400, 404, 405, 406, 413, 415
is answered with status 204, which the contract does not list; it lists 400, 404, 405, 406, 413, 415`
	if diff := cmp.Diff(want, strings.Join(said, "\n")); diff != "" {
		t.Error(diff)
	}
}
