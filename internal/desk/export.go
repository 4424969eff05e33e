package desk

import (
	"context"
	"fmt"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Export is everything Parlor holds about a person, as they may take it away. Nothing in it opens anything but their own
// door: no token, no session, no secret. README.md describes each part.
type Export struct {
	Made       time.Time             `json:"made"`
	Account    parlor.Account        `json:"account"`
	Settings   parlor.Settings       `json:"settings"`
	Room       ExportedRoom          `json:"room"`
	Calendars  []ExportedCalendar    `json:"calendars"`
	Meetings   []parlor.Meeting      `json:"meetings"`
	People     []parlor.Acquaintance `json:"people"`
	Delegates  []PersonView          `json:"delegates"`
	Devices    []Device              `json:"devices"`
	Activity   []parlor.Entry        `json:"activity"`
	Departures []store.Departure     `json:"departures"`
}

// ExportedRoom is the room without the secret that its links are made of.
type ExportedRoom struct {
	PMI          string            `json:"pmi"`
	PersonalLink string            `json:"personal_link"`
	Passcode     string            `json:"passcode"`
	Locked       bool              `json:"locked"`
	Status       parlor.RoomStatus `json:"status"`
	Former       []parlor.Former   `json:"former,omitempty"` // what it was reached by before
}

// ExportedCalendar is a calendar that Parlor knows of, without what lets it in.
type ExportedCalendar struct {
	parlor.CalendarInfo
	Service  parlor.Kind `json:"service"`
	On       bool        `json:"on"`
	LastPass time.Time   `json:"last_pass,omitzero"`
	Watched  bool        `json:"watched"` // its service tells Parlor of changes
	Error    string      `json:"error,omitempty"`
}

// Export gathers everything Parlor holds about a person.
func (d *Desk) Export(ctx context.Context, acct parlor.AccountID) (Export, error) {
	x := Export{Made: d.now().UTC()}
	for what, read := range map[string]func(context.Context, parlor.AccountID, *Export) error{
		"account": d.exportAccount, "room": d.exportRoom, "calendars": d.exportCalendars, "meetings": d.exportMeetings,
		"people": d.exportPeople, "activity": d.exportActivity,
	} {
		if err := read(ctx, acct, &x); err != nil {
			return Export{}, fmt.Errorf("export %s: %w", what, err)
		}
	}
	x.Calendars, x.Meetings, x.People = listed(x.Calendars), listed(x.Meetings), listed(x.People)
	x.Delegates, x.Devices = listed(x.Delegates), listed(x.Devices)
	x.Activity, x.Departures = listed(x.Activity), listed(x.Departures)
	return x, nil
}

// listed makes an empty list of none, so that whoever reads the file finds a list.
func listed[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

func (d *Desk) exportAccount(ctx context.Context, acct parlor.AccountID, x *Export) (err error) {
	if x.Account, err = d.st.Account(ctx, acct); err != nil {
		return err
	}
	if x.Settings, _, err = d.st.Settings(ctx, acct); err != nil {
		return err
	}
	if x.Devices, err = d.Devices(ctx, acct); err != nil {
		return err
	}
	x.Departures, err = d.st.Departures(ctx, acct)
	return err
}

func (d *Desk) exportRoom(ctx context.Context, acct parlor.AccountID, x *Export) error {
	r, err := d.st.Room(ctx, acct)
	x.Room = ExportedRoom{PMI: r.PMI, PersonalLink: r.PersonalLink, Passcode: r.Passcode, Locked: r.Locked, Status: r.Status, Former: r.Former}
	return err
}

func (d *Desk) exportCalendars(ctx context.Context, acct parlor.AccountID, x *Export) error {
	states, err := d.st.Calendars(ctx, acct)
	for _, c := range states {
		x.Calendars = append(x.Calendars, ExportedCalendar{
			CalendarInfo: c.Info, Service: c.Service, On: c.On, LastPass: c.LastPass, Watched: c.Watch.ID != "", Error: c.Error,
		})
	}
	return err
}

func (d *Desk) exportMeetings(ctx context.Context, acct parlor.AccountID, x *Export) (err error) {
	x.Meetings, err = d.st.EveryMeeting(ctx, acct)
	return err
}

func (d *Desk) exportPeople(ctx context.Context, acct parlor.AccountID, x *Export) (err error) {
	if x.People, err = d.st.People(ctx, acct); err != nil {
		return err
	}
	x.Delegates, err = d.Delegates(ctx, acct)
	return err
}

func (d *Desk) exportActivity(ctx context.Context, acct parlor.AccountID, x *Export) error {
	for cursor := ""; ; {
		lines, next, err := d.st.Activity(ctx, acct, cursor, 500)
		if err != nil {
			return err
		}
		x.Activity = append(x.Activity, lines...)
		if cursor = next; cursor == "" {
			return nil
		}
	}
}
