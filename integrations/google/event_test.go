package google

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func TestEventReadsEverything(t *testing.T) {
	cal, s := say(t, answer{body: `{
		"id":"abc_20261124T090000Z","etag":"\"7\"","status":"confirmed","iCalUID":"abc@google.com","eventType":"default",
		"summary":"Weekly 🍜","location":"Room 4","description":"<b>Agenda</b><br>none","locked":false,
		"htmlLink":"https://calendar.google.com/event?eid=x","updated":"2026-11-20T10:11:12.345Z",
		"start":{"dateTime":"2026-11-24T10:00:00+01:00","timeZone":"Europe/Berlin"},
		"end":{"dateTime":"2026-11-24T10:30:00+01:00","timeZone":"Europe/Berlin"},
		"recurringEventId":"abc","originalStartTime":{"dateTime":"2026-11-24T09:00:00Z","timeZone":"Europe/Berlin"},
		"organizer":{"email":"ada@example.com","displayName":"Ada","self":true},
		"creator":{"email":"bob@example.com"},
		"attendees":[{"email":"ada@example.com","self":true,"organizer":true},{"email":"room@example.com","resource":true,"displayName":"Beamer"}],
		"extendedProperties":{"private":{"parlor":"v1;x","other":"y"},"shared":{"parlor":"forged"}},
		"attachments":[{"title":"no file id"}],"unheardOf":{"new":true}}`})
	got, err := cal.Event(t.Context(), parlor.EventRef{Calendar: "c@group.calendar.google.com", ID: "abc_20261124T090000Z"})
	if err != nil {
		t.Fatal(err)
	}
	want := parlor.Event{
		Ref:  parlor.EventRef{Calendar: "c@group.calendar.google.com", ID: "abc_20261124T090000Z"},
		ETag: `"7"`, UID: "abc@google.com", Ordinary: true, Editable: true,
		Title: "Weekly 🍜", Location: "Room 4", Body: "<b>Agenda</b><br>none", Format: parlor.HTML,
		Start:         parlor.Moment{Time: at("2026-11-24T09:00:00Z"), Zone: "Europe/Berlin"},
		End:           parlor.Moment{Time: at("2026-11-24T09:30:00Z"), Zone: "Europe/Berlin"},
		Organizer:     parlor.Person{Name: "Ada", Email: "ada@example.com", Self: true},
		Creator:       parlor.Person{Email: "bob@example.com"},
		Attendees:     []parlor.Person{{Email: "ada@example.com", Self: true}, {Name: "Beamer", Email: "room@example.com", Resource: true}},
		SeriesID:      "abc",
		OriginalStart: parlor.Moment{Time: at("2026-11-24T09:00:00Z"), Zone: "Europe/Berlin"},
		Stamp:         "v1;x", StampRead: true,
		HTMLLink: "https://calendar.google.com/event?eid=x",
		Updated:  at("2026-11-20T10:11:12.345Z"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := s.only(t).path; got != "/calendar/v3/calendars/c@group.calendar.google.com/events/abc_20261124T090000Z" {
		t.Errorf("path %s", got)
	}
}

// one reads a single event's JSON out of a list.
func one(t *testing.T, body string) parlor.Event {
	t.Helper()
	cal, _ := say(t, answer{body: `{"items":[` + body + `],"nextSyncToken":"s"}`})
	var out parlor.Event
	_, err := cal.Changes(t.Context(), "ada@example.com", "", func(page []parlor.Event) error {
		out = page[0]
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEventStub(t *testing.T) {
	got := one(t, `{"id":"0cu_20211123T170000Z","status":"cancelled"}`)
	want := parlor.Event{
		Ref:       parlor.EventRef{Calendar: "ada@example.com", ID: "0cu_20211123T170000Z"},
		Cancelled: true, Ordinary: true, Format: parlor.Text,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEventAllDay(t *testing.T) {
	got := one(t, `{"id":"a","start":{"date":"2026-10-14"},"end":{"date":"2026-10-15"},"eventType":"birthday"}`)
	want := parlor.Moment{Time: at("2026-10-14T00:00:00Z"), AllDay: true}
	if diff := cmp.Diff(want, got.Start); diff != "" || got.Ordinary {
		t.Errorf("ordinary %t %s", got.Ordinary, diff)
	}
}

func TestEventWithATimeThatIsNone(t *testing.T) {
	got := one(t, `{"id":"a","start":{"dateTime":"tomorrow"},"end":{"date":"someday"},"updated":"x"}`)
	if !got.Start.Time.IsZero() || !got.End.Time.IsZero() || got.End.AllDay || !got.Updated.IsZero() {
		t.Errorf("%+v", got)
	}
}

func TestEditable(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want bool
	}{
		"organiser":                 {`{"id":"a","organizer":{"email":"a@x","self":true}}`, true},
		"organiser not marked":      {`{"id":"a","organizer":{"email":"a@x"},"creator":{"email":"a@x","self":true}}`, true},
		"private copy of a guest":   {`{"id":"a","organizer":{"email":"b@x"},"creator":{"email":"a@x","self":true}}`, false},
		"guest":                     {`{"id":"a","organizer":{"email":"b@x"}}`, false},
		"guest who may":             {`{"id":"a","organizer":{"email":"b@x"},"guestsCanModify":true}`, true},
		"locked":                    {`{"id":"a","organizer":{"self":true},"guestsCanModify":true,"locked":true}`, false},
		"neither organiser nor any": {`{"id":"a"}`, false},
		"two without address":       {`{"id":"a","organizer":{},"creator":{"self":true}}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := one(t, tt.body).Editable; got != tt.want {
				t.Errorf("editable %t, want %t", got, tt.want)
			}
		})
	}
}

func TestConference(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want *parlor.Conference
	}{
		"none":         {`{"id":"a"}`, nil},
		"hangout link": {`{"id":"a","hangoutLink":"https://meet.google.com/x"}`, &parlor.Conference{Provider: "Google Meet", URL: "https://meet.google.com/x"}},
		"add-on": {
			`{"id":"a","conferenceData":{"entryPoints":[{"entryPointType":"phone","uri":"tel:+1"},{"entryPointType":"video","uri":"https://zoom.us/j/1"}],"conferenceSolution":{"name":"Zoom Meeting"}}}`,
			&parlor.Conference{Provider: "Zoom Meeting", URL: "https://zoom.us/j/1"},
		},
		"phone only": {`{"id":"a","conferenceData":{"entryPoints":[{"entryPointType":"phone","uri":"tel:+1"}]}}`, &parlor.Conference{Provider: "Google Meet", URL: "tel:+1"}},
		"being made": {`{"id":"a","conferenceData":{"createRequest":{"status":{"statusCode":"pending"}}}}`, &parlor.Conference{Provider: "Google Meet"}},
		"failed":     {`{"id":"a","conferenceData":{"createRequest":{"status":{"statusCode":"failure"}}}}`, nil},
		"empty data": {`{"id":"a","conferenceData":{},"hangoutLink":"https://meet.google.com/x"}`, &parlor.Conference{Provider: "Google Meet", URL: "https://meet.google.com/x"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, one(t, tt.body).Conference); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEventThatIsGone(t *testing.T) {
	for name, a := range map[string]answer{
		"not found": {status: 404, body: `{"error":{"code":404,"message":"Not Found","errors":[{"reason":"notFound"}]}}`},
		"deleted":   {status: 410, body: `{"error":{"code":410,"message":"Resource has been deleted","errors":[{"reason":"deleted"}]}}`},
		"cancelled": {body: `{"id":"a","status":"cancelled"}`},
	} {
		t.Run(name, func(t *testing.T) {
			cal, _ := say(t, a)
			if _, err := cal.Event(t.Context(), parlor.EventRef{Calendar: "c", ID: "a"}); !errors.Is(err, parlor.ErrNotFound) {
				t.Errorf("error %v", err)
			}
		})
	}
}
