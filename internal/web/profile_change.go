package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// confirmPage is what confirm.html shows: what a change of the room will do, before it does it.
type confirmPage struct {
	Title    string
	Changes  []difference
	Seen     string // what becomes of events and guests
	Calendar []desk.CalendarCount
	Mailed   bool
	Grace    field
	Quietly  field
	Kept     url.Values // the form that this page asks about
}

// saveProfile saves what needs no asking and asks about the rest.
func (s *site) saveProfile(v *visit) error {
	room, err := s.desk.Room(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	posted := v.r.PostForm
	if posted.Get("do") == "edit" {
		return s.showEdit(v, http.StatusOK, posted, nil)
	}
	change := roomChange(posted, room)
	seen, err := s.desk.PreviewRoom(v.ctx(), v.account.ID, change)
	if err != nil {
		return err
	}
	if len(seen.Faults) > 0 {
		return s.showEdit(v, http.StatusUnprocessableEntity, posted, seen.Faults)
	}
	if err := s.saveInstant(v); err != nil {
		return err
	}
	if changesNothing(change) {
		return v.leave("/profile?done=profile")
	}
	page := newConfirmPage(room, change, seen)
	return s.show(v, http.StatusOK, "confirm", page.Title, page)
}

func newConfirmPage(room desk.RoomView, change desk.RoomChange, seen desk.RoomPreview) confirmPage {
	page := confirmPage{Title: "Change your room?", Kept: url.Values{"of": {room.ETag}}, Seen: consequences(seen), Mailed: seen.Mailed > 0}
	keep := func(name, label, now string, wished *string, show func(string) string) {
		if wished == nil {
			return
		}
		page.Kept.Set(name, *wished)
		page.Changes = append(page.Changes, difference{label, orNone(show(now)), orNone(show(*wished))})
	}
	as := func(value string) string { return value }
	keep("pmi", "Personal Meeting ID", room.PMI, change.PMI, grouped)
	keep("personal_link", "Personal link", room.PersonalLink, change.PersonalLink, as)
	keep("passcode", "Passcode", room.Passcode, change.Passcode, as)
	if change.Rotate {
		page.Kept.Set("rotate", "true")
		page.Changes = append(page.Changes, difference{"Passcode", room.Passcode, "a new one, drawn for you"})
	}
	for _, c := range seen.ByCalendar {
		if c.Events > 0 {
			page.Calendar = append(page.Calendar, c)
		}
	}
	page.Grace = graceField(change.GraceDays)
	page.Quietly = field{
		Name: "quietly", Label: "Mail nobody", Input: "switch", Value: strconv.FormatBool(change.Quietly),
		Hint: "Events whose guests would be mailed keep their old link for as long as it works, and are rewritten then.",
	}
	return page
}

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return value
}

// graceField asks how long what was before still leads to the room.
func graceField(days *int) field {
	f := field{
		Name: "grace_days", Label: "Old links go on working for", Input: "select", Value: strconv.Itoa(parlor.DefaultGraceDays),
		Hint: "So that nobody stands before a shut door. You can end it earlier, and undo the change while it lasts.",
		Options: []option{
			{"0", "No time: they end now", ""},
			{"1", "One day", ""},
			{"7", "A week", ""},
			{"14", "Two weeks", ""},
			{"30", "30 days", ""},
			{"90", "90 days", ""},
			{"365", "A year", ""},
		},
	}
	if days != nil {
		f.Value = strconv.Itoa(*days)
	}
	return f
}

// consequences says in words what a change does to events and guests.
func consequences(seen desk.RoomPreview) string {
	if seen.Events == 0 {
		return "No coming event has to be rewritten."
	}
	words := capital(people(seen.Events, "coming event")) + " will be rewritten."
	if seen.Mailed > 0 {
		words += " " + capital(people(seen.Mailed, "guest")) + " will be mailed about it by your calendar."
	}
	if seen.Stale > 0 {
		words += " " + capital(people(seen.Stale, "guest")) + " outside your organisation may keep the text they were sent."
	}
	return words
}

// changeProfile does what confirm.html asked about.
func (s *site) changeProfile(v *visit) error {
	room, err := s.desk.Room(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	posted := v.r.PostForm
	_, err = s.desk.ChangeRoom(v.ctx(), v.account.ID, roomChange(posted, room))
	if faults, ok := errors.AsType[desk.Faults](err); ok {
		return s.showEdit(v, http.StatusUnprocessableEntity, posted, faults)
	}
	if taken, ok := errors.AsType[*parlor.TakenError](err); ok { // by somebody else, between the two pages
		fault := parlor.FieldError{Field: taken.Field, Message: "was taken by somebody else just now"}
		return s.showEdit(v, http.StatusConflict, posted, desk.Faults{fault})
	}
	if errors.Is(err, parlor.ErrStale) {
		return s.showEdit(v, http.StatusPreconditionFailed, posted, nil)
	}
	if err != nil {
		return err
	}
	return v.leave("/profile?done=changed")
}
