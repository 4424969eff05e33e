package outlook

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// bodyMost is the longest form that is read, in bytes: a body of a million characters and everything else.
const bodyMost = 8 << 20

var errReadOnly = errors.New("this calendar is shared with you to read only")

// save stores what the editor sent. With send= the guests are mailed, as Outlook's Send does. Asked for JSON it answers
// with the event's id, for the add-in's saveAsync.
func (s *Server) save(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, bodyMost)
	if err := r.ParseForm(); err != nil {
		missing(w, http.StatusRequestEntityTooLarge, "The appointment is too long to be saved.")
		return
	}
	d, old, ok := s.edited(w, r)
	if !ok {
		return
	}
	v := readForm(r, d)
	e, err := s.store(d, old, v, r.PostFormValue("addin"), r.PostFormValue("send") != "")
	asJSON := r.Header.Get("Accept") == "application/json"
	switch {
	case err != nil && asJSON:
		http.Error(w, words(err), http.StatusUnprocessableEntity)
	case err != nil:
		view := editorView{desk: d, form: v, EID: r.PostFormValue("eid"), Occurrence: old.Series != "", Problem: words(err)}
		view.Rule = ruleOf(old.Fields)
		s.edit(w, r, http.StatusUnprocessableEntity, view)
	case asJSON:
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"id": e.ID, "eid": stage.EID(e.ID, e.Calendar)})
	default:
		http.Redirect(w, r, d.to("/calendar", "week", weekOf(s.opt.Now(), e, d), "saved", e.ID), http.StatusSeeOther)
	}
}

// edited finds the event the editor changes, an empty one for a new appointment.
func (s *Server) edited(w http.ResponseWriter, r *http.Request) (desk, calendar.Event, bool) {
	if r.PostFormValue("eid") != "" {
		return s.named(w, r)
	}
	d, ok := s.desk(w, r)
	return d, calendar.Event{}, ok
}

// store writes the fields in which the form differs from the event.
func (s *Server) store(d desk, old calendar.Event, v form, addin string, send bool) (calendar.Event, error) {
	if !d.Writes() {
		return old, errReadOnly
	}
	body, err := changes(v, old, d, addin)
	if err != nil {
		return old, err
	}
	o := calendar.Write{Actor: d.Email, Send: calendar.SendNone, Call: "outlook"}
	if send {
		o.Send = calendar.SendAll
	}
	if old.ID == "" {
		return s.world.Insert(d.Calendar.ID, "", body, o)
	}
	return s.world.Patch(old.Calendar, old.ID, body, o)
}

// changes are the fields in which the form differs from the event it shows.
func changes(v form, old calendar.Event, d desk, addin string) (calendar.Fields, error) {
	body := calendar.Fields{}
	before := form{}
	if old.Fields != nil {
		before = formOf(old, d, addin)
	}
	if err := v.changeTimes(old.Fields, body); err != nil {
		return nil, err
	}
	guests, err := v.guests(old.Fields)
	if err != nil {
		return nil, err
	}
	if v.Title != before.Title {
		body["summary"] = v.Title
	}
	if v.Required != before.Required || v.Optional != before.Optional || !reflect.DeepEqual(v.Rooms, before.Rooms) {
		body["attendees"] = guests
	}
	if v.Location != before.Location || !reflect.DeepEqual(v.Rooms, before.Rooms) {
		body["location"], body[placesField] = placed(v.Location, v.Rooms)
	}
	if v.BodyChanged || old.Fields == nil {
		body["description"] = v.Body
	}
	v.changeExtras(before, old, body, addin)
	return body, nil
}

// changeTimes writes start and end when the form moves the event.
func (f form) changeTimes(old, body calendar.Fields) error {
	start, end, err := f.times()
	if err != nil {
		return err
	}
	if reflect.DeepEqual(old["start"], start) && reflect.DeepEqual(old["end"], end) {
		return nil
	}
	for _, m := range []calendar.Fields{start, end} {
		for _, key := range []string{"date", "dateTime", "timeZone"} {
			if _, given := m[key]; !given && old != nil {
				m[key] = nil
			}
		}
	}
	body["start"], body["end"] = start, end
	return nil
}

// changeExtras writes the repetition, the Teams meeting and the add-in's properties.
func (f form) changeExtras(before form, old calendar.Event, body calendar.Fields, addin string) {
	if f.Repeat != before.Repeat && old.Series == "" {
		body["recurrence"] = nil
		if rule, ok := repeats[f.Repeat]; ok {
			body["recurrence"] = calendar.List(rule)
		}
	}
	switch f.Online {
	case before.Online:
	case "":
		body[onlineField] = nil
	default:
		body[onlineField] = teamsMeeting(f.Online)
	}
	if f.Custom != before.Custom && addin != "" {
		body["outlook"] = customised(addin, f.Custom)
	}
}
