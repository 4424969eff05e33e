package web

import (
	"net/http"
	"strings"
	"testing"

	"parlor/internal/web/extension"
	"parlor/internal/web/look"
	"parlor/internal/web/outlook"
)

func TestApps(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		says(t, h.get("/apps"), http.StatusOK, `href="/downloads/outlook.xml"`, "https://parlor.example.com/downloads/outlook.xml", "https://aka.ms/olksideload", "Integrated apps", `href="/downloads/parlor-chrome.zip"`, `href="/downloads/parlor-firefox.zip"`, "parlor@parlor.example.com", "ExtensionInstallForcelist", `aria-current="page"`)
		leads(t, h.signedOut().get("/apps"), "/?return=%2Fapps")
	})
}

func TestAppsSaysWhenOutlookCannotInstall(t *testing.T) {
	style, err := look.New()
	must(t, err)
	addin, err := outlook.New(outlook.Config{Look: style, Origin: "http://127.0.0.1:8080"})
	must(t, err)
	browsers, err := extension.New(extension.Config{Origin: "http://127.0.0.1:8080"})
	must(t, err)
	page := appsOf(addin, browsers)
	if page.Secure || page.Manifest != "http://127.0.0.1:8080/downloads/outlook.xml" {
		t.Errorf("page %+v", page)
	}
}

// TestAddinNeedsNoSession asks for what Outlook and its servers ask for, as somebody who is not signed in.
func TestAddinNeedsNoSession(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		out := h.signedOut()
		for _, path := range []string{
			"/addin/pane", "/addin/commands", "/addin/signed-in", "/addin/commands.js", "/addin/icons/parlor-80.png",
			"/downloads/outlook.xml", "/downloads/parlor-chrome.zip", "/downloads/parlor-firefox.zip", "/.well-known/microsoft-officeaddins-allowed.json",
		} {
			says(t, out.get(path), http.StatusOK)
		}
		if got := out.post("/addin/pane", nil).Code; got != http.StatusMethodNotAllowed {
			t.Errorf("POST: status %d", got)
		}
		if got := out.get("/downloads/parlor.exe").Code; got != http.StatusNotFound {
			t.Errorf("another download: status %d", got)
		}
	})
}

// TestSigningInToAClientKeepsTheOpener holds the one exception from Cross-Origin-Opener-Policy.
func TestSigningInToAClientKeepsTheOpener(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		out := h.signedOut()
		for path, want := range map[string]string{
			"/": "same-origin", "/?return=/settings": "same-origin", "/?return=https://example.org/oauth/": "same-origin",
			"/?return=/oauth/authorize%3Fclient_id%3Dparlor-addin": "unsafe-none",
		} {
			page := out.get(path)
			if got := page.Header().Get("Cross-Origin-Opener-Policy"); got != want {
				t.Errorf("%s: %q, want %q", path, got, want)
			}
			if !strings.Contains(page.Header().Get("Content-Security-Policy"), "frame-ancestors 'none'") {
				t.Errorf("%s may be framed", path)
			}
		}
	})
}
