package desk

import (
	"errors"
	"testing"

	"parlor/internal/parlor"
)

func TestRemoveMeetingLeavesTheEvent(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		made := p.schedule(t, p.at(1, "Tea #meet"))
		p.cal.edit(made.EventID, func(e *parlor.Event) { e.Body = "Bring cake.\n" + e.Body + "\nAnd forks." })
		meddled := false
		p.cal.meddle = func() {
			if !meddled {
				p.cal.edit(made.EventID, func(e *parlor.Event) { e.Title = "Tea at five #meet" })
			}
			meddled = true
		}
		must(t, p.RemoveMeeting(t.Context(), p.acct, made.Number))

		ev := p.cal.events[made.EventID]
		_, _, found := parlor.Find(ev.Body, origin)
		same(t, []any{ev.Title, ev.Location, ev.Stamp, found}, []any{"Tea at five #meet", "", "", false})
		m, err := p.st.Meeting(t.Context(), p.acct, made.Number)
		must(t, err)
		same(t, []any{m.State, m.Asking, m.Written, m.Event}, []any{parlor.LinkRemoved, true, "", ev.Ref})
		page, _, err := p.Meetings(t.Context(), p.acct, p.clock.Now(), p.clock.Now().AddDate(0, 0, 1), "")
		must(t, err)
		same(t, len(page), 0)

		must(t, p.RemoveMeeting(t.Context(), p.acct, made.Number))
		same(t, p.cal.patches, 1)
		err = p.RemoveMeeting(t.Context(), p.acct, "00000000000")
		same(t, errors.Is(err, parlor.ErrNotFound), true)
	})
}

func TestRemoveMeetingThatTheCalendarRefusesChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		made := p.schedule(t, p.at(1, "Tea"))
		before, err := p.st.Meeting(t.Context(), p.acct, made.Number)
		must(t, err)
		p.cal.meddle = func() { p.cal.fail = parlor.ErrForbidden }
		err = p.RemoveMeeting(t.Context(), p.acct, made.Number)
		same(t, errors.Is(err, parlor.ErrForbidden), true)
		after, err := p.st.Meeting(t.Context(), p.acct, made.Number)
		must(t, err)
		same(t, after, before)
	})
}

func TestRemoveMeetingOfAServiceThatIsDisconnected(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		made := p.schedule(t, p.at(1, "Tea"))
		must(t, p.st.Disconnect(t.Context(), p.acct, parlor.KindGoogle, true))
		must(t, p.RemoveMeeting(t.Context(), p.acct, made.Number))
		m, err := p.st.Meeting(t.Context(), p.acct, made.Number)
		must(t, err)
		same(t, m.State, parlor.LinkRemoved)
		lines, _, err := p.Activity(t.Context(), p.acct, "")
		must(t, err)
		same(t, lines[0].Text, "The link leads nowhere now. Its text stays in the event, because Google is disconnected.")
	})
}
