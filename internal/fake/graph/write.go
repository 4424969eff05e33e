package graph

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
)

// wallForm is how a client writes a date and time: no offset, decimals optional.
const wallForm = "2006-01-02T15:04:05.9999999"

// propertyID is an extended property's id by name or by number.
var propertyID = regexp.MustCompile(`^(String|Integer|Boolean|Double|SystemTime|StringArray) (\{[0-9A-Fa-f-]{36}\} (Name .+|Id 0x[0-9A-Fa-f]+)|0x[0-9A-Fa-f]+)$`)

// silent are event properties that a client may send and that change nothing here.
var silent = []string{
	"@odata.type", "@odata.etag", "id", "changeKey", "createdDateTime", "lastModifiedDateTime", "iCalUId", "uid", "type", "isOrganizer",
	"organizer", "responseStatus", "webLink", "bodyPreview", "isCancelled", "isDraft", "onlineMeeting", "onlineMeetingUrl",
	"seriesMasterId", "occurrenceId", "originalStart", "originalStartTimeZone", "originalEndTimeZone", "hasAttachments",
	"hideAttendees", "allowNewTimeProposals", "responseRequested", "transactionId", "isAllDay", "start", "end",
	"recurrence", "isOnlineMeeting",
}

// readBody reads the JSON object of a request; an empty body is refused.
func readBody(r *http.Request) (map[string]any, error) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil || len(raw) == 0 {
		return nil, fault("BadRequest", "Empty Payload. JSON content expected.")
	}
	var body map[string]any
	if err := json.Unmarshal(raw, &body); err != nil || body == nil {
		return nil, fault("BadRequest", "")
	}
	return body, nil
}

// draft turns what a client wrote into changes of the world's fields; old is what the event was, empty for a new one.
func (s *Server) draft(body map[string]any, old calendar.Fields) (calendar.Fields, error) {
	out, own := calendar.Fields{}, calendar.Fields{}
	for key, v := range body {
		if err := draftOne(out, own, key, v); err != nil {
			return nil, err
		}
	}
	if err := draftTimes(out, body, old); err != nil {
		return nil, err
	}
	if err := draftRecurrence(out, body, old); err != nil {
		return nil, err
	}
	keepAnswers(out, old)
	draftPlaces(out, body)
	draftOnline(out, body, old)
	if len(own) > 0 {
		out["outlook"] = own
	}
	return out, nil
}

// draftOne takes one property over.
func draftOne(out, own calendar.Fields, key string, v any) error {
	m, _ := v.(map[string]any)
	switch key {
	case "subject":
		out["summary"] = v
	case "body":
		out["description"] = storedBody(calendar.Text(m, "contentType"), calendar.Text(m, "content"))
	case "attendees":
		return draftAttendees(out, v)
	case "sensitivity":
		out["visibility"] = map[any]any{"private": "private", "confidential": "confidential"}[v]
		own[key] = v
	case "showAs":
		out["transparency"] = map[any]any{"free": "transparent"}[v]
		own[key] = v
	case "importance", "categories", "isReminderOn", "reminderMinutesBeforeStart":
		own[key] = v
	case "singleValueExtendedProperties":
		return draftProperties(own, v)
	case "onlineMeetingProvider":
		if !slices.Contains(providers, v) {
			return fault("RequestBodyRead", "The value of 'onlineMeetingProvider' is not a member of microsoft.graph.onlineMeetingProviderType.")
		}
	case "location", "locations":
	default:
		if !slices.Contains(silent, key) {
			return fault("RequestBodyRead", "The property '"+key+"' does not exist on type 'microsoft.graph.event'. Make sure to only use property names that are defined by the type.")
		}
	}
	return nil
}

func draftAttendees(out calendar.Fields, v any) error {
	list := []any{}
	for _, a := range calendar.Maps(calendar.Fields{"a": v}, "a") {
		address := calendar.Text(a, "emailAddress", "address")
		if address == "" {
			return fault("ErrorInvalidRecipients", "At least one recipient is not valid.")
		}
		guest := calendar.Fields{"email": strings.ToLower(address)}
		if name := calendar.Text(a, "emailAddress", "name"); name != "" {
			guest["displayName"] = name
		}
		switch calendar.Text(a, "type") {
		case "resource":
			guest["resource"] = true
		case "optional":
			guest["optional"] = true
		}
		list = append(list, guest)
	}
	out["attendees"] = list
	return nil
}

// keepAnswers leaves the guests who were invited before their answers; a client cannot write those.
func keepAnswers(out, old calendar.Fields) {
	for _, guest := range calendar.Maps(out, "attendees") {
		for _, before := range calendar.Maps(old, "attendees") {
			if before["email"] == guest["email"] && before["responseStatus"] != nil {
				guest["responseStatus"] = before["responseStatus"]
			}
		}
	}
}

func draftProperties(own calendar.Fields, v any) error {
	props := calendar.Fields{}
	for _, p := range calendar.Maps(calendar.Fields{"p": v}, "p") {
		id := calendar.Text(p, "id")
		if !propertyID.MatchString(id) {
			return fault("ErrorInvalidProperty", "The property id '"+id+"' is not valid.")
		}
		props[strings.ToLower(id)] = calendar.Fields{"id": id, "value": p["value"]}
	}
	own["properties"] = props
	return nil
}

// draftTimes reads start, end and isAllDay together.
func draftTimes(out calendar.Fields, body map[string]any, old calendar.Fields) error {
	wholeDay, asked := body["isAllDay"].(bool)
	if body["start"] == nil && body["end"] == nil && !asked {
		return nil
	}
	if !asked {
		wholeDay = calendar.Text(old, "start", "date") != ""
	}
	names := calendar.Fields{}
	var at [2]time.Time
	for i, key := range []string{"start", "end"} {
		t, zone, name, err := wallTime(body, old, key)
		if err != nil {
			return err
		}
		at[i], names[key] = t, name
		out[key] = calendar.Timed(t, zone)
		if wholeDay {
			out[key] = calendar.Fields{"date": t.Format(time.DateOnly), "dateTime": nil, "timeZone": nil}
		} else {
			calendar.Map(out, key)["date"] = nil
		}
	}
	out["zoneNames"] = names
	if !wholeDay {
		return nil
	}
	return checkDays(at[0], at[1])
}

// wallTime reads a start or an end, or takes the old one.
func wallTime(body map[string]any, old calendar.Fields, key string) (t time.Time, zone, name string, err error) {
	m, given := body[key].(map[string]any)
	if !given {
		e := calendar.Event{Fields: old}
		t = map[string]time.Time{"start": e.Span().Start, "end": e.Span().End}[key]
		zone = t.Location().String()
		if old == nil || t.IsZero() {
			return t, "", "", fault("ErrorPropertyValidationFailure", "")
		}
		return t, zone, zoneNameOf(old, key), nil
	}
	name = calendar.Text(m, "timeZone")
	if name == "" {
		name = "UTC"
	}
	zone, ok := ianaOf(name)
	if !ok {
		return t, "", "", fault("TimeZoneNotSupportedException", "A valid TimeZone value must be specified. The following TimeZone value is not supported: '"+name+"'.")
	}
	loc, _ := zoneOf(name)
	if t, err = time.Parse(time.RFC3339Nano, calendar.Text(m, "dateTime")); err != nil {
		t, err = time.ParseInLocation(wallForm, calendar.Text(m, "dateTime"), loc)
	}
	if err != nil {
		return t, "", "", fault("ErrorPropertyValidationFailure", "The DateTime value is not valid.")
	}
	return t.In(loc), zone, name, nil
}

// checkDays holds an all-day event to Outlook's rules.
func checkDays(start, end time.Time) error {
	midnight := func(t time.Time) bool {
		return t.Equal(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location()))
	}
	switch {
	case !midnight(start):
		return fault("ErrorPropertyValidationFailure", "The Event.Start property for an all-day event needs to be set to midnight.")
	case !midnight(end):
		return fault("ErrorPropertyValidationFailure", "The Event.End property for an all-day event needs to be set to midnight.")
	case start.Location().String() != end.Location().String():
		return fault("ErrorPropertyValidationFailure", "The start and end of an all-day event must be in the same time zone.")
	case !end.After(start):
		return fault("ErrorPropertyValidationFailure", "The duration of an event marked as All day must be at least 24 hours.")
	}
	return nil
}

func draftRecurrence(out calendar.Fields, body map[string]any, old calendar.Fields) error {
	v, given := body["recurrence"]
	if !given {
		return nil
	}
	if v == nil {
		out["recurrence"] = nil
		return nil
	}
	var p patterned
	raw, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(raw, &p)
	}
	if err != nil {
		return fault("BadRequest", "")
	}
	e := calendar.Event{Fields: calendar.Merge(old, out)}
	line, err := p.rule(e.Span().Start.Location(), e.Span().AllDay)
	if err != nil {
		return err
	}
	out["recurrence"] = calendar.List(line)
	if p.Range.StartDate != e.Span().Start.Format(time.DateOnly) {
		return badRecurrence("The recurrence range's startDate must be the day the event starts.")
	}
	startOnRule(out, calendar.Event{Fields: calendar.Merge(old, out)})
	return nil
}

// startOnRule moves a series to the first day its rule falls on.
func startOnRule(out calendar.Fields, e calendar.Event) {
	span := e.Span()
	first, ok := calendar.First(e)
	if !ok || first.Equal(span.Start) {
		return
	}
	days := int(midnight(first).Sub(midnight(span.Start)).Hours()+12) / 24
	for key, t := range map[string]time.Time{"start": span.Start, "end": span.End} {
		if span.AllDay {
			out[key] = calendar.Dated(t.AddDate(0, 0, days))
			continue
		}
		out[key] = calendar.Timed(t.AddDate(0, 0, days), calendar.Text(e.Fields, key, "timeZone"))
	}
}

// draftPlaces reads location and locations: a location alone replaces all locations.
func draftPlaces(out calendar.Fields, body map[string]any) {
	if one, ok := body["location"].(map[string]any); ok {
		out["location"], out["locations"] = calendar.Text(one, "displayName"), nil
	}
	list, ok := body["locations"].([]any)
	if !ok {
		return
	}
	kept := []any{}
	for _, p := range calendar.Maps(body, "locations") {
		full := place(calendar.Text(p, "displayName"))
		for k, v := range p {
			full[k] = v
		}
		kept = append(kept, full)
	}
	out["location"], out["locations"] = joinPlaces(calendar.Maps(calendar.Fields{"l": kept}, "l")), kept
	if len(list) == 0 {
		out["location"], out["locations"] = "", nil
	}
}

// draftOnline adds a Teams meeting, or loses it together with its block in the body. Once set it cannot be taken off
// otherwise.
func draftOnline(out calendar.Fields, body map[string]any, old calendar.Fields) {
	text, written := out["description"].(string)
	if join := teamsLink(old); join != "" {
		if written && !keepsTeams(text, join) {
			out["conferenceData"], out["hangoutLink"] = nil, nil
		}
		return
	}
	if body["isOnlineMeeting"] != true {
		return
	}
	for k, v := range teams(rand.Text()) {
		out[k] = v
	}
	if !written {
		text = calendar.Text(calendar.Merge(calendar.Fields{"description": ""}, old), "description")
	}
	out["description"] = withTeams(text, teamsLink(out))
}
