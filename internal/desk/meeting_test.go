package desk

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func TestPastIsWhatWasNewestFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		daily := p.at(2, "daily")
		daily.Recurrence = []string{"RRULE:FREQ=DAILY"}
		series := p.schedule(t, daily)
		single := p.schedule(t, p.at(1, "single"))
		p.schedule(t, p.at(200, "to come"))
		removed := p.schedule(t, p.at(3, "removed"))
		must(t, p.RemoveMeeting(t.Context(), p.acct, removed.Number))
		p.clock.Pass(30 * time.Hour)

		page, next, err := p.Past(t.Context(), p.acct, "")
		must(t, err)
		var got []string
		for _, m := range page {
			got = append(got, fmt.Sprintf("%s %s %s", m.Number, m.Title, p.clock.Now().Sub(m.Start)))
		}
		same(t, got, []string{series.Number + " daily 4h0m0s", series.Number + " daily 28h0m0s", single.Number + " single 29h0m0s"})
		same(t, next, "")
	})
}

func TestPastPages(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		for i := range MeetingsPage + 5 {
			p.schedule(t, p.at(1+float64(i/3), "many"))
		}
		p.clock.Pass(60 * time.Hour)
		first, next, err := p.Past(t.Context(), p.acct, "")
		must(t, err)
		second, last, err := p.Past(t.Context(), p.acct, next)
		must(t, err)
		same(t, []any{len(first), len(second), last}, []any{MeetingsPage, 5, ""})
		same(t, second[0].Start.After(first[len(first)-1].Start), false)
		_, _, err = p.Past(t.Context(), p.acct, "no cursor")
		faults, _ := errors.AsType[Faults](err)
		same(t, len(faults), 1)
	})
}

func TestMeetingByItself(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		weekly := p.at(1, "weekly")
		weekly.Recurrence = []string{"RRULE:FREQ=WEEKLY;COUNT=2"}
		made := p.schedule(t, weekly)
		at := func(pass time.Duration) MeetingDetail {
			p.clock.Pass(pass)
			m, err := p.Meeting(t.Context(), p.acct, made.Number)
			must(t, err)
			return m
		}
		first := at(0)
		same(t, []any{first.Title, first.Over, first.Service, first.Standalone, first.Zone}, []any{"weekly", false, parlor.KindGoogle, false, "Europe/London"})
		same(t, at(5*time.Hour).Start.Sub(first.Start), 7*24*time.Hour)
		last := at(14 * 24 * time.Hour)
		same(t, []any{last.Over, last.Start.Sub(first.Start)}, []any{true, 7 * 24 * time.Hour})
		_, err := p.Meeting(t.Context(), p.acct, "98765432109")
		same(t, errors.Is(err, parlor.ErrNotFound), true)
	})
}

func TestEventPage(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		made := p.schedule(t, p.at(1, "open me"))
		page, err := p.EventPage(t.Context(), p.acct, made.Number)
		must(t, err)
		same(t, page, made.HTMLLink)
		started, err := p.Start(t.Context(), p.acct, nil)
		must(t, err)
		_, err = p.EventPage(t.Context(), p.acct, started.Number)
		same(t, errors.Is(err, parlor.ErrNotFound), true)
	})
}
