package world

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/schemas"
)

// shortestTold is the length in bytes from which on a secret that a scenario
// made is looked for in answers; a shorter one may be there by chance.
const shortestTold = 16

// telling finds out whether an answer tells a secret that is not its to tell:
// the value of one that the scenario knows, in any encoding, unless the operation
// is one that tells such, or a text under a name that only secrets have. The cause is equal for answers alike.
func (w *World) telling(x *Exchange) (why, cause string) {
	tells := x.Succeeded() && x.Operation != nil && slices.Contains(w.API.Tells, x.Operation.ID)
	body := string(x.Body)
	for _, secret := range w.secrets {
		if len(secret) < shortestTold || tells {
			continue
		}
		for _, spelling := range w.spelled(secret) {
			if strings.Contains(body, spelling) {
				return fmt.Sprintf("%d tells a secret of the scenario", x.Status), "a secret by its value"
			}
		}
	}
	if at := secretNamed(x.JSON(), ""); at != "" {
		return fmt.Sprintf("%d has the property %s, which is a secret by its name", x.Status, at), "a secret by its name: " + at
	}
	return "", ""
}

// spelled are the spellings of a secret, made once.
func (w *World) spelled(secret string) []string {
	if w.spellings == nil {
		w.spellings = map[string][]string{}
	}
	all, known := w.spellings[secret]
	if !known {
		all = slices.Compact(slices.Sorted(slices.Values(schemas.Spellings(secret))))
		w.spellings[secret] = all
	}
	return all
}

// toldName is what names have under which no answer has a reason to show a text.
var toldName = regexp.MustCompile(`(?i)pass(word|wd|phrase)|hash|salt|secret`)

// secretNamed finds the place of a text under such a name, with any item of a
// list as *; "" where there is none.
func secretNamed(v gjson.Result, prefix string) (found string) {
	if !v.IsObject() && !v.IsArray() {
		return ""
	}
	v.ForEach(func(key, member gjson.Result) bool {
		name := "*"
		if v.IsObject() {
			name = key.String()
		}
		if v.IsObject() && member.Type == gjson.String && member.Str != "" && toldName.MatchString(name) {
			found = prefix + name
		} else if inner := secretNamed(member, prefix+name+"."); inner != "" {
			found = inner
		}
		return found == ""
	})
	return found
}
