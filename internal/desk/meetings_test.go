package desk

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func TestMeetingsInOrderAndOnceEach(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		late := p.schedule(t, p.at(30, "late"))
		daily := p.at(2, "daily")
		daily.Recurrence = []string{"RRULE:FREQ=DAILY"}
		series := p.schedule(t, daily)
		soon := p.schedule(t, p.at(1, "soon"))
		_, err := p.Invite(t.Context(), p.acct, Inviting{Request: p.at(3, "never saved"), Format: parlor.HTML})
		must(t, err)

		list := func(from, to time.Duration) []string {
			page, next, err := p.Meetings(t.Context(), p.acct, p.clock.Now().Add(from), p.clock.Now().Add(to), "")
			must(t, err)
			same(t, next, "")
			var got []string
			for _, m := range page {
				got = append(got, fmt.Sprintf("%s %s %s", m.Number, m.Title, m.Start.Sub(p.clock.Now())))
			}
			return got
		}
		same(t, list(0, 48*time.Hour), []string{soon.Number + " soon 1h0m0s", series.Number + " daily 2h0m0s", late.Number + " late 30h0m0s"})
		same(t, list(75*time.Minute, 20*time.Hour), []string{soon.Number + " soon 1h0m0s", series.Number + " daily 2h0m0s"})
		same(t, list(3*time.Hour, 31*time.Hour), []string{series.Number + " daily 26h0m0s", late.Number + " late 30h0m0s"})
	})
}

func TestMeetingsPages(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		for i := range MeetingsPage + 5 {
			p.schedule(t, p.at(1+float64(i/3), "many"))
		}
		to := p.clock.Now().AddDate(0, 0, 30)
		first, next, err := p.Meetings(t.Context(), p.acct, p.clock.Now(), to, "")
		must(t, err)
		second, last, err := p.Meetings(t.Context(), p.acct, p.clock.Now(), to, next)
		must(t, err)
		same(t, []any{len(first), len(second), last}, []any{MeetingsPage, 5, ""})
		seen := map[string]bool{}
		for _, m := range append(first, second...) {
			seen[m.Number] = true
		}
		same(t, len(seen), MeetingsPage+5)

		_, _, err = p.Meetings(t.Context(), p.acct, p.clock.Now(), to, "no cursor")
		faults, _ := errors.AsType[Faults](err)
		same(t, len(faults) == 1 && faults[0].Field == "cursor", true)
	})
}

func TestInvite(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		for _, format := range []parlor.Format{parlor.Text, parlor.HTML} {
			made, err := p.Invite(t.Context(), p.acct, Inviting{Request: p.at(1, "Tea"), Format: format})
			must(t, err)
			_, link, found := parlor.Find(made.Body, origin)
			same(t, []any{found, link.Number, made.Location}, []any{true, made.Number, made.JoinURL})
		}
		p.set(t, func(s *parlor.Settings) { s.PutLinkInLocation = false })
		made, err := p.Invite(t.Context(), p.acct, Inviting{Request: p.at(1, "Tea"), Format: parlor.Text})
		must(t, err)
		same(t, made.Location, "")
		same(t, len(p.cal.events), 0)
	})
}
