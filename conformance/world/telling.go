package world

import (
	"fmt"
	"regexp"
	"slices"

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
	if !tells && w.toldSecrets().In(string(x.Body)) {
		return fmt.Sprintf("%d tells a secret of the scenario", x.Status), "a secret by its value"
	}
	if at := secretNamed(x.JSON(), ""); at != "" {
		return fmt.Sprintf("%d has the property %s, which is a secret by its name", x.Status, at), "a secret by its name: " + at
	}
	return "", ""
}

// toldSecrets are the secrets that no answer may tell, made anew when there are more.
func (w *World) toldSecrets() *schemas.Secrets {
	if w.told == nil || w.toldOf < len(w.secrets) {
		long := slices.DeleteFunc(slices.Clone(w.secrets), func(secret string) bool { return len(secret) < shortestTold })
		w.told, w.toldOf = schemas.NewSecrets(long), len(w.secrets)
	}
	return w.told
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
