package devicehive_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"mime"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/fixtures"
)

// An exchange is one line of a recording; what the keys mean stands there.
type exchange struct {
	Ask     string            `yaml:"ask"`
	As      string            `yaml:"as"`
	Headers map[string]string `yaml:"headers"`
	Body    string            `yaml:"body"`
	Names   string            `yaml:"names"`
	Status  int               `yaml:"status"`
	Type    string            `yaml:"type"`
	Says    string            `yaml:"says"`
	Differs string            `yaml:"differs"`
}

// A replay asks again what was asked of a deployed server.
type replay struct {
	*mock
	known map[string]string // numbers by name
}

// TestRecordedAnswersAreGivenAgain holds the mock to what a deployed server was
// seen to answer: equal are status, media type, and JSON once numbers, moments
// and tokens are named.
func TestRecordedAnswersAreGivenAgain(t *testing.T) {
	t.Parallel()
	var recorded []exchange
	places, err := fixtures.Folder{FS: os.DirFS("testdata")}.Read("server-4.1", &recorded)
	if err != nil {
		t.Fatal(err)
	}
	r := &replay{newMock(t, "server-4.1"), map[string]string{"host": "example.com"}} // as requests are made here
	for id := 2; id <= 8; id++ {                                                     // the records that a new server has not
		r.ask(r.admin(), fmt.Sprintf("DELETE /user/%d", id), "")
		r.ask(r.admin(), fmt.Sprintf("DELETE /network/%d", min(id, 4)), "")
	}
	answers, differing := 0, 0
	for i, x := range recorded {
		got := r.again(x)
		if x.Status == 0 {
			continue
		}
		answers++
		diff := cmp.Diff(r.plain(fmt.Sprint(x.Status, " ", mediaType(x.Type)), x.Says), r.plain(fmt.Sprint(got.status, " ", mediaType(got.header.Get("Content-Type"))), got.body))
		switch {
		case diff == "" && x.Differs != "":
			t.Error(places[i].Errorf("%s is answered as recorded; it no longer differs", x.Ask))
		case x.Differs != "":
			differing++
		case diff != "":
			t.Error(places[i].Errorf("%s %s, recorded is -, answered +\n%s", x.Ask, x.Body, diff))
		}
	}
	t.Logf("%d of %d answers are equal", answers-differing, answers)
}

func mediaType(contentType string) string {
	if contentType == "json" {
		return "application/json"
	}
	m, _, _ := mime.ParseMediaType(contentType)
	return m
}

// again makes the exchange's call.
func (r *replay) again(x exchange) answer {
	header := []string{"Accept", "application/json"}
	for name, value := range x.Headers {
		header = append(header, name, value)
	}
	token := ""
	switch kind, rest, _ := strings.Cut(x.As, " "); kind {
	case "":
		token = r.signed(`{"u":1,"a":[0],"n":["*"],"dt":["*"],"e":30,"t":1}`, signingSecret)
	case "client":
		token = r.signed(`{"u":{ann},"a":[2,3,4,5,6,7,8,9,10,11,15,16,17],"n":[],"dt":["*"],"e":30,"t":1}`, signingSecret)
	case "token":
		token = r.signed(rest, signingSecret)
	case "foreign":
		token = r.signed(rest, []byte("another key"))
	case "header":
		header = append(header, "Authorization", rest)
	}
	got := r.ask(token, r.filled(x.Ask), r.filled(x.Body), header...)
	if x.Names != "" {
		r.known[x.Names] = gjson.Get(got.body, "id").Raw
	}
	return got
}

func (r *replay) filled(text string) string {
	for name, number := range r.known {
		text = strings.ReplaceAll(text, "{"+name+"}", number)
	}
	return text
}

var signingSecret = []byte{0x75, 0xeb, 0xe2, 0x71, 0xe8, 0x62} // what the server makes of "devicehive"

// signed makes a token that says something; "e" are minutes from now.
func (r *replay) signed(says string, key []byte) string {
	var payload map[string]any
	if err := json.Unmarshal([]byte(r.filled(says)), &payload); err != nil {
		r.t.Fatal(err)
	}
	if minutes, ok := payload["e"].(float64); ok {
		payload["e"] = start.Add(time.Duration(minutes) * time.Minute).UnixMilli()
	}
	text, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"payload": payload}).SignedString(key)
	if err != nil {
		r.t.Fatal(err)
	}
	return text
}

var (
	aMoment = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}`)
	aToken  = regexp.MustCompile(`"ey[\w-]+\.([\w-]+)\.[\w-]+"`)
)

// plain is an answer with numbers, moments and tokens named, as JSON values.
func (r *replay) plain(head, body string) []any {
	body = aMoment.ReplaceAllString(r.filled(body), "9999-99-99T99:99:99.999")
	body = aToken.ReplaceAllStringFunc(body, func(token string) string {
		said, _ := base64.RawURLEncoding.DecodeString(aToken.FindStringSubmatch(token)[1])
		return `"` + strings.ReplaceAll(string(said), `"`, "`") + `"`
	})
	var value any
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	if d.Decode(&value) != nil {
		value = body
	}
	return []any{head, named(value)}
}

// named turns what tokens say into values, with ends as minutes from now.
func named(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = named(member)
		}
	case []any:
		for i, item := range v {
			v[i] = named(item)
		}
	case string:
		var said struct{ Payload map[string]any }
		if json.Unmarshal([]byte(strings.ReplaceAll(v, "`", `"`)), &said) != nil || said.Payload == nil {
			return v
		}
		if end, ok := said.Payload["e"].(float64); ok && end > 1.7e12 {
			said.Payload["e"] = fmt.Sprintf("+%d min", int(time.UnixMilli(int64(end)).Sub(start).Minutes()))
		}
		return said.Payload
	}
	return value
}
