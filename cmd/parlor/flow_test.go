package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/google"
	"parlor/internal/parlor"
)

func TestAnEventThatAsksGetsTheRoom(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	room := p.get("/v1/room")
	const own = "Agenda:\n  1. cake\n\nBring your own. "
	id := p.adds(fields("Planning #meet", tomorrow(9), "description", own))
	link := p.linked(id)
	if link.ID != room["pmi"] || len(link.Number) != 11 {
		t.Errorf("link leads to %q with number %q, want the PMI %q and 11 digits", link.ID, link.Number, room["pmi"])
	}
	if got := parlor.Strip(p.text(id, "description"), h.portal); got != own {
		t.Errorf("own text became %q, want %q", got, own)
	}
	if location := p.text(id, "location"); !strings.Contains(location, link.Number) {
		t.Errorf("location is %q, want the link", location)
	}
	if len(h.world.Mails()) != 0 {
		t.Errorf("guests were mailed: %v", h.world.Mails())
	}
	p.told("Planning #meet", "Use Personal Meeting ID")
}

func TestOneTimeNumberWhenThePMIIsOff(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	link := p.linked(p.adds(fields("Planning #meet", tomorrow(9))))
	if link.ID != link.Number || len(link.ID) != 11 {
		t.Errorf("got id %q and number %q, want one 11-digit number", link.ID, link.Number)
	}
}

func TestOneWriteForEachChange(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.quiet()
	h.fake.ResetCalls()
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	p.linked(id)
	p.quiet() // our own write comes back as a push; it must end at keep
	if n := h.fake.Count(http.MethodPatch, "/calendar/v3/calendars/*/events/*"); n != 1 {
		t.Errorf("%d patches for one event, want 1", n)
	}
}

func TestOverlapGetsAOneTimeNumber(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	pmi := p.get("/v1/room")["pmi"]
	first := p.linked(p.adds(fields("First #meet", tomorrow(9))))
	inBuffer := p.linked(p.adds(fields("Second #meet", tomorrow(10).Add(4*time.Minute))))
	later := p.linked(p.adds(fields("Third #meet", tomorrow(14))))
	if first.ID != pmi || later.ID != pmi || inBuffer.ID == pmi {
		t.Errorf("first %s, second %s, third %s; want room, one-time, room (%s)", first.ID, inBuffer.ID, later.ID, pmi)
	}
	p.told("taken by “First #meet”")
}

func TestALinkTakenOutStaysOut(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	p.linked(id)
	p.quiet()
	p.edits(id, calendar.Fields{"description": "no link please", "location": ""})
	p.told("opted_out")
	p.set(map[string]any{"language": "de"}) // a full pass over everything
	p.quiet()
	if text := p.text(id, "description"); text != "no link please" {
		t.Errorf("the link came back: %q", text)
	}
}

func TestTheLinkGoesWithItsKeyword(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	id := p.adds(fields("Planning #meet", tomorrow(9), "description", "mine"))
	p.linked(id)
	p.quiet()
	p.edits(id, calendar.Fields{"summary": "Planning"})
	p.until("the link is gone", func() bool { return p.text(id, "description") == "mine" && p.text(id, "location") == "" })
	p.edits(id, calendar.Fields{"summary": "Planning #meet"})
	p.linked(id)
}

func TestACopiedEventGetsItsOwnNumber(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	first := p.adds(fields("Planning #meet", tomorrow(9)))
	link := p.linked(first)
	p.quiet()
	copied := p.event(first).Fields
	f := fields("Planning #meet", tomorrow(15), "description", copied["description"], "location", copied["location"],
		"extendedProperties", copied["extendedProperties"])
	second := p.adds(f)
	p.until("the copy has a number of its own", func() bool {
		_, l, ok := parlor.Find(p.text(second, "description"), h.portal)
		return ok && l.Number != link.Number
	})
	if text := p.text(second, "description"); strings.Count(text, "/j/") != 1 {
		t.Errorf("more than one block: %q", text)
	}
}

func TestASeriesAndItsExceptionShareOneNumber(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	start := tomorrow(9)
	id := p.adds(fields("Weekly #meet", start, "recurrence", []any{"RRULE:FREQ=WEEKLY;COUNT=6"}, "description", "all"))
	link := p.linked(id)
	p.quiet()
	occurrence := id + "_" + start.AddDate(0, 0, 7).Format("20060102T150405Z")
	p.edits(occurrence, calendar.Fields{"description": "this one is different", "location": ""})
	p.until("the person's removal on one occurrence is respected", func() bool {
		return strings.Contains(p.activity(), "opted_out")
	})
	third := id + "_" + start.AddDate(0, 0, 14).Format("20060102T150405Z")
	p.edits(third, calendar.Fields{"start": map[string]any{"dateTime": start.AddDate(0, 0, 15).Format(time.RFC3339)}, "end": map[string]any{"dateTime": start.AddDate(0, 0, 15).Add(time.Hour).Format(time.RFC3339)}})
	if got := p.linked(third); got.Number != link.Number {
		t.Errorf("the moved occurrence carries %s, want the number of its series, %s", got.Number, link.Number)
	}
}

func TestForeignConferencesAreLeftAlone(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.set(map[string]any{"auto_add": "always"})
	const zoom = "Join Zoom Meeting\nhttps://us02web.zoom.us/j/98765432101?pwd=abcdef"
	id := p.adds(fields("Supplier", tomorrow(9), "description", zoom))
	p.told("other_conference")
	if p.text(id, "description") != zoom || p.text(id, "location") != "" {
		t.Errorf("the Zoom event was touched: %v", p.event(id).Fields)
	}
}

func TestAStaleSyncTokenMeansAFullList(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.quiet()
	h.fake.ExpireSyncTokens()
	p.linked(p.adds(fields("Planning #meet", tomorrow(9))))
}

func TestAnUnreachableGoogleLosesNothing(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.quiet()
	h.fake.Fail(google.Failure{Path: "/calendar/v3/*", Status: http.StatusServiceUnavailable, Reason: "backendError", Times: 4})
	p.linked(p.adds(fields("Planning #meet", tomorrow(9))))
}

func TestARevokedGrantAsksToReconnect(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.quiet()
	h.fake.RevokeGrants(ada)
	p.adds(fields("Planning #meet", tomorrow(9)))
	p.until("the calendar says reconnect", func() bool {
		return strings.Contains(strings.ToLower(strings.Join(p.states(), " ")), "reconnect")
	})
	h.arrive(ada) // signing in again is reconnecting
	p.until("the calendar is back", func() bool { return strings.Contains(strings.Join(p.states(), " "), "ok") })
}

func TestAFreshTokenThatIsRefusedAsksToReconnect(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.quiet()
	h.fake.Fail(google.Failure{Method: http.MethodGet, Path: lists, Status: http.StatusUnauthorized, Reason: "authError", Times: -1})
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	p.until("the calendar says reconnect", func() bool { return strings.Contains(strings.Join(p.states(), " "), "reconnect") })
	h.fake.ClearFailures()
	h.arrive(ada)
	p.linked(id)
}

func (p *person) states() []string {
	var out []string
	for _, c := range p.get("/v1/calendars")["calendars"].([]any) {
		out = append(out, c.(map[string]any)["state"].(string))
	}
	return out
}

func TestSomebodyElsesEventIsTheirs(t *testing.T) {
	h := newHouse(t)
	guest, host := h.settled(ada), h.settled(bob)
	guest.set(map[string]any{"auto_add": "always"})
	id := host.adds(fields("Bob's #meet", tomorrow(9), "attendees", []any{map[string]any{"email": ada}}))
	link := host.linked(id)
	guest.told("not_organizer")
	if got := guest.linked(id); got != link {
		t.Errorf("Ada's copy carries %v, want Bob's link %v", got, link)
	}
}

func TestTheDoorLeadsToARoomNobodyCanGuess(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	p.linked(id)
	guest := &http.Client{Timeout: 10 * time.Second}
	link := p.text(id, "location")
	body := fetch(t, guest, link)
	if !strings.Contains(body, "Planning #meet") || !strings.Contains(body, "Ada Lovelace") {
		t.Errorf("the door does not say topic and host:\n%s", body)
	}
	wrong := fetch(t, guest, strings.Replace(link, "pwd=", "pwd=x", 1))
	if strings.Contains(wrong, "Planning") || strings.Contains(wrong, "Ada") {
		t.Errorf("a wrong token is told whose room it is:\n%s", wrong)
	}
}

func fetch(t *testing.T, c *http.Client, address string) string {
	t.Helper()
	resp, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var b strings.Builder
	buf := make([]byte, 4096)
	for {
		n, err := resp.Body.Read(buf)
		b.Write(buf[:n])
		if err != nil {
			return b.String()
		}
	}
}

func TestOccurrencesWithTheirOwnTextFollowTheSeries(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	start := tomorrow(9)
	id := p.adds(fields("Weekly", start, "recurrence", []any{"RRULE:FREQ=WEEKLY;COUNT=6"}, "description", "all"))
	own := id + "_" + start.AddDate(0, 0, 7).Format("20060102T150405Z")
	p.edits(own, calendar.Fields{"description": "a text of its own", "location": "Room 5"})
	p.quiet()
	p.edits(id, calendar.Fields{"summary": "Weekly #meet"})
	link := p.linked(id)
	if got := p.linked(own); got.Number != link.Number {
		t.Errorf("the occurrence carries %s, want the number of its series, %s", got.Number, link.Number)
	}
	p.quiet()
	if status, out, _ := p.call(http.MethodDelete, "/v1/meetings/"+link.Number, nil); status != http.StatusNoContent {
		t.Fatalf("DELETE answered %d %v", status, out)
	}
	p.until("the occurrence has its own text back", func() bool { return p.text(own, "description") == "a text of its own" })
	if text := p.text(id, "description"); text != "all" {
		t.Errorf("the series reads %q, want its own text", text)
	}
}
