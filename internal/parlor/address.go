package parlor

import (
	"net/url"
	"regexp"
	"strings"
)

// maxWraps is how many redirectors around one address are taken off.
const maxWraps = 4

// webAddress finds the http addresses of a text or an HTML fragment, with whatever punctuation follows them.
var webAddress = regexp.MustCompile(`https?://[^\s<>"'\\^{}|\x60]+`)

// addressEnd is markup that an address in escaped HTML runs into.
var addressEnd = regexp.MustCompile(`&(?:nbsp|lt|gt|quot|apos|#160|#0?3[49]|#6[02]);`)

// ampersands undoes the escapes of & alone: others (&copy=) may be parameters.
var ampersands = strings.NewReplacer("&amp;", "&", "&#38;", "&", "&#038;", "&", "&#x26;", "&", "&AMP;", "&")

// trimAddress takes off what cannot be the end of an address: punctuation of the sentence around it, escaped markup.
func trimAddress(raw string) string {
	if at := addressEnd.FindStringIndex(raw); at != nil {
		raw = raw[:at[0]]
	}
	return strings.TrimRight(raw, ".,;:!?)]>*\"'…。、，）」』】\u00a0\u200b\u3000")
}

// plainAddress is an address as it stands in a text, without punctuation and HTML escapes around and in it.
func plainAddress(raw string) string {
	raw = trimAddress(strings.TrimLeft(strings.TrimSpace(raw), `<("'[`))
	for range maxWraps {
		plain := ampersands.Replace(raw)
		if plain == raw {
			break
		}
		raw = plain
	}
	return raw
}

// unwrapAddress takes one redirector off: Google's google.com/url?q=… and Outlook's Safe Links, …?url=….
func unwrapAddress(address string) (string, bool) {
	if !strings.Contains(address, "/url") && !strings.Contains(address, "safelinks") {
		return "", false
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	host := strings.ToLower(u.Hostname())
	switch {
	case u.Path == "/url" && (strings.HasPrefix(host, "www.google.") || host == "google.com"):
		return firstOf(u.Query(), "q", "url")
	case strings.HasSuffix(host, ".safelinks.protection.outlook.com"):
		return firstOf(u.Query(), "url")
	}
	return "", false
}

func firstOf(q url.Values, names ...string) (string, bool) {
	for _, name := range names {
		if v := q.Get(name); v != "" {
			return v, true
		}
	}
	return "", false
}
