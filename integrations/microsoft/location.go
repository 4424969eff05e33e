package microsoft

import (
	"slices"
	"strings"

	"github.com/microsoftgraph/msgraph-sdk-go/models"
)

const between = "; " // how Outlook joins several places to one line

// place is the line that people see: all places of the event.
func place(e models.Eventable) string {
	if l := e.GetLocation(); l != nil && val(l.GetDisplayName()) != "" {
		return val(l.GetDisplayName())
	}
	var names []string
	for _, l := range places(e) {
		names = append(names, val(l.GetDisplayName()))
	}
	return strings.Join(names, between)
}

// places are the event's places, one by one.
func places(e models.Eventable) []models.Locationable {
	all := slices.DeleteFunc(slices.Clone(e.GetLocations()), func(l models.Locationable) bool { return l == nil })
	if l := e.GetLocation(); len(all) == 0 && l != nil && val(l.GetDisplayName()) != "" {
		all = append(all, l)
	}
	return all
}

// room says whether a place can be booked: taking it out of the list would cancel the booking.
func room(l models.Locationable) bool {
	return l.GetLocationType() != nil && *l.GetLocationType() == models.CONFERENCEROOM_LOCATIONTYPE ||
		l.GetUniqueIdType() != nil && *l.GetUniqueIdType() == models.DIRECTORY_LOCATIONUNIQUEIDTYPE ||
		val(l.GetLocationEmailAddress()) != ""
}

// setPlace makes the event's line read as wanted. The places that the line still names stay as they are, rooms stay in any
// case, and what is left of the line becomes a place of its own.
func setPlace(change models.Eventable, now models.Eventable, want string) {
	var kept []models.Locationable
	rest := want
	for _, l := range places(now) {
		without, named := cut(rest, val(l.GetDisplayName()))
		if named {
			rest = without
		}
		if named || room(l) {
			kept = append(kept, l)
		}
	}
	if rest = strings.Trim(rest, between); rest != "" {
		added := models.NewLocation()
		added.SetDisplayName(&rest)
		kept = append(kept, added)
	}
	if len(kept) == 0 {
		// An empty location takes all places out; what an empty list does is not documented.
		none := models.NewLocation()
		none.SetDisplayName(new(""))
		change.SetLocation(none)
		return
	}
	change.SetLocations(kept)
}

// cut takes one name out of a line of names.
func cut(line, name string) (rest string, found bool) {
	if name == "" {
		return line, false
	}
	padded := between + line + between
	before, after, found := strings.Cut(padded, between+name+between)
	if !found {
		return line, false
	}
	return strings.TrimSuffix(strings.TrimPrefix(before+between+after, between), between), true
}
