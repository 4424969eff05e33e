package desk

import (
	"testing"
	"time"

	"parlor/internal/parlor"
)

func TestUninviteGivesTheTextsBackAndFreesTheSlot(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		body, location := "Agenda:\r\n tea", ""
		in := Inviting{Request: p.at(1, "Tea"), Format: parlor.Text, Body: &body, Location: &location}
		in.IdempotencyKey = "pressed"
		made := p.invite(t, in)
		r := Removing{Format: parlor.Text, Body: *made.MergedBody, Location: *made.MergedLocation}
		left, err := p.Uninvite(t.Context(), p.acct, r)
		must(t, err)
		stamp, _ := parlor.ParseStamp(left.Stamp)
		same(t, []any{left.MergedBody, left.MergedLocation, left.Found, stamp.Number}, []any{body, location, true, made.Number})
		same(t, p.stored(t, made.Number).State, parlor.LinkRemoved)
		taken, _, err := p.st.Agenda(t.Context(), p.acct)
		must(t, err)
		same(t, len(taken), 0)

		r.Body, r.Location = left.MergedBody, left.MergedLocation
		left, err = p.Uninvite(t.Context(), p.acct, r)
		must(t, err)
		same(t, left, Removal{MergedBody: body, MergedLocation: location})

		again := p.invite(t, in) // with the same key
		same(t, []any{again.Number, p.stored(t, made.Number).State}, []any{made.Number, parlor.Scheduled})
	})
}

func TestUninviteLeavesASavedMeetingToThePass(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		made := p.bound(t, Inviting{Request: p.at(3, "Tea"), Format: parlor.Text}, "event1")
		left, err := p.Uninvite(t.Context(), p.acct, Removing{Format: parlor.Text, Body: made.Body, Number: made.Number})
		must(t, err)
		same(t, []any{left.Found, left.MergedBody}, []any{true, ""})
		m := p.stored(t, made.Number)
		same(t, m.State, parlor.Scheduled)
		settings, _, err := p.Settings(t.Context(), p.acct)
		must(t, err)
		settings.AutoAdd = parlor.AddAlways
		action := parlor.Decide(parlor.Case{
			Event: parlor.Event{
				Ref: m.Event, Ordinary: true, Editable: true, Start: m.Start, End: m.End, Organizer: parlor.Person{Self: true},
			},
			Settings: settings, Origin: origin, Now: p.clock.Now(), Meeting: &m,
		})
		same(t, []any{action.Do, action.OptOut}, []any{parlor.Keep, true})
	})
}

func TestAClaimIsNotPartedFromTheEventThatAPassSawMeanwhile(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		made := p.invite(t, Inviting{Request: p.at(3, "Tea"), Format: parlor.Text})
		o, err := p.order(t.Context(), p.acct, p.at(4, "Tea"))
		must(t, err)
		before := p.stored(t, made.Number)
		must(t, p.bind(t.Context(), p.acct, made.Number, parlor.EventRef{Calendar: primary, ID: "event1"}, "seen"))
		_, err = p.askAgain(t.Context(), o, before)
		must(t, err)
		must(t, p.unclaim(t.Context(), host{acct: p.acct}, before))
		after := p.stored(t, made.Number)
		same(t, []any{after.Event.ID, after.State}, []any{"event1", parlor.Scheduled})
		p.clock.Pass(25 * time.Hour)
		must(t, p.st.PurgeMeetings(t.Context(), p.acct, before.Created.Add(25*time.Hour)))
		same(t, p.stored(t, made.Number).Number, made.Number)
	})
}
