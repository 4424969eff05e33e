package outlook

import (
	"errors"
	"net/http"
	"net/mail"
	"slices"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// form is an appointment as the editor holds it.
type form struct {
	Title, Date, Start, EndDate, End, Zone string
	Repeat, Rule                           string
	Location, Body, BodyType               string
	Required, Optional                     string   // e-mail addresses, separated by semicolons
	Rooms                                  []string // e-mail addresses
	AllDay                                 bool
	BodyChanged                            bool
	Custom                                 string // the add-in's custom properties, a JSON object
	Online                                 string // address of the Teams meeting, "" for none
}

// repeats are the rules the editor offers, by the value of the field.
var repeats = map[string]string{
	"daily": "RRULE:FREQ=DAILY", "weekdays": "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "weekly": "RRULE:FREQ=WEEKLY",
	"monthly": "RRULE:FREQ=MONTHLY", "yearly": "RRULE:FREQ=YEARLY",
}

// Picked tells whether a room is invited.
func (f form) Picked(email string) bool { return slices.Contains(f.Rooms, email) }

// formOf shows an event in the editor.
func formOf(e calendar.Event, d desk, addin string) form {
	f, span := e.Fields, e.Span()
	last := span.End
	if span.AllDay {
		last = last.AddDate(0, 0, -1)
	}
	v := form{
		Title: calendar.Text(f, "summary"), AllDay: span.AllDay, Zone: stage.Or(calendar.Text(f, "start", "timeZone"), d.Zone),
		Date: span.Start.Format(time.DateOnly), Start: span.Start.Format("15:04"),
		EndDate: last.Format(time.DateOnly), End: span.End.Format("15:04"),
		Rule: ruleOf(f),
		Body: calendar.Text(f, "description"), BodyType: bodyType(f),
		Custom: custom(f, addin), Online: teamsLink(f),
	}
	v.Location, v.Rooms = places(f)
	v.Required, v.Optional = guestsOf(f)
	v.Repeat = repeatOf(v.Rule)
	return v
}

func ruleOf(f calendar.Fields) string { return strings.Join(calendar.Lines(f, "recurrence"), "\n") }

func repeatOf(rule string) string {
	for name, known := range repeats {
		if rule == known {
			return name
		}
	}
	if rule != "" {
		return "custom"
	}
	return ""
}

// guestsOf lists an event's guests without rooms.
func guestsOf(f calendar.Fields) (required, optional string) {
	var lists [2][]string
	for _, guest := range calendar.Maps(f, "attendees") {
		at := 0
		if ok, _ := guest["optional"].(bool); ok {
			at = 1
		}
		if isRoom, _ := guest["resource"].(bool); !isRoom {
			lists[at] = append(lists[at], calendar.Text(guest, "email"))
		}
	}
	return strings.Join(lists[0], "; "), strings.Join(lists[1], "; ")
}

// readForm reads what the editor sent.
func readForm(r *http.Request, d desk) form {
	field := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	return form{
		Title: field("title"), Date: field("date"), Start: field("start"), EndDate: field("end_date"), End: field("end"),
		Zone: stage.Or(field("zone"), d.Zone), Repeat: field("repeat"), Location: field("location"), Rooms: r.PostForm["room"],
		Body: strings.ReplaceAll(r.PostFormValue("body"), "\r\n", "\n"), BodyType: stage.Or(field("body_type"), "html"),
		Required: field("required"), Optional: field("optional"), AllDay: field("all_day") != "",
		BodyChanged: field("body_changed") != "", Custom: field("custom"), Online: field("online"),
	}
}

// times are the start and end fields of the form.
func (f form) times() (start, end calendar.Fields, err error) {
	loc, err := calendar.Zone(f.Zone)
	if err != nil {
		return nil, nil, errors.New("“" + f.Zone + "” is not a time zone; try one like Europe/London")
	}
	last := stage.Or(f.EndDate, f.Date)
	if f.AllDay {
		from, err1 := time.Parse(time.DateOnly, f.Date)
		to, err2 := time.Parse(time.DateOnly, last)
		return calendar.Dated(from), calendar.Dated(to.AddDate(0, 0, 1)), errors.Join(err1, err2)
	}
	from, err1 := time.ParseInLocation("2006-01-02 15:04", f.Date+" "+f.Start, loc)
	to, err2 := time.ParseInLocation("2006-01-02 15:04", last+" "+f.End, loc)
	if err1 != nil || err2 != nil {
		return nil, nil, errors.New("please give a date, a start and an end")
	}
	return calendar.Timed(from, f.Zone), calendar.Timed(to, f.Zone), nil
}

// guests are the attendees of the form; what is known of those who stay is kept.
func (f form) guests(old calendar.Fields) ([]any, error) {
	known := map[string]calendar.Fields{}
	for _, guest := range calendar.Maps(old, "attendees") {
		known[calendar.Text(guest, "email")] = guest
	}
	list := []any{}
	add := func(raw, flag string) error {
		address, err := mail.ParseAddress(raw)
		if err != nil {
			return errors.New("“" + raw + "” is not an e-mail address")
		}
		guest := calendar.Merge(known[address.Address], calendar.Fields{"email": address.Address, "optional": nil, "resource": nil})
		if flag != "" {
			guest[flag] = true
		}
		list = append(list, guest)
		return nil
	}
	var err error
	for flag, raw := range map[string]string{"": f.Required, "optional": f.Optional, "resource": strings.Join(f.Rooms, ";")} {
		for _, one := range strings.FieldsFunc(raw, func(c rune) bool { return strings.ContainsRune(",; \n\r", c) }) {
			err = errors.Join(err, add(one, flag))
		}
	}
	slices.SortFunc(list, func(x, y any) int {
		return strings.Compare(calendar.Text(x.(calendar.Fields), "email"), calendar.Text(y.(calendar.Fields), "email"))
	})
	return list, err
}
