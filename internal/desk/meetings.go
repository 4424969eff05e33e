package desk

import (
	"context"
	"slices"
	"time"

	"parlor/internal/parlor"
)

// MeetingsPage is how many meetings Meetings returns at most.
const MeetingsPage = 100

// longest is how long before the range a meeting that still runs in it may have begun.
const longest = 31 * 24 * time.Hour

// Meetings lists the meetings with a link that take place in [from, to), by start. A series stands once, with its next
// occurrence. The cursor is the one returned with the page before; an empty one comes with the last page.
func (d *Desk) Meetings(ctx context.Context, acct parlor.AccountID, from, to time.Time, cursor string) (
	[]MeetingView, string, error,
) {
	after, err := readMark(cursor)
	if err != nil {
		return nil, "", err
	}
	b, err := d.beside(ctx, acct)
	if err != nil {
		return nil, "", err
	}
	all, err := d.st.Meetings(ctx, acct, from.Add(-longest), to)
	if err != nil {
		return nil, "", err
	}
	views := d.meetingViews(all, from, to, b)
	page, next := cut(views, after, soonest)
	return page, next, nil
}

// unsaved says that it is not known whether the meeting's event was ever saved.
func unsaved(m parlor.Meeting) bool { return m.Event.ID == "" && !m.Standalone }

// beside is what a meeting is shown with. Conflicts are looked up when they are shown: the other meeting may have moved.
type beside struct {
	room     parlor.Room
	settings parlor.Settings
	agenda   *parlor.Agenda
}

func (d *Desk) beside(ctx context.Context, acct parlor.AccountID) (b beside, err error) {
	if b.room, err = d.st.EnsureRoom(ctx, acct); err != nil {
		return b, err
	}
	if b.settings, _, err = d.st.Settings(ctx, acct); err != nil {
		return b, err
	}
	inRoom, _, err := d.st.Agenda(ctx, acct)
	if err != nil {
		return b, err
	}
	b.agenda = parlor.NewAgenda(inRoom, d.now())
	return b, nil
}

func (d *Desk) meetingViews(all []parlor.Meeting, from, to time.Time, b beside) []MeetingView {
	views := make([]MeetingView, 0, len(all))
	for _, m := range all {
		if m.State != parlor.Scheduled || unsaved(m) {
			continue
		}
		if slot, ok := nextSlot(m, from, to); ok {
			views = append(views, d.meetingView(m, slot, b))
		}
	}
	slices.SortFunc(views, soonest)
	return views
}

func nextSlot(m parlor.Meeting, from, to time.Time) (parlor.Slot, bool) {
	for _, slot := range m.Slots(from.Add(-longest), to) {
		if slot.End.After(from) && slot.Start.Before(to) {
			return slot, true
		}
	}
	return parlor.Slot{}, false
}

func (d *Desk) meetingView(m parlor.Meeting, slot parlor.Slot, b beside) MeetingView {
	block := parlor.Render(m, b.room, d.origin, b.settings.Invitation(), b.settings.EmbedPasscode)
	return MeetingView{
		Number: m.Number, Kind: m.Kind, Title: m.Title, Start: slot.Start, End: slot.End,
		Repeats: len(m.Recurrence) > 0, JoinURL: block.Link, Invitation: asText(block),
		EventID: m.Event.ID, Calendar: m.Event.Calendar, Service: m.Service, Standalone: m.Standalone && m.Event.ID == "",
		Why: m.Why, Conflict: parlor.Overlap(b.settings, m, b.agenda), Waits: m.WaitsAt(slot),
	}
}
