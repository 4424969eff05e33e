package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/graph"
)

const strangeTenant = "11111111-2222-4333-8444-555555555555"

// refused is a sign-in that ends with a problem and leaves nobody signed in.
func (p *person) refused(t *testing.T, what string) {
	t.Helper()
	at, _, _ := p.follows("/signin/microsoft")
	if !strings.Contains(at.RawQuery, "problem=") {
		t.Errorf("%s: the sign-in ended at %s", what, at)
	}
	if status, _, _ := p.call(http.MethodGet, "/v1/room", nil); status != http.StatusUnauthorized {
		t.Errorf("%s: the room answers %d", what, status)
	}
}

func several(c *config) { c.microsoftTenants = []string{graph.DefaultTenant, strangeTenant} }

func TestNobodyIsWhoTheirMailClaims(t *testing.T) {
	for name, change := range map[string]func(*config){"one tenant": func(*config) {}, "several": several} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, change)
			p := h.outlook(ada)
			room := p.get("/v1/room")
			h.graph.SetClaims(bob, map[string]any{"email": ada, "preferred_username": ada, "email_verified": true, "xms_edov": true, "sub": "x"})
			spoofer := h.visitor(bob)
			spoofer.goes("/signin/microsoft")
			if got := spoofer.get("/v1/room"); got["pmi"] == room["pmi"] {
				t.Error("a mail claim opened somebody else's room")
			}
			google := h.arrive(ada) // nor does the same address at another service lead to the same account
			if got := google.get("/v1/room"); got["pmi"] == room["pmi"] {
				t.Error("the same address at Google opened the Microsoft account")
			}
		})
	}
}

func TestAnIncompleteIdentityIsRefused(t *testing.T) {
	for name, change := range map[string]func(*config){"one tenant": func(*config) {}, "several": several} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, change)
			for what, claims := range map[string]map[string]any{
				"no oid": {"oid": nil}, "no tid": {"tid": nil}, "empty oid": {"oid": ""}, "oid of another form": {"oid": 7}, "slash": {"oid": "a/b"},
				"another tenant":            {"tid": "99999999-2222-4333-8444-555555555555"},
				"an allowed tenant, forged": {"tid": strangeTenant},
				"another issuer":            {"iss": h.microsoft + "/" + strangeTenant + "/v2.0"},
				"issuer as it is templated": {"iss": h.microsoft + "/{tenantid}/v2.0"},
				"another audience":          {"aud": "somebody-else"}, "no nonce": {"nonce": nil}, "old": {"exp": 1000},
			} {
				h.graph.SetClaims(bob, claims)
				h.visitor(bob).refused(t, what)
			}
			h.graph.SetClaims(bob, map[string]any{"email": nil, "name": nil, "preferred_username": nil})
			h.visitor(bob).goes("/signin/microsoft") // nameless people are people
		})
	}
}

func TestPeopleOfSeveralTenants(t *testing.T) {
	h := newHouse(t, several)
	h.other.AddPerson(calendar.Person{Email: "eve@elsewhere.example", Name: "Eve", Zone: "Europe/Oslo", Tenant: strangeTenant})
	h.other.AddPerson(calendar.Person{Email: "mallory@evil.example", Name: "Mallory", Zone: "Europe/Oslo", Tenant: "99999999-2222-4333-8444-555555555555"})
	for _, email := range []string{"eve@elsewhere.example", ada} {
		p := h.outlook(email)
		p.linked(p.adds(fields("Planning #meet", tomorrow(9))))
	}
	h.visitor("mallory@evil.example").refused(t, "a tenant that is not on the list")
}

func TestAMailboxOnPremisesIsToldToBeUnsupported(t *testing.T) {
	h := newHouse(t)
	h.other.AddPerson(calendar.Person{Email: "old@example.com", Name: "Olga Old", Zone: "Europe/Oslo", OnPremises: true})
	p := h.visitor("old@example.com")
	p.goes("/signin/microsoft")
	p.quiet()
	_, status, page := p.follows("/calendars")
	if status != http.StatusOK || !strings.Contains(page, "not supported") {
		t.Errorf("%d, and no word of it:\n%s", status, page)
	}
	if got := fmt.Sprint(p.get("/v1/calendars")); !strings.Contains(got, "not supported") {
		t.Errorf("the API says %s", got)
	}
}

func TestAClaimsChallengeAsksThePerson(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	p.quiet()
	h.graph.ResetCalls()
	h.graph.Fail(graph.Failure{Path: "/v1.0/*", Reason: graph.ClaimsChallenge, Times: -1})
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	p.until("the calendar asks to be connected again", func() bool { return strings.Contains(strings.Join(p.states(), " "), "reconnect") })
	p.quiet()
	if n := len(h.graph.Calls()); n > 12 {
		t.Errorf("%d calls against a challenge", n)
	}
	if _, _, page := p.follows("/calendars"); !strings.Contains(page, "Connect Microsoft again") {
		t.Errorf("the page does not ask:\n%s", page)
	}
	h.graph.ClearFailures()
	p.goes("/connect/microsoft")
	p.linked(id)
}

func TestAccessRunsOutAndIsRenewedOnce(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	second, err := build(h.cfg, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer second.store.Close()
	stop, err := second.line.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	for round := range 3 {
		p.quiet()
		h.graph.ResetCalls()
		h.graph.ExpireAccessTokens()
		var ids []string
		for i := range 6 {
			ids = append(ids, p.adds(fields(fmt.Sprintf("Meeting %d %d #meet", round, i), tomorrow(9).AddDate(0, 0, 7*round+i))))
		}
		for _, id := range ids {
			p.linked(id)
		}
		p.quiet()
		if n := h.graph.Count(http.MethodPost, "/*/oauth2/v2.0/token"); n != 1 {
			t.Errorf("%d refreshes by two replicas, want 1", n)
		}
		if n := p.writes(); n != len(ids) {
			t.Errorf("%d writes for %d events", n, len(ids))
		}
	}
}

func TestConsentThatOnlyAnAdministratorGives(t *testing.T) {
	h := newHouse(t)
	h.graph.AskAdmin("Calendars.ReadWrite")
	p := h.visitor(ada)
	at, _, page := p.follows("/signin/microsoft")
	if !strings.Contains(at.RawQuery, "problem=") {
		t.Errorf("ended at %s:\n%s", at, page)
	}
}
