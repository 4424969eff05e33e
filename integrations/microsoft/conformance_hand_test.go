package microsoft_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/graph"
	"parlor/internal/parlor"
	"parlor/internal/parlor/parlortest"
)

// hand is a person at work in Outlook.
type hand struct {
	service
	email  string
	online bool // new events are Teams meetings
}

func (h hand) add(t *testing.T, d parlor.Draft) string {
	t.Helper()
	return h.srv.EventID(h.email, h.email, h.post(t, h.email, d))
}

func (h hand) addInvited(t *testing.T, d parlor.Draft) string {
	t.Helper()
	d.Attendees = append(d.Attendees, parlor.Person{Email: h.email})
	return h.srv.EventID(h.email, h.email, h.post(t, bob, d))
}

// post makes an event the way Outlook does and returns its id in the world.
func (h hand) post(t *testing.T, email string, d parlor.Draft) string {
	t.Helper()
	event := drawn(d)
	event["isOnlineMeeting"] = h.online
	raw, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	path := "/v1.0/me/calendars/" + graph.CalendarID(email, email) + "/events"
	resp, err := h.client(email, "Calendars.ReadWrite").Post(h.web.URL+path, "application/json", bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var made struct{ ID string }
	if err := json.NewDecoder(resp.Body).Decode(&made); err != nil || resp.StatusCode != http.StatusCreated {
		t.Fatalf("%s %v", resp.Status, err)
	}
	return inWorld(t, made.ID)
}

// inWorld is an event's id in the world, which the stand-in keeps at the end of its own.
func inWorld(t *testing.T, id string) string {
	t.Helper()
	raw, err := base64.URLEncoding.DecodeString(id)
	if err != nil || len(raw) < 17 {
		t.Fatalf("id %q", id)
	}
	return string(raw[16:])
}

func drawn(d parlor.Draft) map[string]any {
	moment := func(m parlor.Moment) map[string]any {
		zone, err := time.LoadLocation(m.Zone)
		if err != nil {
			panic(err)
		}
		name := m.Zone
		if name == "" {
			name = "UTC"
		}
		return map[string]any{"dateTime": m.Time.In(zone).Format("2006-01-02T15:04:05"), "timeZone": name}
	}
	out := map[string]any{
		"subject": d.Title, "body": map[string]any{"contentType": string(d.Format), "content": d.Body},
		"start": moment(d.Start), "end": moment(d.End), "isAllDay": d.Start.AllDay,
		"location": map[string]any{"displayName": d.Location},
	}
	if len(d.Recurrence) > 0 { // the suite has one, a weekly one of six
		out["recurrence"] = map[string]any{
			"pattern": map[string]any{"type": "weekly", "interval": 1, "daysOfWeek": []string{strings.ToLower(d.Start.Time.Weekday().String())}},
			"range":   map[string]any{"type": "numbered", "startDate": d.Start.Time.Format(time.DateOnly), "numberOfOccurrences": 6},
		}
	}
	var guests []any
	for _, g := range d.Attendees {
		guests = append(guests, map[string]any{"type": "required", "emailAddress": map[string]any{"address": g.Email}})
	}
	if guests != nil {
		out["attendees"] = guests
	}
	return out
}

func (h hand) edit(t *testing.T, id string, e parlortest.Edit) {
	t.Helper()
	h.change(t, inWorld(t, id), e)
}

func (h hand) change(t *testing.T, id string, e parlortest.Edit) {
	t.Helper()
	f := calendar.Fields{}
	if e.Title != nil {
		f["summary"] = *e.Title
	}
	if e.Body != nil {
		f["description"] = *e.Body
	}
	if e.Start != nil {
		was, err := h.world.Event(h.email, id)
		if err != nil {
			t.Fatal(err)
		}
		span := was.Span()
		f["start"] = calendar.Timed(e.Start.Time, e.Start.Zone)
		f["end"] = calendar.Timed(e.Start.Time.Add(span.End.Sub(span.Start)), e.Start.Zone)
	}
	if _, err := h.world.Patch(h.email, id, f, calendar.Write{Actor: h.email}); err != nil {
		t.Fatal(err)
	}
}

func (h hand) editOccurrence(t *testing.T, id string, original time.Time, e parlortest.Edit) {
	t.Helper()
	h.change(t, calendar.InstanceID(inWorld(t, id), original, false), e)
}

func (h hand) remove(t *testing.T, id string) {
	t.Helper()
	h.drop(t, inWorld(t, id))
}

func (h hand) removeOccurrence(t *testing.T, id string, original time.Time) {
	t.Helper()
	h.drop(t, calendar.InstanceID(inWorld(t, id), original, false))
}

func (h hand) drop(t *testing.T, id string) {
	t.Helper()
	if err := h.world.Delete(h.email, id, calendar.Write{Actor: h.email}); err != nil {
		t.Fatal(err)
	}
}

func (h hand) read(t *testing.T, id string) parlor.Draft {
	t.Helper()
	e, err := h.world.Event(h.email, inWorld(t, id))
	if err != nil {
		t.Fatal(err)
	}
	d := parlor.Draft{
		Title: calendar.Text(e.Fields, "summary"), Body: calendar.Text(e.Fields, "description"), Format: parlor.HTML,
		Location:   calendar.Text(e.Fields, "location"),
		Start:      parlor.Moment{Time: e.Span().Start.UTC(), Zone: calendar.Text(e.Fields, "start", "timeZone"), AllDay: e.Span().AllDay},
		End:        parlor.Moment{Time: e.Span().End.UTC(), Zone: calendar.Text(e.Fields, "end", "timeZone"), AllDay: e.Span().AllDay},
		Recurrence: calendar.Lines(e.Fields, "recurrence"),
	}
	property := strings.ToLower("String {00020329-0000-0000-C000-000000000046} Name cecp-" + addin)
	kept := map[string]string{}
	if raw := calendar.Text(e.Fields, "outlook", "properties", property, "value"); raw != "" {
		if err := json.Unmarshal([]byte(raw), &kept); err != nil {
			t.Fatal(err)
		}
	}
	d.Stamp = kept[parlor.StampKey]
	for _, g := range calendar.Maps(e.Fields, "attendees") {
		d.Attendees = append(d.Attendees, parlor.Person{Email: calendar.Text(g, "email")})
	}
	return d
}
