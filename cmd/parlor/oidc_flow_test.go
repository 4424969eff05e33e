package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parlor/internal/fake/oidc"
)

const grace = "grace@example.com"

// TestAPersonWithoutACalendar goes wherever such a person can go.
func TestAPersonWithoutACalendar(t *testing.T) {
	h := newHouse(t)
	p := h.visitor(grace)
	p.goes("/signin/oidc")
	for _, path := range []string{"/meetings", "/meetings/room", "/settings", "/calendars", "/activity", "/devices", "/apps"} {
		p.goes(path)
	}
	if got := fmt.Sprint(p.get("/v1/session")); !strings.Contains(got, "kind:oidc") || !strings.Contains(got, "Grace Hopper") {
		t.Errorf("session says %s", got)
	}
	if list := p.get("/v1/calendars")["calendars"].([]any); len(list) != 0 {
		t.Errorf("calendars of somebody who has none: %v", list)
	}
	room := p.get("/v1/room")
	status, started, _ := p.call(http.MethodPost, "/v1/room/start", map[string]any{"use_pmi": true})
	if status != http.StatusOK && status != http.StatusCreated || !strings.Contains(fmt.Sprint(started), room["pmi"].(string)) {
		t.Errorf("start answered %d %v", status, started)
	}
	invitation := map[string]any{"title": "By hand", "start": tomorrow(9), "end": tomorrow(10), "time_zone": "Europe/London"}
	if status, out, _ := p.call(http.MethodPost, "/v1/invitations", invitation); status != http.StatusOK && status != http.StatusCreated {
		t.Errorf("an invitation to paste by hand: %d %v", status, out)
	}
	if a, err := h.app.store.Account(t.Context(), p.account()); err != nil || len(a.Groups) != 1 || a.Groups[0] != "staff" {
		t.Errorf("groups %v, %v", a.Groups, err)
	}
	p.quiet()
	if text := p.activity(); text != "[]" {
		t.Errorf("activity of somebody without events: %s", text)
	}
}

func TestWhoMayNotSignInByOIDC(t *testing.T) {
	for name, c := range map[string]struct {
		person  oidc.Person
		problem string
	}{
		"not said to be confirmed": {oidc.Person{Email: "new@example.com"}, "unverified"},
		"not confirmed":            {oidc.Person{Email: "new@example.com", Verified: new(false)}, "unverified"},
		"another domain":           {oidc.Person{Email: "eve@elsewhere.example", Verified: new(true)}, "domain"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.people.Put(c.person)
			if at, _, body := h.visitor(c.person.Email).follows("/signin/oidc"); !strings.Contains(at.RawQuery, "problem="+c.problem) {
				t.Errorf("ended at %s:\n%.500s", at, body)
			}
			if n, err := h.app.store.CountAccounts(t.Context()); err != nil || n != 0 {
				t.Errorf("%d accounts, %v", n, err)
			}
		})
	}
}

func TestTwoWaysToOneAccount(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.goes("/connect/oidc?return=/calendars")
	other := h.visitor(ada)
	other.goes("/signin/oidc")
	if other.account() != p.account() {
		t.Error("the connected sign-in leads to another account")
	}
}

func TestTwoAccountsAreNotJoinedByTheirAddress(t *testing.T) {
	h := newHouse(t, still)
	g, o := h.arrive(ada), h.visitor(ada)
	o.goes("/signin/oidc")
	if g.account() == o.account() {
		t.Error("joined because their addresses look alike")
	}
	for _, p := range []*person{g, o} {
		if _, _, body := p.follows("/calendars"); !strings.Contains(body, "You have another account here") {
			t.Error("not told of the other account")
		}
	}
	if at, _, _ := g.follows("/connect/oidc?return=/calendars"); !strings.Contains(at.RawQuery, "problem=taken") {
		t.Errorf("an identity that has an account was connected: %s", at)
	}
}

func TestDoctorComparesTheIssuerToTheLetter(t *testing.T) {
	h := newHouse(t)
	found, err := issuerText(t.Context(), h.cfg)
	if err != nil || !strings.Contains(found, h.portal+"/connect/oidc/callback") {
		t.Errorf("%q, %v", found, err)
	}
	h.cfg.oidc.Issuer += "/"
	if _, err := issuerText(t.Context(), h.cfg); err == nil || !strings.Contains(err.Error(), h.people.Issuer()) {
		t.Errorf("a slash too many: %v", err)
	}
}
