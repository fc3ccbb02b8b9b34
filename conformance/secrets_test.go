package conformance_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
)

// canary makes a secret that every form of writing has to escape.
func canary(name string) string { return `C4n&<ry"` + name + `\'+%/é` }

var plainCanary = regexp.MustCompile(`(?i)c4n[^ ]{0,12}ry`)

// forms are the ways in which a secret may be written.
func forms(secret string) []string {
	quoted, _ := json.Marshal(secret)
	var raw bytes.Buffer
	e := json.NewEncoder(&raw)
	e.SetEscapeHTML(false)
	_ = e.Encode(secret)
	return []string{
		secret, strings.Trim(string(quoted), `"`), strings.Trim(strings.TrimSpace(raw.String()), `"`),
		url.QueryEscape(secret), url.PathEscape(secret), html.EscapeString(secret),
		base64.StdEncoding.EncodeToString([]byte(secret)), base64.URLEncoding.EncodeToString([]byte(secret)),
		base64.StdEncoding.EncodeToString([]byte("keeper:" + secret)),
	}
}

// Canaries stand wherever a secret can, in scenarios that fail, so that their
// exchanges are in the report; then every form of the report is searched.
func TestNoSecretIsInAnyReport(t *testing.T) {
	t.Parallel()
	names := []string{"password", "token", "visitor", "created", "registered", "issued", "nested", "listed", "cookie", "header", "form", "cut", "echo", "number"}
	secret := map[string]string{}
	for _, n := range names {
		secret[n] = canary(n)
	}
	_, server := serve(t, func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/fake/things" && r.Method == "GET" && r.URL.Query().Get("note") == "" || r.Method == "DELETE" {
			return false
		}
		_, password, _ := r.BasicAuth()
		w.Header().Set("Set-Cookie", "session="+url.QueryEscape(secret["cookie"]))
		w.Header().Set("X-Auth-Token", base64.StdEncoding.EncodeToString([]byte(secret["header"])))
		w.Header().Set("X-Echo", url.QueryEscape(password)+" "+r.URL.RawQuery)
		if strings.HasSuffix(r.URL.Path, "/9") {
			w.Header().Set("Content-Type", "text/plain")
			fmt.Fprintf(w, "you sent %s and %s", password, secret["registered"])
			return true
		}
		answer(w, 418, map[string]any{
			"accessToken": secret["issued"], "message": password + " / " + secret["registered"] + " / " + secret["visitor"] + " / " + r.URL.Query().Get("token"),
			"secrets": map[string]any{"first": secret["nested"]}, "tokens": []any{secret["listed"]}, "resetToken": 72711277,
			"again": secret["issued"],
		})
		return true
	})
	login := func(w *world.World) func(*http.Request) {
		c, _ := w.Credential("keeper")
		return func(r *http.Request) { r.SetBasicAuth(c.Login, c.Password) }
	}
	say := func(w *world.World) []world.Step {
		do := func(r world.Request) func() error {
			return func() error {
				w.Secret(secret["registered"])
				r.Sign = login(w)
				x, err := w.Do(r)
				if err == nil {
					err = fmt.Errorf("got %s; the password is %s and the token is %s", x.Body, secret["registered"], x.JSON().Get("accessToken"))
				}
				return err
			}
		}
		return []world.Step{
			when(`^it sends JSON$`, ``, do(world.Request{Operation: "createThing",
				Query: query("note", secret["registered"], "token", secret["echo"]), Header: http.Header{"X-Api-Key": {secret["header"]}},
				Body: map[string]any{"name": "x", "newPassword": secret["created"], "comment": secret["registered"], "keys": []any{map[string]any{"key": secret["nested"]}}}})),
			when(`^it sends a bare string$`, ``, do(world.Request{Operation: "createThing", Body: secret["created"]})),
			when(`^it sends a form$`, ``, do(world.Request{Operation: "createThing", MediaType: "application/x-www-form-urlencoded",
				Raw: []byte(url.Values{"login": {"ann"}, "password": {secret["form"]}}.Encode())})),
			when(`^it sends JSON that is cut off$`, ``, do(world.Request{Operation: "createThing", Raw: []byte(`{"login": "ann", "password": "` + strings.Trim(forms(secret["cut"])[1], `"`))})),
			when(`^it reads text$`, ``, do(world.Request{Operation: "getThing", Path: map[string]string{"id": "9"}})),
			when(`^it bears a token$`, ``, func() error {
				w.Secret(secret["registered"])
				c, _ := w.Credential("keeper")
				_, err := w.Do(world.Request{Operation: "getThing", Path: map[string]string{"id": "1"}, Sign: func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+c.Token) }})
				return err
			}),
			given(`^a skip that says too much$`, ``, func() error { return world.SkipBecause("no %s here", w.Secret(secret["registered"])) }),
			given(`^trouble that says too much$`, ``, func() error { return world.CouldNotJudge("no %s here", w.Secret(secret["registered"])) }),
		}
	}
	var text strings.Builder
	text.WriteString("Feature: Things\n")
	for i, step := range []string{"When it sends JSON", "When it sends a bare string", "When it sends a form", "When it sends JSON that is cut off",
		"When it reads text", "When it bears a token", "Given a skip that says too much", "Given trouble that says too much"} {
		fmt.Fprintf(&text, "\n  @FK-THING-%02d @must\n  Rule: Number %d\n    Source: nowhere\n\n    Scenario: One\n      %s\n      Then all is lost\n", i+1, i, step)
	}
	aimed := realTarget(server.URL)
	aimed.Endpoints["fake"].Credentials["keeper"] = target.Credential{Login: "keeper", Password: secret["password"], Token: secret["token"]}
	aimed.Endpoints["fake"].Credentials["visitor"] = target.Credential{Login: "visitor", Password: secret["visitor"]}
	r := hold(t, fakeAPI(t, map[string]string{"things.feature": text.String()}, say), aimed, run.Options{Selection: allowAll, Version: "1"})
	if n := r.Count(report.Fail); n != 8 { // six rules, the contract's and that of secrets
		t.Fatalf("%d rules failed; the exchanges of 8 should be in the report: %+v", n, r.Rules)
	}
	for _, format := range report.Formats() {
		var b bytes.Buffer
		if err := report.Write(&b, format, r); err != nil {
			t.Fatal(err)
		}
		for name, s := range secret {
			for _, form := range forms(s) {
				if i := strings.Index(b.String(), form); i >= 0 {
					t.Errorf("%s has the %s as %q in …%q", format, name, form, b.String()[max(0, i-120):i])
					break
				}
			}
		}
		if i := plainCanary.FindStringIndex(b.String()); i != nil {
			t.Errorf("%s has a part of a secret: …%q", format, b.String()[max(0, i[0]-120):min(b.Len(), i[1]+60)])
		}
		if strings.Contains(b.String(), "72711277") {
			t.Errorf("%s has a token that is a number", format)
		}
	}
	var b bytes.Buffer
	if err := report.Write(&b, "json", r); err != nil || !strings.Contains(b.String(), "(hidden)") {
		t.Errorf("nothing is hidden, error %v", err)
	}
}

// What the preflight says of a target that refuses is in reports, too.
func TestThePreflightTellsNoSecrets(t *testing.T) {
	t.Parallel()
	api := fakeAPI(t, rule("@must", readsOne))
	api.SignIn = func(w *world.World) error {
		c, _ := w.Credential("keeper")
		return fmt.Errorf("%s is refused", c.Password)
	}
	r := hold(t, api, realTarget("http://127.0.0.1:1"), run.Options{Selection: allowAll})
	if text := fmt.Sprint(r.Checks); strings.Contains(text, keeperPassword) || !strings.Contains(text, "refused") {
		t.Errorf("the preflight says %s", text)
	}
}

func TestWhatIsNoSecretIsShown(t *testing.T) {
	t.Parallel()
	_, server := serve(t, nil)
	r := hold(t, fakeAPI(t, rule("@must", "Given a thing \"ann\"\nWhen thing 1 is read\nThen the answer is 404")), realTarget(server.URL), run.Options{Selection: allowAll, Tag: "rc1"})
	x := ruleOf(t, r, "FK-THING-01").Scenarios[0].Exchanges
	if len(x) != 2 || x[0].Request != `{"name":"rc1-1-ann"}` || x[1].Response != `{"id":1,"name":"first"}` || x[1].Operation != "getThing" {
		t.Errorf("the exchanges are %+v", x)
	}
	want := `curl --include '` + server.URL + `/fake/things/1' --header 'Accept: application/json' --user 'keeper':"$FAKE_PASSWORD"`
	if x[1].Curl != want {
		t.Errorf("to repeat it: %s\nit should be   %s", x[1].Curl, want)
	}
}
