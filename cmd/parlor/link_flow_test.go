package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
)

// asks asks for a link on a saved event, as the extension does.
func (p *person) asks(event string, more ...any) (int, map[string]any) {
	p.t.Helper()
	body := map[string]any{"calendar": p.email, "event_id": event}
	for i := 0; i < len(more); i += 2 {
		body[more[i].(string)] = more[i+1]
	}
	status, out, _ := p.call(http.MethodPost, "/v1/links", body)
	return status, out
}

func TestALinkIsPutIntoASavedEventWhenAskedFor(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	id := p.adds(fields("Plain", tomorrow(9)))
	status, out := p.asks(id)
	if status != http.StatusOK || out["kind"] != "one_time" {
		t.Fatalf("%d %v", status, out)
	}
	link := out["join_url"].(string)
	if e := p.event(id); !strings.Contains(calendar.Text(e.Fields, "description"), link) || calendar.Text(e.Fields, "location") != link {
		t.Errorf("the event holds %q, %q", calendar.Text(e.Fields, "description"), calendar.Text(e.Fields, "location"))
	}
	status, again := p.asks(id)
	if status != http.StatusOK || again["meeting_number"] != out["meeting_number"] {
		t.Errorf("asked again: %d %v", status, again)
	}
	status, room := p.asks(id, "use_pmi", true)
	if status != http.StatusOK || room["kind"] != "pmi" || room["meeting_number"] != out["meeting_number"] {
		t.Errorf("asked for the room: %d %v", status, room)
	}
	e := p.event(id)
	if text := calendar.Text(e.Fields, "description"); strings.Contains(text, link) || !strings.Contains(text, room["join_url"].(string)) {
		t.Errorf("after the switch the event holds %q", text)
	}
	for _, guests := range []string{link, room["join_url"].(string)} { // the old mail and the new one
		resp, err := http.Get(guests)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", guests, resp.Status)
		}
	}
	query := url.Values{"calendar": {ada}, "event_id": {id}}
	if got := p.get("/v1/links?" + query.Encode()); got["kind"] != "pmi" {
		t.Errorf("the link is %v", got)
	}
}

func TestAnAskedLinkStaysAndAnswersWhenItCannotBe(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	id := p.adds(fields("Plain", tomorrow(9)))
	status, out := p.asks(id)
	if status != http.StatusOK {
		t.Fatalf("%d %v", status, out)
	}
	p.edits(id, calendar.Fields{"summary": "Plain, later"})
	p.quiet()
	if status, _, _ := p.call(http.MethodDelete, "/v1/meetings/"+out["meeting_number"].(string), nil); status >= 300 {
		t.Fatalf("remove: %d", status)
	}
	p.quiet()
	if text := calendar.Text(p.event(id).Fields, "description"); strings.Contains(text, "/j/") {
		t.Errorf("the link is still there: %q", text)
	}
	if status, again := p.asks(id); status != http.StatusOK {
		t.Errorf("asked after taking it out: %d %v", status, again)
	}
	for name, want := range map[string]struct {
		event  string
		status int
	}{
		"over":     {p.adds(fields("Over", time.Now().Add(-48*time.Hour))), http.StatusConflict},
		"nobody's": {"abcdefghijkl", http.StatusNotFound},
	} {
		if status, out := p.asks(want.event); status != want.status {
			t.Errorf("%s: %d %v", name, status, out)
		}
	}
	if status, out, _ := p.call(http.MethodPost, "/v1/links", map[string]any{"calendar": "bob@example.com", "event_id": id}); status != http.StatusNotFound {
		t.Errorf("another's calendar: %d %v", status, out)
	}
}
