package web

import (
	"errors"
	"net/http"
	"strings"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// personPage is what admin_person.html shows.
type personPage struct {
	standing
	Since        look.When
	Self         bool
	Disabled     bool
	Services     []string
	Groups       string
	Room         string
	Devices      string
	CalendarRows []calendarRow
}

type calendarRow struct {
	Name, Words, Error string
	Pass               *look.When
}

func (s *site) person(v *visit, office *desk.Administration) error {
	one, err := office.Person(v.ctx(), parlor.AccountID(v.r.PathValue("id")))
	if err != nil {
		return err
	}
	page := newPersonPage(v, one)
	return s.show(v, http.StatusOK, "admin_person", page.Name, page)
}

func newPersonPage(v *visit, one desk.Standing) personPage {
	page := personPage{
		standing: newStanding(v, one), Since: look.At(one.Account.Created, "date", v.zone),
		Self: one.Self, Disabled: one.Account.Disabled, Groups: strings.Join(one.Account.Groups, ", "),
		Room: roomWords[one.Room], Devices: count(one.Devices, "One device or app", "devices and apps"),
	}
	for _, c := range one.Account.Connections {
		page.Services = append(page.Services, connectionWords(c))
	}
	for _, c := range one.Calendars {
		row := calendarRow{Name: c.Name, Words: syncWords[c.State], Error: c.Error}
		if c.LastPass != nil {
			at := look.At(*c.LastPass, "moment", v.zone)
			row.Pass = &at
		}
		page.CalendarRows = append(page.CalendarRows, row)
	}
	return page
}

var roomWords = map[parlor.RoomStatus]string{
	"": "Not drawn yet.", parlor.RoomReady: "Can be used.", parlor.RoomUnavailable: "Switched off.",
}

var syncWords = map[desk.CalendarState]string{
	desk.CalendarOK: "Up to date", desk.CalendarSyncing: "Being read", desk.CalendarReconnect: "Has to be connected again", desk.CalendarOff: "Off",
}

func connectionWords(c parlor.Connection) string {
	words := map[parlor.Kind]string{
		parlor.KindGoogle: "Google", parlor.KindMicrosoft: "Microsoft", parlor.KindOIDC: "Your identity provider",
		parlor.KindCalDAV: "CalDAV", parlor.KindZoom: "Zoom",
	}[c.Kind]
	if c.Email != "" {
		words += ", " + c.Email
	}
	if c.State == parlor.ReconnectNeeded {
		words += " (has to reconnect)"
	}
	return words
}

// actPage is what admin_act.html shows: what is about to be done to somebody.
type actPage struct {
	act
	ID, Name, Email string
}

// act is something that administrators do to an account.
type act struct {
	Title, Words, Button string
	Danger               bool
	do                   func(*desk.Administration, *visit, parlor.AccountID) error
}

var acts = map[string]act{
	desk.ActSignOut: {
		"Sign out everywhere?", "Every browser is signed out at once, every app within ten minutes. Their events and links are as they were, and they can sign in again.",
		"Sign out everywhere", false,
		func(a *desk.Administration, v *visit, id parlor.AccountID) error { return a.SignOut(v.ctx(), id) },
	},
	desk.ActDisable: {
		"Switch this account off?", "They are signed out and cannot sign in. Parlor changes none of their events any more, and no link opens their door. " +
			"Nothing is deleted: you can switch the account on again.",
		"Switch off", true,
		func(a *desk.Administration, v *visit, id parlor.AccountID) error { return a.Disable(v.ctx(), id) },
	},
	desk.ActDelete: {
		"Delete this account?", "They are signed out, and everything Parlor knows of them is deleted. Parlor's links are taken out of their coming events first. " +
			"This cannot be undone; they can sign in anew, with a new room.",
		"Delete with all data", true,
		func(a *desk.Administration, v *visit, id parlor.AccountID) error { return a.Delete(v.ctx(), id) },
	},
	desk.ActEnable: {
		"Switch this account on again?", "They can sign in, their door opens, and their calendars are read again.",
		"Switch on", false,
		func(a *desk.Administration, v *visit, id parlor.AccountID) error { return a.Enable(v.ctx(), id) },
	},
}

func (s *site) askAct(v *visit, office *desk.Administration) error {
	known, ok := acts[v.r.PathValue("act")]
	if !ok {
		return parlor.ErrNotFound
	}
	one, err := office.Person(v.ctx(), parlor.AccountID(v.r.PathValue("id")))
	if err != nil {
		return err
	}
	page := actPage{known, string(one.Account.ID), nameOf(one.Account), one.Account.Email}
	return s.show(v, http.StatusOK, "admin_act", known.Title, page)
}

func (s *site) act(v *visit, office *desk.Administration) error {
	name, id := v.r.PathValue("act"), v.r.PathValue("id")
	known, ok := acts[name]
	if !ok {
		return parlor.ErrNotFound
	}
	err := known.do(office, v, parlor.AccountID(id))
	if errors.Is(err, desk.ErrSelf) {
		s.tell(v.w, v.r, notYourself)
		return nil
	}
	if err != nil {
		return err
	}
	if name == desk.ActDelete {
		return v.leave("/admin/people?done=" + name)
	}
	return v.leave("/admin/people/" + id + "?done=" + name)
}

var notYourself = problem{
	http.StatusConflict, "That would be your own account", "Nothing was changed.",
	"Administrators do this to others only, so that there is always one left. Ask another administrator.", "/admin/people", "Go to People",
}
