package microsoft

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

const key = "0123456789abcdef"

func TestCreate(t *testing.T) {
	cal, s := say(t, answer{status: 201, body: `{"id":"made","@odata.etag":"W/\"1\"","isOrganizer":true}`})
	draft := parlor.Draft{
		Key: key, Title: "Weekly", Body: "x", Format: parlor.Text, Location: "here", Stamp: "v1",
		Start:      parlor.Moment{Time: at("2026-11-24T08:00:00Z"), Zone: "Europe/Berlin"},
		End:        parlor.Moment{Time: at("2026-11-24T08:30:00Z"), Zone: "Europe/Berlin"},
		Recurrence: []string{"RRULE:FREQ=WEEKLY"},
		Attendees:  []parlor.Person{{Name: "Bob", Email: "bob@example.com"}, {Email: "board@example.com", Resource: true}},
	}
	got, err := cal.Create(t.Context(), "c", draft)
	if err != nil || got.Ref != (parlor.EventRef{Calendar: "c", ID: "made"}) || got.Stamp != "v1" || !got.StampRead || got.ETag != `W/"1"` {
		t.Fatalf("%+v %v", got, err)
	}
	want := `{"subject":"Weekly","body":{"contentType":"text","content":"x"},"location":{"displayName":"here"},"isAllDay":false,
		"start":{"dateTime":"2026-11-24T09:00:00","timeZone":"Europe/Berlin"},"end":{"dateTime":"2026-11-24T09:30:00","timeZone":"Europe/Berlin"},
		"attendees":[{"type":"required","emailAddress":{"name":"Bob","address":"bob@example.com"}},{"type":"resource","emailAddress":{"address":"board@example.com"}}],
		"recurrence":{"pattern":{"type":"weekly","interval":1,"daysOfWeek":["tuesday"],"firstDayOfWeek":"monday"},"range":{"type":"noEnd","startDate":"2026-11-24","recurrenceTimeZone":"Europe/Berlin"}},
		"transactionId":"` + transaction(key) + `",
		"singleValueExtendedProperties":[{"id":"` + keyProperty + `","value":"` + transaction(key) + `"},{"id":"` + propertyID + `","value":"{\"parlor\":\"v1\"}"}]}`
	req := s.all(t, 1)[0]
	if diff := cmp.Diff(plain(t, want), plain(t, req.body)); diff != "" || req.path != "/v1.0/me/calendars/c/events" {
		t.Errorf("%s %s", req.path, diff)
	}
}

func TestCreateAWholeDay(t *testing.T) {
	cal, s := say(t, answer{status: 201, body: `{"id":"made"}`})
	day := parlor.Draft{
		Key: key, Start: parlor.Moment{Time: at("2026-11-24T00:00:00Z"), AllDay: true, Zone: "Asia/Tokyo"}, End: parlor.Moment{Time: at("2026-11-25T00:00:00Z"), AllDay: true},
	}
	if _, err := cal.Create(t.Context(), "c", day); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"isAllDay":true`, `"dateTime":"2026-11-24T00:00:00"`, `"dateTime":"2026-11-25T00:00:00"`, `"timeZone":"UTC"`} {
		if body := s.all(t, 1)[0].body; !strings.Contains(body, part) {
			t.Errorf("%s is not in %s", part, body)
		}
	}
}

// What Graph answers to a transaction id that it knows is not documented: both ways lead to the first event.
func TestCreateAgain(t *testing.T) {
	taken := code(409, "ErrorDuplicateTransactionId")
	for name, tt := range map[string]struct {
		answers []answer
		want    error
	}{
		"answers the first one": {[]answer{{status: 200, body: `{"id":"made"}`}}, nil},
		"refuses":               {[]answer{taken, {body: `{"value":[{"id":"made"}]}`}}, nil},
		"was deleted":           {[]answer{taken, {body: `{"value":[]}`}}, parlor.ErrConflict},
		"cannot be found":       {[]answer{taken, {status: 500}}, errFault},
		"is busy":               {[]answer{code(423, "locked")}, errFault},
		"answers nothing":       {[]answer{{status: 201, body: `{}`}}, errFault},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, tt.answers...)
			got, err := cal.Create(t.Context(), "c", parlor.Draft{Key: key})
			if !errors.Is(err, tt.want) || (err == nil) != (got.Ref.ID == "made") {
				t.Errorf("%+v %v", got.Ref, err)
			}
			all := s.all(t, len(tt.answers))
			if filter := "singleValueExtendedProperties/Any(ep: ep/id eq '" + keyProperty + "' and ep/value eq '" + transaction(key) + "')"; len(all) == 2 && all[1].query.Get("$filter") != filter {
				t.Errorf("filter %s", all[1].query.Get("$filter"))
			}
		})
	}
}

func TestCreateRefuses(t *testing.T) {
	for name, d := range map[string]parlor.Draft{
		"a short key":            {Key: "short"},
		"a rule it cannot keep":  {Key: key, Recurrence: []string{"RRULE:FREQ=HOURLY"}},
		"more than one rule":     {Key: key, Recurrence: []string{"RRULE:FREQ=DAILY", "EXDATE:20261124T090000Z"}},
		"single dates":           {Key: key, Recurrence: []string{"RDATE:20261124T090000Z"}},
		"something that is none": {Key: key, Recurrence: []string{"RRULE:FREQ=SOMETIMES"}},
	} {
		cal, s := say(t)
		if _, err := cal.Create(t.Context(), "c", d); !errors.Is(err, parlor.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
		s.all(t, 0)
	}
}
