package calendar

import "reflect"

// private are the fields each copy of an event has for itself; of extendedProperties only the private map is.
var private = map[string]bool{
	"reminders": true, "colorId": true, "transparency": true, "visibility": true, "extendedProperties": true,
	"attendees": true, "outlook": true,
}

// organises tells whether this calendar holds the organiser's copy of the event.
func (b *book) organises(f Fields) bool { return Text(f, "organizer", "email") == b.ID }

// may tells whether this calendar's copy may turn from old to next: a guest changes only what is private to the copy and
// their own response, unless the organiser lets guests modify the event.
func (b *book) may(old, next Fields) bool {
	open, _ := old["guestsCanModify"].(bool)
	if open || b.organises(old) {
		return true
	}
	for _, k := range changedKeys(old, next) {
		if !private[k] {
			return false
		}
	}
	same := reflect.DeepEqual(Map(old, "extendedProperties")["shared"], Map(next, "extendedProperties")["shared"])
	return same && reflect.DeepEqual(othersOf(old, b.ID), othersOf(next, b.ID))
}

// othersOf lists the guests but one.
func othersOf(f Fields, email string) []Fields {
	var out []Fields
	for _, guest := range Maps(f, "attendees") {
		if Text(guest, "email") != email {
			out = append(out, guest)
		}
	}
	return out
}

// mirror is the content of another calendar's copy: shared fields of source, private ones of the copy itself.
func mirror(source, own Fields) Fields {
	out := Fields{}
	for k, v := range source {
		if !private[k] || k == "attendees" {
			out[k] = cloneValue(v)
		}
	}
	for k, v := range own {
		if private[k] && k != "attendees" {
			out[k] = v
		}
	}
	properties := Fields{}
	if p := Map(own, "extendedProperties")["private"]; p != nil {
		properties["private"] = p
	}
	if p := Map(source, "extendedProperties")["shared"]; p != nil {
		properties["shared"] = cloneValue(p)
	}
	delete(out, "extendedProperties")
	if len(properties) > 0 {
		out["extendedProperties"] = properties
	}
	return out
}
