package parlor

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTally(t *testing.T) {
	next := Moment{Time: testNow.Add(time.Hour)}
	end := Moment{Time: testNow.Add(2 * time.Hour)}
	m := Meeting{State: Scheduled, Start: next, End: end, Written: "old", Guests: Guests{Invited: 3, Outside: 2}}
	with := func(change func(*Meeting)) Meeting { c := m; change(&c); return c }
	since := Way{Since: testNow.Add(-time.Minute)}
	spread := with(func(m *Meeting) {
		m.Recurrence = []string{"RRULE:FREQ=DAILY"}
		m.Overrides = []Override{
			{Slot: &Slot{Start: next.Time, End: end.Time}, Written: "old"},
			{Slot: &Slot{Start: next.Time, End: end.Time}, Written: "new"},
			{Slot: &Slot{Start: testNow.Add(-2 * time.Hour), End: testNow.Add(-time.Hour)}, Written: "old"},
			{Slot: &Slot{Start: next.Time, End: end.Time}},
			{Written: "old"},
		}
	})
	for name, c := range map[string]struct {
		m    Meeting
		way  Way
		want Tally
	}{
		"to be rewritten":            {m, Way{}, Tally{Left: 1, Stale: 2}},
		"to be rewritten with mails": {m, Way{Mails: true}, Tally{Left: 1, Mailed: 3}},
		"quietly":                    {m, Way{Mails: true, Quiet: true}, Tally{Kept: 1}},
		"quietly, mails nobody":      {with(func(m *Meeting) { m.Guests = Guests{} }), Way{Mails: true, Quiet: true}, Tally{Left: 1}},
		"quietly where none go out":  {m, Way{Quiet: true}, Tally{Left: 1, Stale: 2}},
		"calendar off":               {m, Way{Shut: true}, Tally{Kept: 1}},
		"left without":               {with(func(m *Meeting) { m.Held = "new" }), Way{}, Tally{Kept: 1}},
		"left without another one":   {with(func(m *Meeting) { m.Held = "newer" }), Way{}, Tally{Left: 1, Stale: 2}},
		"right before":               {with(func(m *Meeting) { m.Written = "new" }), since, Tally{}},
		"right since":                {with(func(m *Meeting) { m.Written, m.WrittenAt = "new", testNow }), since, Tally{Done: 1}},
		"never written":              {with(func(m *Meeting) { m.Written = "" }), Way{}, Tally{}},
		"over":                       {with(func(m *Meeting) { m.Start.Time, m.End.Time = testNow.Add(-time.Hour), testNow }), Way{}, Tally{}},
		"cancelled":                  {with(func(m *Meeting) { m.State = MeetingCancelled }), Way{}, Tally{}},
		"occurrences of their own":   {spread, Way{}, Tally{Left: 2, Stale: 4}},
	} {
		var got Tally
		got.Add(c.m, "new", c.way, testNow)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestRewrittenInWords(t *testing.T) {
	for words, tally := range map[string]Tally{
		"60 coming events say so now.":                  {Done: 60},
		"one coming event says so now. One was left":    {Done: 1, Kept: 1},
		"0 coming events say so now. 12 were left as t": {Kept: 12},
	} {
		if got := Rewritten(tally).Text; !strings.Contains(got, words) {
			t.Errorf("%+v: %q", tally, got)
		}
	}
}

func TestWhichMeetingsFollow(t *testing.T) {
	event := EventRef{Calendar: "c", ID: "e"}
	for name, c := range map[string]struct {
		wish Applying
		m    Meeting
		want bool
		kept bool
	}{
		"one-time by setting":   {Applying{InRoom: true}, Meeting{Kind: OneTime, State: Scheduled, Event: event, Why: ReasonOneTimeBySetting}, true, false},
		"kept out by the guard": {Applying{InRoom: true}, Meeting{Kind: OneTime, State: Scheduled, Event: event, Why: ReasonRoomTaken}, true, false},
		"chosen by the person":  {Applying{InRoom: true}, Meeting{Kind: OneTime, State: Scheduled, Event: event, Why: ReasonOneTimeAsked}, false, true},
		"there already":         {Applying{InRoom: true}, Meeting{Kind: InRoom, State: Scheduled, Event: event, Why: ReasonRoomAsked}, false, false},
		"out of it":             {Applying{}, Meeting{Kind: InRoom, State: Scheduled, Event: event, Why: ReasonRoomBySetting}, true, false},
		"never saved":           {Applying{InRoom: true}, Meeting{Kind: OneTime, State: Scheduled, Why: ReasonOneTimeBySetting}, false, false},
		"in no calendar":        {Applying{InRoom: true}, Meeting{Kind: OneTime, State: Scheduled, Standalone: true, Why: ReasonOneTimeBySetting}, true, false},
		"cancelled":             {Applying{InRoom: true}, Meeting{Kind: OneTime, State: MeetingCancelled, Event: event}, false, false},
		"back, moved before":    {Applying{Back: true}, Meeting{Kind: InRoom, State: Scheduled, Event: event, Why: ReasonRoomApplied}, true, false},
		"back, not by that":     {Applying{Back: true}, Meeting{Kind: InRoom, State: Scheduled, Event: event, Why: ReasonRoomBySetting}, false, false},
	} {
		got, kept := c.wish.Asks(c.m)
		if got != c.want || (kept != nil) != c.kept {
			t.Errorf("%s: follows %v, kept %v", name, got, kept)
		}
	}
}
