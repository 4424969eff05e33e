package google

import (
	"html/template"
	"net/http"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// formView is the form that adds or edits an event, as it was filled in.
type formView struct {
	reader
	EID                                         string // "" to add
	Heading                                     string
	Title, Date, Start, EndDate, End, Zone      string
	Location, Description, Guests, Repeat, Rule string
	AllDay, Meet, Occurrence                    bool
	Following                                   bool // change the later occurrences too
	Zones                                       []string
	Problem                                     string
	Shown                                       template.HTML // the description, for the editor that a script makes
}

// zones are offered in the form; any IANA name can be typed.
var zones = []string{
	"Europe/London", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "Europe/Berlin", "Asia/Kolkata",
	"Asia/Tokyo", "Australia/Sydney", "UTC",
}

// repeats are the rules the form offers, by the value of the field.
var repeats = map[string]string{
	"daily": "RRULE:FREQ=DAILY", "weekly": "RRULE:FREQ=WEEKLY", "weekdays": "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
}

// emptyForm proposes the next full hour.
func (s *Server) emptyForm(who reader) formView {
	next := s.now().In(calendar.Location(who.Zone)).Truncate(time.Hour).Add(time.Hour)
	return formView{
		reader: who, Heading: "Add an event", Zones: zones, Zone: who.Zone,
		Date: next.Format(time.DateOnly), Start: next.Format("15:04"), End: next.Add(30 * time.Minute).Format("15:04"),
	}
}

// newPage shows the form of an event to add, filled in as the address says.
func (s *Server) newPage(w http.ResponseWriter, r *http.Request) {
	who, ok := s.reader(w, r)
	if !ok {
		return
	}
	form := s.emptyForm(who)
	for name, field := range map[string]*string{
		"text": &form.Title, "date": &form.Date, "start": &form.Start, "end": &form.End, "location": &form.Location,
		"details": &form.Description,
	} {
		*field = stage.Or(r.FormValue(name), *field)
	}
	form.Shown = describe(form.Description)
	show(w, http.StatusOK, "edit.html", form)
}

// editPage shows an event in the form.
func (s *Server) editPage(w http.ResponseWriter, r *http.Request) {
	e, who, ok := s.named(w, r)
	if !ok {
		return
	}
	form := formOf(e, who)
	form.Following = form.Occurrence && r.FormValue("following") != ""
	form.Shown = describe(form.Description)
	show(w, http.StatusOK, "edit.html", form)
}

func formOf(e calendar.Event, who reader) formView {
	f, span := e.Fields, e.Span()
	v := formView{
		reader: who, EID: stage.EID(e.ID, e.Calendar), Heading: "Edit the event", Zones: zones, Occurrence: e.Series != "",
		Title: calendar.Text(f, "summary"), Location: calendar.Text(f, "location"),
		Description: calendar.Text(f, "description"), AllDay: span.AllDay, Meet: f["conferenceData"] != nil,
		Zone: stage.Or(calendar.Text(f, "start", "timeZone"), who.Zone),
		Date: span.Start.Format(time.DateOnly), Start: span.Start.Format("15:04"), End: span.End.Format("15:04"),
	}
	if last := lastDay(span); !sameDay(span.Start, last) {
		v.EndDate = last.Format(time.DateOnly)
	}
	var guests []string
	for _, guest := range calendar.Maps(f, "attendees") {
		guests = append(guests, calendar.Text(guest, "email"))
	}
	v.Guests = strings.Join(guests, ", ")
	v.Rule = strings.Join(calendar.Lines(f, "recurrence"), "\n")
	for name, rule := range repeats {
		if v.Rule == rule {
			v.Repeat = name
		}
	}
	if v.Rule != "" && v.Repeat == "" {
		v.Repeat = "custom"
	}
	return v
}

// lastDay is the day an event ends on; the end of an all-day event is the day after.
func lastDay(s calendar.Span) time.Time {
	if s.AllDay {
		return s.End.AddDate(0, 0, -1)
	}
	return s.End
}

// dayZone is the zone to name an event's day in.
func dayZone(e calendar.Event, who reader) *time.Location {
	if e.Span().AllDay {
		return time.UTC
	}
	return calendar.Location(who.Zone)
}

// keep leaves alone what the person has not touched, as the editor of a script sends it: it may be newer than the form.
func (v *formView) keep(names []string, old formView) {
	for _, name := range names {
		switch name {
		case "description":
			v.Description = old.Description
		case "location":
			v.Location = old.Location
		}
	}
}

// readForm reads what a person filled in.
func readForm(r *http.Request, who reader) formView {
	field := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	return formView{
		reader: who, EID: field("eid"), Heading: "Edit the event", Zones: zones,
		Title: field("title"), Date: field("date"), Start: field("start"), EndDate: field("end_date"), End: field("end"),
		Zone: stage.Or(field("zone"), who.Zone), Location: field("location"), Repeat: field("repeat"), Guests: field("guests"),
		Description: strings.ReplaceAll(r.PostFormValue("description"), "\r\n", "\n"),
		AllDay:      field("all_day") != "", Meet: field("meet") != "", Following: field("following") != "",
	}
}
