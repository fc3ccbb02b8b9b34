package conformance

import (
	"fmt"
	"mime"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/schemas"
)

// breachesOf holds an answer to the contract: its status, its media type and
// its body. The contract's own rule is charged with them, not the rule whose
// scenario met them; otherwise a rule that asserts nothing would still seem to
// find defects.
func breachesOf(c *schemas.Contract, x *Exchange) []string {
	schema, mediaType, documented := promised(c, x)
	if !documented {
		return []string{fmt.Sprintf("%s is answered with status %d, which the contract does not list", x.operationName(), x.Status)}
	}
	if schema == nil {
		return nil // void: whatever a server sends along means nothing
	}
	var found []string
	if given := x.Header.Get("Content-Type"); !sameMediaType(given, mediaType) {
		found = append(found, fmt.Sprintf("%s %d has Content-Type %q; the contract says %s", x.operationName(), x.Status, given, mediaType))
	}
	for _, v := range schema.Validate(x.Body) {
		found = append(found, fmt.Sprintf("%s %d: %s", x.operationName(), x.Status, v))
	}
	return found
}

func promised(c *schemas.Contract, x *Exchange) (schema *schemas.Schema, mediaType string, ok bool) {
	if x.Operation != nil {
		if r := x.Operation.Response(x.Status); r != nil {
			return r.Schema, r.MediaType, true
		}
	}
	return c.Protocol.Schema, "application/json", slices.Contains(c.Protocol.Statuses, x.Status)
}

func sameMediaType(given, wanted string) bool {
	g, _, err := mime.ParseMediaType(given)
	w, _, _ := mime.ParseMediaType(wanted)
	return err == nil && strings.EqualFold(g, w)
}
