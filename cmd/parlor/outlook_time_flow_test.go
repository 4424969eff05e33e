package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/graph"
	"parlor/internal/parlor"
)

// remembered is the meeting behind an event's link.
func (p *person) remembered(number string) parlor.Meeting {
	p.t.Helper()
	m, err := p.app.store.Meeting(p.t.Context(), p.account(), number)
	if err != nil {
		p.t.Fatal(err)
	}
	return m
}

func (p *person) sweeps() {
	p.t.Helper()
	if err := p.app.line.Sweep(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	p.quiet()
}

func TestTheWindowRollsOn(t *testing.T) {
	var days atomic.Int64
	h := newHouseAt(t, func() time.Time { return time.Now().AddDate(0, 0, int(days.Load())) })
	p := h.outlook(ada)
	near := p.adds(mailed("Near #meet", tomorrow(9)))
	series := p.adds(mailed("Weekly #meet", tomorrow(11), "recurrence", calendar.List("RRULE:FREQ=WEEKLY")))
	far := p.adds(mailed("Far #meet", time.Now().AddDate(0, 0, 430)))
	links := map[string]parlor.Link{near: p.linked(near), series: p.linked(series)}
	p.quiet()
	if _, early := p.linkIn(far); early {
		t.Fatal("430 days ahead is within the window, so this proves nothing")
	}
	var seen int
	p.mails(&seen)
	for range 13 { // more than a year, in steps of 37 days; the access token and the subscription run out on the way
		days.Add(37)
		p.sweeps()
		if _, there := p.linkIn(far); there {
			links[far] = p.linked(far)
		}
		for id, want := range links {
			if got := p.linked(id); got != want {
				t.Errorf("day %d: the link of %s became %v", days.Load(), id, got)
			}
		}
	}
	if links[far].ID == "" {
		t.Error("the far event never got its link")
	}
	if n := p.mails(&seen); n != 1 {
		t.Errorf("%d rounds of mail in a year, want the far event's one", n)
	}
	if n := len(h.graph.Subscriptions(ada)); n != 1 {
		t.Errorf("%d live subscriptions", n)
	}
	p.linked(p.adds(fields("Then #meet", tomorrow(9).AddDate(0, 0, int(days.Load())))))
}

func TestEveryWordForALostDeltaToken(t *testing.T) {
	losesNothing(t, graph.Failure{Status: 410, Reason: "SyncStateNotFound"}, graph.Failure{Status: 404, Reason: "syncStateNotFound"},
		graph.Failure{Status: 400, Reason: "SyncStateInvalid"}, graph.Failure{Status: 400, Reason: "resyncRequired"},
		graph.Failure{Status: 410, Reason: "Gone"}, graph.Failure{Status: 404, Reason: "ErrorItemNotFound"}, graph.Failure{Status: 400, Reason: "BadRequest"})
}

func TestAListThatBreaksOffLosesNothing(t *testing.T) {
	answers := func(kind, body string) graph.Failure { return graph.Failure{Status: 200, Type: kind, Body: body} }
	const astray = "https://evil.example/v1.0/x"
	losesNothing(t, graph.Failure{Cut: true}, graph.Failure{Status: 404, Type: "text/html", Body: "<h1>proxy</h1>"},
		answers("text/html", "<h1>Sign in to the Wi-Fi</h1>"), answers("application/json", "{}"), answers("application/json", `{"value":[]}`),
		answers("application/json", `{"value":[],"@odata.nextLink":"`+astray+`"}`), answers("application/json", `{"value":[],"@odata.deltaLink":"`+astray+`"}`))
}

// losesNothing lets the list fail in each way and wants the next event linked, no link changed and nobody mailed twice.
func losesNothing(t *testing.T, ways ...graph.Failure) {
	h := newHouse(t)
	p := h.outlook(ada)
	kept := p.adds(mailed("Kept #meet", tomorrow(9)))
	link := p.linked(kept)
	p.quiet()
	var seen int
	p.mails(&seen)
	for i, f := range ways {
		f.Method, f.Path = http.MethodGet, "/v1.0/me/calendars/*/calendarView/*"
		h.graph.Fail(f)
		p.linked(p.adds(mailed(fmt.Sprintf("Meeting %d #meet", i), tomorrow(9).AddDate(0, 0, 1+i))))
		if got := p.linked(kept); got != link {
			t.Errorf("%+v: the link became %v", f, got)
		}
		p.quiet()
		if n := p.mails(&seen); n != 1 {
			t.Errorf("%+v: %d rounds of mail for one new link", f, n)
		}
		if m := p.remembered(link.Number); m.State != parlor.Scheduled {
			t.Errorf("%+v: the meeting is %s", f, m.State)
		}
	}
}

func TestMovedOutOfTheWindowIsNotCancelled(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	id := p.adds(mailed("Planning #meet", tomorrow(9)))
	link := p.linked(id)
	p.quiet()
	var seen int
	p.mails(&seen)
	for _, day := range []int{500, 5} {
		to := time.Now().UTC().AddDate(0, 0, day).Truncate(time.Hour)
		p.edits(id, calendar.Fields{"start": map[string]any{"dateTime": to.Format(time.RFC3339)}, "end": map[string]any{"dateTime": to.Add(time.Hour).Format(time.RFC3339)}})
		p.until("the new time is known", func() bool {
			m := p.remembered(link.Number)
			return m.Start.Time.Equal(to) && m.State == parlor.Scheduled
		})
	}
	h.graph.MoveItems(ada) // to another folder and back: mutable ids change, ours do not
	p.edits(id, calendar.Fields{"description": p.text(id, "description") + "<p>more</p>"})
	p.quiet()
	if got := p.linked(id); got != link || p.mails(&seen) != 0 {
		t.Errorf("the link became %v", got)
	}
	if err := h.other.Delete(ada, id, calendar.Write{}); err != nil {
		t.Fatal(err)
	}
	p.until("it is cancelled", func() bool { return p.remembered(link.Number).State == parlor.MeetingCancelled })
}

func TestAllDayAndOtherPeoplesEventsAreLeftAlone(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	p.set(map[string]any{"auto_add": "always"})
	day := map[string]any{"date": tomorrow(0).Format(time.DateOnly)}
	allDay, err := h.other.Insert(ada, "", calendar.Fields{"summary": "Holiday #meet", "start": day, "end": map[string]any{"date": tomorrow(24).Format(time.DateOnly)}}, calendar.Write{})
	if err != nil {
		t.Fatal(err)
	}
	invited, err := h.other.Insert(bob, "", fields("Bob's #meet", tomorrow(9), "attendees", calendar.List(calendar.Fields{"email": ada})), calendar.Write{})
	if err != nil {
		t.Fatal(err)
	}
	own := p.adds(fields("Mine", tomorrow(12)))
	p.linked(own)
	p.quiet()
	for _, id := range []string{allDay.ID, invited.ID} {
		if _, there := p.linkIn(id); there {
			t.Errorf("event %s was written to", id)
		}
	}
}

func TestASeriesWithChangedInstancesMailsOncePerInstance(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	start := tomorrow(9)
	id := p.adds(mailed("Weekly", start, "recurrence", calendar.List("RRULE:FREQ=WEEKLY;COUNT=8")))
	own := calendar.InstanceID(id, start.AddDate(0, 0, 7), false)
	p.edits(own, calendar.Fields{"description": "a text of its own", "location": "Room 5"})
	moved := calendar.InstanceID(id, start.AddDate(0, 0, 14), false)
	p.edits(moved, calendar.Fields{"start": map[string]any{"dateTime": start.AddDate(0, 0, 15).Format(time.RFC3339)}, "end": map[string]any{"dateTime": start.AddDate(0, 0, 15).Add(time.Hour).Format(time.RFC3339)}})
	p.quiet()
	from := len(h.other.Mails())
	p.edits(id, calendar.Fields{"summary": "Weekly #meet"})
	link := p.linked(id)
	if got := p.linked(own); got.Number != link.Number {
		t.Errorf("the occurrence carries %s, the series %s", got.Number, link.Number)
	}
	p.quiet()
	rounds := map[string]int{}
	for _, m := range h.other.Mails()[from:] {
		rounds[m.Event]++
	}
	if rounds[id] != 1 || rounds[own] > 2 || rounds[moved] > 1 { // the series' write mails each changed instance, then its own text follows
		t.Errorf("mailed %v", rounds)
	}
	from = len(h.other.Mails())
	p.set(map[string]any{"language": "de", "embed_passcode": false})
	h.graph.ExpireDeltaTokens()
	h.graph.Lifecycle(ada, graph.Missed)
	p.quiet()
	if n := len(h.other.Mails()) - from; n != 0 {
		t.Errorf("settings and a full list mailed %d times", n)
	}
}

func TestWindowsZonesKeepTheirHour(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	year := time.Now().Year() + 1
	create := func(subject, zone string) {
		p.posts(map[string]any{
			"subject": subject, "start": map[string]any{"dateTime": fmt.Sprintf("%d-03-01T09:00:00.0000000", year), "timeZone": zone},
			"end": map[string]any{"dateTime": fmt.Sprintf("%d-03-01T10:00:00.0000000", year), "timeZone": zone},
			"recurrence": map[string]any{
				"pattern": map[string]any{"type": "weekly", "interval": 1, "daysOfWeek": []string{"monday"}, "firstDayOfWeek": "sunday"},
				"range":   map[string]any{"type": "numbered", "startDate": fmt.Sprintf("%d-03-01", year), "numberOfOccurrences": 8, "recurrenceTimeZone": zone},
			},
		})
	}
	for windows, name := range map[string]string{
		"W. Europe Standard Time": "Europe/Berlin", "Eastern Standard Time": "America/New_York", "India Standard Time": "Asia/Kolkata",
		"Europe/Oslo": "Europe/Oslo", "UTC": "UTC", "AUS Eastern Standard Time": "Australia/Sydney",
	} {
		create(windows+" #meet", windows)
		var m parlor.Meeting
		p.until("the series in "+windows+" is known", func() bool {
			ms, err := h.app.store.Meetings(t.Context(), p.account(), time.Now(), time.Now().AddDate(2, 0, 0))
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range ms {
				if strings.HasPrefix(x.Title, windows) {
					m = x
				}
			}
			return m.Number != ""
		})
		zone := must(time.LoadLocation(name))
		slots := m.Slots(time.Date(year, 2, 1, 0, 0, 0, 0, time.UTC), time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC))
		if len(slots) < 8 {
			t.Errorf("%s: %d occurrences", windows, len(slots))
		}
		for _, s := range slots {
			if s.Start.In(zone).Format("15:04") != "09:00" {
				t.Errorf("%s: one begins at %s", windows, s.Start.In(zone))
			}
		}
	}
}
