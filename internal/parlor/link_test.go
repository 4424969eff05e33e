package parlor

import (
	"net/url"
	"testing"
)

const testOrigin = "https://parlor.example"

var testRoom = Room{
	PMI: "2345678901", Passcode: "s3cret-8", PasscodeVersion: 3, Secret: []byte("0123456789abcdef0123456789abcdef"),
}

var (
	testInRoom  = Meeting{Number: "98765432109", Kind: InRoom}
	testOneTime = Meeting{Number: "98765432109", Kind: OneTime}
)

func TestJoinLink(t *testing.T) {
	inRoom, oneTime := testRoom.Token("2345678901", "98765432109"), testRoom.Token("98765432109", "")
	bare := testRoom.Token("2345678901", "")
	tests := []struct{ name, got, want string }{
		{"room", JoinLink(testOrigin, testRoom, testInRoom, true), testOrigin + "/j/2345678901?pwd=" + inRoom + "&omn=98765432109"},
		{"room, no token", JoinLink(testOrigin, testRoom, testInRoom, false), testOrigin + "/j/2345678901?omn=98765432109"},
		{"one-time", JoinLink(testOrigin, testRoom, testOneTime, true), testOrigin + "/j/98765432109?pwd=" + oneTime},
		{"one-time, no token", JoinLink(testOrigin+"/", testRoom, testOneTime, false), testOrigin + "/j/98765432109"},
		{"bare room", RoomLink(testOrigin, testRoom, true), testOrigin + "/j/2345678901?pwd=" + bare},
		{"bare room, no token", RoomLink(testOrigin, testRoom, false), testOrigin + "/j/2345678901"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, tt.got, tt.want)
		}
	}
}

func TestParseLinkReadsWhatJoinLinkWrites(t *testing.T) {
	for _, embed := range []bool{true, false} {
		for _, m := range []Meeting{testInRoom, testOneTime} {
			link := JoinLink(testOrigin, testRoom, m, embed)
			got, ok := ParseLink(testOrigin, link)
			if !ok || got.Number != m.Number || (got.Token != "") != embed {
				t.Errorf("%s read as %+v, %t", link, got, ok)
			}
		}
	}
}

func TestParseLinkAsItComesBack(t *testing.T) {
	want := Link{ID: "2345678901", Token: "tok-en_", Number: "98765432109"}
	plain := testOrigin + "/j/2345678901?pwd=tok-en_&omn=98765432109"
	google := "https://www.google.com/url?q=" + url.QueryEscape(plain) + "&sa=D&source=calendar&usg=AOvVaw0"
	outlook := "https://nam12.safelinks.protection.outlook.com/?url=" + url.QueryEscape(plain) + "&data=05%7C02&reserved=0"
	tests := map[string]string{
		"plain":            plain,
		"escaped":          testOrigin + "/j/2345678901?pwd=tok-en_&amp;omn=98765432109",
		"escaped twice":    testOrigin + "/j/2345678901?pwd=tok-en_&amp;amp;omn=98765432109",
		"numeric escape":   testOrigin + "/j/2345678901?pwd=tok-en_&#38;omn=98765432109",
		"second ?":         testOrigin + "/j/2345678901?pwd=tok-en_?omn=98765432109",
		"more parameters":  testOrigin + "/j/2345678901?copy=1&pwd=tok-en_&omn=98765432109&utm_source=mail#top",
		"like an entity":   testOrigin + "/j/2345678901?pwd=tok-en_&omn=98765432109&copy=1&not=2",
		"slash before ?":   testOrigin + "/j/2345678901/?pwd=tok-en_&omn=98765432109",
		"end of sentence":  plain + ").",
		"in brackets":      " <" + plain + "> ",
		"escaped bracket":  plain + "&gt;",
		"google":           google,
		"google in HTML":   "https://www.google.com/url?q=" + url.QueryEscape(plain) + "&amp;sa=D&amp;usg=1",
		"outlook":          outlook,
		"google, outlook":  "https://www.google.com/url?q=" + url.QueryEscape(outlook),
		"malformed escape": plain + "&x=%zz",
	}
	for name, raw := range tests {
		if got, ok := ParseLink(testOrigin, raw); !ok || got != want {
			t.Errorf("%s: %s read as %+v, %t", name, raw, got, ok)
		}
	}
}

func TestParseLinkForms(t *testing.T) {
	tests := []struct {
		origin, raw string
		want        Link
	}{
		{testOrigin, "/j/234567890", Link{ID: "234567890"}},
		{testOrigin, "/j/2345678901?omn=any+text", Link{ID: "2345678901", Number: "any text"}},
		{testOrigin, "/j/98765432109?omn=1", Link{ID: "98765432109", Number: "98765432109"}},
		{"https://example.org/meet/", "j/2345678901", Link{ID: "2345678901"}},
		{"http://127.0.0.1:8080", "/j/2345678901", Link{ID: "2345678901"}},
	}
	for _, tt := range tests {
		if got, ok := ParseLink(tt.origin, tt.origin+tt.raw); !ok || got != tt.want {
			t.Errorf("ParseLink(%q, …%s) = %+v, %t, want %+v", tt.origin, tt.raw, got, ok, tt.want)
		}
	}
}

func TestParseLinkRefuses(t *testing.T) {
	tests := []string{
		"", "https://", "not a link", testOrigin, testOrigin + "/j/", testOrigin + "/j/12345678",
		testOrigin + "/j/123456789012", testOrigin + "/j/2345678901x", testOrigin + "/my/ada",
		"https://other.example/j/2345678901", "http://parlor.example/j/2345678901",
		"https://parlor.example:8443/j/2345678901", "https://parlor.example.evil.example/j/2345678901",
		"https://parlor.example@evil.example/j/2345678901", "https://evil.example/?u=https://parlor.example/j/2345678901",
		"https://www.google.com/search?q=https://parlor.example/j/2345678901",
		"https://www.google.com/url?q=", "https://www.google.com/url?q=https%3A%2F%2Fother.example%2Fj%2F2345678901",
	}
	for _, raw := range tests {
		if got, ok := ParseLink(testOrigin, raw); ok {
			t.Errorf("%q read as %+v", raw, got)
		}
	}
	if got, ok := ParseLink(testOrigin+"/meet", testOrigin+"/j/2345678901"); ok {
		t.Errorf("a link outside the base path read as %+v", got)
	}
}

func FuzzParseLink(f *testing.F) {
	f.Add("2345678901", "token", "98765432109", "&amp;x=1")
	f.Add("234567890", "", "any text?&#", ").")
	f.Fuzz(func(t *testing.T, id, token, omn, tail string) {
		raw := testOrigin + "/j/" + id + "?pwd=" + url.QueryEscape(token) + "&omn=" + url.QueryEscape(omn)
		got, ok := ParseLink(testOrigin, raw+tail)
		if ok && (len(got.ID) < 9 || len(got.ID) > 11 || !onlyDigits(got.ID)) {
			t.Errorf("%q read with the id %q", raw+tail, got.ID)
		}
	})
}
