package main

import (
	"net/http"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func (p *person) does(method, path string, body any, want int) map[string]any {
	p.t.Helper()
	status, out, _ := p.call(method, path, body)
	if status != want {
		p.t.Fatalf("%s %s answered %d %v, want %d", method, path, status, out, want)
	}
	return out
}

func TestTheSettingIsAppliedToComingEvents(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	ids := p.meets(5)
	clash := p.adds(fields("At the same hour #meet", tomorrow(9).Add(30*time.Minute)))
	p.linked(clash)
	series := p.adds(fields("Weekly #meet", tomorrow(14), "recurrence", []any{"RRULE:FREQ=WEEKLY;COUNT=6"}))
	p.linked(series)
	p.quiet()
	pmi := p.get("/v1/room")["pmi"].(string)
	numbers := map[string]string{}
	was := map[string]parlor.Link{}
	for _, id := range append(ids, clash, series) {
		was[id] = p.linked(id)
		numbers[id] = was[id].Number
	}
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	p.quiet()
	if p.linked(ids[0]) != was[ids[0]] {
		t.Fatal("the setting alone moved a meeting")
	}
	h.fake.ResetCalls()
	preview := p.get("/v1/room/apply")
	events, kept := int(preview["events"].(float64)), preview["kept"].([]any)
	if preview["in_room"] != true || len(kept) == 0 {
		t.Fatalf("foretold %v", preview)
	}
	reasons := map[string]string{}
	for _, k := range kept {
		k := k.(map[string]any)
		reasons[k["meeting_number"].(string)] = k["why"].(map[string]any)["code"].(string)
	}
	if reasons[numbers[clash]] != "overlap" || reasons[numbers[ids[0]]] != "" {
		t.Errorf("kept %v, want the one that meets another", reasons)
	}
	before := p.text(ids[0], "location")
	p.does(http.MethodPost, "/v1/room/apply", nil, http.StatusNoContent)
	p.rewritten()
	p.quiet()
	for _, id := range append(ids, series) {
		if link := p.linked(id); link.ID != pmi || link.Number != numbers[id] {
			t.Errorf("event %s leads to %v, want the room with its own number", id, link)
		}
	}
	if p.linked(clash) != was[clash] || !p.opens(before) {
		t.Error("the guarded meeting moved, or a link from before leads nowhere")
	}
	if n := h.fake.Count(http.MethodPatch, patches); n != events {
		t.Errorf("%d writes, %d were foretold", n, events)
	}
	p.does(http.MethodPost, "/v1/room/undo", nil, http.StatusOK)
	p.rewritten()
	p.quiet()
	for id, link := range was {
		if got := p.linked(id); got != link {
			t.Errorf("event %s leads to %v after undo, want %v", id, got, link)
		}
	}
}

func TestAnApplyThatWasCutOffIsFinishedByThePass(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	ids := p.meets(4)
	p.quiet()
	pmi := p.get("/v1/room")["pmi"].(string)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	p.quiet()
	if _, err := h.app.store.ApplyToMeetings(t.Context(), p.account(), true, false); err != nil { // and then the process dies
		t.Fatal(err)
	}
	if err := h.app.line.Nudge(t.Context(), p.account(), ada); err != nil { // as the next sweep does
		t.Fatal(err)
	}
	for _, id := range ids {
		p.until("event "+id+" leads to the room", func() bool { return p.linked(id).ID == pmi })
	}
}

func TestARoomThatIsSwitchedOffEmptiesByItself(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	ids := p.meets(3)
	p.quiet()
	pmi := p.get("/v1/room")["pmi"].(string)
	numbers := map[string]string{}
	for _, id := range ids {
		numbers[id] = p.linked(id).Number
	}
	h.fake.ResetCalls()
	status := func(s parlor.RoomStatus) {
		t.Helper()
		if _, _, err := h.app.store.FollowRoom(t.Context(), p.account(), parlor.Room{Status: s}); err != nil {
			t.Fatal(err)
		}
		if err := h.app.line.Resync(t.Context(), p.account()); err != nil {
			t.Fatal(err)
		}
	}
	status(parlor.RoomUnavailable)
	for _, id := range ids {
		p.until("event "+id+" has a one-time link", func() bool { return p.linked(id).ID == numbers[id] })
	}
	p.quiet()
	p.told("room_unavailable", "switched off")
	if n := h.fake.Count(http.MethodPatch, patches); n != len(ids) {
		t.Errorf("%d writes for %d events", n, len(ids))
	}
	status(parlor.RoomReady)
	p.quiet()
	if p.linked(ids[0]).ID == pmi {
		t.Error("the room is back, and a meeting whose guests have another link moved by itself")
	}
	p.does(http.MethodPost, "/v1/room/apply", nil, http.StatusNoContent)
	for _, id := range ids {
		p.until("event "+id+" is back in the room", func() bool { return p.linked(id).ID == pmi })
	}
}
