package web

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// schedulePage is what schedule.html shows.
type schedulePage struct {
	Key      string
	What     []field // title and guests
	When     []field // date, time and length, beside each other
	Advanced []field
	Faults   []fault
	Preview  string // which number it will get, and why
	Alone    bool   // no calendar is connected
}

// deskFields are the form's names for what the desk calls otherwise.
var deskFields = map[string]string{
	"start": "date", "end": "minutes", "time_zone": "zone", "attendees": "guests", "recurrence": "repeats",
}

func newSchedulePage(w wish, calendars []desk.CalendarView, today string, faults desk.Faults) schedulePage {
	page := schedulePage{
		Key: w.Key,
		What: []field{
			{Name: "title", Label: "Title", Input: "text", Value: w.Title},
			{Name: "guests", Label: "Guests", Input: "text", Value: w.Guests, Hint: "E-mail addresses, with a comma between them. You can leave this empty."},
		},
		When: []field{
			{Name: "date", Label: "Date", Input: "date", Value: w.Date, Least: today},
			{Name: "time", Label: "Time", Input: "time", Value: w.Time},
			{Name: "minutes", Label: "Length", Input: "select", Value: w.Minutes, Options: lengths(w.Minutes)},
		},
		Advanced: []field{
			{Name: "use_pmi", Label: "Use Personal Meeting ID", Input: "switch", Value: strconv.FormatBool(w.UsePMI), Hint: "For people you meet regularly. Without it the meeting gets a one-time link."},
			{Name: "zone", Label: "Time zone", Input: "zone", Value: w.Zone, Hint: "The time above is meant in this zone."},
			{Name: "repeats", Label: "Repeats", Input: "select", Value: w.Repeats, Options: rhythms},
			{Name: "until", Label: "Repeats until", Input: "date", Value: w.Until, Least: today, Hint: "Leave it empty for a series without an end."},
		},
	}
	if to := writable(calendars); len(to) > 1 {
		page.Advanced = append(page.Advanced, field{Name: "calendar", Label: "Calendar", Input: "select", Value: w.Calendar, Options: to})
	}
	for _, group := range [][]field{page.What, page.When, page.Advanced} {
		page.mark(group, faults)
	}
	return page
}

// mark puts faults at their fields.
func (p *schedulePage) mark(group []field, faults desk.Faults) {
	for i := range group {
		f := &group[i]
		at := slices.IndexFunc(faults, func(e parlor.FieldError) bool { return formName(e.Field) == f.Name })
		if at >= 0 {
			f.Fault = sentence(faults[at].Message)
			p.Faults = append(p.Faults, fault{f.Name, f.Label, f.Fault})
		}
	}
}

func formName(field string) string {
	if name, ok := deskFields[field]; ok {
		return name
	}
	return field
}

// lengths offers the usual ones, and the one that is chosen.
func lengths(chosen string) []option {
	minutes := []int{15, 30, 45, 60, 90, 120, 180, 240, 480}
	if n, err := strconv.Atoi(chosen); err == nil && n > 0 && !slices.Contains(minutes, n) {
		minutes = append(minutes, n)
		slices.Sort(minutes)
	}
	options := make([]option, len(minutes))
	for i, n := range minutes {
		options[i] = option{strconv.Itoa(n), lengthWords(n), ""}
	}
	return options
}

func lengthWords(minutes int) string {
	hours, rest := minutes/60, minutes%60
	words := fmt.Sprintf("%d hours", hours)
	if hours == 1 {
		words = "1 hour"
	}
	switch {
	case hours == 0:
		return fmt.Sprintf("%d minutes", rest)
	case rest == 0:
		return words
	}
	return fmt.Sprintf("%s %d minutes", words, rest)
}

// writable are the calendars that an event can be put into, the primary one first.
func writable(calendars []desk.CalendarView) []option {
	var to []option
	for _, c := range calendars {
		if !c.On || !c.Writable {
			continue
		}
		if one := (option{string(c.ID), c.Name, ""}); c.Primary {
			to = slices.Insert(to, 0, one)
		} else {
			to = append(to, one)
		}
	}
	return to
}

// newWish is the form before anything was chosen: the next half hour, as long as the person's meetings usually are.
func newWish(s parlor.Settings, now time.Time, zone *time.Location, key string) wish {
	next := now.In(zone).Truncate(30 * time.Minute).Add(30 * time.Minute)
	return wish{
		Key: key, Date: next.Format(dateShape), Time: next.Format(timeShape), Minutes: strconv.Itoa(s.DefaultDuration),
		Zone: zone.String(), UsePMI: s.UsePMIForScheduled,
	}
}
