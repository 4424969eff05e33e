package outlook

import (
	"slices"
	"strings"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// What Outlook keeps of an event beside Google's fields; the Graph dialect reads and writes the same.
const (
	placesField    = "locations" // Graph's locations, rooms among them
	onlineField    = "conferenceData"
	teamsKind      = "teamsForBusiness"  // type of a conference that is a Teams meeting
	plainMark      = `class="PlainText"` // in bodies that Exchange converted from text
	propertyPrefix = "String {00020329-0000-0000-C000-000000000046} Name cecp-"
)

// room is a meeting room that can be invited.
type room struct{ Name, Email string }

// rooms are offered in the editor.
var rooms = []room{
	{"Boole Room", "boole@rooms.example.com"},
	{"Somerville Room", "somerville@rooms.example.com"},
	{"Library", "library@rooms.example.com"},
}

// places takes an event's location apart: the rooms among it by e-mail address, the rest as text.
func places(f calendar.Fields) (text string, roomMails []string) {
	list := calendar.Maps(f, placesField)
	var all, names []string
	for _, place := range list {
		all = append(all, calendar.Text(place, "displayName"))
		mail := stage.Or(calendar.Text(place, "locationEmailAddress"), calendar.Text(place, "locationUri"))
		if slices.ContainsFunc(rooms, func(r room) bool { return r.Email == mail }) {
			roomMails = append(roomMails, mail)
			continue
		}
		names = append(names, calendar.Text(place, "displayName"))
	}
	if written := calendar.Text(f, "location"); written != strings.Join(all, "; ") {
		return written, nil // somebody else wrote the location since
	}
	return strings.Join(names, "; "), roomMails
}

// placed is the location and the locations of an event at some rooms and some places named in text.
func placed(text string, roomMails []string) (string, []any) {
	var names []string
	list := []any{}
	for _, r := range rooms {
		if slices.Contains(roomMails, r.Email) {
			names = append(names, r.Name)
			list = append(list, calendar.Fields{
				"displayName": r.Name, "locationType": "conferenceRoom", "locationEmailAddress": r.Email,
				"locationUri": r.Email, "uniqueId": r.Email, "uniqueIdType": "directory",
			})
		}
	}
	for name := range strings.SplitSeq(text, ";") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
			list = append(list, calendar.Fields{
				"displayName": name, "locationType": "default", "uniqueId": name, "uniqueIdType": "private",
			})
		}
	}
	return strings.Join(names, "; "), list
}

// custom is the JSON object that an add-in keeps on an event, one of Outlook's own extended properties.
func custom(f calendar.Fields, addin string) string {
	return calendar.Text(f, "outlook", "properties", strings.ToLower(propertyPrefix+addin), "value")
}

// customised are the fields that keep such an object.
func customised(addin, object string) calendar.Fields {
	id := propertyPrefix + addin
	return calendar.Fields{"properties": calendar.Fields{strings.ToLower(id): calendar.Fields{"id": id, "value": object}}}
}

// bodyType tells bodies that were written as text from HTML; Exchange keeps both as HTML.
func bodyType(f calendar.Fields) string {
	if strings.Contains(calendar.Text(f, "description"), plainMark) {
		return "text"
	}
	return "html"
}

// teamsLink is the address of an event's Teams meeting, "" without one.
func teamsLink(f calendar.Fields) string {
	if calendar.Text(f, onlineField, "conferenceSolution", "key", "type") != teamsKind {
		return ""
	}
	for _, point := range calendar.Maps(calendar.Map(f, onlineField), "entryPoints") {
		return calendar.Text(point, "uri")
	}
	return ""
}

// teamsMeeting is a Teams meeting with an address.
func teamsMeeting(link string) calendar.Fields {
	return calendar.Fields{
		"conferenceSolution": calendar.Fields{"name": "Microsoft Teams", "key": calendar.Fields{"type": teamsKind}},
		"entryPoints":        calendar.List[any](calendar.Fields{"entryPointType": "video", "uri": link}),
	}
}
