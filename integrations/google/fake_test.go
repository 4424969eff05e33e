package google_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/integrations/google"
	"parlor/internal/fake/calendar"
	fake "parlor/internal/fake/google"
	"parlor/internal/parlor"
	"parlor/internal/parlor/parlortest"
)

// What only Google has, beyond the suite.

func draft(title string) parlor.Draft {
	start := parlor.Moment{Time: march(3, 8), Zone: "Europe/Berlin"}
	end := parlor.Moment{Time: march(3, 9), Zone: "Europe/Berlin"}
	return parlor.Draft{Key: "0123456789abcdefghij", Title: title, Start: start, End: end}
}

func TestSharedCalendarsAreShownAndStayClosed(t *testing.T) {
	g := start(t)
	g.world.AddCalendar(calendar.Calendar{ID: "team@group.calendar.google.com", Name: "Team", Zone: "UTC", Owner: bob})
	if err := g.world.Share("team@group.calendar.google.com", ada, calendar.Writer); err != nil {
		t.Fatal(err)
	}
	all, err := g.port.Calendars(t.Context())
	want := []parlor.CalendarInfo{
		{ID: ada, Name: ada, Zone: "Europe/London", Primary: true, Owned: true, Writable: true},
		{ID: "team@group.calendar.google.com", Name: "Team", Zone: "UTC"},
	}
	if diff := cmp.Diff(want, all); diff != "" || err != nil {
		t.Fatalf("%v %s", err, diff)
	}
	_, err = g.port.Changes(t.Context(), "team@group.calendar.google.com", "", func([]parlor.Event) error { return nil })
	if err == nil || errors.Is(err, parlor.ErrRevoked) {
		t.Errorf("error %v", err)
	}
}

func TestScopeThatWasUnticked(t *testing.T) {
	g := start(t, "https://www.googleapis.com/auth/calendar.events.owned")
	if _, err := g.port.Calendars(t.Context()); !errors.Is(err, parlor.ErrScope) {
		t.Errorf("error %v", err)
	}
}

func TestCreateDoesNotRaiseTheDead(t *testing.T) {
	g := start(t)
	made, err := g.port.Create(t.Context(), ada, draft("Made"))
	if err != nil {
		t.Fatal(err)
	}
	hand{g.world, ada}.remove(t, made.Ref.ID)
	if _, err := g.port.Create(t.Context(), ada, draft("Made")); !errors.Is(err, parlor.ErrConflict) {
		t.Errorf("error %v", err)
	}
	if all := g.world.Between(ada, march(1, 0), march(9, 0)); len(all) != 0 {
		t.Errorf("%d events", len(all))
	}
}

func TestPatchLeavesWhatIsOthers(t *testing.T) {
	g := start(t)
	f := fields(draft("Busy"))
	f["extendedProperties"] = calendar.Fields{
		"private": calendar.Fields{"origin": "another app"}, "shared": calendar.Fields{"zmMeetingNum": "1"},
	}
	f["conferenceData"] = calendar.Fields{
		"conferenceSolution": calendar.Fields{"name": "Zoom Meeting", "key": calendar.Fields{"type": "addOn"}},
		"entryPoints":        calendar.List(calendar.Fields{"entryPointType": "video", "uri": "https://zoom.us/j/1"}),
	}
	f["reminders"] = calendar.Fields{"useDefault": false, "overrides": calendar.List(calendar.Fields{"method": "popup", "minutes": 5.0})}
	made, err := g.world.Insert(ada, "", f, calendar.Write{Actor: ada})
	if err != nil {
		t.Fatal(err)
	}
	for _, stamp := range []string{"v1", ""} {
		e, err := g.port.Event(t.Context(), parlor.EventRef{Calendar: ada, ID: made.ID})
		if err != nil || e.Conference == nil || e.Conference.Provider != "Zoom Meeting" {
			t.Fatalf("%+v %v", e.Conference, err)
		}
		err = g.port.Patch(t.Context(), e.Ref, e.ETag, parlor.Patch{Body: new("new"), Location: new("here"), Stamp: &stamp})
		if err != nil {
			t.Fatal(err)
		}
	}
	after, err := g.world.Event(ada, made.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"extendedProperties", "conferenceData", "reminders", "start", "end", "summary"} {
		if diff := cmp.Diff(made.Fields[key], after.Fields[key]); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
}

func TestPushesOfEveryKindAreHeard(t *testing.T) {
	for name, tt := range map[string]struct {
		mode fake.PushMode
		want int // pushes, the first "sync" among them
	}{
		"early":   {fake.PushMode{EarlySync: true}, 2},
		"doubled": {fake.PushMode{Double: true}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			g, l := start(t), parlortest.Listen(t, google.Hear, time.Now().Add(24*time.Hour))
			g.srv.Pushes(tt.mode)
			hook := l.Hook(t, "w-"+name)
			got, err := g.port.Watch(t.Context(), ada, hook)
			if err != nil || got.ID != hook.ID {
				t.Fatalf("%+v %v", got, err)
			}
			if heard := l.Heard(); tt.mode.EarlySync && (len(heard) != 1 || heard[0].Number != 1 || heard[0].Secret != hook.Secret) {
				t.Errorf("before the answer: %+v", heard)
			}
			hand{g.world, ada}.add(t, draft("Pushed"))
			l.Await(t, tt.want)
		})
	}
}

func TestSignInIsComplete(t *testing.T) {
	s := google.New(google.Config{})
	if s.Kind != parlor.KindGoogle || s.OAuth.Issuer != "https://accounts.google.com" || s.Calendar == nil || s.Hear == nil || s.Rooms != nil {
		t.Errorf("%+v", s)
	}
	if s.Pace.PerAccount.Requests != 600 || s.Pace.PerProject.Requests != 10_000 || s.Pace.PerDay != 1_000_000 {
		t.Errorf("%+v", s.Pace)
	}
}

// march is a day of March 2031, at an hour in UTC.
func march(day, hour int) time.Time { return time.Date(2031, 3, day, hour, 0, 0, 0, time.UTC) }
