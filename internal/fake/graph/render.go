package graph

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"net/url"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// never is how Graph writes a time that is not known.
const never = "0001-01-01T00:00:00Z"

// momentForm is how Graph writes a date and time: seven decimals, no offset.
const momentForm = "2006-01-02T15:04:05.0000000"

// changeKey is a version of an item; its ETag is the same in W/"…".
func changeKey(stamp int64) string {
	raw := make([]byte, 16, 24)
	copy(raw, "\x00\x0f\x00\x00\x00\x16parlorgrap")
	return base64.StdEncoding.EncodeToString(binary.BigEndian.AppendUint64(raw, uint64(stamp)))
}

func etagOf(stamp int64) string { return `W/"` + changeKey(stamp) + `"` }

// stampOf reads an If-Match header: 0 for none or any, -1 for an ETag no event has.
func stampOf(etag string) int64 {
	if etag == "" || etag == "*" {
		return 0
	}
	raw, err := base64.StdEncoding.DecodeString(strings.Trim(strings.TrimPrefix(etag, "W/"), `"`))
	if err != nil || len(raw) != 24 {
		return -1
	}
	return int64(binary.BigEndian.Uint64(raw[16:]))
}

// scene is what an event is shown in: whose mailbox, which calendar, how.
type scene struct {
	caller
	entry calendar.Entry
}

// eventType is singleInstance, seriesMaster, occurrence or exception.
func (s *Server) eventType(e calendar.Event) string {
	switch {
	case len(calendar.Lines(e.Fields, "recurrence")) > 0:
		return "seriesMaster"
	case e.Series == "" || s.alone(e):
		return "singleInstance"
	case e.Virtual:
		return "occurrence"
	default:
		return "exception"
	}
}

// alone tells whether e is an occurrence without its series in the same calendar.
func (s *Server) alone(e calendar.Event) bool {
	_, err := s.world.Event(e.Calendar, e.Series)
	return err != nil
}

func (s *Server) idIn(v scene, id string) string {
	return s.eventID(v.Email, v.entry.ID, id, v.prefer.immutable)
}

// stub is an unchanged occurrence in a delta: who it is and when, nothing else.
func (s *Server) stub(v scene, e calendar.Event) map[string]any {
	out := map[string]any{
		"@odata.type": "#microsoft.graph.event", "@odata.etag": etagOf(e.Stamp),
		"id": s.idIn(v, e.ID), "seriesMasterId": s.idIn(v, e.Series), "type": "occurrence",
	}
	s.addTimes(out, v, e)
	delete(out, "originalStartTimeZone")
	delete(out, "originalEndTimeZone")
	delete(out, "isAllDay")
	return out
}

// render is an event as Graph sends it.
func (s *Server) render(v scene, e calendar.Event) map[string]any {
	f, own := e.Fields, calendar.Map(e.Fields, "outlook")
	kind := s.eventType(e)
	id := s.idIn(v, e.ID)
	out := map[string]any{
		"@odata.etag": etagOf(e.Stamp), "id": id, "changeKey": changeKey(e.Stamp), "type": kind,
		"createdDateTime": stampText(e.Created), "lastModifiedDateTime": stampText(e.Updated),
		"categories": orList(own["categories"]), "transactionId": own["transactionId"],
		"subject": calendar.Text(f, "summary"), "importance": stage.Or(calendar.Text(own, "importance"), "normal"),
		"sensitivity": sensitivityOf(f), "showAs": showAsOf(f), "hasAttachments": false,
		"isCancelled": e.Cancelled, "isDraft": false, "hideAttendees": false, "allowNewTimeProposals": true, "responseRequested": true,
		"isReminderOn": orValue(own["isReminderOn"], true), "reminderMinutesBeforeStart": orValue(own["reminderMinutesBeforeStart"], float64(15)),
		"seriesMasterId": nil, "occurrenceId": nil, "recurrence": nil,
		"webLink": "https://outlook.office365.com/owa/?itemid=" + url.QueryEscape(id) + "&exvsurl=1&path=/calendar/item",
	}
	s.addTimes(out, v, e)
	s.addSeries(out, v, e, kind)
	s.addPeople(out, v, e)
	addPlace(out, f)
	s.addBody(out, v, e)
	return out
}

func orValue(v, usual any) any {
	if v == nil {
		return usual
	}
	return v
}

func orList(v any) any { return orValue(v, []any{}) }

func stampText(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.0000000Z") }

func showAsOf(f calendar.Fields) string {
	if calendar.Text(f, "transparency") == "transparent" {
		return "free"
	}
	return stage.Or(calendar.Text(f, "outlook", "showAs"), "busy")
}

func sensitivityOf(f calendar.Fields) string {
	switch v := calendar.Text(f, "visibility"); v {
	case "private", "confidential":
		return v
	default:
		return stage.Or(calendar.Text(f, "outlook", "sensitivity"), "normal")
	}
}

// addTimes writes start and end in the zone the request prefers. A whole day stays midnight in any zone.
func (s *Server) addTimes(out map[string]any, v scene, e calendar.Event) {
	span := e.Span()
	zone, name := v.prefer.zone, v.prefer.zoneName
	if zone == nil {
		zone, name = time.UTC, "UTC"
	}
	for key, t := range map[string]time.Time{"start": span.Start, "end": span.End} {
		if !span.AllDay {
			t = t.In(zone)
		}
		out[key] = map[string]any{"dateTime": t.Format(momentForm), "timeZone": name}
	}
	out["isAllDay"] = span.AllDay
	for key, from := range map[string]string{"originalStartTimeZone": "start", "originalEndTimeZone": "end"} {
		out[key] = zoneNameOf(e.Fields, from)
	}
}

// zoneNameOf is the zone of a start or end as whoever wrote it named it.
func zoneNameOf(f calendar.Fields, key string) string {
	zone := stage.Or(calendar.Text(f, key, "timeZone"), "UTC")
	given := calendar.Text(f, "zoneNames", key)
	if iana, ok := ianaOf(given); ok && (iana == zone || calendar.Text(f, key, "date") != "") {
		return given
	}
	return windowsOf(zone)
}

// addSeries says what an event has to do with a series.
func (s *Server) addSeries(out map[string]any, v scene, e calendar.Event, kind string) {
	uid := stage.Or(e.Series, e.ID)
	out["uid"] = uidOf(uid)
	out["iCalUId"] = uidOf(e.ID)
	switch kind {
	case "seriesMaster":
		out["recurrence"] = recurrenceOf(e)
	case "occurrence", "exception":
		out["seriesMasterId"] = s.idIn(v, e.Series)
		if start, ok := calendar.OriginalStart(e); ok {
			out["originalStart"] = start.UTC().Format("2006-01-02T15:04:05Z")
			out["occurrenceId"] = s.occurrenceID(v, e)
		}
	}
}

// occurrenceID names an occurrence by its master and its local day.
func (s *Server) occurrenceID(v scene, e calendar.Event) string {
	start, _ := calendar.OriginalStart(e)
	return "OID." + s.idIn(v, e.Series) + "." + start.Format(time.DateOnly)
}

// uidOf is an iCalendar id as Exchange makes them.
func uidOf(id string) string {
	return "040000008200E00074C5B7101A82E008" + strings.ToUpper(hex.EncodeToString(hashOf(id)[:24]))
}

// addPeople says who organises and who is invited.
func (s *Server) addPeople(out map[string]any, v scene, e calendar.Event) {
	organizer := calendar.Text(e.Fields, "organizer", "email")
	mine := organizer == v.entry.ID
	if home, _ := s.world.Entry(organizer, organizer); home.Owner != "" {
		organizer = home.Owner // a secondary calendar's events are organised by its owner
	}
	response := "organizer"
	attendees := []any{}
	for _, guest := range calendar.Maps(e.Fields, "attendees") {
		email := calendar.Text(guest, "email")
		if email == organizer {
			continue
		}
		answer := responseOf(calendar.Text(guest, "responseStatus"))
		if email == v.entry.Owner && !mine {
			response = answer
		}
		attendees = append(attendees, map[string]any{
			"type": attendeeType(guest), "status": map[string]any{"response": noneOf(answer), "time": never},
			"emailAddress": s.address(email, calendar.Text(guest, "displayName")),
		})
	}
	if !mine && response == "organizer" {
		response = "none"
	}
	out["attendees"], out["isOrganizer"] = attendees, mine
	out["organizer"] = map[string]any{"emailAddress": s.address(organizer, "")}
	out["responseStatus"] = map[string]any{"response": response, "time": never}
}

func (s *Server) address(email, name string) map[string]any {
	if p, ok := s.world.Person(email); ok && name == "" {
		name = p.Name
	}
	return map[string]any{"name": stage.Or(name, email), "address": email}
}

func attendeeType(guest calendar.Fields) string {
	if guest["resource"] == true {
		return "resource"
	}
	if guest["optional"] == true {
		return "optional"
	}
	return "required"
}

func responseOf(status string) string {
	switch status {
	case "accepted", "declined":
		return status
	case "tentative":
		return "tentativelyAccepted"
	default:
		return "notResponded"
	}
}

// noneOf is how the organiser's copy shows a guest who did not answer.
func noneOf(response string) string {
	if response == "notResponded" {
		return "none"
	}
	return response
}
