package desk

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"parlor/internal/parlor"
)

func TestScheduleWritesTheLinkIntoANewEvent(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		title := `<script>alert("x")</script> 🦊 مرحبا`
		req := p.at(1, title)
		req.Attendees = []parlor.Person{{Email: "bob@example.com"}}
		made := p.schedule(t, req)

		ev := p.cal.events[made.EventID]
		link, ok := parlor.ParseLink(origin, made.JoinURL)
		same(t, []any{made.Kind, ok, link.Number, len(made.Number)}, []any{parlor.InRoom, true, made.Number, 11})
		same(t, []string{ev.Title, ev.Location, made.HTMLLink}, []string{title, made.JoinURL, ev.HTMLLink})
		same(t, strings.Count(ev.Body, made.JoinURL), 1)
		same(t, ev.Attendees, req.Attendees)
		stamp, stamped := parlor.ParseStamp(ev.Stamp)
		same(t, []any{stamped, stamp.Number, stamp.Trigger}, []any{true, made.Number, parlor.ByPerson})

		m, err := p.st.MeetingByEvent(t.Context(), p.acct, ev.Ref)
		must(t, err)
		same(t, []any{m.Number, m.Written, m.State}, []any{made.Number, stamp.Hash, parlor.Scheduled})
		entries, _, err := p.Activity(t.Context(), p.acct, "")
		must(t, err)
		same(t, []any{len(entries), entries[0].EventID, entries[0].Action}, []any{1, made.EventID, "inject"})
	})
}

func TestScheduleKeepsTheRoomFree(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		same(t, p.schedule(t, p.at(1, "first")).Kind, parlor.InRoom)
		second := p.schedule(t, p.at(1.25, "second"))
		same(t, []any{second.Kind, second.Why.Code}, []any{parlor.OneTime, "overlap"})
		same(t, p.schedule(t, p.at(3, "third")).Kind, parlor.InRoom)
		no := false
		fourth := p.at(5, "fourth")
		fourth.UsePMI = &no
		same(t, p.schedule(t, fourth).Kind, parlor.OneTime)
	})
}

func TestScheduleSaysWhatIsInTheWayOfARoomThatIsUsedAllTheSame(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled, s.Guard.Overlap = true, parlor.GuardWarn })
		p.schedule(t, p.at(1, "first"))
		second := p.schedule(t, p.at(1.25, "second"))
		same(t, []any{second.Kind, second.Why.Code, strings.Contains(second.Why.Text, "“first”")}, []any{parlor.InRoom, "overlap", true})
		entries, _, err := p.Activity(t.Context(), p.acct, "")
		must(t, err)
		same(t, strings.Contains(entries[0].Text, "“first”"), true)
	})
}

func TestScheduleWithoutEndTakesTheUsualLength(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.DefaultDuration = 50 })
		req := p.at(1, "open end")
		req.End = parlor.Moment{}
		ev := p.cal.events[p.schedule(t, req).EventID]
		same(t, ev.End.Time.Sub(ev.Start.Time).Minutes(), 50.0)
	})
}

func TestScheduleAtOnceGivesTheSlotToOne(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		var wg sync.WaitGroup
		kinds := make([]parlor.MeetingKind, 4)
		for i := range kinds {
			wg.Go(func() {
				made, err := p.Schedule(t.Context(), p.acct, p.at(1, "race"))
				if err != nil {
					t.Error(err)
				}
				kinds[i] = made.Kind
			})
		}
		wg.Wait()
		inRoom := 0
		for _, k := range kinds {
			if k == parlor.InRoom {
				inRoom++
			}
		}
		same(t, inRoom, 1)
	})
}

func TestScheduleTwiceWithOneKeyMakesOneEvent(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		req := p.at(1, "once")
		req.IdempotencyKey = "6a1f"
		var wg sync.WaitGroup
		made := make([]Scheduled, 3)
		for i := range made {
			wg.Go(func() {
				var err error
				if made[i], err = p.Schedule(t.Context(), p.acct, req); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		same(t, made[1], made[0])
		same(t, p.schedule(t, req), made[0])
		same(t, len(p.cal.events), 1)

		other := p.at(2, "another")
		other.IdempotencyKey = req.IdempotencyKey
		_, err := p.Schedule(t.Context(), p.acct, other)
		faults, _ := errors.AsType[Faults](err)
		if len(faults) != 1 || faults[0].Field != "idempotency_key" {
			t.Errorf("%v", err)
		}
		invitation := req
		_, err = p.Invite(t.Context(), p.acct, Inviting{Request: invitation, Format: parlor.Text})
		same(t, err != nil, true)
	})
}

func TestScheduleAfterARefusalAndAfterAFault(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		must(t, p.shelve(t, primary))
		req := p.at(1, "refused")
		req.IdempotencyKey = "k"
		p.cal.fail = parlor.ErrForbidden
		_, err := p.Schedule(t.Context(), p.acct, req)
		same(t, errors.Is(err, parlor.ErrForbidden), true)
		taken, _, err := p.st.Agenda(t.Context(), p.acct)
		must(t, err)
		same(t, len(taken), 0) // the slot is free again

		p.cal.fail = errors.New("connection reset")
		_, err = p.Schedule(t.Context(), p.acct, req)
		same(t, err != nil, true)
		taken, _, err = p.st.Agenda(t.Context(), p.acct)
		must(t, err)
		same(t, len(taken), 1) // the event may be there
		p.cal.fail = nil
		made := p.schedule(t, req)
		same(t, []any{made.Number, made.Kind, len(p.cal.events)}, []any{taken[0].Number, parlor.InRoom, 1})
	})
}

func TestScheduleKnowsTheCalendars(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		req := p.at(1, "elsewhere")
		req.Calendar = "bob@example.com"
		_, err := p.Schedule(t.Context(), p.acct, req)
		faults, _ := errors.AsType[Faults](err)
		same(t, len(faults) == 1 && faults[0].Field == "calendar", true)
		must(t, p.shelve(t, "ada@example.com", "team"))
		must(t, p.SwitchCalendar(t.Context(), p.acct, "team", true))
		req.Calendar = "team"
		made := p.schedule(t, req)
		same(t, p.cal.events[made.EventID].Ref.Calendar, parlor.CalendarID("team"))
	})
}
