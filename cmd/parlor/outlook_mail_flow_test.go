package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/parlor"
)

func (p *person) linkIn(id string) (parlor.Link, bool) {
	p.t.Helper()
	_, link, ok := parlor.Find(p.text(id, "description"), p.portal)
	return link, ok
}

// mails counts the rounds of mail since it was last asked.
func (p *person) mails(since *int) int {
	all := len(p.other.Mails())
	n := all - *since
	*since = all
	return n
}

func TestNoSettingMailsTheGuestsOfManyEvents(t *testing.T) {
	const many = 200
	h := newHouse(t)
	p := h.outlook(ada)
	p.quiet()
	var ids []string
	var seen int
	p.mails(&seen)
	for i := range many {
		ids = append(ids, p.adds(mailed(fmt.Sprintf("Meeting %d #meet", i), tomorrow(8).AddDate(0, 0, i).Add(time.Hour))))
	}
	for _, id := range ids {
		p.untilWithin(3*time.Minute, "event "+id+" has its link", func() bool { return strings.Contains(p.text(id, "description"), "/j/") })
	}
	p.quiet()
	if n := p.mails(&seen); n != many {
		t.Errorf("%d rounds of mail for %d links", n, many)
	}
	for _, change := range []map[string]any{
		{"language": "de"},
		{"embed_passcode": false},
		{"put_link_in_location": false},
		{"keyword": "#room"},
		{"auto_add": "never"},
		{"auto_add": "keyword", "keyword": "#meet", "embed_passcode": true, "language": "en"},
		{"paused": true},
		{"paused": false},
		{"use_pmi_for_scheduled": true},
		{"put_link_in_location": true},
		{"waiting_room": false},
		{"default_duration_minutes": 45},
	} {
		p.set(change)
		p.quiet()
		if n := p.mails(&seen); n != 0 {
			t.Errorf("%v mailed the guests %d times", change, n)
		}
	}
	for _, id := range ids {
		if n := strings.Count(p.text(id, "description"), "/j/"); n == 0 {
			t.Errorf("event %s lost its link", id)
		}
	}
}

func TestAlwaysMailsOnceForEachEvent(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	p.quiet()
	var seen int
	plain := p.adds(mailed("Plain", tomorrow(9)))
	alone := p.adds(fields("Alone", tomorrow(11)))
	series := p.adds(mailed("Weekly", tomorrow(13), "recurrence", calendar.List("RRULE:FREQ=WEEKLY;COUNT=6")))
	p.quiet()
	p.mails(&seen)
	p.set(map[string]any{"auto_add": "always"})
	for _, id := range []string{plain, alone, series} {
		p.linked(id)
	}
	p.quiet()
	of := map[string]int{}
	for _, m := range h.other.Mails()[seen:] {
		of[m.Event]++
	}
	for id, n := range of {
		if n != 1 {
			t.Errorf("event %s mailed %d times", id, n)
		}
	}
	if of[plain] != 1 || of[series] != 1 || of[alone] != 0 {
		t.Errorf("mailed %v", of)
	}
}

func TestWhatThePersonDoesMailsOnce(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	p.quiet()
	var seen int
	id := p.adds(mailed("Planning #meet", tomorrow(9), "description", "mine"))
	link := p.linked(id)
	p.quiet()
	p.mails(&seen)

	start := tomorrow(15)
	p.edits(id, calendar.Fields{"start": map[string]any{"dateTime": start.Format(time.RFC3339)}, "end": map[string]any{"dateTime": start.Add(time.Hour).Format(time.RFC3339)}})
	p.quiet()
	if n := p.mails(&seen); n != 0 || p.linked(id) != link {
		t.Errorf("moving the event mailed %d times more", n)
	}
	p.edits(id, calendar.Fields{"summary": "Planning"})
	p.unlinked(id)
	p.quiet()
	if n := p.mails(&seen); n != 1 {
		t.Errorf("the keyword taken out mailed %d times, want 1", n)
	}
	if !strings.Contains(p.text(id, "description"), "mine") {
		t.Errorf("text became %q", p.text(id, "description"))
	}
	p.edits(id, calendar.Fields{"summary": "Planning #meet"})
	again := p.linked(id)
	p.quiet()
	if n := p.mails(&seen); n != 1 || again.Number == "" {
		t.Errorf("the keyword put back mailed %d times, want 1", n)
	}
	if status, out, _ := p.call(http.MethodDelete, "/v1/meetings/"+again.Number, nil); status != http.StatusNoContent {
		t.Fatalf("DELETE answered %d %v", status, out)
	}
	p.unlinked(id)
	p.quiet()
	if n := p.mails(&seen); n != 1 {
		t.Errorf("removal mailed %d times, want 1", n)
	}
}

func TestAskingForALinkMailsOnce(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	p.quiet()
	var seen int
	id := p.adds(mailed("Plain", tomorrow(9)))
	p.quiet()
	p.mails(&seen)
	ask := map[string]any{"calendar": p.calendarAt("microsoft"), "event_id": h.graph.EventID(ada, ada, id)}
	for i := range 3 {
		if status, out, _ := p.call(http.MethodPost, "/v1/links", ask); status != http.StatusOK {
			t.Fatalf("%d: %d %v", i, status, out)
		}
		p.quiet()
	}
	if n := p.mails(&seen); n != 1 {
		t.Errorf("asking three times mailed %d times", n)
	}
	p.set(map[string]any{"language": "ja"})
	p.quiet()
	if n := p.mails(&seen); n != 0 {
		t.Errorf("language mailed %d times", n)
	}
	ask["use_pmi"] = true
	if status, out, _ := p.call(http.MethodPost, "/v1/links", ask); status != http.StatusOK || out["kind"] != "pmi" {
		t.Fatalf("%d %v", status, out)
	}
	p.quiet()
	if n := p.mails(&seen); n != 1 {
		t.Errorf("the switch to the room mailed %d times, want 1", n)
	}
}

// calendarAt is the id of the calendar that is on at a service.
func (p *person) calendarAt(service string) string {
	p.t.Helper()
	for _, c := range p.get("/v1/calendars")["calendars"].([]any) {
		if c := c.(map[string]any); c["service"] == service && c["on"] == true {
			return c["id"].(string)
		}
	}
	p.t.Fatalf("no calendar at %s", service)
	return ""
}

func TestWhatIsNoEventHasNoLink(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.goes("/connect/microsoft")
	p.until("Outlook was read", func() bool { return p.listed("microsoft") })
	for _, service := range []string{"google", "microsoft"} {
		for _, id := range []string{".", "..", "...", "../..", "a/b", "a?b=c", "a#b", "%2e%2e", "OID.x.2027-01-01", "\x00", "nope", "\u202e", "a b"} {
			status, out, _ := p.call(http.MethodPost, "/v1/links", map[string]any{"calendar": p.calendarAt(service), "event_id": id})
			if status != http.StatusNotFound {
				t.Errorf("%s: the event %q answers %d %v", service, id, status, out)
			}
		}
	}
}

func TestACopyAndASplitSeriesMailOnceEach(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	p.quiet()
	var seen int
	start := tomorrow(9)
	id := p.adds(mailed("Weekly #meet", start, "recurrence", calendar.List("RRULE:FREQ=WEEKLY;COUNT=10")))
	link := p.linked(id)
	p.quiet()
	p.mails(&seen)
	tail, err := h.other.Split(ada, calendar.InstanceID(id, start.AddDate(0, 0, 28), false), calendar.Fields{"summary": "Weekly later #meet"}, calendar.Write{})
	if err != nil {
		t.Fatal(err)
	}
	p.until("the tail has its own number", func() bool {
		l, ok := p.linkIn(tail.ID)
		return ok && l.Number != link.Number
	})
	p.quiet()
	if n := p.mails(&seen); n != 1 {
		t.Errorf("the split mailed %d times, want 1 for the new number", n)
	}
	if got := p.linked(id); got != link {
		t.Errorf("the head's link became %v", got)
	}
	copied, err := h.other.Copy(ada, id, calendar.Write{})
	if err != nil {
		t.Fatal(err)
	}
	p.until("the copy has its own number", func() bool {
		l, ok := p.linkIn(copied.ID)
		return ok && l.Number != link.Number
	})
	p.quiet()
	if n := p.mails(&seen); n > 1 {
		t.Errorf("the copy mailed %d times", n)
	}
}
