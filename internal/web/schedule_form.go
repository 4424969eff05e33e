package web

import (
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// The shapes in which browsers send a date and a time (HTML, section 2.3.5).
const (
	dateShape = "2006-01-02"
	timeShape = "15:04"
)

// wish is a meeting as the form has it, in the words of the form.
type wish struct {
	Key, Title, Date, Time, Minutes, Zone, Guests string
	Repeats, Until, Calendar                      string
	UsePMI                                        bool
}

func readWish(posted url.Values) wish {
	get := func(name string) string { return strings.TrimSpace(posted.Get(name)) }
	room, _ := last(posted, "use_pmi")
	return wish{
		Key: get("key"), Title: get("title"), Date: get("date"), Time: get("time"), Minutes: get("minutes"), Zone: get("zone"),
		Guests: get("guests"), Repeats: get("repeats"), Until: get("until"), Calendar: get("calendar"), UsePMI: room == "true",
	}
}

// request is what the desk is asked for. The faults are those that only the form can have; the desk finds the others.
func (w wish) request(s parlor.Settings, now time.Time) (desk.Request, desk.Faults) {
	var faults desk.Faults
	fault := func(field, message string) {
		faults = append(faults, parlor.FieldError{Field: field, Message: message})
	}
	zone, known := loadZone(w.Zone)
	if !known {
		fault("zone", "must be a time zone such as Europe/London")
	}
	start, message := wallTime(w.Date, w.Time, zone)
	if message != "" {
		fault("date", message)
	}
	minutes, err := strconv.Atoi(w.Minutes)
	if err != nil || minutes <= 0 {
		fault("minutes", "must be a number of minutes")
	}
	end := start.Add(time.Duration(minutes) * time.Minute)
	if message == "" && err == nil && !end.After(now) {
		fault("date", "lies in the past; choose a time to come")
	}
	rules, message := w.rules(start, zone)
	if message != "" {
		fault("repeats", message)
	}
	req := desk.Request{
		Title: w.Title, Start: parlor.Moment{Time: start, Zone: w.Zone}, End: parlor.Moment{Time: end, Zone: w.Zone},
		Attendees: guests(w.Guests), Recurrence: rules, Calendar: parlor.CalendarID(w.Calendar), IdempotencyKey: w.Key,
	}
	if w.UsePMI != s.UsePMIForScheduled { // else the setting is the reason
		req.UsePMI = &w.UsePMI
	}
	return req, faults
}

// wallTime is the moment at which clocks in a zone show a date and a time, or what is wrong with them.
func wallTime(date, clock string, zone *time.Location) (t time.Time, fault string) {
	t, err := time.ParseInLocation(dateShape+" "+timeShape, date+" "+clock, zone)
	switch {
	case err != nil:
		return t, "must be a day and a time"
	case t.Format(timeShape) != clock:
		return t, "does not exist: the clocks change then; choose another time"
	}
	return t, ""
}

// guests reads addresses as people write them: with names or without, divided by commas, semicolons, spaces or lines.
func guests(text string) []parlor.Person {
	var found []parlor.Person
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",;\r\n", r) }) {
		if known, err := mail.ParseAddress(part); err == nil {
			found = append(found, parlor.Person{Name: known.Name, Email: known.Address})
			continue
		}
		for _, word := range strings.Fields(part) {
			found = append(found, parlor.Person{Email: word})
		}
	}
	return found
}

const weekdays = "WEEKLY;BYDAY=MO,TU,WE,TH,FR"

// rhythms are the ways to repeat that the form offers, by the rule that each is (RFC 5545, section 3.3.10).
var rhythms = []option{
	{"", "Does not repeat", ""},
	{"DAILY", "Every day", ""},
	{weekdays, "Every weekday, Monday to Friday", ""},
	{"WEEKLY", "Every week", ""},
	{"WEEKLY;INTERVAL=2", "Every two weeks", ""},
	{"MONTHLY", "Every month", ""},
	{"YEARLY", "Every year", ""},
}

func (w wish) rules(start time.Time, zone *time.Location) (lines []string, fault string) {
	if w.Repeats == "" {
		return nil, ""
	}
	if day := start.Weekday(); w.Repeats == weekdays && (day == time.Saturday || day == time.Sunday) {
		return nil, "on weekdays must begin on one"
	}
	rule := "RRULE:FREQ=" + w.Repeats
	if w.Until != "" {
		until, err := time.ParseInLocation(dateShape, w.Until, zone)
		if err != nil || until.AddDate(0, 0, 1).Before(start) {
			return nil, "must end on a day after the first meeting"
		}
		rule += ";UNTIL=" + until.AddDate(0, 0, 1).Add(-time.Second).UTC().Format("20060102T150405Z")
	}
	return []string{rule}, ""
}
