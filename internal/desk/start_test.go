package desk

import (
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func TestStart(t *testing.T) {
	yes, no := true, false
	for name, c := range map[string]struct {
		always bool
		wish   *bool
		kind   parlor.MeetingKind
		code   string
	}{
		"as usual":                 {false, nil, parlor.OneTime, "one_time_setting"},
		"in the room":              {false, &yes, parlor.InRoom, "pmi_asked"},
		"under a number":           {false, &no, parlor.OneTime, "one_time_asked"},
		"always in the room":       {true, nil, parlor.InRoom, "pmi_setting"},
		"the setting has the word": {true, &no, parlor.InRoom, "pmi_setting"},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, p *person) {
				p.set(t, func(s *parlor.Settings) { s.UsePMIForInstant = c.always })
				made, err := p.Start(t.Context(), p.acct, c.wish)
				must(t, err)
				same(t, []any{made.Kind, made.Why.Code, strings.Contains(made.Invitation, made.JoinURL)}, []any{c.kind, c.code, true})
				if made.Kind == parlor.OneTime {
					m, err := p.Meeting(t.Context(), p.acct, made.Number)
					must(t, err)
					same(t, m.Why, made.Why)
				}
				link, ok := parlor.ParseLink(origin, made.JoinURL)
				room, err := p.st.Room(t.Context(), p.acct)
				must(t, err)
				id := room.PMI
				if c.kind == parlor.OneTime {
					id = made.Number
				}
				same(t, []any{ok, link.ID, link.Number, room.TokenValid(link.Token, link.ID, "")}, []any{true, id, made.Number, true})
			})
		})
	}
}

func TestStartUnderANumberIsAMeetingOfNow(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.DefaultDuration = 50 })
		made, err := p.Start(t.Context(), p.acct, nil)
		must(t, err)
		m, err := p.st.Meeting(t.Context(), p.acct, made.Number)
		must(t, err)
		same(t, []any{m.End.Time.Sub(m.Start.Time), m.State, m.Start.Time.Equal(p.clock.Now())}, []any{50 * time.Minute, parlor.Scheduled, true})
		again, err := p.Start(t.Context(), p.acct, nil)
		must(t, err)
		same(t, again.Number == made.Number, false)
		list, _, err := p.Meetings(t.Context(), p.acct, p.clock.Now(), p.clock.Now().Add(time.Hour), "")
		must(t, err)
		same(t, len(list), 0)
	})
}

func TestStartInARoomThatCannotBeUsed(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForInstant = true })
		_, err := p.Room(t.Context(), p.acct)
		must(t, err)
		_, err = p.st.UpdateRoom(t.Context(), p.acct, func(r *parlor.Room) { r.Status = parlor.RoomUnavailable })
		must(t, err)
		made, err := p.Start(t.Context(), p.acct, nil)
		must(t, err)
		same(t, []any{made.Kind, made.Why.Code, len(made.Number)}, []any{parlor.OneTime, "room_unavailable", 11})
	})
}
