package microsoft_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/integrations/microsoft"
	"parlor/internal/fake/calendar"
	"parlor/internal/fake/graph"
	"parlor/internal/parlor"
	"parlor/internal/parlor/parlortest"
)

// What only Microsoft has, beyond the suite.

var primary = parlor.CalendarID(graph.CalendarID(ada, ada))

func draft(title string) parlor.Draft {
	start := time.Date(2031, 3, 3, 8, 0, 0, 0, time.UTC)
	return parlor.Draft{
		Key: "0123456789abcdefghij", Title: title, Body: "Bring the figures.", Format: parlor.Text,
		Start: parlor.Moment{Time: start, Zone: "Europe/Berlin"}, End: parlor.Moment{Time: start.Add(time.Hour), Zone: "Europe/Berlin"},
	}
}

// changes reads what changed since a cursor, by id.
func (g service) changes(t *testing.T, since parlor.Cursor) (map[string]parlor.Event, parlor.Cursor) {
	t.Helper()
	got := map[string]parlor.Event{}
	end, err := g.port.Changes(t.Context(), primary, since, func(page []parlor.Event) error {
		for _, e := range page {
			got[e.Ref.ID] = e
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got, end
}

func (g service) event(t *testing.T, id string) parlor.Event {
	t.Helper()
	e, err := g.port.Event(t.Context(), parlor.EventRef{Calendar: primary, ID: id})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// calls counts the requests of Graph by what they are about.
func (g service) calls() map[string]int {
	n := map[string]int{}
	for _, c := range g.srv.Calls() {
		switch {
		case strings.Contains(c.Path, "/delta"):
			n["delta"]++
		case c.Query.Has("$select"):
			n["series"]++
		case strings.Contains(c.Path, "/events/"):
			n[c.Method]++
		default:
			n["other"]++
		}
	}
	return n
}

func TestAChangedEventCostsOneListAndOneWrite(t *testing.T) {
	g := start(t)
	person := hand{service: g, email: ada}
	series := draft("Weekly")
	series.Recurrence = []string{"RRULE:FREQ=WEEKLY;COUNT=6"}
	person.add(t, series)
	_, cursor := g.changes(t, "")
	d := draft("Planned")
	d.Attendees = []parlor.Person{{Email: bob}}
	id := person.add(t, d)
	g.srv.ResetCalls()
	mails := len(g.world.Mails())
	got, cursor := g.changes(t, cursor)
	body := parlor.Insert(got[id].Body, got[id].Format, parlor.Block{Lines: []string{"x"}, Link: "https://parlor.example/j/1"}, false)
	patch := parlor.Patch{Body: &body, Format: got[id].Format, Location: new("https://parlor.example/j/1"), Stamp: new("v1")}
	if err := g.port.Patch(t.Context(), got[id].Ref, got[id].ETag, patch); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"delta": 1, "GET": 1, "PATCH": 1}, g.calls()); diff != "" {
		t.Errorf("calls: %s", diff)
	}
	if n := len(g.world.Mails()) - mails; n != 1 {
		t.Errorf("%d rounds of mail", n)
	}
	g.srv.ResetCalls()
	if echo, _ := g.changes(t, cursor); len(echo) != 1 || echo[id].Location != "https://parlor.example/j/1" {
		t.Errorf("%+v", echo)
	}
	if diff := cmp.Diff(map[string]int{"delta": 1}, g.calls()); diff != "" {
		t.Errorf("calls for the echo: %s", diff)
	}
	if g.srv.Zipped() != 0 {
		t.Error("a request was compressed")
	}
}

func TestAChangedSeriesIsReadOnce(t *testing.T) {
	g := start(t)
	person := hand{service: g, email: ada}
	series := draft("Weekly")
	series.Recurrence = []string{"RRULE:FREQ=WEEKLY;COUNT=6"}
	id := person.add(t, series)
	_, cursor := g.changes(t, "")
	second := series.Start.Time.AddDate(0, 0, 7)
	person.removeOccurrence(t, id, second)
	g.srv.ResetCalls()
	got, _ := g.changes(t, cursor)
	if diff := cmp.Diff(map[string]int{"delta": 1, "series": 1}, g.calls()); diff != "" {
		t.Errorf("calls: %s", diff)
	}
	if x := got[id].Exceptions; len(got) != 2 || x == nil || len(*x) != 1 || !(*x)[0].Equal(second) {
		t.Errorf("%+v", got)
	}
}

func TestTeamsMeetingSurvivesOurs(t *testing.T) {
	g := start(t)
	d := draft("With Teams")
	id := hand{service: g, email: ada, online: true}.add(t, d)
	before := g.event(t, id)
	if before.Conference == nil || before.Conference.Provider != "Microsoft Teams" || !strings.Contains(before.Body, before.Conference.URL) {
		t.Fatalf("%+v", before.Conference)
	}
	block := parlor.Block{Lines: []string{"https://parlor.example/j/1234567890"}, Link: "https://parlor.example/j/1234567890"}
	with := parlor.Insert(before.Body, before.Format, block, true)
	if err := g.port.Patch(t.Context(), before.Ref, before.ETag, parlor.Patch{Body: &with, Format: before.Format}); err != nil {
		t.Fatal(err)
	}
	between := g.event(t, id)
	without := parlor.Strip(between.Body, "https://parlor.example")
	if err := g.port.Patch(t.Context(), between.Ref, between.ETag, parlor.Patch{Body: &without, Format: between.Format}); err != nil {
		t.Fatal(err)
	}
	after := g.event(t, id)
	if diff := cmp.Diff(before.Conference, after.Conference); diff != "" || visible(after.Body, after.Format) != visible(before.Body, before.Format) {
		t.Errorf("%s %s", diff, after.Body)
	}
	err := g.port.Patch(t.Context(), after.Ref, after.ETag, parlor.Patch{Body: new("gone"), Format: parlor.Text})
	if !errors.Is(err, parlor.ErrConflict) || g.event(t, id).Conference == nil {
		t.Errorf("error %v", err)
	}
}

func TestWindowsRollAndBelieveNothing(t *testing.T) {
	g := start(t)
	person := hand{service: g, email: ada}
	near := person.add(t, draft("Near"))
	far := draft("Far")
	far.Start.Time, far.End.Time = far.Start.Time.AddDate(1, 2, 0), far.End.Time.AddDate(1, 2, 0)
	beyond := person.add(t, far)
	got, cursor := g.changes(t, "")
	if len(got) != 1 || got[near].Title != "Near" {
		t.Fatalf("%+v", got)
	}
	if _, err := g.world.Patch(ada, inWorld(t, near), calendar.Fields{
		"start": calendar.Timed(far.Start.Time, "Europe/Berlin"), "end": calendar.Timed(far.End.Time, "Europe/Berlin"),
	}, calendar.Write{Actor: ada}); err != nil {
		t.Fatal(err)
	}
	got, cursor = g.changes(t, cursor)
	if e := got[near]; len(got) != 1 || e.Cancelled || !e.Start.Time.Equal(far.Start.Time) || !e.StampRead {
		t.Errorf("moved out of the window: %+v", got)
	}
	g.later.Store(int64(36 * 24 * time.Hour))
	if _, err := g.port.Changes(t.Context(), primary, cursor, func([]parlor.Event) error { return nil }); !errors.Is(err, parlor.ErrCursorGone) {
		t.Fatalf("after five weeks: %v", err)
	}
	g.later.Store(int64(70 * 24 * time.Hour))
	if got, _ = g.changes(t, ""); got[beyond].Title != "Far" || len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestSharedCalendarsAreShownAndStayClosed(t *testing.T) {
	g := start(t)
	g.world.AddCalendar(calendar.Calendar{ID: "team", Name: "Team", Zone: "UTC", Owner: bob})
	if err := g.world.Share("team", ada, calendar.Writer); err != nil {
		t.Fatal(err)
	}
	team := parlor.CalendarID(graph.CalendarID(ada, "team"))
	all, err := g.port.Calendars(t.Context())
	want := []parlor.CalendarInfo{
		{ID: primary, Name: "Calendar", Zone: "Europe/London", Primary: true, Owned: true, Writable: true},
		{ID: team, Name: "Team", Zone: "Europe/London"},
	}
	if diff := cmp.Diff(want, all); diff != "" || err != nil {
		t.Fatalf("%v %s", err, diff)
	}
	_, err = g.port.Changes(t.Context(), team, "", func([]parlor.Event) error { return nil })
	if !errors.Is(err, parlor.ErrForbidden) {
		t.Errorf("list: %v", err)
	}
	if _, err := g.port.Watch(t.Context(), team, parlor.Hook{ID: "w", URL: "https://parlor.example/h"}); !errors.Is(err, parlor.ErrForbidden) {
		t.Errorf("watch: %v", err)
	}
}

func TestScopeThatIsMissing(t *testing.T) {
	g := start(t, "User.Read")
	if _, err := g.port.Calendars(t.Context()); !errors.Is(err, parlor.ErrScope) {
		t.Errorf("error %v", err)
	}
}

func TestMailboxesOnPremisesAreNotSupported(t *testing.T) {
	g := start(t)
	g.world.AddPerson(calendar.Person{Email: ada, Name: "Ada", Zone: "Europe/London", OnPremises: true})
	_, err := g.port.Calendars(t.Context())
	if !errors.Is(err, parlor.ErrForbidden) || errors.Is(err, parlor.ErrScope) || !strings.Contains(err.Error(), "on-premises or has no licence") {
		t.Errorf("error %v", err)
	}
}

func TestClaimsChallengeIsNotArguedWith(t *testing.T) {
	g := start(t)
	g.fail(graph.Failure{Reason: graph.ClaimsChallenge, Times: -1})
	if _, err := g.port.Calendars(t.Context()); !errors.Is(err, parlor.ErrRevoked) {
		t.Errorf("error %v", err)
	}
	if n := len(g.srv.Calls()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestIdsOutliveAMove(t *testing.T) {
	g := start(t)
	id := hand{service: g, email: ada}.add(t, draft("Moved about"))
	listed, cursor := g.changes(t, "")
	g.srv.MoveItems(ada)
	if e := g.event(t, id); e.Title != "Moved about" || listed[id].Ref != e.Ref {
		t.Errorf("%+v", e.Ref)
	}
	if again, _ := g.changes(t, cursor); len(again) != 0 {
		t.Errorf("%+v", again)
	}
}

func TestLifecycleOfAChannelIsHeard(t *testing.T) {
	for event, renew := range map[string]bool{"missed": false, "subscriptionRemoved": true, "reauthorizationRequired": true} {
		g, l := start(t), parlortest.Listen(t, microsoft.Hear, now().Add(24*time.Hour))
		hook := l.Hook(t, "w-"+event)
		if _, err := g.port.Watch(t.Context(), primary, hook); err != nil {
			t.Fatal(err)
		}
		g.srv.Lifecycle(ada, event)
		l.Await(t, 1)
		if got := l.Heard()[0]; got != (parlor.Ping{Watch: hook.ID, Secret: hook.Secret, Renew: renew}) {
			t.Errorf("%s: %+v", event, got)
		}
	}
}
