package report_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xeipuuv/gojsonschema"

	"github.com/rolecall/rolecall/conformance/report"
)

func TestAReportIsReadAsItIsWritten(t *testing.T) {
	want := sample()
	got, err := report.ReadJSON(bytes.NewReader(written(t, "json", want)))
	if err != nil {
		t.Fatal(err)
	}
	// JSON cannot hold a byte that is not UTF-8.
	valid := func(s string) string { return strings.ToValidUTF8(s, "\ufffd") }
	if diff := cmp.Diff(want, got, cmp.Transformer("valid", valid)); diff != "" {
		t.Error(diff)
	}
	if got.ExitStatus() != want.ExitStatus() {
		t.Errorf("exit status %d, not %d", got.ExitStatus(), want.ExitStatus())
	}
}

func TestWhatIsNotAReportIsRefused(t *testing.T) {
	good := string(written(t, "json", sample()))
	change := func(from, to string) string {
		t.Helper()
		changed := strings.Replace(good, from, to, 1)
		if changed == good {
			t.Fatalf("there is no %s", from)
		}
		return changed
	}
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "not a report as JSON"},
		{"half a report", good[:len(good)/2], "not a report as JSON"},
		{"another document", `{"hello": 1}`, "has no version"},
		{"an older version", change(`"version": 1`, `"version": 0`), "version 0, and this rolecall reads version 1"},
		{"a newer version", change(`"version": 1`, `"version": 2`), "use the rolecall that wrote it"},
		{"an unknown key", change(`"strict"`, `"strikt"`), "no key strikt"},
		{"an unknown key within", change(`"stepLine"`, `"stepline"`), "no key rules[1].scenarios[1].stepline"},
		{"a key in capitals", change(`"rules": [`, `"RULES": [`), "no key RULES"},
		{"a key given twice", change(`"strict": true`, `"strict": true, "strict": false`), `gives the name "strict" twice`},
		{"something after its end", good + "{}", "after top-level value"},
		{"an unknown verdict", change(`"verdict": "fail"`, `"verdict": "fine"`), `"fine" is no verdict`},
		{"an unknown level", change(`"level": "must"`, `"level": "may"`), `level "may"`},
		{"a rule twice", change(`"id": "R7-ROLE-02"`, `"id": "R7-ROLE-01"`), "R7-ROLE-01 is in it twice"},
		{"a rule without an id", change(`"id": "R7-ROLE-02"`, `"id": ""`), "rules[1] has no id"},
		{"a broken duration", change(`"took": "12.345s"`, `"took": "long"`), "duration"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := report.ReadJSON(strings.NewReader(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
			if err != nil && r != nil {
				t.Error("there is a report beside the error")
			}
		})
	}
}

func TestReportsKeepToTheSchema(t *testing.T) {
	schema, err := gojsonschema.NewSchema(gojsonschema.NewBytesLoader(report.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]*report.Report{"sample": sample(), "green": green(), "empty": {}} {
		result, err := schema.Validate(gojsonschema.NewBytesLoader(written(t, "json", r)))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range result.Errors() {
			t.Errorf("%s: %s", name, e)
		}
	}
	bad := bytes.Replace(written(t, "json", sample()), []byte(`"level": "must"`), []byte(`"level": "may"`), 1)
	if result, err := schema.Validate(gojsonschema.NewBytesLoader(bad)); err != nil || result.Valid() {
		t.Errorf("an unknown level is valid, %v", err)
	}
}

// The schema has every field of every type, nothing more, and demands those
// that are always written.
func TestTheSchemaHasEveryField(t *testing.T) {
	type object struct {
		Required             []string
		Properties           map[string]any
		AdditionalProperties *bool
	}
	var schema struct {
		object
		Definitions map[string]object
	}
	if err := json.Unmarshal(report.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	for name, model := range map[string]any{
		"suite": report.Suite{}, "selected": report.Selected{}, "target": report.Target{}, "check": report.Check{},
		"rule": report.Rule{}, "scenario": report.Scenario{}, "exchange": report.Exchange{}, "pair": report.Pair{},
		"record": report.Record{}, "waiver": report.Waiver{}, "": report.Report{},
	} {
		defined := schema.object
		if name != "" {
			defined = schema.Definitions[name]
		}
		fields := map[string]bool{}
		for i := range reflect.TypeOf(model).NumField() {
			key, options, _ := strings.Cut(reflect.TypeOf(model).Field(i).Tag.Get("json"), ",")
			fields[key] = options != "omitempty"
		}
		properties := map[string]bool{}
		for key := range defined.Properties {
			properties[key] = false
		}
		for _, key := range defined.Required {
			properties[key] = true
		}
		if diff := cmp.Diff(fields, properties); diff != "" {
			t.Errorf("%q: fields and whether they are required (-type +schema):\n%s", name, diff)
		}
		if defined.AdditionalProperties == nil || *defined.AdditionalProperties {
			t.Errorf("%q allows other keys", name)
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	var b bytes.Buffer
	if err := report.JSON(&b, sample()); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(`{"version":1,"rules":[{"id":"a","level":"must","verdict":"pass"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := report.ReadJSON(bytes.NewReader(text))
		if err != nil {
			return
		}
		for _, format := range report.Formats() {
			written(t, format, r)
		}
		if _, err := report.ReadJSON(bytes.NewReader(written(t, "json", r))); err != nil {
			t.Errorf("what was read is written so that it cannot be read: %v", err)
		}
	})
}
