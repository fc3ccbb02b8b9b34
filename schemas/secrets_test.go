package schemas_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rolecall/rolecall/schemas"
)

// ways in which a text may be written, that docs/secrets.md lists.
var ways = map[string]func(string) string{
	"as it is":                     func(s string) string { return s },
	"percent, for a query":         url.QueryEscape,
	"percent, for a path":          url.PathEscape,
	"percent, in lower case":       func(s string) string { return lowerPercent(url.QueryEscape(s)) },
	"percent, every byte":          func(s string) string { return everyByte(s, "%%%02X") },
	"percent, twice":               func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
	"percent, twice in lower case": func(s string) string { return lowerPercent(url.PathEscape(url.QueryEscape(s))) },
	"percent, three times":         func(s string) string { return url.PathEscape(url.PathEscape(url.PathEscape(s))) },
	"hex":                          func(s string) string { return hex.EncodeToString([]byte(s)) },
	"hex, in upper case":           func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) },
	"base 64":                      func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"base 64, unpadded":            func(s string) string { return base64.RawStdEncoding.EncodeToString([]byte(s)) },
	"base 64 for addresses":        func(s string) string { return base64.URLEncoding.EncodeToString([]byte(s)) },
	"base 64, unpadded, address":   func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) },
	"base 64 of user:password":     func(s string) string { return base64.StdEncoding.EncodeToString([]byte("keeper:" + s)) },
	"base 64 behind one byte":      func(s string) string { return base64.URLEncoding.EncodeToString([]byte(":" + s + "; and more")) },
	"base 64 behind two bytes":     func(s string) string { return base64.StdEncoding.EncodeToString([]byte("a:" + s + "!")) },
	"base 64 in an address":        func(s string) string { return url.QueryEscape(base64.StdEncoding.EncodeToString([]byte("a:" + s))) },
	"JSON":                         func(s string) string { return inner(marshalled(s)) },
	"JSON, every character":        func(s string) string { return everyByte(s, `\u%04x`) },
	"JSON, in upper case":          func(s string) string { return everyByte(s, `\u%04X`) },
	"JSON with slashes escaped": func(s string) string {
		text, _ := json.Marshal(s)
		return strings.ReplaceAll(string(text[1:len(text)-1]), "/", `\/`)
	},
	"JSON in JSON": func(s string) string {
		text, _ := json.Marshal(s)
		text, _ = json.Marshal(string(text))
		return string(text)
	},
	"as Go quotes it":       func(s string) string { return inner(fmt.Sprintf("%+q", s)) },
	"HTML":                  html.EscapeString,
	"HTML by names":         strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;").Replace,
	"HTML, every character": func(s string) string { return everyByte(s, "&#%d;") },
	"HTML in hex":           func(s string) string { return everyByte(s, "&#x%X;") },
	"HTML in JSON":          func(s string) string { return marshalled(html.EscapeString(s)) },
}

func marshalled(s string) string {
	text, _ := json.Marshal(s) // a string always marshals
	return string(text)
}

func inner(quoted string) string { return quoted[1 : len(quoted)-1] }

func everyByte(s, form string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, form, s[i])
	}
	return b.String()
}

func lowerPercent(s string) string {
	b := []byte(s)
	for i := range b {
		if b[i] == '%' {
			copy(b[i:i+3], strings.ToLower(string(b[i:i+3])))
		}
	}
	return string(b)
}

func TestASecretThatIsKnownIsHiddenHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{`C4n&<ry"\'+%/e`, "Pw9_ABCDEFGHIJKLMNOP", `a%41b\u0041"c&amp;d`, "two words+more", "~~~???>>>"} {
		known := load(t, "rapid7").Redactor().Knowing([]string{secret, "C4n"})
		for way, write := range ways {
			written := write(secret)
			for where, got := range map[string]string{
				"text": known.Text("x " + written + " y"), "body": known.Body([]byte("x " + written + " y")), "URL": known.URL("x " + written + " y"),
				"header": strings.TrimPrefix(known.Header(http.Header{"X": {"x " + written + " y"}})[0], "X: "),
			} {
				left := strings.NewReplacer("(hidden)", "", "=", "", "%3D", "", `"`, "", `\`, "").Replace(got)
				if base := strings.HasPrefix(way, "base 64"); !strings.Contains(got, "(hidden)") || !base && left != "x  y" || base && len(left) > len("x  y")+16 {
					t.Errorf("%s: the %s %q is shown as %q", way, where, written, got)
				}
			}
		}
		if got := load(t, "rapid7").Redactor().Text(secret); got != secret {
			t.Errorf("one that does not know it shows %q", got)
		}
	}
}

// Any text, written in any two ways at once.
func TestASecretIsFoundInWaysWithinWays(t *testing.T) {
	t.Parallel()
	plain := map[string]func(string) string{}
	for way, write := range ways {
		if !strings.Contains(way, "three") && !strings.Contains(way, "twice") && !strings.Contains(way, " in ") {
			plain[way] = write
		}
	}
	outer := []func(string) string{ways["percent, for a query"], ways["JSON"], ways["HTML"]}
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.StringMatching(`[!-~]{8,24}`).Draw(t, "secret")
		for way, write := range plain {
			written := "x" + rapid.SampledFrom(outer).Draw(t, "outer")(write(secret)) + "y"
			if s := schemas.NewSecrets([]string{secret}); !s.In(written) || !strings.Contains(s.Hide(written), schemas.Hidden) {
				t.Errorf("%s: %q is not found in %q", way, secret, written)
			}
		}
	})
}

func TestShortSecretsTakeNoTextApart(t *testing.T) {
	t.Parallel()
	s := schemas.NewSecrets([]string{"root", "abc", "password"})
	for text, want := range map[string]string{
		"the root of rooted uproots":     "the (hidden) of rooted uproots",
		`{"login":"root","x":"abc"}`:     `{"login":"(hidden)","x":"abc"}`,
		"root:root@host?p=root&q=%72oot": "(hidden):(hidden)@host?p=(hidden)&q=(hidden)",
		`\nroot \u0072oot xroot root9`:   `\n(hidden) (hidden) xroot root9`,
		"mypasswords":                    "my(hidden)s",
		"YTpyb290 and cm9vdA== of root":  "YT(hidden) and (hidden)== of (hidden)",
	} {
		if got := s.Hide(text); got != want {
			t.Errorf("%q is shown as %q; it should be %q", text, got, want)
		}
	}
}

func TestWhatOverlapsIsHiddenOnce(t *testing.T) {
	t.Parallel()
	s := schemas.NewSecrets([]string{"abcdefgh", "efghijkl", "abcdefghijkl-mnop"})
	for text, want := range map[string]string{"xabcdefghijkly": "x(hidden)y", "abcdefghijkl-mnop": "(hidden)", "abcdefghabcdefgh": "(hidden)(hidden)"} {
		if got := s.Hide(text); got != want {
			t.Errorf("%q is shown as %q; it should be %q", text, got, want)
		}
	}
}

// FuzzHide: it never panics, what it does not find it leaves, and no plain secret stays.
func FuzzHide(f *testing.F) {
	f.Add("x %41 &amp; \\ud83e\\udd8a \\x4", "secretive")
	f.Add("&&&&%%%%\\\\u", "\\u0041%41")
	f.Fuzz(func(t *testing.T, text, secret string) {
		s := schemas.NewSecrets([]string{secret})
		shown := s.Hide(text)
		if s.In(text) != (shown != text) && secret != schemas.Hidden {
			t.Fatalf("%q in %q: found is %t, and it is shown as %q", secret, text, s.In(text), shown)
		}
		if len(secret) >= 8 && strings.Contains(text, secret) && shown == text && secret != schemas.Hidden {
			t.Fatalf("%q is left in %q", secret, text)
		}
	})
}
