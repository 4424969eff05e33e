package microsoft

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parlor/internal/parlor"
)

func TestEventReadsEverything(t *testing.T) {
	cal, s := say(t, answer{body: `{
		"@odata.etag":"W/\"7\"","id":"e","changeKey":"7","iCalUId":"of-the-day","uid":"of-the-series","type":"exception",
		"subject":"Weekly 🍜","location":{"displayName":"Room 4; https://x"},"locations":[{"displayName":"Room 4"},{"displayName":"https://x"}],
		"body":{"contentType":"html","content":"<b>Agenda</b>"},"isOrganizer":true,"isDraft":false,"showAs":"busy","isCancelled":false,
		"webLink":"https://outlook.office365.com/owa/?itemid=e","createdDateTime":"2026-11-19T10:11:12.345Z","lastModifiedDateTime":"2026-11-20T10:11:12.345Z",
		"start":{"dateTime":"2026-11-24T09:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2026-11-24T09:30:00.0000000","timeZone":"UTC"},
		"originalStartTimeZone":"W. Europe Standard Time","originalStart":"2026-11-24T08:00:00Z","seriesMasterId":"m","occurrenceId":"OID.m.2026-11-24",
		"organizer":{"emailAddress":{"name":"Ada","address":"ada@example.com"}},
		"attendees":[{"type":"required","emailAddress":{"name":"Ada","address":"Ada@example.com"}},{"type":"resource","emailAddress":{"address":"board@example.com"}},{"type":"optional","emailAddress":{"address":"bob@example.com"}}],
		"isOnlineMeeting":true,"onlineMeetingProvider":"teamsForBusiness","onlineMeeting":{"joinUrl":"https://teams.microsoft.com/l/meetup-join/1"},
		"singleValueExtendedProperties":[{"id":"` + propertyID + `","value":"{\"parlor\":\"v1;x\",\"other\":7}"}],
		"unheardOf":{"new":true}}`})
	got, err := cal.Event(t.Context(), ref)
	want := parlor.Event{
		Ref: ref, ETag: `W/"7"`, UID: "of-the-series", Ordinary: true, Editable: true,
		Title: "Weekly 🍜", Location: "Room 4; https://x", Body: "<b>Agenda</b>", Format: parlor.HTML,
		Start:     parlor.Moment{Time: at("2026-11-24T09:00:00Z"), Zone: "Europe/Berlin"},
		End:       parlor.Moment{Time: at("2026-11-24T09:30:00Z"), Zone: "Europe/Berlin"},
		Organizer: parlor.Person{Name: "Ada", Email: "ada@example.com", Self: true}, Creator: parlor.Person{Self: true},
		Attendees: []parlor.Person{{Name: "Ada", Email: "Ada@example.com", Self: true}, {Email: "board@example.com", Resource: true}, {Email: "bob@example.com"}},
		SeriesID:  "m", OriginalStart: parlor.Moment{Time: at("2026-11-24T08:00:00Z"), Zone: "Europe/Berlin"},
		Conference: &parlor.Conference{Provider: "Microsoft Teams", URL: "https://teams.microsoft.com/l/meetup-join/1"},
		Stamp:      "v1;x", StampRead: true, HTMLLink: "https://outlook.office365.com/owa/?itemid=e",
		Created: at("2026-11-19T10:11:12.345Z"), Updated: at("2026-11-20T10:11:12.345Z"),
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	req := s.all(t, 1)[0]
	if req.path != "/v1.0/me/calendars/c/events/e" || req.query.Get("$expand") != "singleValueExtendedProperties($filter=id eq '"+propertyID+"')" {
		t.Errorf("%s %v", req.path, req.query)
	}
}

func TestEventsThatSayLittle(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want parlor.Event
	}{
		"nothing":             {`{"id":"e"}`, parlor.Event{Ordinary: true}},
		"nulls":               {`{"id":"e","subject":null,"body":null,"start":null,"attendees":null,"organizer":null,"location":null,"locations":null,"showAs":null,"recurrence":null}`, parlor.Event{Ordinary: true}},
		"an etag by its key":  {`{"id":"e","changeKey":"k=="}`, parlor.Event{Ordinary: true, ETag: `W/"k=="`}},
		"a draft":             {`{"id":"e","isDraft":true}`, parlor.Event{}},
		"away":                {`{"id":"e","showAs":"oof"}`, parlor.Event{}},
		"at another place":    {`{"id":"e","showAs":"workingElsewhere"}`, parlor.Event{}},
		"away with guests":    {`{"id":"e","showAs":"oof","attendees":[{"emailAddress":{"address":"b@example.com"}}]}`, parlor.Event{Ordinary: true, Attendees: []parlor.Person{{Email: "b@example.com"}}}},
		"a status of its own": {`{"id":"e","showAs":"lunar"}`, parlor.Event{Ordinary: true}},
		"plain text":          {`{"id":"e","body":{"contentType":"text","content":"hi"}}`, parlor.Event{Ordinary: true, Body: "hi"}},
		"somebody else's":     {`{"id":"e","isOrganizer":false,"organizer":{"emailAddress":{"address":"b@example.com"}}}`, parlor.Event{Ordinary: true, Organizer: parlor.Person{Email: "b@example.com"}}},
		"an old meeting":      {`{"id":"e","onlineMeetingUrl":"https://meet.lync.com/example/ada/ABC123"}`, parlor.Event{Ordinary: true, Conference: &parlor.Conference{Provider: "Skype for Business", URL: "https://meet.lync.com/example/ada/ABC123"}}},
		"a meeting to be":     {`{"id":"e","isOnlineMeeting":true,"onlineMeetingProvider":"unknown"}`, parlor.Event{Ordinary: true, Conference: &parlor.Conference{Provider: "Online meeting"}}},
		"places alone":        {`{"id":"e","locations":[{"displayName":"A"},{"displayName":"B"}]}`, parlor.Event{Ordinary: true, Location: "A; B"}},
		"an unknown zone":     {`{"id":"e","start":{"dateTime":"2026-11-24T09:00:00.0000000","timeZone":"UTC"},"originalStartTimeZone":"tzone://Microsoft/Custom"}`, parlor.Event{Ordinary: true, Start: parlor.Moment{Time: at("2026-11-24T09:00:00Z")}}},
		"an unreadable time":  {`{"id":"e","start":{"dateTime":"soon","timeZone":"UTC"}}`, parlor.Event{Ordinary: true}},
		"a whole day":         {`{"id":"e","isAllDay":true,"start":{"dateTime":"2026-11-24T00:00:00.0000000","timeZone":"UTC"},"originalStartTimeZone":"UTC"}`, parlor.Event{Ordinary: true, Start: parlor.Moment{Time: at("2026-11-24T00:00:00Z"), AllDay: true}}},
		"a whole day shifted": {`{"id":"e","isAllDay":true,"start":{"dateTime":"2026-11-23T23:00:00.0000000","timeZone":"UTC"}}`, parlor.Event{Ordinary: true, Start: parlor.Moment{Time: at("2026-11-24T00:00:00Z"), AllDay: true}}},
	} {
		t.Run(name, func(t *testing.T) {
			cal, _ := say(t, answer{body: tt.body})
			got, err := cal.Event(t.Context(), ref)
			tt.want.Ref, tt.want.StampRead = ref, true
			if tt.want.Format == "" {
				tt.want.Format = parlor.Text
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" || err != nil {
				t.Errorf("%v %s", err, diff)
			}
		})
	}
}

func TestEventsThatAreGone(t *testing.T) {
	for name, tt := range map[string]struct {
		id      string
		answers []answer
		want    error
	}{
		"deleted":                {"e", []answer{code(404, "ErrorItemNotFound")}, parlor.ErrNotFound},
		"cancelled by its host":  {"e", []answer{{body: `{"id":"e","isCancelled":true}`}}, parlor.ErrNotFound},
		"a cancelled occurrence": {"OID.m.2026-11-24", nil, parlor.ErrNotFound},
		"no id":                  {"", nil, parlor.ErrNotFound},
		"another address":        {"e/../../../messages/m", nil, parlor.ErrNotFound},
		"no event":               {"e", []answer{{body: `{}`}}, errFault},
		"no answer":              {"e", []answer{{status: 204}}, errFault},
	} {
		cal, s := say(t, tt.answers...)
		if got, err := cal.Event(t.Context(), parlor.EventRef{Calendar: "c", ID: tt.id}); !errors.Is(err, tt.want) {
			t.Errorf("%s: %+v %v", name, got, err)
		}
		s.all(t, len(tt.answers))
	}
}

func TestIdentify(t *testing.T) {
	for name, tt := range map[string]struct {
		claims map[string]any
		want   parlor.Identity
	}{
		"everything":      {map[string]any{"tid": "t", "oid": "o", "email": "ada@example.com", "preferred_username": "ada@old.example", "name": "Ada", "email_verified": true}, parlor.Identity{Kind: parlor.KindMicrosoft, Subject: "t/o", Tenant: "t", Email: "ada@example.com", Name: "Ada"}},
		"without address": {map[string]any{"tid": "t", "oid": "o", "preferred_username": "ada@example.com"}, parlor.Identity{Kind: parlor.KindMicrosoft, Subject: "t/o", Tenant: "t", Email: "ada@example.com"}},
		"no organisation": {map[string]any{"oid": "o", "sub": "s"}, parlor.Identity{}},
		"no person":       {map[string]any{"tid": "t", "sub": "s"}, parlor.Identity{}},
		"of another type": {map[string]any{"tid": 7, "oid": "o"}, parlor.Identity{}},
		"a forged key":    {map[string]any{"tid": "t/o", "oid": "x"}, parlor.Identity{}},
	} {
		got, err := identify(tt.claims)
		if diff := cmp.Diff(tt.want, got); diff != "" || (err == nil) != (tt.want.Subject != "") {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}
