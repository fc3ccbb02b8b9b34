package devicehive

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// does what the library has no verb for, with none or one of what somebody has.
func (s *server) does(a steps.Actor, verb steps.Verb, t *steps.Thing, names steps.Names, r *steps.Record) error {
	var ids []string
	for _, name := range names {
		id, err := t.Find(name)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	request, err := t.Request(verb, r, ids)
	if err == nil {
		_, err = s.When(a, request)
	}
	return err
}

// answerShows looks at a list, at what a user is shown with, or at one by itself.
func (s *server) answerShows(t *steps.Thing, names steps.Names) error {
	answer, err := s.Answer()
	if err != nil {
		return err
	}
	var got, want []string
	switch shown := answer.Get("networks"); {
	case t.Noun == "network" && shown.Exists():
		got, err = idsIn(shown)
	case answer.IsArray():
		got, err = idsIn(answer)
	default:
		got = []string{inner(answer).Get("id").Raw}
	}
	for _, name := range names {
		id, unknown := t.Find(name)
		if unknown != nil {
			return unknown
		}
		want = append(want, id)
	}
	slices.Sort(got)
	slices.Sort(want)
	if err == nil && !slices.Equal(got, want) {
		err = fmt.Errorf("the answer shows the %s %v; they should be %v", t.Plural, got, want)
	}
	return err
}

func (s *server) asksForTokens(a steps.Actor, r *steps.Record, t steps.Table) error {
	body := fields{}
	for _, row := range t {
		if err := steps.KnownProperty(s.API.Contract, row[0], "token-request"); err != nil {
			return err
		}
		body[row[0]] = steps.Value(row[1])
	}
	_, err := s.When(a, s.tokenRequest(r, body))
	return err
}

// renews asks with a token of the caller's, which is signed with none.
func (s *server) renews(a steps.Actor) error {
	token, err := s.tokenOf(a)
	if err != nil {
		return err
	}
	_, err = s.When(steps.Actor{Name: "nobody"}, s.ofTokens(world.Request{Operation: "refreshToken", Body: fields{"refreshToken": token}}))
	return err
}

// newTokens are those that the answer gives, by property.
func (s *server) newTokens() (map[string]string, error) {
	x, err := s.Newest()
	if err != nil {
		return nil, err
	}
	given := map[string]string{}
	for _, property := range []string{"accessToken", "refreshToken"} {
		if token := x.JSON().Get(property).String(); token != "" {
			given[property] = s.Secret(token)
		}
	}
	return given, nil
}

func (s *server) noTokenIsGiven() error {
	given, err := s.newTokens()
	for property := range given {
		return fmt.Errorf("the answer has %s", property)
	}
	return err
}

func (s *server) newTokenLetsIn(r *steps.Record) error {
	given, err := s.newTokens()
	if err != nil {
		return err
	}
	x, err := s.Do(world.Request{Operation: "getCurrent", Sign: bearer(given["accessToken"]), As: r.Name})
	if err == nil && (!x.Succeeded() || x.JSON().Get("id").Raw != r.ID) {
		err = fmt.Errorf("getCurrent with the new token is answered with %d %s; it should be user %s", x.Status, x.Body, r.ID)
	}
	return err
}

func (s *server) newTokensSay(property string, want any) error {
	given, err := s.newTokens()
	for _, which := range []string{"accessToken", "refreshToken"} {
		if got := payload(given[which]).Get(property); err == nil && !steps.Same(got, want) {
			err = fmt.Errorf("%s of %s is %s; it should be %v", property, which, steps.Shown(got), want)
		}
	}
	return err
}

func (s *server) counts(a steps.Actor, t steps.Table) error {
	query, err := s.Query("count", t)
	if err == nil {
		_, err = s.When(a, world.Request{Operation: "count", Query: query})
	}
	return err
}

// counted is the number in the answer to count, of which the document has no
// form.
func counted(body gjson.Result) gjson.Result {
	if body.Type == gjson.Number {
		return body
	}
	return body.Get("count")
}

// countIs counts again where the list has changed meanwhile: somebody else may
// create users on the same server.
func (s *server) countIs(number string) error {
	answer, err := s.Answer()
	if err != nil {
		return err
	}
	if want, bare := strconv.Atoi(number); bare == nil {
		if !steps.Same(counted(answer), want) {
			return fmt.Errorf("the count is %s; it should be %d", steps.Shown(counted(answer)), want)
		}
		return nil
	}
	before := -1
	for range 5 {
		all, err := s.allUsers()
		n := counted(answer)
		switch {
		case err != nil:
			return err
		case steps.Same(n, len(all)):
			return nil
		case len(all) == before:
			return fmt.Errorf("the count is %s; the list has %d users", steps.Shown(n), len(all))
		}
		before = len(all)
		if answer, err = s.Want(world.Request{Operation: "count"}); err != nil {
			return err
		}
	}
	return world.CouldNotJudge("the list of users does not stand still")
}

func (s *server) everyIsOneOf(p steps.Property, allowed any) error {
	list, err := s.Answer()
	if err == nil {
		err = s.hasCaller(list)
	}
	values, _ := allowed.([]any)
	for _, user := range list.Array() {
		got := user.Get(string(p))
		if err == nil && !slices.ContainsFunc(values, func(v any) bool { return steps.Same(got, v) }) {
			err = fmt.Errorf("%s of user %s is %s; it should be one of %v", p, user.Get("id").Raw, steps.Shown(got), values)
		}
	}
	return err
}

// keepsNoOtherData: who was given something else need not be there.
func (s *server) keepsNoOtherData(r *steps.Record) error {
	all, err := s.allUsers()
	for _, user := range all {
		data := user.Get("data")
		if user.Get("login").String() == r.Called && invariants.Canonical(data) != "" && (!data.IsObject() || invariants.Exact(data) != r.Is["data"]) {
			return fmt.Errorf("data of %s is %s; it should be an object that it was given, or nothing", r, data.Raw)
		}
	}
	return err
}

// lastLoginIsNow compares with the server's own clock.
func (s *server) lastLoginIsNow(r *steps.Record) error {
	user, err := s.Read(r)
	if err != nil {
		return err
	}
	info, err := s.Want(world.Request{Operation: "getInfo"})
	if err != nil {
		return err
	}
	const layout = "2006-01-02T15:04:05.999" // in UTC; a mark that says so may follow
	utc := func(text string) (time.Time, error) { return time.Parse(layout, strings.TrimSuffix(text, "Z")) }
	last, never := utc(user.Get("lastLogin").String())
	now, err := utc(info.Get("serverTimestamp").String())
	switch {
	case err != nil:
		return fmt.Errorf("the server's clock cannot be read: %w", err)
	case never != nil || now.Sub(last).Abs() > time.Minute:
		return fmt.Errorf("lastLogin of %s is %s; it should be the moment of signing in, and the server's clock (UTC) is at %s", r, steps.Shown(user.Get("lastLogin")), now.Format(layout))
	}
	return nil
}
