package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// standingsPage is what admin_people.html shows.
type standingsPage struct {
	Query  string
	Total  string
	People []standing
	Next   string // address of the next page, "" on the last
	Paged  bool   // not the first page
}

// standing is one person in a list.
type standing struct {
	ID, Name, Email string
	Chips           []chip
	Calendars       string
	Pass            *look.When // nil: none yet
}

type chip struct{ Words, Tone string }

func (s *site) everybody(v *visit, office *desk.Administration) error {
	q := v.r.URL.Query()
	query, cursor := strings.TrimSpace(q.Get("q")), q.Get("cursor")
	found, next, total, err := office.People(v.ctx(), query, cursor)
	if err != nil {
		return err
	}
	page := standingsPage{Query: query, Total: count(int(total), "One account", "accounts"), Paged: cursor != ""}
	for _, one := range found {
		page.People = append(page.People, newStanding(v, one))
	}
	if next != "" {
		page.Next = "/admin/people?" + url.Values{"q": {query}, "cursor": {next}}.Encode()
	}
	return s.show(v, http.StatusOK, "admin_people", "People", page)
}

func newStanding(v *visit, one desk.Standing) standing {
	out := standing{
		ID: string(one.Account.ID), Name: nameOf(one.Account), Email: one.Account.Email,
		Chips: chipsOf(one), Calendars: calendarWords(one.Calendars),
	}
	if !one.LastPass.IsZero() {
		at := look.At(one.LastPass, "moment", v.zone)
		out.Pass = &at
	}
	return out
}

func chipsOf(one desk.Standing) []chip {
	var chips []chip
	add := func(on bool, words, tone string) {
		if on {
			chips = append(chips, chip{words, tone})
		}
	}
	add(one.Self, "You", "room")
	add(one.Admin, "Administrator", "room")
	add(one.Account.Disabled, "Switched off", "warn")
	add(one.Room == parlor.RoomUnavailable, "Personal room off", "")
	add(states(one.Calendars)[desk.CalendarReconnect] > 0, "Has to reconnect", "warn")
	return chips
}

func states(calendars []desk.CalendarView) map[desk.CalendarState]int {
	found := map[desk.CalendarState]int{}
	for _, c := range calendars {
		found[c.State]++
	}
	return found
}

func calendarWords(calendars []desk.CalendarView) string {
	by := states(calendars)
	switch on := len(calendars) - by[desk.CalendarOff]; {
	case len(calendars) == 0:
		return "No calendar."
	case on == 0:
		return "No calendar is on."
	case by[desk.CalendarReconnect] > 0:
		return "A calendar has to be connected again."
	case by[desk.CalendarSyncing] > 0:
		return "A calendar is being read."
	default:
		return count(on, "One calendar is on", "calendars are on") + "."
	}
}

// count says how many there are; one is written out.
func count(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return grouping(n) + " " + more
}

// grouping writes a number with thin spaces between its thousands.
func grouping(n int) string {
	text := strconv.Itoa(n)
	for at := len(text) - 3; at > 0 && text[at-1] != '-'; at -= 3 {
		text = text[:at] + "\u202f" + text[at:]
	}
	return text
}
