package google

import (
	"strconv"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// etagOf is an event's ETag: twice its stamp in microseconds, quoted, as recorded.
func etagOf(stamp int64) string { return strconv.Quote(strconv.FormatInt(2*stamp, 10)) }

// stampOf reads an If-Match header: 0 for none or any, -1 for an ETag no event has.
func stampOf(etag string) int64 {
	if etag == "" || etag == "*" {
		return 0
	}
	raw := strings.Trim(strings.TrimPrefix(etag, "W/"), `"`)
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || n%2 != 0 || n <= 0 {
		return -1
	}
	return n / 2
}

func stampText(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// renderListed is an event in a list: a deleted one is only a stub.
func (s *Server) renderListed(e calendar.Event, entry calendar.Entry, zone string) map[string]any {
	if !e.Cancelled {
		return s.render(e, entry, zone)
	}
	out := map[string]any{"kind": "calendar#event", "etag": etagOf(e.Stamp), "id": e.ID, "status": "cancelled"}
	if e.Series != "" {
		out["recurringEventId"] = e.Series
		out["originalStartTime"] = inZone(calendar.Map(e.Fields, "originalStartTime"), stage.Or(zone, entry.Zone))
	}
	return out
}

// render is an event as the API sends it: its times carry the calendar's offset beside their own zone.
func (s *Server) render(e calendar.Event, entry calendar.Entry, zone string) map[string]any {
	out := e.Fields
	out["kind"], out["etag"], out["id"] = "calendar#event", etagOf(e.Stamp), e.ID
	out["htmlLink"] = s.eventLink(e.Calendar, e.ID)
	out["created"], out["updated"] = stampText(e.Created.Truncate(time.Second)), stampText(e.Updated)
	if e.Cancelled {
		out["status"] = "cancelled"
	}
	for _, key := range []string{"start", "end", "originalStartTime"} {
		if m := calendar.Map(out, key); m != nil {
			out[key] = inZone(m, stage.Or(zone, entry.Zone))
		}
	}
	markPeople(out, entry.ID)
	return out
}

// markPeople sets self on whoever is this calendar's owner, and organizer on the guest who is the organiser.
func markPeople(out calendar.Fields, own string) {
	organizer := calendar.Text(out, "organizer", "email")
	for _, key := range []string{"organizer", "creator"} {
		if p := calendar.Map(out, key); calendar.Text(p, "email") == own {
			p["self"] = true
		}
	}
	for _, guest := range calendar.Maps(out, "attendees") {
		email := calendar.Text(guest, "email")
		if email == own {
			guest["self"] = true
		}
		if email == organizer {
			guest["organizer"] = true
		}
	}
}

// inZone shifts a start or end to the offset of a zone; the named zone stays the event's own.
func inZone(m calendar.Fields, zone string) map[string]any {
	t, err := time.Parse(time.RFC3339, calendar.Text(m, "dateTime"))
	loc, known := calendar.Zone(zone)
	if err != nil || known != nil {
		return m
	}
	return map[string]any{"dateTime": t.In(loc).Format(time.RFC3339), "timeZone": calendar.Text(m, "timeZone")}
}

// eventLink is the address of an event's page; its eid is the event and calendar ids in base64.
func (s *Server) eventLink(cal, id string) string {
	return s.Origin() + "/calendar/event?eid=" + stage.EID(id, cal)
}
