package web

import (
	"fmt"
	"net/url"
	"time"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// calendarsPage is what calendars.html shows.
type calendarsPage struct {
	Connections []appeal
	Calendars   []calendar
	Further     []further
	ByPassword  []further // connected by a password, which can be changed or forgotten
	Connected   bool      // some service whose calendars Parlor can read
	SignIns     signIns
	Leaving     []progress
	Paused      bool
}

// further is a service that could be connected, too.
type further struct{ Name, Href string }

// appeal asks the person to do something about a connection, with a button for it.
type appeal struct{ What, Next, Href, Button string }

type calendar struct {
	ID            parlor.CalendarID
	Name, Service string
	Primary, On   bool
	Writable      bool
	State         desk.CalendarState
	Syncing       bool
	Listed        int
	Words, Rhythm string
	LastPass      *look.When
	Error         string
}

func newCalendarsPage(views []desk.CalendarView, account parlor.Account, services []parlor.Service, zone *time.Location) calendarsPage {
	names := map[parlor.Kind]string{}
	for _, svc := range services {
		names[svc.Kind] = svc.Name
	}
	var page calendarsPage
	for _, c := range account.Connections {
		if names[c.Kind] == "" {
			continue // no calendar service: the room's page speaks of it
		}
		if a, needed := appealFor(c, names[c.Kind]); needed {
			page.Connections = append(page.Connections, a)
		}
	}
	for _, svc := range services {
		known := account.Serves(svc.Kind)
		page.Connected = page.Connected || known && svc.HasCalendars()
		if known && svc.Password != nil {
			page.ByPassword = append(page.ByPassword, further{svc.Name, connectPath(svc.Kind)})
		}
		if !known && svc.HasCalendars() {
			page.Further = append(page.Further, further{svc.Name, connectPath(svc.Kind)})
		}
	}
	for _, v := range views {
		page.Calendars = append(page.Calendars, newCalendar(v, names[v.Service], zone))
	}
	return page
}

func appealFor(c parlor.Connection, service string) (appeal, bool) {
	href := connectPath(c.Kind)
	switch c.State {
	case parlor.ReconnectNeeded:
		return appeal{
			service + " no longer lets Parlor in.",
			"This happens when access was withdrawn or has run out. Your events and links stay as they are; new events get no " +
				"link until you connect " + c.Email + " again.", href, "Connect " + service + " again",
		}, true
	case parlor.ScopeMissing:
		return appeal{
			"You are signed in, but Parlor may not see your calendar.",
			"The box for the calendar was left unticked when you signed in with " + service + ". Without it Parlor cannot find " +
				"your events or write links into them. On the next page, tick the box.", href, "Allow calendar access",
		}, true
	case parlor.NoMailbox:
		return appeal{
			"This mailbox is not supported.",
			service + " says that the mailbox of " + c.Email + " is on a server of your organisation's own, inactive or without a " +
				"licence. Parlor reads calendars in the cloud alone. You are signed in, and your room works; once the mailbox has " +
				"moved, connect it again.", href, "Connect " + service + " again",
		}, true
	}
	return appeal{}, false
}

func connectPath(k parlor.Kind) string {
	return "/connect/" + string(k) + "?" + url.Values{"return": {"/calendars"}}.Encode()
}

func newCalendar(v desk.CalendarView, service string, zone *time.Location) calendar {
	c := calendar{
		ID: v.ID, Name: v.Name, Service: service, Primary: v.Primary, On: v.On, Writable: v.Writable, State: v.State, Listed: v.Listed,
		Syncing: v.State == desk.CalendarSyncing, Words: stateWords[v.State], Error: v.Error,
	}
	if v.LastPass != nil {
		when := look.At(*v.LastPass, "moment", zone)
		c.LastPass = &when
	}
	switch {
	case v.On:
		c.Rhythm = rhythm(v)
	case !v.Writable:
		c.Words = "Somebody else's. Parlor writes only into your own calendars."
	}
	return c
}

var stateWords = map[desk.CalendarState]string{
	desk.CalendarOK:        "Up to date.",
	desk.CalendarReconnect: "Waiting until you connect it again.",
	desk.CalendarOff:       "Off. Parlor does not look at it.",
}

// rhythm says how soon a change is seen.
func rhythm(v desk.CalendarView) string {
	every := about(v.PollEvery)
	switch {
	case v.Push && every != "":
		return "Changes arrive by themselves, and Parlor checks every " + every + " in case one was lost."
	case v.Push:
		return "Changes arrive by themselves."
	case every != "":
		return "Checked every " + every + "."
	}
	return ""
}

// about writes a duration such as "1m30s" as people say it; "" when it is none.
func about(duration string) string {
	d, err := time.ParseDuration(duration)
	switch {
	case err != nil || d <= 0:
		return ""
	case d < 2*time.Minute:
		return fmt.Sprintf("%d seconds", int(d.Round(time.Second).Seconds()))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes", int(d.Round(time.Minute).Minutes()))
	}
	return fmt.Sprintf("%d hours", int(d.Round(time.Hour).Hours()))
}
