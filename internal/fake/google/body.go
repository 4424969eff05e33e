package google

import (
	"encoding/json"
	"io"
	"net/http"
	"unicode/utf8"

	"parlor/internal/fake/calendar"
)

// maxBody is the longest request body that is read.
const maxBody = 1 << 20

// Limits of extended properties (https://developers.google.com/workspace/calendar/api/guides/extended-properties).
const (
	maxPropertyKey   = 44
	maxPropertyValue = 1024
	maxProperties    = 300
)

// writable are the event fields a client may send, by the JSON type they must have; any other field is ignored.
var writable = map[string]string{
	"summary": "string", "description": "string", "location": "string", "status": "string", "colorId": "string",
	"visibility": "string", "transparency": "string", "eventType": "string",
	"start": "object", "end": "object", "extendedProperties": "object", "conferenceData": "object", "reminders": "object",
	"source": "object", "attendees": "array", "recurrence": "array", "attachments": "array",
	"guestsCanModify": "boolean", "guestsCanInviteOthers": "boolean", "guestsCanSeeOtherGuests": "boolean",
	"anyoneCanAddSelf": "boolean",
}

// readEvent reads an event from a request body as far as clients may write it.
func (s *Server) readEvent(r *http.Request) (body calendar.Fields, id string, err error) {
	var raw map[string]any
	if err := json.NewDecoder(io.LimitReader(r.Body, maxBody)).Decode(&raw); err != nil || raw == nil {
		return nil, "", fault("parseError", "")
	}
	body = calendar.Fields{}
	for key, want := range writable {
		v, sent := raw[key]
		if !sent {
			continue
		}
		if v != nil && jsonType(v) != want {
			return nil, "", fault("invalid", "Invalid value for: "+key)
		}
		body[key] = v
	}
	if err := trimProperties(body); err != nil {
		return nil, "", err
	}
	if err := checkAttendees(body); err != nil {
		return nil, "", err
	}
	id, _ = raw["id"].(string)
	return body, id, s.conference(body, r.URL.Query().Get("conferenceDataVersion"))
}

func jsonType(v any) string {
	switch v.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	default:
		return "number"
	}
}

// trimProperties drops over-long keys and cuts over-long values without a word, as Google does.
func trimProperties(body calendar.Fields) error {
	count := 0
	for _, kind := range []string{"private", "shared"} {
		m := calendar.Map(calendar.Map(body, "extendedProperties"), kind)
		for key, v := range m {
			text, isText := v.(string)
			switch {
			case len(key) > maxPropertyKey:
				delete(m, key)
			case v == nil:
			case !isText:
				return fault("invalid", "Invalid value for: extendedProperties."+kind+"."+key)
			default:
				count++
				m[key] = cutText(text, maxPropertyValue)
			}
		}
	}
	if count > maxProperties {
		return fault("invalid", "Too many extended properties.")
	}
	return nil
}

func cutText(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most])
}

func checkAttendees(body calendar.Fields) error {
	list, _ := body["attendees"].([]any)
	for _, v := range list {
		guest, ok := v.(map[string]any)
		if !ok || calendar.Text(guest, "email") == "" {
			return fault("required", "Missing attendee email.")
		}
		delete(guest, "self")
		delete(guest, "organizer")
	}
	return nil
}
