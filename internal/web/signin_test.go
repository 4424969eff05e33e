package web

import (
	"net/http"
	"net/url"
	"testing"

	"parlor/internal/connect"
	"parlor/internal/parlor"
)

func TestSignedOut(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		out := h.signedOut()
		says(t, out.get("/"), http.StatusOK, `href="/signin/google"`, "Sign in with Google", "example.com or example.org")
		leads(t, out.get("/activity?cursor=7"), "/?return=%2Factivity%3Fcursor%3D7")
		leads(t, out.post("/settings", nil), "/")
		says(t, out.get("/?return=/settings"), http.StatusOK, `href="/signin/google?return=%2Fsettings"`)
		for _, unsafe := range []string{"https://evil.example", "//evil.example", `/\evil.example`, "javascript:alert(1)"} {
			says(t, out.get("/?"+url.Values{"return": {unsafe}}.Encode()), http.StatusOK, `href="/signin/google"`)
		}
	})
}

func TestSignInProblemsHaveWords(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		out := h.signedOut()
		for name, p := range signInProblems {
			says(t, out.get("/?problem="+name), http.StatusOK, `role="alert"`, p.What)
		}
		says(t, out.get("/?problem=nonsense"), http.StatusOK, "Sign in with Google")
	})
}

func TestFrontOfThoseWhoAreSignedIn(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		leads(t, h.get("/"), "/meetings")
		leads(t, h.get("/?problem=taken"), "/calendars?problem=taken")
		says(t, h.get("/calendars?problem=taken"), http.StatusOK, "already belongs to somebody here")
	})
}

func TestWhoMaySignIn(t *testing.T) {
	google := parlor.Service{Name: "Google", OAuth: &parlor.OAuth{}}
	microsoft := parlor.Service{Name: "Microsoft", OAuth: &parlor.OAuth{Tenants: []string{"t"}}}
	for _, c := range []struct {
		want     string
		services []parlor.Service
		domains  connect.Domains
	}{
		{"", []parlor.Service{google}, nil},
		{"For everybody with an address at a.example.", []parlor.Service{google}, connect.Domains{"a.example"}},
		{
			"For everybody with an address at a.example, b.example or c.example.",
			[]parlor.Service{google},
			connect.Domains{"a.example", "b.example", "c.example"},
		},
		{"For everybody with such an account.", []parlor.Service{google}, connect.Domains{"a.example", "*"}},
		{"For everybody whose Microsoft account belongs to this organisation.", []parlor.Service{microsoft}, connect.Domains{"a.example"}},
		{
			"For everybody with an address at a.example, and for everybody whose Microsoft account belongs to this organisation.",
			[]parlor.Service{google, microsoft},
			connect.Domains{"a.example"},
		},
	} {
		if got := whoMaySignIn(c.services, c.domains); got != c.want {
			t.Errorf("%v: %q, want %q", c.domains, got, c.want)
		}
	}
}
