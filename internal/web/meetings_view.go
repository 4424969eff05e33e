package web

import (
	"net/url"
	"time"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// meetingsPage is what meetings.html shows.
type meetingsPage struct {
	Days  []day
	Zone  string
	Home  string // the calendar's own zone, "" when it is the reader's
	Later string // address of the next page, "" on the last
	Hint  string // what to do when there is none
	Alone bool   // no calendar is connected
}

type day struct {
	ID, Name string
	Meetings []meeting
}

type meeting struct {
	Number, Spaced, Title, Calendar string
	Start, End                      look.When
	InRoom, Repeats, Standalone     bool
	JoinURL, Invitation             string
	Why, Conflict, Waits            string
}

// names are the calendars' names as their person knows them.
type names map[parlor.CalendarID]string

// newMeetingsPage groups meetings, sorted by start, by the reader's days. One that began earlier stands under today.
func newMeetingsPage(views []desk.MeetingView, next string, now time.Time, zone *time.Location, in names) meetingsPage {
	page := meetingsPage{Zone: zone.String()}
	if next != "" {
		page.Later = "/meetings?" + url.Values{"cursor": {next}}.Encode()
	}
	for _, v := range views {
		date := v.Start.In(zone)
		if date.Before(now) {
			date = now.In(zone)
		}
		id := date.Format("day-2006-01-02")
		if n := len(page.Days); n == 0 || page.Days[n-1].ID != id {
			page.Days = append(page.Days, day{ID: id, Name: dayName(date, now.In(zone))})
		}
		today := &page.Days[len(page.Days)-1]
		today.Meetings = append(today.Meetings, newMeeting(v, "time", zone, in))
	}
	return page
}

// newMeeting shows the start in the given shape, see look.At.
func newMeeting(v desk.MeetingView, start string, zone *time.Location, in names) meeting {
	m := meeting{
		Number: v.Number, Spaced: grouped(v.Number), Title: titled(v.Title), Calendar: in[v.Calendar],
		InRoom: v.Kind == parlor.InRoom, Repeats: v.Repeats, Standalone: v.Standalone,
		JoinURL: v.JoinURL, Invitation: v.Invitation, Why: v.Why.Text,
		Start: look.At(v.Start, start, zone), End: look.At(v.End, endShape(v, zone), zone),
	}
	if v.Standalone {
		m.Calendar = "in no calendar"
	}
	if v.Conflict != nil {
		m.Conflict = v.Conflict.Text
	}
	if v.Waits != nil {
		m.Waits = v.Waits.Text
	}
	return m
}

func endShape(v desk.MeetingView, zone *time.Location) string {
	if v.Start.In(zone).YearDay() == v.End.In(zone).YearDay() {
		return "time"
	}
	return "moment"
}

func titled(title string) string {
	if title == "" {
		return "(No title)"
	}
	return title
}

// grouped writes a number as people read it aloud: 3-3-4 digits for a PMI, 3-4-4 for a meeting.
func grouped(number string) string {
	if len(number) < 10 || len(number) > 11 {
		return number
	}
	middle := len(number) - 4
	return number[:3] + " " + number[3:middle] + " " + number[middle:]
}

func dayName(date, now time.Time) string {
	name := date.Format("Monday 2 January")
	switch {
	case sameDay(date, now):
		return "Today, " + name
	case sameDay(date, now.AddDate(0, 0, 1)):
		return "Tomorrow, " + name
	case date.Year() != now.Year():
		return name + date.Format(" 2006")
	}
	return name
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// hint says how the person's next event gets a link, or that none can while no calendar is connected.
func (s *site) hint(v *visit) (string, error) {
	if s.desk.Calendarless(v.account) {
		return "No calendar is connected, and none is needed: schedule a meeting in Parlor, or start one now.", nil
	}
	settings, _, err := s.desk.Settings(v.ctx(), v.account.ID)
	return emptyHint(settings), err
}

// emptyHint says how the person's next event gets a link.
func emptyHint(s parlor.Settings) string {
	switch {
	case s.Paused:
		return "Parlor is paused, so it adds no links at the moment. Let it go on in your settings."
	case s.AutoAdd == parlor.AddKeyword:
		return "Write " + s.Keyword + " into the title or location of an event that you organise, and it gets a link within seconds."
	case s.AutoAdd == parlor.AddWithGuests:
		return "Invite somebody to an event that you organise, and it gets a link within seconds."
	case s.AutoAdd == parlor.AddAlways:
		return "Add an event to your calendar, and it gets a link within seconds."
	}
	return "No event gets a link by itself, because you chose so. Choose otherwise in your settings, or ask for a link on an event."
}
