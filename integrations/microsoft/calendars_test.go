package microsoft

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

const twoCalendars = `{"value":[
	{"id":"c1","name":"Calendar","isDefaultCalendar":true,"canEdit":true,"owner":{"name":"Ada","address":"ada@example.com"}},
	{"id":"c2","name":"Bob's","isDefaultCalendar":false,"canEdit":true,"owner":{"address":"bob@example.com"}}]`

func TestCalendars(t *testing.T) {
	cal, s := say(t,
		answer{body: twoCalendars + `,"@odata.nextLink":"{base}/me/calendars?$skip=2"}`},
		answer{body: `{"value":[{"id":"c3","name":"Birthdays","isDefaultCalendar":false,"canEdit":false,"owner":{"address":"Ada@example.com"}}]}`},
		answer{body: `{"value":[{"scheduleId":"ada@example.com","workingHours":{"timeZone":{"name":"Pacific Standard Time"}}}]}`},
	)
	got, err := cal.Calendars(t.Context())
	want := []parlor.CalendarInfo{
		{ID: "c1", Name: "Calendar", Zone: "America/Los_Angeles", Primary: true, Owned: true, Writable: true},
		{ID: "c2", Name: "Bob's", Zone: "America/Los_Angeles"}, // our scope ends at the person's own
		{ID: "c3", Name: "Birthdays", Zone: "America/Los_Angeles", Owned: true},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if ask := s.all(t, 3)[2]; ask.path != "/v1.0/me/calendar/getSchedule" || !strings.Contains(strings.ToLower(ask.body), `"schedules":["ada@example.com"]`) {
		t.Errorf("%s %s", ask.path, ask.body)
	}
}

func TestCalendarsWithoutASchedule(t *testing.T) {
	for name, schedule := range map[string]answer{
		"personal account": code(403, "ErrorAccessDenied"), "refused": code(400, "ErrorInvalidRequest"),
		"nobody": {body: `{"value":[]}`}, "no hours": {body: `{"value":[{"error":{"message":"no"}}]}`}, "an unknown zone": {body: `{"value":[{"workingHours":{"timeZone":{"name":"Customized Time Zone"}}}]}`},
	} {
		cal, _ := say(t, answer{body: twoCalendars + "}"}, schedule)
		if got, err := cal.Calendars(t.Context()); err != nil || len(got) != 2 || got[0].Zone != "" {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
	cal, _ := say(t, answer{body: twoCalendars + "}"}, code(503, "serviceNotAvailable"))
	if _, err := cal.Calendars(t.Context()); err == nil {
		t.Error("an outage is no answer")
	}
}

func TestCalendarsRefusesAPartialList(t *testing.T) {
	circle := answer{body: `{"value":[],"@odata.nextLink":"{base}/me/calendars?$skip=2"}`}
	away := answer{body: `{"value":[],"@odata.nextLink":"https://evil.example/v1.0/me/calendars"}`}
	for name, answers := range map[string][]answer{"empty answer": {{body: `{}`}}, "circle": {circle, circle}, "away": {away}, "nothing": {{status: 204}}} {
		cal, s := say(t, answers...)
		if got, err := cal.Calendars(t.Context()); err == nil {
			t.Errorf("%s: %v", name, got)
		}
		s.all(t, len(answers))
	}
}

func TestNewAsksForTheLeast(t *testing.T) {
	got := New(Config{ClientID: "id", ClientSecret: "secret", Tenants: []string{"t1"}, APIURL: "http://127.0.0.1:9001/v1.0/"})
	oauth := *got.OAuth
	oauth.Identify = nil
	want := parlor.OAuth{
		Issuer: "https://login.microsoftonline.com/{tenant}/v2.0", ClientID: "id", ClientSecret: "secret",
		SignIn: []string{"openid", "email", "profile", "offline_access"}, Calendar: []string{"Calendars.ReadWrite"},
		Params: map[string]string{"prompt": "select_account"}, Tenants: []string{"t1"},
	}
	if diff := cmp.Diff(want, oauth); diff != "" {
		t.Error(diff)
	}
	if got.Kind != parlor.KindMicrosoft || got.API != "http://127.0.0.1:9001/v1.0" || !got.Mails || got.Hear == nil || got.Rooms != nil || got.OAuth.Identify == nil {
		t.Errorf("%+v", got)
	}
	if got.Pace.AtOnce < 1 || got.Pace.AtOnce > 4 || got.Pace.PerAccount != (parlor.Rate{Requests: 10_000, Per: 10 * time.Minute}) {
		t.Errorf("%+v", got.Pace)
	}
}
