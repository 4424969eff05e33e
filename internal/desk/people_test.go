package desk

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

const (
	eve   = "eve@other.example.com"
	unmet = "Guests wait in the waiting room, because eve@other.example.com has not met you here before."
)

// people is everybody the person knows, by address; + marks whom they put on the list.
func (p *person) people(t *testing.T, search string) []string {
	t.Helper()
	view, err := p.People(t.Context(), p.acct, search, "")
	must(t, err)
	list := []string{}
	for _, k := range view.People {
		if !k.Learned {
			k.Address = "+" + k.Address
		}
		list = append(list, k.Address)
	}
	same(t, view.Total, len(list))
	return list
}

func (p *person) add(t *testing.T, text string) string {
	t.Helper()
	address, err := p.AddPerson(t.Context(), p.acct, text)
	must(t, err)
	return address
}

func TestPeopleAreAddedRemovedAndRestored(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		same(t, p.people(t, ""), []string{})
		same(t, p.add(t, " Eve@Other.example.com "), eve)
		same(t, p.add(t, "known.example.com"), "@known.example.com")
		same(t, p.add(t, "@known.example.com"), "@known.example.com")
		met := parlor.Encounter{
			Event: parlor.EventRef{Calendar: primary, ID: "e"}, People: []string{"kay@third.example.com"},
			Start: parlor.Moment{Time: p.now().Add(-2 * time.Hour)}, End: parlor.Moment{Time: p.now().Add(-time.Hour)},
		}
		must(t, p.st.Learn(t.Context(), p.acct, []parlor.Encounter{met}))
		all := []string{"+@known.example.com", "+" + eve, "kay@third.example.com"}
		same(t, p.people(t, ""), all)
		same(t, p.people(t, "KAY@"), all[2:])

		for range 2 {
			must(t, p.RemovePerson(t.Context(), p.acct, "Kay@third.example.com"))
			must(t, p.RemovePerson(t.Context(), p.acct, eve))
		}
		same(t, p.people(t, ""), all[:1])
		for range 2 {
			must(t, p.RestorePerson(t.Context(), p.acct, "kay@third.example.com"))
			must(t, p.RestorePerson(t.Context(), p.acct, eve))
		}
		same(t, p.people(t, ""), all)
	})
}

func TestWhatIsNoPersonIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		for text, words := range map[string]string{
			"": "or a domain", "eve": "or a domain", "eve@": "or a domain", "eve@local": "or a domain", "a b@example.org": "or a domain",
			"co.uk": "or a domain", "@": "or a domain", "a b.example.org": "or a domain", "@gmail.com": "anybody can have an address there",
			"Outlook.com": "anybody can have an address there", strings.Repeat("a", 300) + ".org": "or a domain",
		} {
			_, err := p.AddPerson(t.Context(), p.acct, text)
			faults, _ := errors.AsType[Faults](err)
			if len(faults) != 1 || faults[0].Field != "address" || !strings.Contains(faults[0].Message, words) {
				t.Errorf("%q: %v", text, err)
			}
		}
		same(t, p.people(t, ""), []string{})
	})
}

func TestPeopleComeInPages(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		for i := range 250 {
			must(t, p.st.AddPerson(t.Context(), p.acct, fmt.Sprintf("p%03d@other.example.com", i)))
		}
		var got []string
		cursor := ""
		for range 3 {
			view, err := p.People(t.Context(), p.acct, "", cursor)
			must(t, err)
			same(t, view.Total, 250)
			for _, k := range view.People {
				got = append(got, k.Address)
			}
			cursor = view.Next
		}
		same(t, []any{len(got), got[0], got[249], cursor}, []any{250, "p000@other.example.com", "p249@other.example.com", ""})
		_, err := p.People(t.Context(), p.acct, "", "!")
		_, faulty := errors.AsType[Faults](err)
		same(t, faulty, true)
	})
}

func TestAFullPassFollowsAChangeOfThePeople(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		for _, change := range []func(){
			func() { p.add(t, eve) },
			func() { must(t, p.RemovePerson(t.Context(), p.acct, eve)) },
			func() { must(t, p.RestorePerson(t.Context(), p.acct, eve)) },
		} {
			p.asked = nil
			change()
			same(t, p.asked, []string{"resync"})
		}
	})
}

// withEve is a request that Eve is invited to.
func (p *person) withEve(hours float64) Request {
	req := p.at(hours, "Talk")
	req.Attendees = []parlor.Person{{Email: "bob@example.com"}, {Email: eve}}
	return req
}

// said is what a reason tells, "" for none.
func said(r *parlor.Reason) string {
	if r == nil {
		return ""
	}
	return r.Text
}

func TestEveryAnswerSaysWhoWaits(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		same(t, said(p.schedule(t, p.withEve(1)).Waits), unmet)
		inv := Inviting{Request: p.withEve(3), Format: parlor.Text}
		foretold := inv
		foretold.Preview = true
		same(t, said(p.invite(t, foretold).Waits), unmet)
		made := p.invite(t, inv)
		same(t, []any{said(made.Waits), made.Kind}, []any{unmet, parlor.InRoom})
		page, _, err := p.Meetings(t.Context(), p.acct, p.now(), p.now().Add(2*time.Hour), "")
		must(t, err)
		same(t, said(page[0].Waits), unmet)
		link, err := p.LinkOf(t.Context(), p.acct, parlor.EventRef{Calendar: primary, ID: page[0].EventID})
		must(t, err)
		same(t, said(link.Waits), unmet)

		inv.Number, inv.Attendees = made.Number, inv.Attendees[:1]
		same(t, said(p.invite(t, inv).Waits), "")
		p.add(t, eve)
		same(t, said(p.schedule(t, p.withEve(5)).Waits), "")
	})
}

func TestAStrangerMovesAMeetingOutOfTheRoom(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled, s.Guard.Unfamiliar = true, parlor.GuardOneTime })
		made := p.schedule(t, p.withEve(1))
		same(t, []any{made.Kind, made.Why.Text, made.Waits == nil}, []any{
			parlor.OneTime, "A one-time number, because eve@other.example.com has not met you here before.", true,
		})
		p.schedule(t, p.at(3, "Team"))
		both := p.schedule(t, p.withEve(3))
		for _, part := range []string{"A one-time number, because your room is taken by “Team”", ", and because eve@other.example.com has not met you here before."} {
			if !strings.Contains(both.Why.Text, part) {
				t.Errorf("%q does not say %q", both.Why.Text, part)
			}
		}
	})
}
