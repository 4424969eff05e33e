package connect

import (
	"strings"
	"testing"
)

func TestSafeReturn(t *testing.T) {
	for to, want := range map[string]string{
		"/":                             "/",
		"/settings?tab=calendars#top":   "/settings?tab=calendars#top",
		"/a%20b/ü":                      "/a%20b/ü",
		"/x?u=https://evil.example":     "/x?u=https://evil.example",
		"":                              "/",
		"settings":                      "/",
		"https://evil.example":          "/",
		"//evil.example":                "/",
		"///evil.example":               "/",
		`/\evil.example`:                "/",
		`\\evil.example`:                "/",
		"/\t/evil.example":              "/",
		"/\n/evil.example":              "/",
		"/x\r\nLocation: y":             "/",
		"/\u0085/evil.example":          "/",
		" /settings":                    "/",
		"javascript:alert(1)":           "/",
		"/%zz":                          "/",
		"/" + strings.Repeat("a", 3000): "/",
	} {
		if got := SafeReturn(to); got != want {
			t.Errorf("%q gives %q, want %q", to, got, want)
		}
	}
}

func TestDomains(t *testing.T) {
	ours := Domains{"example.com", " Parlor.Example "}
	for email, want := range map[string]bool{
		"ada@example.com":              true,
		"ADA@EXAMPLE.COM":              true,
		"ada@parlor.example":           true,
		`"a@b"@example.com`:            true,
		"ada@mail.example.com":         false,
		"ada@notexample.com":           false,
		"ada@example.com.evil.example": false,
		"ada@example.com@evil.example": false,
		"ada@example.com.":             false,
		"ada@":                         false,
		"@example.com":                 false,
		"example.com":                  false,
		"":                             false,
	} {
		if got := ours.Allow(email); got != want {
			t.Errorf("%q: %v", email, got)
		}
	}
	if everyone := (Domains{"*"}); !everyone.Allow("eve@evil.example") || everyone.Allow("eve") {
		t.Error("* lets in whoever has an address")
	}
	if (Domains{}).Allow("ada@example.com") || (Domains{""}).Allow("ada@") {
		t.Error("no domain lets nobody in")
	}
}
