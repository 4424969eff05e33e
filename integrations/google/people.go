package google

import (
	"google.golang.org/api/calendar/v3"

	"parlor/internal/parlor"
)

// hosts reads organiser and creator. Google has been seen to mark only the creator as the calendar's own, with the
// same address on the organiser.
func hosts(e *calendar.Event) (organizer, creator parlor.Person) {
	if o := e.Organizer; o != nil {
		organizer = parlor.Person{Name: o.DisplayName, Email: o.Email, Self: o.Self}
	}
	if c := e.Creator; c != nil {
		creator = parlor.Person{Name: c.DisplayName, Email: c.Email, Self: c.Self}
	}
	if creator.Self && creator.Email != "" && organizer.Email == creator.Email {
		organizer.Self = true
	}
	return organizer, creator
}

func guests(in []*calendar.EventAttendee) []parlor.Person {
	var out []parlor.Person
	for _, a := range in {
		out = append(out, parlor.Person{Name: a.DisplayName, Email: a.Email, Self: a.Self, Resource: a.Resource})
	}
	return out
}
