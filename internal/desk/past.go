package desk

import (
	"context"
	"slices"
	"time"

	"parlor/internal/parlor"
)

// kept is how long a meeting is remembered after its end.
const kept = 30 * 24 * time.Hour

// Past lists the meetings with a link that are over, newest first, as far back as they are kept; of a series each
// occurrence that was. Cursors are as those of Meetings.
func (d *Desk) Past(ctx context.Context, acct parlor.AccountID, cursor string) ([]MeetingView, string, error) {
	after, err := readMark(cursor)
	if err != nil {
		return nil, "", err
	}
	b, err := d.beside(ctx, acct)
	if err != nil {
		return nil, "", err
	}
	now := d.now()
	all, err := d.st.Meetings(ctx, acct, now.Add(-kept-longest), now)
	if err != nil {
		return nil, "", err
	}
	page, next := cut(d.pastViews(all, now, b), after, newest)
	return page, next, nil
}

func (d *Desk) pastViews(all []parlor.Meeting, now time.Time, b beside) []MeetingView {
	var views []MeetingView
	for _, m := range all {
		if m.State != parlor.Scheduled || unsaved(m) {
			continue
		}
		for _, slot := range m.Slots(now.Add(-kept-longest), now) {
			if !slot.End.After(now) && slot.End.After(now.Add(-kept)) {
				views = append(views, d.meetingView(m, slot, b))
			}
		}
	}
	slices.SortFunc(views, newest)
	return views
}
