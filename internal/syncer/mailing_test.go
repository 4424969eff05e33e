package syncer_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/syncer"
)

func mailing(s *parlor.Service) { s.Mails = true }

func (r *rig) same(what string, got, want []string) {
	r.t.Helper()
	if !slices.Equal(got, want) {
		r.t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func (r *rig) settings(change func(*parlor.Settings)) {
	r.t.Helper()
	s, etag, err := r.st.Settings(r.t.Context(), r.acct)
	r.must(err)
	change(&s)
	_, err = r.st.PutSettings(r.t.Context(), r.acct, etag, s)
	r.must(err)
}

func (r *rig) meeting(id string) parlor.Meeting {
	r.t.Helper()
	m, err := r.st.MeetingByEvent(r.t.Context(), r.acct, parlor.EventRef{Calendar: work, ID: id})
	r.must(err)
	return m
}

func TestOrdinaryEventsAreReadOnce(t *testing.T) {
	r := newRig(t, mailing)
	r.book.put(r.event("e1", "Planning"), r.event("e2", "Lunch", "bob@example.com"))
	r.same("ordinary events", r.pass(), nil)
}

func TestOneWriteForEachChangeWithoutStamps(t *testing.T) {
	r := newRig(t, mailing)
	r.book.put(r.event("e1", "Planning #meet", "bob@example.com", "eve@elsewhere.example"))
	r.same("asked for", r.pass(), []string{"patch e1"})
	r.same("our own write comes back", r.pass(), nil)
	entries, _, err := r.st.Activity(t.Context(), r.acct, "", 10)
	r.must(err)
	if len(entries) != 1 || !strings.HasSuffix(entries[0].Text, "Your calendar told 2 guests of it by mail.") {
		t.Errorf("told %+v", entries)
	}
	if stamp, ok := parlor.ParseStamp(r.book.kept["e1"].Stamp); !ok || stamp.Number != r.meeting("e1").Number {
		t.Errorf("stamp %q", r.book.kept["e1"].Stamp)
	}
}

func TestStaleTextIsKeptAndToldOnce(t *testing.T) {
	r := newRig(t, mailing)
	r.book.put(r.event("e1", "Planning #meet", "bob@example.com"))
	r.pass()
	r.pass()
	r.settings(func(s *parlor.Settings) { s.Language = "de" })
	for range 3 {
		r.book.put(r.book.kept["e1"])
		r.same("stale text", r.pass(), nil)
	}
	r.same("told", r.told(), []string{"keep kept_unmailed", "inject keyword"})
	alone := r.book.kept["e1"]
	alone.Attendees = nil
	r.book.put(alone)
	r.same("without guests", r.pass(), []string{"patch e1"})
	if !strings.Contains(r.book.kept["e1"].Body, "Besprechung") {
		t.Errorf("body %s", r.book.kept["e1"].Body)
	}
}

func TestTheLinkGoesWithItsKeywordWithoutStamps(t *testing.T) {
	r := newRig(t, mailing)
	r.book.put(r.event("e1", "Planning #meet", "bob@example.com"))
	r.pass()
	r.pass()
	e := r.book.kept["e1"]
	e.Title = "Planning"
	r.book.put(e)
	r.same("keyword gone", r.pass(), []string{"event e1", "patch e1"})
	if e := r.book.kept["e1"]; e.Body != "" || e.Location != "" || e.Stamp != "" {
		t.Errorf("left %+v", e)
	}
	r.same("our own write comes back", r.pass(), nil)
}

func TestAnOptOutIsConfirmedOnce(t *testing.T) {
	r := newRig(t, mailing)
	r.book.put(r.event("e1", "Planning #meet"))
	r.pass()
	r.pass()
	e := r.book.kept["e1"]
	e.Body, e.Location = "", ""
	r.book.put(e)
	r.same("taken out", r.pass(), []string{"event e1"})
	r.book.put(r.book.kept["e1"])
	r.same("listed again", r.pass(), nil)
	e.Title = "Planning"
	r.book.put(e)
	r.same("the keyword goes", r.pass(), nil)
	e.Title = "Planning #meet"
	r.book.put(e)
	r.same("the keyword comes back", r.pass(), []string{"patch e1"})
}

// invited is an event with a block that a client wrote, rewritten as Outlook does.
func (r *rig) invited(id string, m parlor.Meeting) parlor.Event {
	r.t.Helper()
	room, err := r.st.Room(r.t.Context(), r.acct)
	r.must(err)
	block := parlor.Insert("", parlor.HTML, parlor.Render(m, room, origin, parlor.Wording{}, true), true)
	e := r.event(id, "Planning", "bob@example.com")
	lines := strings.Split(block, "<br>")
	e.Body = "<html>\r\n<body>\r\n<div>" + strings.Join(lines, "</div>\r\n<div class=\"x_elementToProof\">") + "</div>\r\n<div>Agenda</div>\r\n</body></html>"
	e.Location = parlor.JoinLink(origin, room, m, true)
	return e
}

func TestWhatTheAddinWroteIsAdoptedAndKept(t *testing.T) {
	r := newRig(t, mailing)
	settings, _, err := r.st.Settings(t.Context(), r.acct)
	r.must(err)
	room, err := r.st.Room(t.Context(), r.acct)
	r.must(err)
	start := monday.Add(24 * time.Hour)
	m, err := syncer.NewClaims(r.st, r.acct, settings, room, r.clock.Now).Claim(t.Context(), parlor.Meeting{
		State: parlor.Scheduled, Trigger: parlor.ByPerson, Title: "Planning",
		Start: parlor.Moment{Time: start, Zone: "UTC"}, End: parlor.Moment{Time: start.Add(time.Hour), Zone: "UTC"},
	}, nil, nil)
	r.must(err)
	r.book.put(r.invited("e1", m))
	r.same("written by the add-in", r.pass(), nil)
	got := r.meeting("e1")
	if got.Number != m.Number || got.Written == "" || got.Service != parlor.KindMicrosoft {
		t.Errorf("adopted as %+v", got)
	}
	moved := r.book.kept["e1"]
	moved.Start.Time, moved.End.Time = start.Add(time.Hour), start.Add(2*time.Hour)
	r.book.put(moved)
	r.same("moved", r.pass(), nil)
	if got := r.meeting("e1"); !got.Start.Time.Equal(moved.Start.Time) {
		t.Errorf("still at %s", got.Start.Time)
	}
	r.same("told", r.told(), nil)
	copied := r.invited("e2", m)
	r.book.put(copied)
	r.same("copied", r.pass(), []string{"patch e2"})
	if r.meeting("e2").Number == m.Number {
		t.Error("the copy kept the number")
	}
}

func TestASeriesSentAgainReplacesItsOccurrences(t *testing.T) {
	r := newRig(t, mailing)
	series := r.event("e1", "Weekly #meet")
	series.Recurrence = []string{"RRULE:FREQ=WEEKLY;COUNT=10"}
	week := func(n int) time.Time { return series.Start.Time.AddDate(0, 0, 7*n) }
	changed := func(id string, n int, cancelled bool) parlor.Event {
		e := r.event(id, "Weekly #meet")
		e.SeriesID, e.OriginalStart, e.Cancelled = "e1", parlor.Moment{Time: week(n)}, cancelled
		e.Start.Time, e.End.Time = week(n).Add(time.Hour), week(n).Add(2*time.Hour)
		return e
	}
	r.book.put(series)
	r.pass()
	body := r.book.kept["e1"].Body
	moved, off := changed("e1_1", 1, false), changed("e1_2", 2, true)
	moved.Body = body
	r.book.events = append(r.book.events, moved, off)
	r.pass()
	known := func() (times []string) {
		for _, o := range r.meeting("e1").Overrides {
			times = append(times, o.Original.Format(time.DateOnly))
		}
		return times
	}
	day := func(n int) string { return week(n).Format(time.DateOnly) }
	r.same("after the changes", known(), []string{day(1), day(2)})

	again := r.book.kept["e1"]
	r.book.put(again)
	r.pass()
	r.same("a reading that does not tell", known(), []string{day(1), day(2)})

	again.Exceptions = &[]time.Time{week(3), week(2).UTC()}
	r.book.put(again)
	moved = changed("e1_3", 3, false)
	moved.Body = body
	r.book.events = append([]parlor.Event{moved}, r.book.events...)
	r.pass()
	r.same("the series is sent again with others", known(), []string{day(2), day(3)})

	again.Exceptions = &[]time.Time{}
	r.book.put(again)
	r.pass()
	r.same("all are as the series has them", known(), nil)
}

// TestWhenAMeetingWasBeforeItWasMoved: the door tells those who come at the old time.
func TestWhenAMeetingWasBeforeItWasMoved(t *testing.T) {
	r := newRig(t)
	e := r.event("e1", "Planning #meet")
	r.book.put(e)
	r.pass()
	if was := r.meeting("e1").Was; was != nil {
		t.Errorf("never moved, and was at %v", was)
	}
	moved := r.book.kept["e1"]
	moved.Start.Time, moved.End.Time = e.Start.Time.Add(time.Hour), e.End.Time.Add(time.Hour)
	r.book.put(moved)
	r.pass()
	r.pass()
	was := r.meeting("e1").Was
	if was == nil || !was.Start.Equal(e.Start.Time) || !was.End.Equal(e.End.Time) {
		t.Errorf("was at %v, want %v", was, e.Start.Time)
	}
}
