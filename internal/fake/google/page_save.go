package google

import (
	"errors"
	"net/http"
	"net/mail"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

var errReadOnly = errors.New("this calendar is shared with you to read only")

// save stores what a person filled into the form, a new event or a change of one.
func (s *Server) save(w http.ResponseWriter, r *http.Request) {
	if r.PostFormValue("eid") == "" {
		s.saveNew(w, r)
		return
	}
	old, who, ok := s.named(w, r)
	if !ok {
		return
	}
	form := readForm(r, who)
	form.Occurrence = old.Series != ""
	form.keep(r.PostForm["kept"], formOf(old, who))
	body, err := s.changes(form, old)
	e := old
	if err == nil {
		e, err = s.patchByHand(old, body, form)
	}
	if err != nil {
		form.Problem, form.Shown = words(err), describe(form.Description)
		show(w, http.StatusUnprocessableEntity, "edit.html", form)
		return
	}
	s.toWeek(w, r, who, e.Span())
}

func (s *Server) saveNew(w http.ResponseWriter, r *http.Request) {
	who, ok := s.reader(w, r)
	if !ok {
		return
	}
	form := readForm(r, who)
	form.Heading = "Add an event"
	body, err := s.changes(form, calendar.Event{})
	var e calendar.Event
	if err == nil {
		e, err = s.insertByHand(body, who)
	}
	if err != nil {
		form.Problem, form.Shown = words(err), describe(form.Description)
		show(w, http.StatusUnprocessableEntity, "edit.html", form)
		return
	}
	s.toWeek(w, r, who, e.Span())
}

func (s *Server) patchByHand(old calendar.Event, body calendar.Fields, form formView) (calendar.Event, error) {
	switch {
	case !form.writes():
		return old, errReadOnly
	case form.Following:
		return s.world.Split(old.Calendar, old.ID, body, byHand(form.reader))
	}
	return s.world.Patch(old.Calendar, old.ID, body, byHand(form.reader))
}

func (s *Server) insertByHand(body calendar.Fields, who reader) (calendar.Event, error) {
	if !who.writes() {
		return calendar.Event{}, errReadOnly
	}
	return s.world.Insert(who.Calendar.ID, "", body, byHand(who))
}

// changes are the fields in which the form differs from the event it shows.
func (s *Server) changes(v formView, old calendar.Event) (calendar.Fields, error) {
	body := calendar.Fields{}
	start, end, err := v.times()
	if err != nil {
		return nil, err
	}
	before := formView{}
	if old.Fields != nil {
		before = formOf(old, v.reader)
	}
	for key, text := range map[string][2]string{
		"summary": {before.Title, v.Title}, "location": {before.Location, v.Location},
	} {
		if text[0] != text[1] {
			body[key] = text[1]
		}
	}
	if before.Description != v.Description {
		body["description"] = s.edited(v.Description)
	}
	if v.clockDiffers(before) {
		body["start"], body["end"] = start, end
	}
	v.changeRule(before, body)
	v.changeMeet(before, body)
	return body, v.changeGuests(before, old, body)
}

// clockDiffers tells whether the form moves the event.
func (v formView) clockDiffers(before formView) bool {
	type times struct {
		date, start, endDate, end, zone string
		allDay                          bool
	}
	of := func(f formView) times {
		if f.AllDay {
			return times{date: f.Date, endDate: f.EndDate, allDay: true}
		}
		return times{f.Date, f.Start, f.EndDate, f.End, f.Zone, false}
	}
	return of(v) != of(before)
}

// edited is a description as the editor saves it.
func (s *Server) edited(text string) string {
	if s.opt.EditorHTML {
		return editorHTML(text)
	}
	return text
}

func (v formView) changeRule(before formView, body calendar.Fields) {
	if v.Occurrence || v.Repeat == before.Repeat {
		return
	}
	body["recurrence"] = nil
	if rule, ok := repeats[v.Repeat]; ok {
		body["recurrence"] = calendar.List(rule)
	}
}

func (v formView) changeMeet(before formView, body calendar.Fields) {
	switch {
	case v.Meet && !before.Meet:
		body["conferenceData"] = Meet()
	case !v.Meet && before.Meet:
		body["conferenceData"] = nil
	}
}

// changeGuests keeps what is known of guests who stay.
func (v formView) changeGuests(before formView, old calendar.Event, body calendar.Fields) error {
	if v.Guests == before.Guests {
		return nil
	}
	known := map[string]calendar.Fields{}
	for _, guest := range calendar.Maps(old.Fields, "attendees") {
		known[calendar.Text(guest, "email")] = guest
	}
	guests := []any{}
	for _, raw := range strings.FieldsFunc(v.Guests, func(c rune) bool { return strings.ContainsRune(",; \n\r", c) }) {
		address, err := mail.ParseAddress(raw)
		if err != nil {
			return errors.New("“" + raw + "” is not an e-mail address")
		}
		guest, ok := known[address.Address]
		if !ok {
			guest = calendar.Fields{"email": address.Address}
		}
		guests = append(guests, guest)
	}
	body["attendees"] = guests
	return nil
}

// times are the start and end fields of the form. An end that is not after the start is on the next day.
func (v formView) times() (start, end calendar.Fields, err error) {
	loc, err := calendar.Zone(v.Zone)
	if err != nil {
		return nil, nil, errors.New("“" + v.Zone + "” is not a time zone; try one like Europe/London")
	}
	last := stage.Or(v.EndDate, v.Date)
	if v.AllDay {
		from, err1 := time.Parse(time.DateOnly, v.Date)
		to, err2 := time.Parse(time.DateOnly, last)
		return none(calendar.Dated(from), "dateTime", "timeZone"), none(calendar.Dated(to.AddDate(0, 0, 1)), "dateTime", "timeZone"), errors.Join(err1, err2)
	}
	from, err1 := time.ParseInLocation("2006-01-02 15:04", v.Date+" "+v.Start, loc)
	to, err2 := time.ParseInLocation("2006-01-02 15:04", last+" "+v.End, loc)
	if err1 != nil || err2 != nil {
		return nil, nil, errors.New("please give a date, a start and an end")
	}
	if v.EndDate == "" && !to.After(from) {
		to = to.AddDate(0, 0, 1)
	}
	return none(calendar.Timed(from, v.Zone), "date"), none(calendar.Timed(to, v.Zone), "date"), nil
}

// none adds keys that a patch deletes.
func none(f calendar.Fields, keys ...string) calendar.Fields {
	for _, k := range keys {
		f[k] = nil
	}
	return f
}

// words says what is wrong with a form.
func words(err error) string {
	switch {
	case errors.Is(err, calendar.ErrNotOrganizer):
		return "Only the organiser can change this event."
	case errors.Is(err, calendar.ErrEmptyRange):
		return "The event ends before it starts."
	case errors.Is(err, calendar.ErrDeleted), errors.Is(err, calendar.ErrNotFound):
		return "The event was deleted meanwhile."
	}
	return "The event was not saved: " + err.Error() + "."
}
