package manifests

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"strconv"
	"strings"
	"testing"
)

// packed is the smallest build that is whole.
func packed(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{
		"background.js": nil, "content.js": nil, "popup.js": nil, "parlor.css": nil,
		"popup.html":                []byte(`<link rel="stylesheet" href="parlor.css"><script src="popup.js" defer></script>`),
		"options.html":              []byte(`<title>Parlor</title>`),
		"_locales/en/messages.json": []byte(`{"name": {"message": "Parlor"}, "about": {"message": "About"}, "hello": {"message": "Hello $1"}}`),
		"_locales/de/messages.json": []byte(`{"name": {"message": "Parlor"}, "about": {"message": "Über"}, "hello": {"message": "Hallo $1"}}`),
	}
	for _, size := range IconSizes {
		var out bytes.Buffer
		if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, size, size))); err != nil {
			t.Fatal(err)
		}
		files["icons/"+strconv.Itoa(size)+".png"] = out.Bytes()
	}
	return files
}

var makers = map[string]func(Extension) ([]byte, error){"chrome": Chrome, "firefox": Firefox}

func TestExtensionManifestsAreSound(t *testing.T) {
	for browser, make := range makers {
		for _, e := range []Extension{
			{Origin: origin},
			{Origin: origin, Key: PlaceholderKey(origin)},
			{},
			{Origin: "http://127.0.0.1:8080", Pages: []string{"http://127.0.0.1:9001"}},
			{Origin: "http://[::1]:8080"},
		} {
			manifest, err := make(e)
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range CheckExtension(browser, manifest, packed(t)) {
				t.Errorf("%s for %+v: %v", browser, e, fault)
			}
		}
	}
}

// unsound are changes that make a manifest or a file wrong: browser, what is replaced, and what the checker says.
var unsound = map[string]struct{ browser, from, to, says string }{
	"not JSON":              {"chrome", "{", "", "read manifest"},
	"unknown key":           {"chrome", `"homepage_url"`, `"home_page"`, "home_page"},
	"outside connections":   {"chrome", `"homepage_url"`, `"externally_connectable": {}, "homepage_url"`, "externally_connectable"},
	"old version":           {"firefox", `"manifest_version": 3`, `"manifest_version": 2`, "want 3"},
	"version in words":      {"chrome", `"version": "1`, `"version": "v1`, "version is"},
	"version with a zero":   {"chrome", `"version": "1.0.`, `"version": "1.00.`, "version is"},
	"too much":              {"chrome", `"identity"`, `"tabs"`, `permission "tabs" is not needed`},
	"everywhere":            {"chrome", `"https://calendar.google.com/*"`, `"<all_urls>"`, "want one site"},
	"every host":            {"firefox", `"https://calendar.google.com/*"`, `"https://*/*"`, "want one site"},
	"a script elsewhere":    {"chrome", `"matches": [` + "\n", `"matches": ["https://mail.google.com/*",`, "which is not in host_permissions"},
	"scripts in place":      {"chrome", "script-src 'self'", "script-src 'self' 'unsafe-inline'", "has unsafe"},
	"no default":            {"chrome", "default-src 'none'; ", "", "lacks default-src"},
	"a missing script":      {"chrome", `"background.js"`, `"worker.js"`, "worker.js is named, but not packed"},
	"a missing page":        {"firefox", `"popup.html"`, `"pop.html"`, "pop.html is named, but not packed"},
	"a name in no language": {"chrome", `"__MSG_name__"`, `"Parlor"`, "is in no language"},
	"another name":          {"chrome", `"__MSG_about__"`, `"__MSG_title__"`, "is in no language"},
	"no language":           {"chrome", `"default_locale": "en"`, `"default_locale": "fr"`, "has no words"},
	"a wrong icon":          {"chrome", `"icons/48.png"`, `"icons/32.png"`, "is no PNG of 48 pixels"},
	"no icon":               {"firefox", `"128": "icons/128.png",`, "", "must be there"},
	"Firefox's background":  {"chrome", `"service_worker": "background.js"`, `"scripts": ["background.js"]`, "service_worker alone"},
	"Chrome's background":   {"firefox", `"scripts": [`, `"service_worker": "background.js", "scripts": [`, "background must be one script"},
	"a broken key":          {"chrome", `"minimum`, `"key": "AAAA", "minimum`, "key is no public key"},
	"a key in Firefox":      {"firefox", `"homepage_url"`, `"key": "AAAA", "homepage_url"`, "are for Chrome"},
	"an id of words":        {"firefox", `"id": "parlor@`, `"id": "parlor at `, "id is"},
	"an old Firefox":        {"firefox", `"142.0"`, `"115.0"`, "strict_min_version"},
	"no consent":            {"firefox", `"required"`, `"optional"`, "optional"},
	"a port in Firefox":     {"firefox", `"https://rooms.example.com/*"`, `"https://rooms.example.com:8443/*"`, "has a port"},
}

func TestEveryFaultOfAnExtensionIsFound(t *testing.T) {
	for name, b := range unsound {
		t.Run(name, func(t *testing.T) {
			sound, err := makers[b.browser](Extension{Origin: origin})
			if err != nil {
				t.Fatal(err)
			}
			manifest := swap(t, string(sound), b.from, b.to)
			got := errors.Join(CheckExtension(b.browser, []byte(manifest), packed(t))...)
			if got == nil || !strings.Contains(got.Error(), b.says) {
				t.Errorf("the checker says:\n%v\nwant: %s", got, b.says)
			}
		})
	}
}

func TestFaultsInPackedFilesAreFound(t *testing.T) {
	manifest, err := Chrome(Extension{Origin: origin})
	if err != nil {
		t.Fatal(err)
	}
	for says, change := range map[string]struct{ file, text string }{
		"popup.html loads gone.js":         {"popup.html", `<script src="gone.js"></script>`},
		"popup.html has a script":          {"popup.html", `<script>alert(1)</script>`},
		"options.html has a script":        {"options.html", `<p onclick="x()">`},
		"lacks hello":                      {"_locales/de/messages.json", `{"name": {"message": "Parlor"}, "about": {"message": "x"}}`},
		"lacks hello, or a value":          {"_locales/de/messages.json", `{"name": {"message": "P"}, "about": {"message": "x"}, "hello": {"message": "Hallo"}}`},
		"which en has not":                 {"_locales/de/messages.json", `{"name": {"message": "P"}, "about": {"message": "x"}, "hello": {"message": "$1"}, "bye": {"message": "x"}}`},
		"about has more than 132 letters":  {"_locales/de/messages.json", `{"name": {"message": "P"}, "about": {"message": "` + strings.Repeat("ü", 133) + `"}, "hello": {"message": "$1"}}`},
		`words of "de"`:                    {"_locales/de/messages.json", `{`},
		"icons/16.png is no PNG of 16 pix": {"icons/16.png", "GIF89a"},
	} {
		files := packed(t)
		files[change.file] = []byte(change.text)
		if got := errors.Join(CheckExtension("chrome", manifest, files)...); got == nil || !strings.Contains(got.Error(), says) {
			t.Errorf("the checker says:\n%v\nwant: %s", got, says)
		}
	}
}

// TestIDsOfExtensions holds what browsers compute: the key and its id are those of a build that Chromium loaded, and the
// redirect host is the one that Firefox returned for it.
func TestIDsOfExtensions(t *testing.T) {
	for at, want := range map[string]string{
		origin: "parlor@rooms.example.com", "http://127.0.0.1:8080": "parlor@127.0.0.1-8080", "http://[::1]:80": "parlor@1-80", "": genericID,
	} {
		if got := FirefoxID(at); got != want {
			t.Errorf("%q: %s, want %s", at, got, want)
		}
	}
	id, err := ChromeID(PlaceholderKey("http://127.0.0.1:8080"))
	if want := "dkhgalgddhledidalngkilfhmchfclph"; err != nil || id != want {
		t.Errorf("%s, %v, want %s", id, err, want)
	}
	for id, want := range map[string]string{
		"abcdefghijklmnopabcdefghijklmnop": "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org",
		"parlor@example.com":               "https://ab72aed77bc894345f31597314007e7dc9d92515.extensions.allizom.org",
	} {
		if got, err := RedirectOrigin(id); err != nil || got != want {
			t.Errorf("%s: %s, %v", id, got, err)
		}
	}
	for _, wrong := range []string{"", "abc", "abcdefghijklmnopabcdefghijklmnoq", "parlor@", "@", "{1}", "a b@c", "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org"} {
		if got, err := RedirectOrigin(wrong); err == nil {
			t.Errorf("%q is taken: %s", wrong, got)
		}
	}
}
