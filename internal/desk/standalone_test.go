package desk

import (
	"errors"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

// withoutCalendar makes the person somebody who signed in at a provider that has no calendars.
func (p *person) withoutCalendar(t *testing.T) {
	t.Helper()
	who := parlor.Identity{Kind: parlor.KindOIDC, Subject: "9", Email: "grace@example.com", EmailVerified: true, Name: "Grace"}
	account, _, err := p.st.SignIn(t.Context(), who)
	must(t, err)
	p.acct = account.ID
	must(t, p.st.SetConnection(t.Context(), p.acct, parlor.Connection{Kind: parlor.KindOIDC, Subject: "9", State: parlor.Connected}))
}

func TestScheduleWithoutACalendarKeepsTheMeeting(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.withoutCalendar(t)
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		req := p.at(30, "Kept")
		req.IdempotencyKey = "the same"
		made := p.schedule(t, req)
		same(t, []any{made.EventID, made.HTMLLink, made.Kind, strings.Contains(made.Invitation, made.JoinURL)}, []any{"", "", parlor.InRoom, true})
		same(t, p.schedule(t, req).Number, made.Number)
		same(t, len(p.cal.events), 0)

		p.clock.Pass(26 * time.Hour) // an invitation that nobody saved is gone by now
		must(t, p.st.PurgeMeetings(t.Context(), p.acct, p.clock.Now()))
		list, _, err := p.Meetings(t.Context(), p.acct, p.clock.Now(), p.clock.Now().AddDate(0, 0, 7), "")
		must(t, err)
		same(t, []any{len(list), list[0].Number, list[0].Standalone}, []any{1, made.Number, true})
		entries, _, err := p.Activity(t.Context(), p.acct, "")
		must(t, err)
		same(t, []any{len(entries), entries[0].Action, entries[0].Title}, []any{1, "schedule", "Kept"})
	})
}

func TestStandaloneMeetingsHoldTheRoom(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.withoutCalendar(t)
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		first := p.schedule(t, p.at(1, "first"))
		second := p.schedule(t, p.at(1.25, "second"))
		same(t, []any{second.Kind, second.Why.Code}, []any{parlor.OneTime, "overlap"})
		still, err := p.SwitchMeeting(t.Context(), p.acct, second.Number, true)
		must(t, err)
		same(t, []any{still.Kind, still.Number}, []any{parlor.OneTime, second.Number})
		out, err := p.SwitchMeeting(t.Context(), p.acct, first.Number, false)
		must(t, err)
		same(t, []any{out.Kind, out.Why.Code, out.Number}, []any{parlor.OneTime, "one_time_asked", first.Number})
		in, err := p.SwitchMeeting(t.Context(), p.acct, second.Number, true)
		must(t, err)
		same(t, in.Kind, parlor.InRoom)
	})
}

func TestStandaloneMeetingsAreCalledOff(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.withoutCalendar(t)
		made := p.schedule(t, p.at(1, "off"))
		must(t, p.RemoveMeeting(t.Context(), p.acct, made.Number))
		m, err := p.st.Meeting(t.Context(), p.acct, made.Number)
		must(t, err)
		same(t, m.State, parlor.MeetingCancelled) // the door says so
		for _, gone := range []error{
			func() error { _, err := p.Meeting(t.Context(), p.acct, made.Number); return err }(),
			p.RemoveMeeting(t.Context(), p.acct, made.Number),
		} {
			same(t, errors.Is(gone, parlor.ErrNotFound), true)
		}
	})
}

func TestScheduleInANamedCalendarNeedsOne(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.withoutCalendar(t)
		req := p.at(1, "named")
		req.Calendar = primary
		_, err := p.Schedule(t.Context(), p.acct, req)
		faults, _ := errors.AsType[Faults](err)
		same(t, len(faults) == 1 && faults[0].Field == "calendar", true)
	})
}
