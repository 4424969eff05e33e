package web

import (
	"net/http"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

func TestWithoutACalendar(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		a, _, err := h.st.SignIn(t.Context(), parlor.Identity{Kind: parlor.KindOIDC, Subject: "grace", Email: "grace@example.com", EmailVerified: true, Name: "Grace"})
		must(t, err)
		h.session.Account = a.ID
		page := h.get("/calendars")
		says(t, page, http.StatusOK, "No calendar is connected.", "A calendar of yours", "Connect Google", "Connect Microsoft", "Example ID", "grace@example.com")
		if body := page.Body.String(); strings.Contains(body, "Also sign in") || strings.Contains(body, "another account") {
			t.Error("offers what is there, or warns of nobody")
		}
		for _, path := range []string{"/meetings", "/activity"} {
			says(t, h.get(path), http.StatusOK, "No calendar is connected, and none is needed")
		}
	})
}

func TestTwoAccountsWithOneAddress(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		says(t, h.get("/calendars"), http.StatusOK, `href="/connect/oidc?return=%2Fcalendars">Also sign in with Example ID`)
		_, _, err := h.st.SignIn(t.Context(), parlor.Identity{Kind: parlor.KindMicrosoft, Subject: "t/o", Email: "ada@example.com"})
		must(t, err)
		if strings.Contains(h.get("/calendars").Body.String(), "another account") {
			t.Error("an address that Entra tells proves nothing, and its account is nobody's business")
		}
		_, _, err = h.st.SignIn(t.Context(), parlor.Identity{Kind: parlor.KindOIDC, Subject: "ada", Email: "Ada@example.com", EmailVerified: true})
		must(t, err)
		says(t, h.get("/calendars"), http.StatusOK, "You have another account here", "signed in to with Example ID")
	})
}
