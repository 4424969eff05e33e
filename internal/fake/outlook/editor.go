package outlook

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// editorView is the page on which an appointment is composed.
type editorView struct {
	desk
	form
	EID, Series, Back string // addresses but for EID; Series of the whole series on an occurrence's page
	Occurrence        bool
	Organizer         string // address of somebody else who organises it
	ReadOnly          bool
	Zones             []string
	AllRooms          []room
	Addin             addin
	Problem           string
	Action, Removal   string // addresses
}

// zones are offered in the editor.
var zones = []string{
	"Europe/London", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "Europe/Berlin", "Asia/Kolkata",
	"Asia/Tokyo", "Australia/Sydney", "UTC",
}

// newPage opens an empty appointment at the next full hour, or at ?date= and ?start=.
func (s *Server) newPage(w http.ResponseWriter, r *http.Request) {
	d, ok := s.desk(w, r)
	if !ok {
		return
	}
	next := s.opt.Now().In(calendar.Location(d.Zone)).Truncate(time.Hour).Add(time.Hour)
	if day, err := time.ParseInLocation(time.DateOnly, d.query.Get("date"), next.Location()); err == nil {
		next = day.Add(9 * time.Hour)
	}
	end := next.Add(30 * time.Minute)
	s.edit(w, r, http.StatusOK, editorView{desk: d, form: form{
		Zone: d.Zone, BodyType: "html", Date: next.Format(time.DateOnly), Start: next.Format("15:04"),
		EndDate: end.Format(time.DateOnly), End: end.Format("15:04"),
	}})
}

// eventPage opens an appointment of the calendar, to read for who did not organise it.
func (s *Server) eventPage(w http.ResponseWriter, r *http.Request) {
	d, e, ok := s.named(w, r)
	if !ok {
		return
	}
	v := editorView{desk: d, EID: stage.EID(e.ID, e.Calendar), Occurrence: e.Series != ""}
	if e.Series != "" {
		v.Series = d.to("/calendar/event", "eid", stage.EID(e.Series, e.Calendar))
	}
	if organizer := calendar.Text(e.Fields, "organizer", "email"); organizer != e.Calendar {
		v.Organizer, v.ReadOnly = organizer, true
	}
	v.ReadOnly = v.ReadOnly || e.Cancelled || !d.Writes()
	manifest := s.install(r.Context())
	v.Addin, v.form = manifest, formOf(e, d, manifest.ID)
	if series, err := s.world.Event(e.Calendar, e.Series); err == nil {
		v.Rule = ruleOf(series.Fields)
	}
	s.edit(w, r, http.StatusOK, v)
}

// edit shows the editor.
func (s *Server) edit(w http.ResponseWriter, r *http.Request, status int, v editorView) {
	v.Zones, v.AllRooms = zones, rooms
	if v.Addin.empty() {
		v.Addin = s.install(r.Context())
	}
	v.Back, v.Action, v.Removal = v.to("/calendar"), v.to("/calendar/save"), v.to("/calendar/delete")
	show(w, status, "editor.html", v, v.Addin.Origins...)
}

// Facts is what the page's script has to know, as JSON.
func (v editorView) Facts() (string, error) {
	out, err := json.Marshal(map[string]any{
		"user":  map[string]string{"name": v.Name, "email": v.Email, "zone": v.Person.Zone},
		"owner": v.Calendar.Owner, "shared": v.Shared(), "eid": v.EID, "occurrence": v.Occurrence, "readOnly": v.ReadOnly,
		"body": v.Body, "bodyType": v.BodyType, "custom": v.Custom, "online": v.Online, "rule": v.Rule, "rooms": v.AllRooms, "addin": v.Addin,
		"fresh": v.EID == "" && v.Problem == "",
	})
	return string(out), err
}

// Heading names the page.
func (v editorView) Heading() string {
	return stage.Or(strings.TrimSpace(v.Title), "New appointment")
}
