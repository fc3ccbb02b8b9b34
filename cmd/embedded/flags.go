package embedded

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Pairs reads flags of the form KEY=VALUE, each key once.
func Pairs(flag string, values []string) (map[string]string, error) {
	m := map[string]string{}
	for _, v := range values {
		key, value, ok := strings.Cut(v, "=")
		if secret := flag == "url"; !ok || key == "" || value == "" || secret && strings.Contains(key, ":") {
			given := fmt.Sprintf(" is %q", v)
			if secret { // there may be a login in it
				given = ""
			}
			return nil, fmt.Errorf("--%s%s: write KEY=VALUE, as in %s", flag, given, map[string]string{
				"edition": "rapid7=console-6.6", "url": "rapid7=https://localhost:3780/api/3", "report": "junit=report.xml",
			}[flag])
		}
		if _, twice := m[key]; twice {
			return nil, fmt.Errorf("--%s is given twice for %s; give it once", flag, key)
		}
		m[key] = value
	}
	return m, nil
}

// FixturesFrom is the folder whose files replace embedded fixtures; nil for none.
func FixturesFrom(dir string) (fs.FS, error) {
	if dir == "" {
		return nil, nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("--fixtures %s is no folder", dir)
	}
	return os.DirFS(dir), nil
}
