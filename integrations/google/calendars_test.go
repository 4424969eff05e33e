package google

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

func TestCalendars(t *testing.T) {
	cal, s := say(t,
		answer{body: `{"nextPageToken":"p1","items":[
			{"id":"ada@example.com","summary":"ada@example.com","summaryOverride":"Ada","timeZone":"Europe/London","primary":true,"accessRole":"owner"},
			{"id":"gone@example.com","accessRole":"owner","deleted":true}]}`},
		answer{body: `{"nextSyncToken":"s","items":[{"id":"team@example.com","summary":"Team","timeZone":"UTC","accessRole":"writer"}]}`},
	)
	got, err := cal.Calendars(t.Context())
	want := []parlor.CalendarInfo{
		{ID: "ada@example.com", Name: "Ada", Zone: "Europe/London", Primary: true, Owned: true, Writable: true},
		{ID: "team@example.com", Name: "Team", Zone: "UTC"}, // our scope ends at owned calendars
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if s.asked[0].query.Has("pageToken") || s.asked[1].query.Get("pageToken") != "p1" {
		t.Errorf("%v", s.asked)
	}
}

func TestCalendarsRefusesAPartialList(t *testing.T) {
	circle := answer{body: `{"nextPageToken":"p1"}`}
	for name, answers := range map[string][]answer{"empty answer": {{body: `{}`}}, "circle": {circle, circle}} {
		cal, _ := say(t, answers...)
		if got, err := cal.Calendars(t.Context()); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestNewAsksForTheLeast(t *testing.T) {
	got := New(Config{ClientID: "id", ClientSecret: "secret", Issuer: "http://127.0.0.1:9001"})
	want := parlor.OAuth{
		Issuer: "http://127.0.0.1:9001", ClientID: "id", ClientSecret: "secret",
		SignIn: []string{"openid", "email", "profile"},
		Calendar: []string{
			"https://www.googleapis.com/auth/calendar.events.owned",
			"https://www.googleapis.com/auth/calendar.calendarlist.readonly",
		},
		Params: map[string]string{"access_type": "offline", "include_granted_scopes": "true"},
	}
	if diff := cmp.Diff(want, *got.OAuth); diff != "" {
		t.Error(diff)
	}
}
