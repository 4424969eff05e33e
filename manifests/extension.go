package manifests

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"text/template"
)

var (
	//go:embed chrome.json
	chromeJSON string
	//go:embed firefox.json
	firefoxJSON string

	chrome  = template.Must(template.New("chrome.json").Funcs(asJSON).Parse(chromeJSON))
	firefox = template.Must(template.New("firefox.json").Funcs(asJSON).Parse(firefoxJSON))
)

var asJSON = template.FuncMap{"json": func(v any) (string, error) {
	raw, err := json.Marshal(v)
	return string(raw), err
}}

// GoogleCalendar is the origin of the pages that the extension adds its button to.
const GoogleCalendar = "https://calendar.google.com"

// IconSizes are the sizes in pixels of the icons that a manifest names, at icons/<size>.png.
var IconSizes = []int{16, 24, 32, 48, 64, 96, 128}

// Extension is what the manifests of the browser extension are made for.
type Extension struct {
	Origin string   // "https://rooms.example.com"; "" for a build that asks for its server
	Pages  []string // origins of calendar pages besides Google's own, as in the demo
	Key    string   // Chrome's: base64 of a public key; "" where the Web Store gives the id
}

// Chrome makes the manifest for Chrome and its kin.
func Chrome(e Extension) ([]byte, error) {
	return e.fill(chrome, map[string]any{"Key": e.Key}, func(origin string) string { return origin + "/*" })
}

// Firefox makes the manifest for Firefox, whose patterns know no port
// (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Match_patterns).
func Firefox(e Extension) ([]byte, error) {
	return e.fill(firefox, map[string]any{"ID": FirefoxID(e.Origin)}, func(origin string) string {
		u, err := url.Parse(origin)
		if err != nil {
			return origin + "/*"
		}
		return u.Scheme + "://" + strings.TrimSuffix(u.Host, ":"+u.Port()) + "/*"
	})
}

func (e Extension) fill(t *template.Template, own map[string]any, pattern func(string) string) ([]byte, error) {
	icons := map[string]string{}
	for _, size := range IconSizes {
		icons[strconv.Itoa(size)] = "icons/" + strconv.Itoa(size) + ".png"
	}
	pages := []string{GoogleCalendar + "/*"}
	for _, origin := range e.Pages {
		pages = append(pages, pattern(origin))
	}
	values := map[string]any{
		"Version": version(), "Icons": icons, "Pages": pages, "Policy": e.policy(), "Home": e.Origin,
		"Hosts": append([]string{}, pages...), "Optional": []string(nil),
	}
	if e.Origin == "" {
		values["Optional"] = []string{"https://*/*", "http://127.0.0.1/*", "http://localhost/*"}
	} else {
		values["Hosts"] = append([]string{pattern(e.Origin)}, pages...)
	}
	for name, value := range own {
		values[name] = value
	}
	var out, tidy bytes.Buffer
	if err := t.Execute(&out, values); err != nil {
		return nil, fmt.Errorf("make manifest: %w", err)
	}
	if err := json.Indent(&tidy, out.Bytes(), "", "  "); err != nil {
		return nil, fmt.Errorf("make manifest: %w", err)
	}
	return tidy.Bytes(), nil
}

// policy lets the extension's own pages speak to the server and to nobody else.
func (e Extension) policy() string {
	connect := e.Origin
	if connect == "" {
		connect = "https: http://127.0.0.1:* http://localhost:*"
	}
	return strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src " + connect,
		"form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'",
	}, "; ")
}
