package desk

import (
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func TestAConflictIsShownOnBothMeetingsAndGoesWithIt(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled, s.Guard.Overlap = true, parlor.GuardWarn })
		p.schedule(t, p.at(1, "first"))
		second := p.schedule(t, p.at(1.25, "second"))
		conflicts := func() string {
			page, _, err := p.Meetings(t.Context(), p.acct, p.now(), p.now().Add(24*time.Hour), "")
			must(t, err)
			var said []string
			for _, v := range page {
				if v.Conflict != nil {
					said = append(said, v.Conflict.Text)
				}
			}
			return strings.Join(said, "\n")
		}
		both := conflicts()
		same(t, []bool{strings.Contains(both, "“first”"), strings.Contains(both, "“second”")}, []bool{true, true})
		must(t, p.change(t.Context(), p.acct, second.Number, func(m *parlor.Meeting) bool {
			m.Start, m.End = p.at(5, "").Start, p.at(5, "").End
			return true
		}))
		same(t, conflicts(), "")
	})
}
