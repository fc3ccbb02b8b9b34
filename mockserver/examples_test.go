package mockserver_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver"
)

// A shown request is what a printed contract shows of an operation: examples of
// its parameters and one of its body.
type shown struct {
	operation, method, path, mediaType, body string
}

// shownIn lists every example of a printed contract, as a reader finds them who
// knows no more than OpenAPI. Each parameter and each body has one.
func shownIn(t *testing.T, document gjson.Result) (all []shown) {
	base, err := url.Parse(document.Get("servers.0.url").String())
	if err != nil {
		t.Fatal(err)
	}
	document.Get("paths").ForEach(func(path, item gjson.Result) bool {
		item.ForEach(func(method, op gjson.Result) bool {
			if !op.Get("operationId").Exists() {
				return true // shared parameters
			}
			at, query := base.Path+path.String(), url.Values{}
			for _, p := range op.Get("parameters").Array() {
				p = followed(document, p)
				example := p.Get("example")
				if !example.Exists() {
					t.Errorf("parameter %s of %s has no example", p.Get("name"), op.Get("operationId"))
				}
				if p.Get("in").String() == "path" {
					at = strings.ReplaceAll(at, "{"+p.Get("name").String()+"}", url.PathEscape(example.String()))
				} else {
					for _, value := range example.Array() {
						query.Add(p.Get("name").String(), value.String())
					}
				}
			}
			if len(query) > 0 {
				at += "?" + query.Encode()
			}
			x := shown{operation: op.Get("operationId").String(), method: strings.ToUpper(method.String()), path: at}
			if !op.Get("requestBody").Exists() {
				all = append(all, x)
				return true
			}
			op.Get("requestBody.content").ForEach(func(mediaType, media gjson.Result) bool {
				media.Get("examples").ForEach(func(_, example gjson.Result) bool {
					x.mediaType, x.body = mediaType.String(), example.Get("value").Raw
					all = append(all, x)
					return true
				})
				return true
			})
			if x.body == "" {
				t.Errorf("the body of %s has no example", x.operation)
			}
			return true
		})
		return true
	})
	return all
}

func followed(document, node gjson.Result) gjson.Result {
	if ref := node.Get("$ref").String(); ref != "" {
		return document.Get(strings.ReplaceAll(strings.TrimPrefix(ref, "#/"), "/", "."))
	}
	return node
}

// signIn makes the header of the administrator.
func signIn(mock http.Handler, served mockserver.Served, sandbox string) string {
	c := served.Credentials[0]
	switch {
	case c.Token != "":
		return "Bearer " + c.Token
	case served.API == "rapid7":
		return "Basic " + base64.StdEncoding.EncodeToString([]byte(c.Login+":"+c.Password))
	}
	answer := asked(mock, "POST", served.BasePath+"/token", fmt.Sprintf(`{"login":%q,"password":%q}`, c.Login, c.Password), "Rolecall-Sandbox", sandbox)
	return "Bearer " + gjson.Get(answer.Body.String(), "accessToken").String()
}

func asked(mock http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	mock.ServeHTTP(w, r)
	return w
}

// Whoever copies an example from a contract finds that it works, on the fixtures
// as they are.
func TestEveryExampleOfAPrintedContractIsAccepted(t *testing.T) {
	t.Parallel()
	for _, api := range mockserver.APIs() {
		dir, err := fixtures.FS(api)
		if err != nil {
			t.Fatal(err)
		}
		for _, edition := range fixtures.Editions(dir) {
			if strings.HasPrefix(edition, "contrary") {
				continue // they decide the other way what the document's examples leave open
			}
			t.Run(api+" "+edition, func(t *testing.T) {
				t.Parallel()
				mock, err := mockserver.New(mockserver.Options{APIs: []string{api}, Editions: map[string]string{api: edition}})
				if err != nil {
					t.Fatal(err)
				}
				var text strings.Builder
				if err := mock.OpenAPI(&text, api, "json", ""); err != nil {
					t.Fatal(err)
				}
				for i, x := range shownIn(t, gjson.Parse(text.String())) {
					sandbox, body := fmt.Sprint("example-", i), x.body
					if strings.Contains(x.mediaType, "form") {
						form := url.Values{}
						for name, value := range gjson.Parse(x.body).Map() {
							form.Set(name, value.String())
						}
						body = form.Encode()
					}
					a := asked(mock, x.method, x.path, body, "Authorization", signIn(mock, mock.Served()[0], sandbox), "Content-Type", x.mediaType, "Rolecall-Sandbox", sandbox)
					if a.Code/100 != 2 {
						t.Errorf("%s %s %s with %s: status %d %s", x.operation, x.method, x.path, x.body, a.Code, a.Body)
					}
				}
			})
		}
	}
}

// The document that a mock serves is for the mock as the caller reached it.
func TestAMockServesItsContracts(t *testing.T) {
	t.Parallel()
	c := serve(t, mockserver.Options{Editions: map[string]string{"rapid7": "console-6.6"}})
	for path, want := range map[string]string{"/_rolecall/": c.url + "/api/3", "/sandbox/a/_rolecall/": c.url + "/sandbox/a/api/3"} {
		a := c.want(200, "GET", path+"openapi/rapid7", "")
		if a.get("servers.0.url").String() != want || a.get("info.x-edition").String() != "console-6.6" || !a.get("paths./users.post.responses.201").Exists() {
			t.Errorf("%s serves %.600s", path, a.body)
		}
	}
	a := c.want(200, "GET", "/_rolecall/openapi/socotra", "")
	if a.get("openapi").String() != "3.1.0" || a.get("components.schemas.UserResponse.required.#").Int() == 0 {
		t.Errorf("served is %.600s", a.body)
	}
	c.want(404, "GET", "/_rolecall/openapi/rapid", "")
	c.want(404, "GET", "/_rolecall/openapi", "")
}
