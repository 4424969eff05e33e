package desk

import (
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

type requestCase struct {
	name   string
	change func(*Request)
	field  string // "" when there is no fault
}

func requests(start time.Time, many []parlor.Person) []requestCase {
	return []requestCase{
		{"plain", func(*Request) {}, ""},
		{"no title", func(r *Request) { r.Title = "" }, ""},
		{"HTML, emoji and right-to-left", func(r *Request) { r.Title = "<b>x</b> 👩‍👩‍👧 שלום" }, ""},
		{"longest title", func(r *Request) { r.Title = strings.Repeat("é", 1024) }, ""},
		{"title too long", func(r *Request) { r.Title = strings.Repeat("é", 1025) }, "title"},
		{"title of two lines", func(r *Request) { r.Title = "a\r\nb" }, "title"},
		{"title that is no text", func(r *Request) { r.Title = "\xff" }, "title"},
		{"end before start", func(r *Request) { r.End.Time = start.Add(-time.Minute) }, "end"},
		{"no length", func(r *Request) { r.End.Time = start }, "end"},
		{"a month and a day", func(r *Request) { r.End.Time = start.AddDate(0, 0, 32) }, "end"},
		{"year 1999", func(r *Request) { r.Start.Time = start.AddDate(-27, 0, 0) }, "start"},
		{"year 2101", func(r *Request) { r.Start.Time = start.AddDate(75, 0, 0) }, "start"},
		{"no time at all", func(r *Request) { r.Start.Time = time.Time{} }, "start"},
		{"no zone", func(r *Request) { r.Start.Zone = "" }, ""},
		{"unknown zone", func(r *Request) { r.Start.Zone = "Europe/Atlantis" }, "time_zone"},
		{"the server's zone", func(r *Request) { r.Start.Zone = "Local" }, "time_zone"},
		{"path for a zone", func(r *Request) { r.Start.Zone = "../../etc/passwd" }, "time_zone"},
		{"attendee", func(r *Request) { r.Attendees = many[:200] }, ""},
		{"too many attendees", func(r *Request) { r.Attendees = many }, "attendees"},
		{"no address", func(r *Request) { r.Attendees = []parlor.Person{{Email: "bob"}} }, "attendees"},
		{"two addresses", func(r *Request) { r.Attendees = []parlor.Person{{Email: "a@b.c, d@e.f"}} }, "attendees"},
		{"name and address", func(r *Request) { r.Attendees = []parlor.Person{{Email: "Bob <bob@b.c>"}} }, "attendees"},
		{"weekly", func(r *Request) { r.Recurrence = []string{"RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5"} }, ""},
		{"weekly but once", func(r *Request) {
			r.Recurrence = []string{"RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/London:20261201T100000", "RDATE:20261202T100000Z"}
		}, ""},
		{"every second", func(r *Request) { r.Recurrence = []string{"RRULE:FREQ=SECONDLY"} }, "recurrence"},
		{"every minute in disguise", func(r *Request) { r.Recurrence = []string{"RRULE:FREQ=DAILY;BYMINUTE=0,1,2"} }, "recurrence"},
		{"rule of a thousand days", func(r *Request) {
			r.Recurrence = []string{"RRULE:FREQ=WEEKLY;BYDAY=" + strings.Repeat("MO,", 3000) + "MO"}
		}, "recurrence"},
		{"no rule", func(r *Request) { r.Recurrence = []string{"every Tuesday"} }, "recurrence"},
		{"rule that cannot be", func(r *Request) { r.Recurrence = []string{"RRULE:FREQ=MONTHLY;BYMONTHDAY=77"} }, "recurrence"},
		{"date that is none", func(r *Request) { r.Recurrence = []string{"EXDATE:tomorrow"} }, "recurrence"},
		{"start in a rule", func(r *Request) { r.Recurrence = []string{"DTSTART:20261124T100000Z"} }, "recurrence"},
		{"key too long", func(r *Request) { r.IdempotencyKey = strings.Repeat("k", 201) }, "idempotency_key"},
	}
}

func TestRequestFaults(t *testing.T) {
	start := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	many := make([]parlor.Person, maxAttendees+1)
	for i := range many {
		many[i].Email = "a@example.com"
	}
	for _, c := range requests(start, many) {
		t.Run(c.name, func(t *testing.T) {
			r := Request{
				Title: "Tea", Start: parlor.Moment{Time: start, Zone: "Europe/London"},
				End: parlor.Moment{Time: start.Add(time.Hour), Zone: "Europe/London"},
			}
			c.change(&r)
			first := ""
			for _, fault := range r.faults() {
				first = fault.Field
				break
			}
			same(t, first, c.field)
		})
	}
}
