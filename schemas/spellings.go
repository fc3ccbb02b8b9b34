package schemas

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
)

// Spellings are the ways in which a secret may be written: as text, in JSON, in
// an address and in base 64.
func Spellings(secret string) []string {
	var plain bytes.Buffer
	e := json.NewEncoder(&plain)
	e.SetEscapeHTML(false)
	_ = e.Encode(secret)              // a string always encodes
	quoted, _ := json.Marshal(secret) // likewise
	inner := func(s string) string { return s[1 : len(s)-1] }
	return []string{
		secret, inner(string(quoted)), inner(strings.TrimSpace(plain.String())),
		url.QueryEscape(secret), url.PathEscape(secret),
		base64.StdEncoding.EncodeToString([]byte(secret)), base64.URLEncoding.EncodeToString([]byte(secret)),
	}
}
