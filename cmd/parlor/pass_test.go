package main

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/google"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// pass makes one pass over Ada's calendar in a house in which nothing runs by itself, once the first pass has let it go.
func (p *person) pass() {
	p.t.Helper()
	p.until("a pass was made", func() bool {
		_, err := p.app.syncer.Run(context.Background(), p.account(), ada)
		if err != nil && !errors.Is(err, parlor.ErrBusy) {
			p.t.Fatal(err)
		}
		return err == nil
	})
}

func (p *person) meeting(id string) parlor.Meeting {
	p.t.Helper()
	m, err := p.app.store.MeetingByEvent(context.Background(), p.account(), parlor.EventRef{Calendar: ada, ID: id})
	if err != nil {
		p.t.Fatal(err)
	}
	return m
}

func TestAnotherKeywordTakesNoLinkOut(t *testing.T) {
	p := newHouse(t, still).settled(ada)
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	p.pass()
	link := p.linked(id)
	p.set(map[string]any{"keyword": "#room"})
	p.pass()
	if got := p.linked(id); got != link {
		t.Errorf("the link became %v, want %v", got, link)
	}
}

func TestAnOccurrenceLosesTheLinkOfItsSeries(t *testing.T) {
	p := newHouse(t, still).settled(ada)
	start := tomorrow(9)
	id := p.adds(fields("Weekly #meet", start, "recurrence", []any{"RRULE:FREQ=WEEKLY;COUNT=6"}))
	p.pass()
	link := p.linked(id)
	second := id + "_" + start.AddDate(0, 0, 7).Format("20060102T150405Z")
	p.edits(second, calendar.Fields{"summary": "Weekly, but longer", "description": "Bring cake\n\n" + p.text(id, "description")})
	p.pass()
	if got := p.linked(second); got != link {
		t.Fatalf("the occurrence carries %v, want %v", got, link)
	}
	p.edits(id, calendar.Fields{"summary": "Weekly"})
	p.pass()
	p.pass() // nobody touched the occurrence
	if text := p.text(second, "description") + p.text(second, "location"); text != "Bring cake" {
		t.Errorf("the occurrence says %q, want its own text alone", text)
	}
	p.edits(second, calendar.Fields{"summary": "Weekly, but longer #meet"})
	p.pass()
	if got := p.linked(second); got.Number == link.Number {
		t.Errorf("it carries %s again, a number that leads nowhere", got.Number)
	}
}

func TestAnInvitationThatAClientSavedCanBeTakenOut(t *testing.T) {
	p := newHouse(t, still).settled(ada)
	start := tomorrow(9)
	status, inv, _ := p.call(http.MethodPost, "/v1/invitations", map[string]any{
		"title": "Planning", "start": start.Format(time.RFC3339), "end": start.Add(time.Hour).Format(time.RFC3339),
	})
	if status != http.StatusOK {
		t.Fatalf("%d %v", status, inv)
	}
	id := p.adds(fields("Planning", start, "description", inv["body"], "location", inv["location"]))
	p.pass()
	number := inv["meeting_number"].(string)
	if status, out, _ := p.call(http.MethodDelete, "/v1/meetings/"+number, nil); status != http.StatusNoContent {
		t.Fatalf("DELETE answered %d %v", status, out)
	}
	if text := p.text(id, "description") + p.text(id, "location"); text != "" {
		t.Errorf("the event still says %q", text)
	}
}

func TestARefusedTextIsToldAndHoldsNoPlace(t *testing.T) {
	h := newHouse(t, still)
	p := h.settled(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	h.fake.Fail(google.Failure{Method: http.MethodPatch, Path: patches, Status: http.StatusBadRequest, Reason: "invalid", Times: 1})
	p.adds(fields("Too long #meet", tomorrow(9)))
	p.pass()
	if log := p.activity(); strings.Count(log, "code:refused") != 1 {
		t.Errorf("activity does not say once that it was refused: %s", log)
	}
	other := p.adds(fields("At the same time #meet", tomorrow(9)))
	p.pass()
	if pmi := p.get("/v1/room")["pmi"]; p.linked(other).ID != pmi {
		t.Errorf("an event that carries no link keeps another one out of the room")
	}
}

func TestAnEventMovedIntoThePastGivesItsPlaceBack(t *testing.T) {
	h := newHouse(t, still)
	p := h.settled(ada)
	for _, full := range []bool{false, true} {
		id := p.adds(fields("Planning #meet", tomorrow(9)))
		p.pass()
		f := fields("", time.Now().Add(-48*time.Hour))
		p.edits(id, calendar.Fields{"start": f["start"], "end": f["end"]})
		if full {
			h.fake.ExpireSyncTokens()
		}
		p.pass()
		if m := p.meeting(id); m.End.Time.After(time.Now()) {
			t.Errorf("full list %t: the meeting is still remembered for %s", full, m.Start.Time)
		}
	}
}

func TestAPauseStopsThePassUnderWay(t *testing.T) {
	h := newHouse(t, still)
	p := h.settled(ada)
	for i := range 4 {
		p.adds(fields("Planning #meet", tomorrow(9+i)))
	}
	h.fake.ResetCalls()
	h.world.Listen(func(calendar.Change) {
		if h.fake.Count(http.MethodPatch, patches) == 0 { // the first one, under way
			p.set(map[string]any{"paused": true})
		}
	})
	_, _ = h.app.syncer.Run(context.Background(), p.account(), ada)
	if n := h.fake.Count(http.MethodPatch, patches); n > 1 {
		t.Errorf("%d events were changed, want none after the pause", n)
	}
	p.set(map[string]any{"paused": false})
	p.pass()
	if n := h.fake.Count(http.MethodPatch, patches); n != 4 {
		t.Errorf("%d patches in all, want one for each event", n)
	}
}

func TestACalendarThatIsGoneIsSwitchedOff(t *testing.T) {
	h := newHouse(t, still)
	p := h.settled(ada)
	ctx, acct := context.Background(), p.account()
	gone, err := h.app.store.Calendar(ctx, acct, ada)
	if err != nil {
		t.Fatal(err)
	}
	gone.Info.ID, gone.Info.Primary = "gone@example.com", false
	if err := h.app.store.SaveCalendars(ctx, acct, []store.CalendarState{gone}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.app.syncer.Calendars(ctx, acct, parlor.KindGoogle); err != nil {
		t.Fatal(err)
	}
	if c, err := h.app.store.Calendar(ctx, acct, "gone@example.com"); err != nil || c.On {
		t.Errorf("on: %t, %v; want it off, and still known", c.On, err)
	}
}

func TestWhatWasDeletedBeforeAFullListIsCancelled(t *testing.T) {
	h := newHouse(t, still)
	p := h.settled(ada)
	deleted, kept := p.adds(fields("Planning #meet", tomorrow(9))), p.adds(fields("Review #meet", tomorrow(12)))
	series := p.adds(fields("Weekly #meet", tomorrow(15), "recurrence", []any{"RRULE:FREQ=WEEKLY"}))
	p.pass()
	for _, id := range []string{deleted, series} {
		if err := h.world.Delete(ada, id, calendar.Write{}); err != nil {
			t.Fatal(err)
		}
	}
	h.fake.ExpireSyncTokens()
	h.fake.ResetCalls()
	p.pass()
	for id, want := range map[string]parlor.MeetingState{
		deleted: parlor.MeetingCancelled, series: parlor.MeetingCancelled, kept: parlor.Scheduled,
	} {
		if m := p.meeting(id); m.State != want {
			t.Errorf("%s is %s, want %s", m.Title, m.State, want)
		}
	}
	if n := h.fake.Count(http.MethodGet, patches); n != 2 {
		t.Errorf("%d events were read by themselves, want the two that were missing", n)
	}
}

func TestAMasterThatWasListedIsNotReadAgainForEachException(t *testing.T) {
	h := newHouse(t, still)
	p := h.settled(ada)
	start := tomorrow(9)
	id := p.adds(fields("Weekly", start, "recurrence", []any{"RRULE:FREQ=WEEKLY;COUNT=6"}))
	for week := range 3 {
		p.edits(id+"_"+start.AddDate(0, 0, 7*week).Format("20060102T150405Z"), calendar.Fields{"summary": "Another title"})
	}
	h.fake.ExpireSyncTokens()
	h.fake.ResetCalls()
	p.pass()
	if n := h.fake.Count(http.MethodGet, patches); n != 0 {
		t.Errorf("%d events were read by themselves, want none: the list showed them", n)
	}
}

func TestDeletingASeriesMeetingReachesItsOccurrences(t *testing.T) {
	p := newHouse(t, still).settled(ada)
	start := tomorrow(9)
	id := p.adds(fields("Weekly #meet", start, "recurrence", []any{"RRULE:FREQ=WEEKLY;COUNT=6"}))
	p.pass()
	second := id + "_" + start.AddDate(0, 0, 7).Format("20060102T150405Z")
	p.edits(second, calendar.Fields{"description": "Bring cake\n\n" + p.text(id, "description")})
	p.pass()
	if status, out, _ := p.call(http.MethodDelete, "/v1/meetings/"+p.linked(id).Number, nil); status != http.StatusNoContent {
		t.Fatalf("DELETE answered %d %v", status, out)
	}
	p.until("the occurrence has its own text alone", func() bool {
		return p.text(second, "description")+p.text(second, "location") == "Bring cake"
	})
}
