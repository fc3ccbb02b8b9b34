package devicehive_test

import (
	"fmt"
	"strings"
	"testing"
)

const invalidObject = `Error! Make sure, that the passed object is correct and properly structured. Validation failed: \n`

func refusal(status int, message string) string {
	return fmt.Sprintf(`%d {"error":%d,"message":"%s"}`, status, status, message)
}

func TestInsertRefusesInTheServersWordsAndOrder(t *testing.T) {
	long := strings.Repeat("x", 129)
	for name, c := range map[string]struct{ body, want string }{
		"nothing":                  {``, refusal(400, "Error! Validation failed: Object is null")},
		"null":                     {`null`, refusal(400, "Error! Validation failed: Object is null")},
		"broken JSON":              {`{"login":`, refusal(400, "Invalid request parameters")},
		"bytes after the end":      {`{"login":"al"} x`, refusal(400, "Invalid request parameters")},
		"a name given twice":       {`{"login":"al","login":"bo"}`, refusal(400, "Invalid request parameters")},
		"a role that is text":      {`{"login":"alice","role":"abc"}`, refusal(400, "Invalid request parameters")},
		"data that is a list":      {`{"login":"alice","data":[1]}`, refusal(400, "'parameters' must be JSON Object!")},
		"an empty object":          {`{}`, refusal(400, invalidObject+"On property login (value: null): login field cannot be null. ; ")},
		"an empty login":           {`{"login":""}`, refusal(400, invalidObject+"On property login (value: ): Field login cannot be empty. The length of login should not be more than 128 symbols. ; ")},
		"two limits at once":       {`{"login":"alice","role":2,"status":-1}`, refusal(400, invalidObject+`On property role (value: 2): The value of role should not be more than 1. ; \nOn property status (value: -1): The value of status should not be less than 0. ; `)},
		"no role":                  {`{"login":"alice","password":"s3cret-enough"}`, refusal(400, "User role is invalid or empty")},
		"a login that is taken":    {`{"login":" client ","password":"x","role":1}`, refusal(403, "User with such login already exists. Please, select another one")},
		"no password":              {`{"login":"alice","role":1}`, refusal(400, "Password can contain only from 6 to 128 symbols!")},
		"a short one before login": {`{"login":"a","password":"short","role":1}`, refusal(400, "Password can contain only from 6 to 128 symbols!")},
		"a password of two lines":  {`{"login":"alice","password":"two\nlines","role":1}`, refusal(400, "Password can contain only from 6 to 128 symbols!")},
		"a long password":          {`{"login":"alice","password":"` + long + `","role":1}`, refusal(400, invalidObject+"On property password (value: "+long+"): The length of password should not be more than 128 symbols. ; ")},
		"a short login":            {`{"login":"al","password":"s3cret-enough","role":1}`, refusal(400, "Field cannot be empty. The length of login should be from 3 to 128 symbols.")},
		"a login with a blank":     {`{"login":"al ice","password":"s3cret-enough","role":1}`, refusal(400, "Login can contain only lowercase or uppercase letters, numbers, and some special symbols (_@.)")},
		"a status too far":         {`{"login":"alice","password":"s3cret-enough","role":1,"status":3}`, refusal(400, invalidObject+"On property status (value: 3): The value of status should not be more than 2. ; ")},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMock(t, "server-3.5")
			m.expect(m.admin(), "POST /user", c.body, c.want)
			m.expect(m.admin(), "GET /user/count", "", `200 {"count":8}`)
		})
	}
}

func TestWhatAnInsertionAnswersAndKeeps(t *testing.T) {
	body := `{"login":" alice@example.com ","password":"s3cret-enough","role":1,"data":{"a":{"b":[1.50,"<&>"]}},"id":77,"lastLogin":"x","unknown":1}`
	for edition, want := range map[string][2]string{
		"documented": {
			`201 {"id":9,"login":"alice@example.com","role":1,"status":0,"lastLogin":null,"data":{"a":{"b":[1.50,"<&>"]}},"introReviewed":false}`,
			`200 {"networks":[],"id":9,"login":"alice@example.com","role":1,"status":0,"lastLogin":null,"data":{"a":{"b":[1.50,"<&>"]}},"introReviewed":false}`,
		},
		"server-3.5": {
			`201 {"id":9,"lastLogin":null,"data":{"a":{"b":[1.50,"<&>"]}},"introReviewed":false,"allDeviceTypesAvailable":true}`,
			`200 {"networks":[],"id":9,"login":"alice@example.com","role":1,"status":0,"lastLogin":null,"data":{"a":{"b":[1.50,"<&>"]}},"introReviewed":false,"allDeviceTypesAvailable":true}`,
		},
	} {
		t.Run(edition, func(t *testing.T) {
			m := newMock(t, edition)
			m.expect(m.admin(), "POST /user", body, want[0])
			m.expect(m.admin(), "GET /user/9", "", want[1])
			if location := m.ask(m.admin(), "POST /user", `{"login":"bob","password":"s3cret-enough","role":0}`).header.Get("Location"); location != "" {
				t.Errorf("Location is %q; real servers send none", location)
			}
		})
	}
}

func TestNumbersAreNeverGivenTwice(t *testing.T) {
	m := newMock(t, "documented")
	admin := m.admin()
	m.ask(admin, "POST /user", `{"login":"alice","password":"s3cret-enough","role":1}`)
	m.expect(admin, "DELETE /user/9", "", "204")
	if got := m.ask(admin, "POST /user", `{"login":"alice","password":"s3cret-enough","role":1}`).body; !strings.HasPrefix(got, `{"id":10,`) {
		t.Errorf("the new user is %s", got)
	}
}

func TestUpdateByAnAdministrator(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"nothing":            {``, "204"},
		"null":               {`null`, "204"},
		"an empty password":  {`{"password":"","data":{}}`, "204"},
		"its own login":      {`{"login":"client"}`, "204"},
		"another's login":    {`{"login":"operator"}`, refusal(403, "User with such login already exists. Please, select another one")},
		"an empty login":     {`{"login":""}`, refusal(400, invalidObject+"On property login (value: ): Field login cannot be empty. The length of login should not be more than 128 symbols. ; ")},
		"a short password":   {`{"password":"short"}`, refusal(400, "Password can contain only from 6 to 128 symbols!")},
		"an impossible role": {`{"role":2}`, refusal(400, invalidObject+"On property role (value: 2): The value of role should not be more than 1. ; ")},
		"text for data":      {`{"data":"x"}`, refusal(400, "'parameters' must be JSON Object!")},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMock(t, "server-3.5")
			m.expect(m.admin(), "PUT /user/2", c.body, c.want)
		})
	}
	m := newMock(t, "server-3.5")
	m.expect(m.admin(), "PUT /user/99", `{"role":2}`, refusal(404, "User with id = 99 not found"))
}

func TestUpdateWithoutData(t *testing.T) {
	for edition, want := range map[string]string{"documented": `"data":{"locale":"en","theme":{"dark":true}}`, "server-3.5": `"data":null`} {
		m := newMock(t, edition)
		m.expect(m.admin(), "PUT /user/2", `{"introReviewed":false}`, "204")
		if got := m.ask(m.admin(), "GET /user/2", "").body; !strings.Contains(got, want) || !strings.Contains(got, `"introReviewed":false`) {
			t.Errorf("%s: want %s in %s", edition, want, got)
		}
	}
}

func TestWhatAClientMayDoToItself(t *testing.T) {
	const (
		done, denied = "204", `403 {"error":403,"message":"Access is denied"}`
		admins       = `403 {"error":403,"message":"Admin permissions required for this action"}`
		missing      = `403 {"error":403,"message":"Old password is required!"}`
		wrong        = `403 {"error":403,"message":"Invalid credentials"}`
	)
	for name, c := range map[string]struct{ target, body, documented, server string }{
		"password with the old one":     {"PUT /user/current", `{"password":"brand-new","oldPassword":"client_#911"}`, done, done},
		"password by number":            {"PUT /user/2", `{"password":"brand-new","oldPassword":"client_#911"}`, done, denied},
		"password without the old one":  {"PUT /user/current", `{"password":"brand-new"}`, missing, done},
		"password with a wrong old one": {"PUT /user/current", `{"password":"brand-new","oldPassword":"client_#912"}`, wrong, done},
		"data":                          {"PUT /user/current", `{"data":{"x":1}}`, admins, done},
		"introReviewed":                 {"PUT /user/current", `{"introReviewed":false}`, admins, done},
		"login":                         {"PUT /user/current", `{"login":"somebody"}`, admins, admins},
		"role":                          {"PUT /user/current", `{"role":0}`, admins, admins},
		"status":                        {"PUT /user/current", `{"status":2}`, admins, admins},
		"another's password":            {"PUT /user/8", `{"password":"brand-new","oldPassword":"operator_#911"}`, denied, denied},
		"another who does not exist":    {"PUT /user/99", `{"password":"brand-new"}`, denied, denied},
		"reading another":               {"GET /user/8", ``, denied, denied},
	} {
		t.Run(name, func(t *testing.T) {
			for edition, want := range map[string]string{"documented": c.documented, "server-3.5": c.server} {
				m := newMock(t, edition)
				m.expect(m.signIn("client", "client_#911"), c.target, c.body, want)
			}
		})
	}
}

func TestAClientWithoutAPasswordCannotSetOne(t *testing.T) {
	m := newMock(t, "documented")
	token := m.token(7, "UpdateCurrentUser")
	for _, body := range []string{`{"password":"brand-new"}`, `{"password":"brand-new","oldPassword":""}`, `{"password":"brand-new","oldPassword":"x"}`} {
		m.expect(token, "PUT /user/current", body, refusal(403, "Invalid credentials"))
	}
}

func TestAClientThatManagesUsersReadsNoOther(t *testing.T) {
	for edition, want := range map[string]string{
		"documented": refusal(403, "Access is denied"),
		"server-3.5": `403 {"error":404,"message":"User with id = 8 not found"}`,
	} {
		m := newMock(t, edition)
		m.expect(m.token(2, "ManageUser"), "GET /user/8", "", want)
		if got := m.ask(m.token(2, "ManageUser"), "GET /user/2", ""); got.status != 200 {
			t.Errorf("%s: it cannot read itself: %s", edition, got)
		}
	}
}

func TestDelete(t *testing.T) {
	m := newMock(t, "documented")
	admin := m.admin()
	own := m.signIn("operator", "operator_#911")
	m.expect(admin, "DELETE /user/1", "", refusal(403, "You can not delete a user or access key that you use to authenticate this request"))
	m.expect(admin, "DELETE /user/99", "", refusal(404, "User with id = 99 not found"))
	m.expect(admin, "DELETE /user/8", `{"userId":8}`, "204")
	m.expect(admin, "GET /user/8", "", refusal(404, "User with id = 8 not found"))
	m.expect(own, "GET /user/current", "", refusal(401, "Unauthorized"))
}
