package connect

import (
	"net/url"
	"strings"
	"unicode"
)

// A return address longer than this was not made by us.
const longestReturn = 2000

// SafeReturn lets an address through to which a browser may be sent after sign-in: an absolute path on our own origin.
// Anything else becomes "/".
func SafeReturn(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || len(to) > longestReturn {
		return "/"
	}
	if strings.ContainsRune(to, '\\') || strings.ContainsFunc(to, unicode.IsControl) {
		return "/"
	}
	if u, err := url.Parse(to); err != nil || u.Host != "" || u.Scheme != "" {
		return "/"
	}
	return to
}
