package desk

import (
	"context"
	"testing"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// reasons are why meetings stay, by their titles.
func reasons(preview ApplyPreview) map[string]string {
	all := map[string]string{}
	for _, k := range preview.Kept {
		all[k.Title] = k.Why.Code
	}
	return all
}

func (p *person) kinds(t *testing.T) map[string]parlor.MeetingKind {
	t.Helper()
	page, _, err := p.Meetings(t.Context(), p.acct, p.clock.Now(), p.clock.Now().AddDate(0, 0, 30), "")
	must(t, err)
	all := map[string]parlor.MeetingKind{}
	for _, m := range page {
		all[m.Title] = m.Kind
	}
	return all
}

func TestApplySaysBeforehandWhatItDoes(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.hasCalendar(t, true)
		p.set(t, func(s *parlor.Settings) { s.Guard.Unfamiliar = parlor.GuardOneTime })
		p.schedule(t, p.at(2, "early"))
		p.schedule(t, p.at(2.25, "at the same hour"))
		p.schedule(t, p.at(6, "late"))
		stranger := p.at(10, "with a stranger")
		stranger.Attendees = guests("nobody.knows@elsewhere.example")
		p.schedule(t, stranger)
		chosen := p.at(14, "chosen")
		chosen.UsePMI = ptr(false)
		p.schedule(t, chosen)
		_, err := p.Start(t.Context(), p.acct, ptr(false)) // bound to nothing, and soon gone
		must(t, err)
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })

		preview, err := p.PreviewApply(t.Context(), p.acct)
		must(t, err)
		same(t, []any{preview.InRoom, preview.Moves, preview.Events}, []any{true, 2, 2})
		same(t, reasons(preview), map[string]string{"at the same hour": "overlap", "with a stranger": "unfamiliar", "chosen": "one_time_asked"})
		same(t, p.kinds(t)["early"], parlor.OneTime)

		p.asked = nil
		must(t, p.Apply(t.Context(), p.acct, false))
		same(t, p.asked, []string{"resync"})
		same(t, p.kinds(t), map[string]parlor.MeetingKind{
			"early": parlor.InRoom, "late": parlor.InRoom, "at the same hour": parlor.OneTime, "with a stranger": parlor.OneTime, "chosen": parlor.OneTime,
		})
		going, active, err := p.Rewriting(t.Context(), p.acct)
		must(t, err)
		same(t, []any{active, going.What, going.Left, going.Undoable}, []any{true, parlor.PartMeetings, 2, true})

		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = false })
		out, err := p.PreviewApply(t.Context(), p.acct)
		must(t, err)
		same(t, []any{out.InRoom, out.Moves, len(out.Kept)}, []any{false, 2, 0})

		must(t, p.UndoRoom(t.Context(), p.acct))
		same(t, p.kinds(t)["early"], parlor.OneTime)
	})
}

func TestApplyThatIsCutOffGoesOn(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.hasCalendar(t, true)
		p.schedule(t, p.at(2, "early"))
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		p.Desk.sync.Resync = func(context.Context, parlor.AccountID) error { return store.ErrUnavailable }
		if err := p.Apply(t.Context(), p.acct, false); err == nil {
			t.Fatal("applied, though the queue could not be asked")
		}
		same(t, p.kinds(t)["early"], parlor.InRoom)
		state, err := p.st.Calendar(t.Context(), p.acct, primary)
		must(t, err)
		same(t, state.Resync > state.Resynced, true)
	})
}
