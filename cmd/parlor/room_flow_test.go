package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// rewriting reads how far the latest change of the room has come.
func (p *person) rewriting() (total, left, kept int) {
	p.t.Helper()
	r := p.get("/v1/room/rewrite")
	n := func(name string) int { return int(r[name].(float64)) }
	return n("total"), n("left"), n("kept")
}

// changesRoom asks for a change and returns the room as it is then.
func (p *person) changesRoom(fields map[string]any) map[string]any {
	p.t.Helper()
	status, room, _ := p.call(http.MethodPatch, "/v1/room", fields)
	if status != http.StatusOK {
		p.t.Fatalf("PATCH /v1/room: %d %v", status, room)
	}
	return room
}

func (p *person) foretells(fields map[string]any) map[string]any {
	p.t.Helper()
	status, preview, _ := p.call(http.MethodPost, "/v1/room/preview", fields)
	if status != http.StatusOK {
		p.t.Fatalf("POST /v1/room/preview: %d %v", status, preview)
	}
	return preview
}

// meets adds events that ask for a link, a day apart, and waits until all have it.
func (p *person) meets(n int, more ...any) (ids []string) {
	p.t.Helper()
	for i := range n {
		ids = append(ids, p.adds(fields(fmt.Sprintf("Meeting %d #meet", i), tomorrow(9).AddDate(0, 0, i), more...)))
	}
	for _, id := range ids {
		p.linked(id)
	}
	return ids
}

// rewritten waits until no event is left to be rewritten.
func (p *person) rewritten() {
	p.t.Helper()
	p.untilWithin(3*time.Minute, "every event is rewritten", func() bool { _, left, _ := p.rewriting(); return left == 0 })
}

// opens says whether a guest is let in by a link alone.
func (p *person) opens(link string) bool {
	p.t.Helper()
	body := fetch(p.t.(*testing.T), &http.Client{Timeout: 10 * time.Second}, link)
	return strings.Contains(body, "Ada Lovelace")
}

const newPMI = "4815162342"

func TestANewPMIReachesEveryComingEventInOneWriteEach(t *testing.T) {
	const many = 60
	h := newHouse(t)
	p := h.settled(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	ids := p.meets(many, "attendees", []any{map[string]any{"email": bob}, map[string]any{"email": "carol@elsewhere.example"}})
	p.quiet()
	h.fake.ResetCalls()
	old := p.text(ids[0], "location")

	preview := p.foretells(map[string]any{"pmi": "481 516 2342"})
	if preview["events"] != float64(many) || preview["stale"] != float64(many) || preview["mailed"] != 0.0 {
		t.Errorf("foretold %v, want %d events, as many guests with a text of before, nobody mailed", preview, many)
	}
	began := time.Now()
	if room := p.changesRoom(map[string]any{"pmi": newPMI}); room["pmi"] != newPMI {
		t.Fatalf("the room is %v", room)
	}
	if !p.opens(old) {
		t.Error("an event that is not rewritten yet has a dead link")
	}
	p.rewritten()
	t.Logf("%d events were rewritten in %s", many, time.Since(began).Round(10*time.Millisecond))
	p.quiet()
	for _, id := range ids {
		link := p.linked(id)
		if text := p.text(id, "description"); link.ID != newPMI || strings.Count(text, "/j/") != 1 || !strings.Contains(text, "481 516 2342") {
			t.Errorf("event %s: %s", id, text)
		}
		if !strings.Contains(p.text(id, "location"), newPMI) {
			t.Errorf("event %s has the place %q", id, p.text(id, "location"))
		}
	}
	if n := h.fake.Count(http.MethodPatch, patches); n != many {
		t.Errorf("%d writes for %d events", n, many)
	}
	if n := len(h.world.Mails()); n != 0 {
		t.Errorf("guests were mailed %d times", n)
	}
	p.told("60 coming events say so now")
}

func TestAnotherPasscodeClosesTheBareRoomAtOnce(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	id := p.meets(1)[0]
	planned, bare := p.text(id, "location"), p.get("/v1/room")["join_url"].(string)
	if !p.opens(planned) || !p.opens(bare) {
		t.Fatal("links open nothing to begin with")
	}
	before := p.get("/v1/room")["passcode"]
	if status, room, _ := p.call(http.MethodPost, "/v1/room/passcode", nil); status != http.StatusOK || room["passcode"] == before {
		t.Fatalf("rotate: %d %v", status, room)
	}
	if p.opens(bare) {
		t.Error("the bare room is open to its old link")
	}
	if !p.opens(planned) {
		t.Error("a meeting to come is closed to the link in its event")
	}
	p.rewritten()
	p.until("the event has its new link", func() bool { return p.text(id, "location") != planned })
	if !p.opens(p.text(id, "location")) || !p.opens(planned) || !p.opens(p.get("/v1/room")["join_url"].(string)) {
		t.Error("a link does not open what it is for")
	}
	if status, out, _ := p.call(http.MethodDelete, "/v1/room/grace", nil); status != http.StatusNoContent {
		t.Fatalf("end of the grace: %d %v", status, out)
	}
	if p.opens(planned) {
		t.Error("the grace was ended, and the old link still opens")
	}
	if status, _, _ := p.call(http.MethodPost, "/v1/room/undo", nil); status != http.StatusNotFound {
		t.Errorf("undo after the grace answers %d", status)
	}
}

func TestUndoInTheMiddleOfARewrite(t *testing.T) {
	const many = 30
	h := newHouse(t)
	p := h.settled(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	ids := p.meets(many)
	p.quiet()
	pmi := p.get("/v1/room")["pmi"].(string)
	was := map[string]string{}
	for _, id := range ids {
		was[id] = p.text(id, "description")
	}
	h.fake.ResetCalls()
	p.changesRoom(map[string]any{"pmi": newPMI})
	p.until("some events are rewritten", func() bool { _, left, _ := p.rewriting(); return left < many })
	if status, room, _ := p.call(http.MethodPost, "/v1/room/undo", nil); status != http.StatusOK || room["pmi"] != pmi {
		t.Fatalf("undo: %d %v", status, room)
	}
	p.rewritten()
	p.quiet()
	for _, id := range ids {
		if got := p.text(id, "description"); got != was[id] {
			t.Errorf("event %s is not as it was:\n%s", id, got)
		}
	}
	writes := h.fake.Count(http.MethodPatch, patches)
	t.Logf("%d events: %d writes forth and back", many, writes)
	if writes > 2*many || writes%2 != 0 {
		t.Errorf("%d writes for %d events", writes, many)
	}
}
