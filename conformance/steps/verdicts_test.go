package steps_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/schemas"
)

func TestAMisspeltPropertyIsRefused(t *testing.T) {
	t.Parallel()
	c, err := schemas.Load("rapid7")
	if err != nil {
		t.Fatal(err)
	}
	for property, says := range map[string]string{"login": "", "locked": "", "rolle": `did you mean "role"`, "": "no property"} {
		switch err := steps.KnownProperty(c, property, "user-create", "user"); {
		case says == "" && err != nil:
			t.Errorf("%s: %v", property, err)
		case says != "" && (err == nil || !strings.Contains(err.Error(), says)):
			t.Errorf("%q is refused with %v; it should say %q", property, err, says)
		}
	}
}
