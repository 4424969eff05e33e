package link

import (
	"errors"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

func TestParseAccepts(t *testing.T) {
	for raw, host := range map[string]string{
		"https://meet.example.com/{session}":                     "https://meet.example.com",
		"https://acme.whereby.com/{link}?displayName={name}":     "https://acme.whereby.com",
		"https://acme.webex.com/meet/{user}":                     "https://acme.webex.com",
		"https://bbb.example.com:8443/rooms/{pmi}#topic={topic}": "https://bbb.example.com:8443",
		"https://bbb.example.com/join?room={pmi}-{number}":       "https://bbb.example.com",
		"http://127.0.0.1:9/{session}":                           "http://127.0.0.1:9",
		"http://[::1]:9/{session}":                               "http://[::1]:9",
	} {
		got, err := Parse(raw)
		if err != nil || got.host != host {
			t.Errorf("%s: %q, %v", raw, got.host, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for raw, why := range map[string]string{
		"":                                       "address",
		"meet.example.com/{session}":             "address",
		"https:///{session}":                     "address",
		"http://meet.example.com/{session}":      "https",
		"ftp://meet.example.com/{session}":       "https",
		"javascript://x/{session}":               "https",
		"https://{user}.example.com/":            "host",
		"https://meet.example.com{session}":      "host",
		"https://meet.example.com:{pmi}/":        "host",
		"{session}://meet.example.com/":          "https",
		"https://a:b@meet.example.com/{pmi}":     "host",
		"https://meet.example.com\\@evil/{pmi}":  "host",
		"https://meet.example.com/{topic}/{pmi}": "behind",
		"https://meet.example.com/{name}?{pmi}":  "behind",
		"https://meet.example.com/{email}":       "none of",
		"https://meet.example.com/{}":            "none of",
		"https://meet.example.com/{session":      "brace",
		"https://meet.example.com/session}":      "brace",
		"https://meet.example.com/all":           "one room",
		"https://meet.example.com/{number}":      "one room",
		"https://meet.example.com/a/../{pmi}":    "..",
		"https://meet.example.com/ {pmi}":        "spaces",
	} {
		_, err := Parse(raw)
		if !errors.Is(err, parlor.ErrInvalid) || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v, want %q", raw, err, why)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("https://meet.example.com/{session}?t={topic}", "a/../b?c#d", "x@evil.example")
	f.Add("https://meet.example.com/{user}#{name}", "", "\\..\\")
	f.Fuzz(func(t *testing.T, raw, typed, mail string) {
		parsed, err := Parse(raw)
		if err != nil {
			return
		}
		plain := enter(t, parsed, parlor.Session{}, parlor.Person{})
		got := enter(t, parsed, parlor.Session{Topic: typed, Owner: parlor.Person{Email: mail}}, parlor.Person{Name: typed})
		if got != nil && plain != nil && (got.Scheme != plain.Scheme || got.Host != plain.Host || strings.Count(got.Path, "/") != strings.Count(plain.Path, "/")) {
			t.Errorf("%s leads to %s", raw, got)
		}
	})
}
