package desk

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parlor/internal/parlor"
)

func (p *person) invite(t *testing.T, in Inviting) Invitation {
	t.Helper()
	made, err := p.Invite(t.Context(), p.acct, in)
	must(t, err)
	return made
}

// bound is a meeting that a pass has seen in an event.
func (p *person) bound(t *testing.T, in Inviting, event string) Invitation {
	t.Helper()
	made := p.invite(t, in)
	must(t, p.bind(t.Context(), p.acct, made.Number, parlor.EventRef{Calendar: primary, ID: event}, "seen"))
	return made
}

func (p *person) stored(t *testing.T, number string) parlor.Meeting {
	t.Helper()
	m, err := p.st.Meeting(t.Context(), p.acct, number)
	must(t, err)
	return m
}

func TestInviteMergesIntoWhatIsThere(t *testing.T) {
	const teams = "<div>____________</div><div>Microsoft Teams meeting</div>"
	cases := []struct {
		name   string
		format parlor.Format
		body   string
	}{
		{"empty", parlor.Text, ""},
		{"text", parlor.Text, "Agenda:\r\n1. tea\r\n"},
		{"HTML", parlor.HTML, `<html><body lang="en"><p>Agenda 🫖 שלום</p>` + teams + `</body></html>`},
	}
	onBoth(t, func(t *testing.T, p *person) {
		for i, c := range cases {
			in := Inviting{Request: p.at(float64(i+1), "Tea"), Format: c.format, Body: &c.body, Location: new(string)}
			first := p.invite(t, in)
			same(t, []any{first.Replaced, *first.MergedLocation, first.Conflict == nil}, []any{false, first.JoinURL, true})
			at, link, found := parlor.Find(*first.MergedBody, origin)
			same(t, []any{found, link.Number}, []any{true, first.Number})
			same(t, parlor.Strip(*first.MergedBody, origin), c.body)
			if i := strings.Index(*first.MergedBody, "Agenda"); i >= 0 && at.From > i {
				t.Errorf("%s: the invitation is not on top: %s", c.name, *first.MergedBody)
			}
			stamp, stamped := parlor.ParseStamp(first.Stamp)
			same(t, []any{stamped, stamp.Number}, []any{true, first.Number})

			in.Body, in.Location = first.MergedBody, first.MergedLocation
			again := p.invite(t, in)
			same(t, again.Replaced, true)
			again.Replaced = false
			same(t, again, first)
		}
	})
}

func TestInviteLeavesTheWordsOfALocation(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		room := "Room 4, 2nd floor"
		made := p.invite(t, Inviting{Request: p.at(1, "Tea"), Format: parlor.Text, Location: &room})
		same(t, *made.MergedLocation, room)
		both := room + "; " + made.JoinURL
		wish := true
		in := Inviting{Request: p.at(1, "Tea"), Format: parlor.Text, Location: &both, Number: made.Number}
		in.UsePMI = &wish
		other := p.invite(t, in)
		same(t, []any{*other.MergedLocation, other.MergedBody == nil}, []any{room + "; " + other.JoinURL, true})
		p.set(t, func(s *parlor.Settings) { s.PutLinkInLocation = false })
		empty := p.invite(t, Inviting{Request: p.at(1, "Tea"), Format: parlor.Text, Location: new(string)})
		same(t, []string{*empty.MergedLocation, empty.Location}, []string{"", ""})
	})
}

func TestInviteAgainKeepsTheNumberAndNotesAConflict(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		p.schedule(t, p.at(1, "first"))
		made := p.invite(t, Inviting{Request: p.at(3, "Tea"), Format: parlor.Text})
		same(t, made.Kind, parlor.InRoom)

		moved := p.invite(t, Inviting{Request: p.at(1.25, "Tea, earlier"), Format: parlor.Text, Body: &made.Body})
		same(t, []any{moved.Number, moved.Kind, moved.JoinURL}, []any{made.Number, parlor.InRoom, made.JoinURL})
		if moved.Conflict == nil || !strings.Contains(moved.Conflict.Text, "“first”") {
			t.Errorf("conflict %+v", moved.Conflict)
		}
		m := p.stored(t, made.Number)
		same(t, []any{m.Title, m.Start.Time.Equal(p.at(1.25, "").Start.Time)}, []any{"Tea, earlier", true})
		back := p.invite(t, Inviting{Request: p.at(3, "Tea"), Format: parlor.Text, Number: made.Number})
		same(t, []any{back.Number, back.Conflict == nil}, []any{made.Number, true})
	})
}

func TestInviteAgainChangesTheKindOnlyWhenAsked(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		made := p.invite(t, Inviting{Request: p.at(1, "Tea"), Format: parlor.Text})
		same(t, made.Kind, parlor.OneTime)
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		in := Inviting{Request: p.at(1, "Tea"), Format: parlor.Text, Body: &made.Body}
		same(t, p.invite(t, in).Kind, parlor.OneTime)

		yes, no := true, false
		in.UsePMI = &yes
		pmi := p.invite(t, in)
		same(t, []any{pmi.Kind, pmi.Number, pmi.Why.Code}, []any{parlor.InRoom, made.Number, "pmi_asked"})
		taken, _, err := p.st.Agenda(t.Context(), p.acct)
		must(t, err)
		same(t, len(taken), 1)
		in.UsePMI, in.Body = &no, pmi.MergedBody
		same(t, p.invite(t, in).JoinURL, made.JoinURL)

		p.schedule(t, p.at(1, "first"))
		in.UsePMI = &yes
		refused := p.invite(t, in)
		same(t, []any{refused.Kind, refused.Why.Code}, []any{parlor.OneTime, "overlap"})
	})
}

func TestInviteAgainLeavesASavedMeetingToTheCalendar(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		made := p.bound(t, Inviting{Request: p.at(3, "Tea"), Format: parlor.Text}, "event9")
		before := p.stored(t, made.Number)
		p.schedule(t, p.at(1, "first"))

		in := Inviting{Request: p.at(1, "Tea, maybe earlier"), Format: parlor.Text, Number: made.Number}
		moved := p.invite(t, in)
		same(t, []any{moved.Number, moved.Kind, moved.Conflict != nil}, []any{made.Number, parlor.InRoom, true})
		same(t, cmp.Diff(before, p.stored(t, made.Number), cmpopts.EquateEmpty()), "")

		no := false
		in.UsePMI = &no
		other := p.invite(t, in)
		same(t, []any{other.Number, other.Kind}, []any{made.Number, parlor.OneTime})
		after := p.stored(t, made.Number)
		same(t, []any{after.Kind, after.Event.ID, after.Start}, []any{parlor.OneTime, "event9", before.Start})
	})
}

func TestInviteAgainFromAnOccurrenceKeepsTheSeries(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		weekly := p.at(2, "weekly")
		weekly.Recurrence = []string{"RRULE:FREQ=WEEKLY;COUNT=5"}
		made := p.bound(t, Inviting{Request: weekly, Format: parlor.Text}, "series")
		before := p.stored(t, made.Number)

		third := p.at(2+14*24, "weekly")
		no := false
		third.UsePMI = &no
		got := p.invite(t, Inviting{Request: third, Format: parlor.Text, Body: &made.Body})
		same(t, []any{got.Number, got.Kind}, []any{made.Number, parlor.InRoom})
		same(t, p.stored(t, made.Number), before)
	})
}

func TestInviteTellsACopyFromItsEvent(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		made := p.bound(t, Inviting{Request: p.at(3, "Tea"), Format: parlor.Text}, "event9")
		ask := func(hours float64, number string) string {
			return p.invite(t, Inviting{Request: p.at(hours, "Tea"), Format: parlor.Text, Body: &made.Body, Number: number}).Number
		}
		same(t, ask(3, ""), made.Number)
		same(t, ask(5, made.Number), made.Number)
		if ask(5, "") == made.Number {
			t.Error("a copied text took the number of its event along")
		}
		must(t, p.change(t.Context(), p.acct, made.Number, func(m *parlor.Meeting) bool {
			m.State = parlor.MeetingCancelled
			return true
		}))
		if ask(3, made.Number) == made.Number {
			t.Error("the number of a cancelled event was given again")
		}
	})
}

func TestInviteReplacesTheLinkOfAnotherAccount(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		bob := p.another(t, "bob@example.com", "Bob")
		theirs, err := p.Invite(t.Context(), bob, Inviting{Request: p.at(1, "Bob's"), Format: parlor.HTML})
		must(t, err)
		body := "<p>Notes</p>" + theirs.Body
		in := Inviting{Request: p.at(1, "Mine"), Format: parlor.HTML, Body: &body, Number: theirs.Number}
		mine := p.invite(t, in)
		same(t, []any{mine.Replaced, mine.Number != theirs.Number}, []any{true, true})
		same(t, []int{strings.Count(*mine.MergedBody, parlor.Separator), strings.Count(*mine.MergedBody, theirs.Number)}, []int{2, 0})
	})
}

func TestInviteAgainAfterTheClaimExpired(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		made := p.invite(t, Inviting{Request: p.at(3, "Tea"), Format: parlor.Text})
		p.clock.Pass(25 * time.Hour)
		must(t, p.st.PurgeMeetings(t.Context(), p.acct, p.clock.Now()))
		again := p.invite(t, Inviting{Request: p.at(3, "Tea"), Format: parlor.Text, Body: &made.Body, Number: made.Number})
		same(t, []any{again.Number != made.Number, again.Replaced}, []any{true, true})
	})
}

func TestInviteTwiceWithOneKeyWhateverTheTextIsByNow(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		in := Inviting{Request: p.at(1, "Tea"), Format: parlor.Text}
		in.IdempotencyKey = "pressed"
		made := p.invite(t, in)
		notes := "typed meanwhile"
		in.Body = &notes
		again := p.invite(t, in)
		same(t, []any{again.Number, strings.HasSuffix(*again.MergedBody, notes)}, []any{made.Number, true})
	})
}
