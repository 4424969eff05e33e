package parlor

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestAnOverrideMayStandForLaterOnes(t *testing.T) {
	m := series(t, "Europe/Berlin", "2031-03-03 09:00", "RRULE:FREQ=WEEKLY;COUNT=6")
	second, fourth := m.Start.Time.AddDate(0, 0, 7), m.Start.Time.AddDate(0, 0, 21)
	at := func(start time.Time, length time.Duration) *Slot { return &Slot{start, start.Add(length)} }
	later := Override{Original: second, Slot: at(second.Add(26*time.Hour), 2*time.Hour), Following: true}
	alone := Override{Original: fourth, Slot: at(fourth, time.Hour)}
	for name, tt := range map[string]struct {
		overrides []Override
		want      []string
	}{
		"moved by a day and two hours, by the clocks": {[]Override{later}, []string{
			"03-03T08:00", "03-11T10:00", "03-18T10:00", "03-25T10:00", "04-01T09:00", "04-08T09:00",
		}},
		"one of them is its own": {[]Override{later, alone}, []string{
			"03-03T08:00", "03-11T10:00", "03-18T10:00", "03-24T08:00", "04-01T09:00", "04-08T09:00",
		}},
		"cancelled from there on": {[]Override{{Original: second, Following: true}}, []string{"03-03T08:00"}},
	} {
		m.Overrides = tt.overrides
		slots := m.Slots(day("2031-03-01"), day("2031-05-01"))
		if diff := cmp.Diff(tt.want, starts(slots)); diff != "" {
			t.Errorf("%s (-want +got): %s", name, diff)
		}
	}
	m.Overrides = []Override{later}
	if got := m.Slots(day("2031-03-18"), day("2031-03-19")); len(got) != 1 || got[0].End.Sub(got[0].Start) != 2*time.Hour {
		t.Errorf("on one day: %v", got)
	}
	if kept := m.OverridesSince(day("2032-01-01")).Overrides; len(kept) != 1 {
		t.Errorf("%d kept of what later ones go by", len(kept))
	}
}
