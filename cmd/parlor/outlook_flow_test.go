package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/graph"
	"parlor/internal/parlor"
)

func TestAnOutlookEventGetsTheRoomInOneWrite(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	room := p.get("/v1/room")
	p.quiet()
	h.graph.ResetCalls()
	id := p.adds(fields("Planning #meet", tomorrow(9), "description", "<p>Bring your own.</p>"))
	link := p.linked(id)
	p.quiet() // our own write comes back as a notification; it must end at keep
	if link.ID != room["pmi"] || len(link.Number) != 11 {
		t.Errorf("link leads to %q with number %q, want the PMI %q and 11 digits", link.ID, link.Number, room["pmi"])
	}
	if text := p.text(id, "description"); !strings.Contains(text, "Bring your own.") || strings.Count(text, link.Number) == 0 {
		t.Errorf("the text is %q", text)
	}
	if n := p.writes(); n != 1 {
		t.Errorf("%d writes for one event, want 1", n)
	}
	if n := h.graph.Count(http.MethodGet, "/v1.0/me/calendars/*/events/*"); n != 1 {
		t.Errorf("%d single reads, want the one before the write, for the rooms and marks that no list shows", n)
	}
	if n := h.graph.Count(http.MethodGet, "/v1.0/me/calendars/*/calendarView/*"); n == 0 || n > 3 {
		t.Errorf("%d rounds of the list, want one for the event and one or two for its echoes", n)
	}
	p.told("Use Personal Meeting ID")
}

func TestGuestsAreMailedOnceForTheLinkAndNeverForWords(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	p.quiet()
	seeded := len(h.other.Mails())
	id := p.adds(mailed("Planning #meet", tomorrow(9)))
	p.linked(id)
	alone := p.adds(fields("Alone #meet", tomorrow(12)))
	p.linked(alone)
	p.quiet()
	if n := len(h.other.Mails()) - seeded; n != 1 {
		t.Errorf("%d rounds of mail for one link, want 1", n)
	}
	p.told("told one guest of it by mail")
	before := p.text(id, "description")
	p.set(map[string]any{"language": "de"})
	p.told("kept_unmailed")
	p.until("what nobody is mailed for is in German", func() bool { return strings.Contains(p.text(alone, "description"), "Besprechung") })
	p.quiet()
	if n := len(h.other.Mails()) - seeded; n != 1 || p.text(id, "description") != before {
		t.Errorf("another language mailed %d times more", n-1)
	}
}

func TestOutlookSeriesAndItsOccurrences(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	start := tomorrow(9)
	id := p.adds(fields("Weekly", start, "recurrence", calendar.List("RRULE:FREQ=WEEKLY;COUNT=6")))
	second := calendar.InstanceID(id, start.AddDate(0, 0, 7), false)
	p.edits(second, calendar.Fields{"description": "A text of its own"})
	p.quiet()
	p.edits(id, calendar.Fields{"summary": "Weekly #meet"})
	link := p.linked(id)
	if at := p.text(second, "location"); !strings.Contains(at, link.Number) { // inherited, and kept
		t.Errorf("the occurrence's place is %q, the series' number %s", at, link.Number)
	}
	third := calendar.InstanceID(id, start.AddDate(0, 0, 14), false)
	if err := h.other.Delete(ada, third, calendar.Write{}); err != nil {
		t.Fatal(err)
	}
	p.until("the cancelled occurrence is known", func() bool {
		m, err := h.app.store.Meeting(t.Context(), p.account(), link.Number)
		if err != nil {
			t.Fatal(err)
		}
		o, known := m.Override(start.AddDate(0, 0, 14))
		return known && o.Slot == nil
	})
	p.quiet()
	if got := p.linked(id); got != link {
		t.Errorf("the series' link became %v", got)
	}
}

func TestATeamsMeetingIsLeftAloneUnlessAsked(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	p.set(map[string]any{"auto_add": "always"})
	var teams calendar.Event
	for _, e := range h.other.Between(ada, time.Now(), time.Now().AddDate(0, 0, 14)) {
		if strings.Contains(calendar.Text(e.Fields, "description"), "teams.microsoft.com") {
			teams = e
		}
	}
	if teams.ID == "" {
		t.Fatal("the week has no Teams meeting")
	}
	before := p.text(teams.ID, "description")
	p.told("other_conference")
	p.edits(teams.ID, calendar.Fields{"summary": "Both #meet"})
	p.linked(teams.ID)
	text := p.text(teams.ID, "description")
	at := strings.Index(before, "teams.microsoft.com")
	if blob := before[at : len(before)-len("</body></html>")]; !strings.Contains(text, blob[:200]) {
		t.Errorf("the Teams part changed:\n%s\n---\n%s", before, text)
	}
	if strings.Index(text, "/j/") > strings.Index(text, "teams.microsoft.com") {
		t.Error("the block stands below the Teams part")
	}
}

func TestALostSubscriptionIsReplaced(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	for _, event := range []string{graph.SubscriptionRemoved, graph.ReauthorizationRequired} {
		p.quiet()
		old := h.graph.Subscriptions(ada)[0].ID
		h.graph.Lifecycle(ada, event)
		p.until("a new subscription", func() bool {
			subs := h.graph.Subscriptions(ada)
			return len(subs) == 1 && subs[0].ID != old
		})
		p.linked(p.adds(fields("After "+event+" #meet", tomorrow(9+len(event)%7))))
	}
}

func TestMissedNotificationsAndLostDeltaTokensLoseNothing(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	kept := p.adds(fields("Kept #meet", tomorrow(9)))
	link := p.linked(kept)
	p.quiet()
	h.graph.Pushes(graph.PushMode{Drop: true})
	missed := p.adds(fields("Missed #meet", tomorrow(11)))
	h.graph.Pushes(graph.PushMode{})
	h.graph.ExpireDeltaTokens()
	h.graph.Lifecycle(ada, graph.Missed)
	p.linked(missed)
	p.quiet()
	if got := p.linked(kept); got != link {
		t.Errorf("a full list changed the link from %v to %v", link, got)
	}
}

func TestAThrottledWriteIsMadeLaterAndWhole(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	p.quiet()
	h.graph.Fail(graph.Failure{Method: http.MethodPatch, Path: "/v1.0/", Reason: "ApplicationThrottled", RetryAfter: 2 * time.Second, Times: 2})
	id := p.adds(fields("Planning #meet", tomorrow(9), "description", "Mine"))
	link := p.linked(id)
	p.quiet()
	text := p.text(id, "description")
	if !strings.Contains(text, "Mine") || strings.Count(text, "omn=")+strings.Count(text, "/j/"+link.ID) == 0 {
		t.Errorf("the text is %q", text)
	}
	if found := parlor.Strip(text, h.portal); strings.Contains(found, "/j/") {
		t.Errorf("a second block is left: %q", found)
	}
}

func TestOneAccountHasBothCalendars(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	p.goes("/connect/microsoft")
	p.until("Outlook was read", func() bool { return p.listed("microsoft") })
	pmi := p.get("/v1/room")["pmi"]
	first := p.linked(p.adds(fields("At Google #meet", tomorrow(9))))
	p.watched()
	p.world = h.other
	second := p.linked(p.adds(fields("In Outlook #meet", tomorrow(9))))
	if first.ID != pmi || second.ID == pmi {
		t.Errorf("the room was given to %s and %s at the same hour", first.ID, second.ID)
	}
	p.told("At Google")

	other := h.visitor(bob)
	other.goes("/signin/microsoft")
	other.email = ada // at Microsoft, Bob's browser is signed in as Ada, too
	thief := h.visitor(ada)
	thief.client.Jar = other.client.Jar
	at, _, _ := thief.follows("/connect/microsoft")
	if !strings.Contains(at.RawQuery, "taken") {
		t.Errorf("an identity that has an account ended at %s", at)
	}
}

func TestARevokedOutlookGrantAsksToReconnect(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	h.graph.RevokeGrants(ada)
	p.adds(fields("Late #meet", tomorrow(9)))
	p.until("the calendar asks to be connected again", func() bool {
		for _, state := range p.states() {
			if state == "reconnect" {
				return true
			}
		}
		return false
	})
	p.goes("/connect/microsoft")
	p.until("it was read again", func() bool { return p.listed("microsoft") })
}

func TestOutlookIsPolledWithoutAPublicAddress(t *testing.T) {
	h := newHouse(t, func(c *config) { c.push, c.pollEvery = false, 0 })
	p := h.outlook(ada)
	id := p.adds(fields("Polled #meet", tomorrow(9)))
	if err := h.app.line.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.linked(id)
	if n := len(h.graph.Subscriptions(ada)); n != 0 {
		t.Errorf("%d subscriptions in poll mode", n)
	}
}

func TestAStrangeTenantMayNotSignIn(t *testing.T) {
	h := newHouse(t, func(c *config) { c.microsoftTenants = []string{"11111111-2222-4333-8444-555555555555"} })
	p := h.visitor(ada)
	at, _, _ := p.follows("/signin/microsoft")
	if !strings.Contains(at.RawQuery, "problem=") {
		t.Errorf("the sign-in ended at %s", at)
	}
	if status, _, _ := p.call(http.MethodGet, "/v1/settings", nil); status != http.StatusUnauthorized {
		t.Errorf("the settings answer %d", status)
	}
}

func TestWithoutItsKeywordAnOutlookEventLosesTheLink(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	id := p.adds(fields("Planning #meet", tomorrow(9), "description", "<p>Bring your own.</p>", "location", "Room 4"))
	p.linked(id)
	p.edits(id, calendar.Fields{"summary": "Planning"})
	p.unlinked(id)
	p.quiet()
	if text, place := p.text(id, "description"), p.text(id, "location"); !strings.Contains(text, "Bring your own.") || place != "Room 4" {
		t.Errorf("left are %q at %q", text, place)
	}
	p.told("keyword_gone")
}
