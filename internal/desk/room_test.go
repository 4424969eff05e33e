package desk

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

func ptr[T any](v T) *T { return &v }

// hasCalendar lists the person's calendar as a first pass does.
func (p *person) hasCalendar(t *testing.T, on bool) {
	t.Helper()
	list := []store.CalendarState{{Info: parlor.CalendarInfo{ID: primary, Name: "Ada", Primary: true, Writable: true}, Service: parlor.KindGoogle, On: on}}
	must(t, p.st.SaveCalendars(t.Context(), p.acct, list))
}

func guests(addresses ...string) []parlor.Person {
	var list []parlor.Person
	for _, a := range addresses {
		list = append(list, parlor.Person{Email: a})
	}
	return list
}

func TestAChangeIsForetoldAndThenMade(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.hasCalendar(t, true)
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled, s.Guard.Unfamiliar = true, parlor.GuardAllow })
		for i := range 3 {
			req := p.at(float64(2+3*i), "in the room")
			req.Attendees = guests("bob@example.com", "carol@elsewhere.example")
			p.schedule(t, req)
		}
		one := p.at(2, "one-time")
		one.UsePMI = ptr(false)
		p.schedule(t, one)

		pmi, err := p.PreviewRoom(t.Context(), p.acct, RoomChange{PMI: ptr("481-516 2342")})
		must(t, err)
		same(t, []int{len(pmi.Faults), pmi.Events, pmi.Mailed, pmi.Stale, pmi.Kept}, []int{0, 3, 0, 3, 0})
		same(t, pmi.ByCalendar, []CalendarCount{{Calendar: primary, Service: parlor.KindGoogle, Name: "Ada", Events: 3, Stale: 3}})
		same(t, pmi.GraceUntil.Sub(p.clock.Now()), 14*24*time.Hour)
		rotated, err := p.PreviewRoom(t.Context(), p.acct, RoomChange{Rotate: true})
		must(t, err)
		same(t, rotated.Events, 4)
		link, err := p.PreviewRoom(t.Context(), p.acct, RoomChange{PersonalLink: ptr("ada.lovelace")})
		must(t, err)
		same(t, link.Events, 0)

		p.asked = nil
		room, err := p.ChangeRoom(t.Context(), p.acct, RoomChange{PMI: ptr("481-516 2342"), PersonalLink: ptr(" Ada.Lovelace ")})
		must(t, err)
		same(t, []any{room.PMI, room.PersonalLink, room.PersonalURL, room.Undoable}, []any{"4815162342", "ada.lovelace", origin + "/my/ada.lovelace", true})
		same(t, p.asked, []string{"resync"})
		going, active, err := p.Rewriting(t.Context(), p.acct)
		must(t, err)
		same(t, []any{active, going.What, going.Total, going.Left, going.Kept}, []any{true, parlor.PartSeveral, 3, 3, 0})
	})
}

func TestACalendarThatIsOffKeepsItsTexts(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled = true })
		p.schedule(t, p.at(2, "in the room"))
		p.hasCalendar(t, false)
		_, err := p.ChangeRoom(t.Context(), p.acct, RoomChange{PMI: ptr("4815162342")})
		must(t, err)
		going, _, err := p.Rewriting(t.Context(), p.acct)
		must(t, err)
		same(t, []int{going.Left, going.Kept}, []int{0, 1})
	})
}

func TestAChangeThatCannotBe(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		other := p.another(t, "bob@example.com", "Bob")
		_, err := p.ChangeRoom(t.Context(), other, RoomChange{PMI: ptr("4815162342"), PersonalLink: ptr("the.lab")})
		must(t, err)
		before, err := p.Room(t.Context(), p.acct)
		must(t, err)

		wrong := RoomChange{PMI: ptr("123"), PersonalLink: ptr("admin"), Passcode: ptr("1234")}
		_, err = p.ChangeRoom(t.Context(), p.acct, wrong)
		faults, _ := errors.AsType[Faults](err)
		var fields []string
		for _, f := range faults {
			fields = append(fields, f.Field)
		}
		same(t, fields, []string{"pmi", "personal_link", "passcode"})
		foretold, err := p.PreviewRoom(t.Context(), p.acct, wrong)
		must(t, err)
		same(t, len(foretold.Faults), 3)

		for field, change := range map[string]RoomChange{
			"pmi": {PMI: ptr("4815162342")}, "personal_link": {PersonalLink: ptr("the-1ab")},
		} {
			foretold, err := p.PreviewRoom(t.Context(), p.acct, change)
			must(t, err)
			same(t, len(foretold.Faults) == 1 && foretold.Faults[0].Field == field, true)
			_, err = p.ChangeRoom(t.Context(), p.acct, change)
			taken, ok := errors.AsType[*parlor.TakenError](err)
			if !ok || taken.Field != field || len(taken.Free) == 0 || !errors.Is(err, parlor.ErrTaken) {
				t.Errorf("%s: %v", field, err)
			}
		}
		_, err = p.ChangeRoom(t.Context(), p.acct, RoomChange{Of: "an old one", Rotate: true})
		same(t, errors.Is(err, parlor.ErrStale), true)
		after, err := p.Room(t.Context(), p.acct)
		must(t, err)
		same(t, after, before)
	})
}

func TestNumbersCannotBeTriedWithoutEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		limited := 0
		for i := range roomTries.Requests {
			pmi := "48151" + strings.Repeat("6", i%3) + "2342971"[:5-i%3]
			_, err := p.PreviewRoom(t.Context(), p.acct, RoomChange{PMI: &pmi})
			if often, ok := errors.AsType[*TooOftenError](err); ok && often.After > 0 {
				limited++
			}
		}
		if limited == 0 {
			t.Error("whose a PMI is can be asked for all of them")
		}
		_, err := p.ChangeRoom(t.Context(), p.acct, RoomChange{Rotate: true})
		must(t, err)
	})
}

func TestSuggestions(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		for near, prefix := range map[string]string{"": "", "481": "481", "481 516 2342": "481516", "48151623421": "", "words": "", "1": ""} {
			pmis, err := p.SuggestPMIs(t.Context(), p.acct, near)
			must(t, err)
			slices.Sort(pmis)
			same(t, len(slices.Compact(pmis)), 3)
			for _, pmi := range pmis {
				if parlor.ValidatePMI(pmi) != nil || !strings.HasPrefix(pmi, prefix) {
					t.Errorf("near %q: %s", near, pmi)
				}
			}
		}
		grace := p.another(t, "g.hopper@example.com", "Grace Hopper")
		links, err := p.SuggestLinks(t.Context(), grace, "")
		must(t, err)
		same(t, links[0], "grace.hopper")
		_, err = p.ChangeRoom(t.Context(), p.acct, RoomChange{PersonalLink: ptr("gracehopper")})
		must(t, err)
		links, err = p.SuggestLinks(t.Context(), grace, "Grace Hopper")
		must(t, err)
		same(t, links[0], "grace.hopper.room")
		for _, link := range links {
			must(t, parlor.ValidatePersonalLink(link))
		}
	})
}

func TestUndoAndTheEndOfTheGraceAskForPasses(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		before, err := p.Room(t.Context(), p.acct)
		must(t, err)
		same(t, errors.Is(p.UndoRoom(t.Context(), p.acct), parlor.ErrNotFound), true)
		_, err = p.ChangeRoom(t.Context(), p.acct, RoomChange{Rotate: true, Quietly: true})
		must(t, err)
		p.asked = nil
		must(t, p.UndoRoom(t.Context(), p.acct))
		after, err := p.Room(t.Context(), p.acct)
		must(t, err)
		same(t, after.Passcode, before.Passcode)
		must(t, p.EndGrace(t.Context(), p.acct))
		must(t, p.EndGrace(t.Context(), p.acct)) // nothing is left to end
		same(t, p.asked, []string{"resync", "resync"})
		after, err = p.Room(t.Context(), p.acct)
		must(t, err)
		same(t, []any{after.Undoable, after.GraceUntil}, []any{false, (*time.Time)(nil)})
	})
}
