package engine

import (
	"cmp"
	"mime"
	"strconv"
	"strings"
)

// acceptsJSON tells whether an Accept header takes JSON. Of several ranges that
// JSON is in, the narrowest decides; a quality of 0, however it is written,
// means that it is not taken.
func acceptsJSON(accept string) bool {
	narrowest, taken := 0, strings.TrimSpace(accept) == ""
	for part := range strings.SplitSeq(accept, ",") {
		mediaType, parameters, err := mime.ParseMediaType(part)
		narrow := narrowness[mediaType]
		if err != nil || narrow == 0 || narrow < narrowest {
			continue
		}
		quality, err := strconv.ParseFloat(cmp.Or(parameters["q"], "1"), 64)
		narrowest, taken = narrow, err == nil && quality > 0
	}
	return taken
}

var narrowness = map[string]int{"*/*": 1, "application/*": 2, "application/json": 3}
