package parlor

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func numbered(m Meeting, number string) Meeting {
	m.Number, m.Title = number, "Meeting "+number
	return m
}

func TestClashKeepsTheBuffer(t *testing.T) {
	a := NewAgenda([]Meeting{numbered(series(t, "UTC", "2026-01-05 10:00"), "1")}, day("2026-01-01"))
	tests := []struct {
		start  string
		buffer time.Duration
		want   bool
	}{
		{"2026-01-05 11:00", 0, false},
		{"2026-01-05 09:00", 0, false},
		{"2026-01-05 10:59", 0, true},
		{"2026-01-05 11:05", 5 * time.Minute, false},
		{"2026-01-05 11:04", 5 * time.Minute, true},
		{"2026-01-05 08:55", 5 * time.Minute, false},
		{"2026-01-05 08:56", 5 * time.Minute, true},
		{"2026-01-06 10:00", 5 * time.Minute, false},
	}
	for _, tt := range tests {
		got, ok := a.Clash(numbered(series(t, "UTC", tt.start), "2"), tt.buffer)
		if ok != tt.want || (ok && got.Title != "Meeting 1") {
			t.Errorf("%s, buffer %s: %+v, %t", tt.start, tt.buffer, got, ok)
		}
	}
}

func TestClashOfSeries(t *testing.T) {
	weekly := numbered(series(t, "Europe/London", "2025-01-06 09:00", "RRULE:FREQ=WEEKLY"), "1")
	weekly.Overrides = []Override{{Original: time.Date(2026, 1, 19, 9, 0, 0, 0, time.UTC)}}
	a := NewAgenda([]Meeting{weekly}, day("2026-01-01"))
	tests := []struct {
		name, start string
		lines       []string
		want        bool
	}{
		{"an occurrence a year on", "2026-01-12 09:30", nil, true},
		{"the cancelled one", "2026-01-19 09:30", nil, false},
		{"series against series", "2026-01-08 09:30", []string{"RRULE:FREQ=DAILY;INTERVAL=2"}, true},
		{"series on other days", "2026-01-08 09:30", []string{"RRULE:FREQ=WEEKLY"}, false},
		{"beyond 90 days", "2026-06-01 09:30", nil, false},
	}
	for _, tt := range tests {
		if got, ok := a.Clash(numbered(series(t, "Europe/London", tt.start, tt.lines...), "2"), 0); ok != tt.want {
			t.Errorf("%s: %+v, %t", tt.name, got, ok)
		}
	}
	if got, ok := a.Clash(weekly, time.Hour); ok {
		t.Errorf("a meeting clashes with itself: %+v", got)
	}
}

func TestClashOfDistantSingles(t *testing.T) {
	a := NewAgenda([]Meeting{numbered(series(t, "UTC", "2028-01-05 10:00"), "1")}, day("2026-01-01"))
	if _, ok := a.Clash(numbered(series(t, "UTC", "2028-01-05 10:30"), "2"), 0); !ok {
		t.Error("two single meetings two years ahead do not clash")
	}
}

func TestAgendaHoldsOnlyWhatIsInTheRoom(t *testing.T) {
	m := numbered(series(t, "UTC", "2026-01-05 10:00"), "1")
	probe := numbered(m, "2")
	a := NewAgenda(nil, day("2026-01-01"))
	clash := func() bool {
		_, ok := a.Clash(probe, 0)
		return ok
	}
	a.Add(m)
	if !clash() {
		t.Error("an added meeting is not there")
	}
	for name, change := range map[string]func(*Meeting){
		"one-time":     func(m *Meeting) { m.Kind = OneTime },
		"cancelled":    func(m *Meeting) { m.State = MeetingCancelled },
		"link removed": func(m *Meeting) { m.State = LinkRemoved },
		"moved":        func(m *Meeting) { m.Start, m.End = m.End, Moment{Time: m.End.Time.Add(time.Hour)} },
		"over":         func(m *Meeting) { m.Start.Time, m.End.Time = day("2025-01-01"), day("2025-01-02") },
	} {
		a.Add(m)
		changed := m
		change(&changed)
		a.Add(changed)
		if clash() {
			t.Errorf("%s: it still takes the room", name)
		}
	}
	a.Add(m)
	a.Drop("1")
	if clash() {
		t.Error("a dropped meeting is still there")
	}
}

func TestClashAgainstBruteForce(t *testing.T) {
	from := day("2026-01-01")
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(number int) Meeting {
			start := from.Add(time.Duration(rapid.IntRange(-60, 600).Draw(rt, "start")) * time.Minute)
			length := time.Duration(rapid.SampledFrom([]int{1, 15, 60, 300}).Draw(rt, "length")) * time.Minute
			m := Meeting{Number: fmt.Sprint(number), Kind: InRoom, Start: Moment{Time: start}, End: Moment{Time: start.Add(length)}}
			if rapid.Bool().Draw(rt, "repeats") {
				m.Recurrence = []string{fmt.Sprintf("RRULE:FREQ=HOURLY;INTERVAL=%d;COUNT=9", rapid.IntRange(1, 50).Draw(rt, "every"))}
			}
			return m
		}
		a := NewAgenda(nil, from)
		var kept []Meeting
		for i := range rapid.IntRange(0, 8).Draw(rt, "meetings") {
			m := draw(i)
			a.Add(m)
			if rapid.IntRange(0, 4).Draw(rt, "drop") == 0 {
				a.Drop(m.Number)
			} else {
				kept = append(kept, m)
			}
		}
		probe := draw(rapid.IntRange(0, 9).Draw(rt, "number"))
		buffer := time.Duration(rapid.IntRange(0, 30).Draw(rt, "buffer")) * time.Minute
		got, ok := a.Clash(probe, buffer)
		if want := clashes(kept, probe, buffer, from); ok != want {
			rt.Fatalf("Clash says %t (%+v), every pair compared says %t", ok, got, want)
		}
	})
}

// clashes compares every slot with every other.
func clashes(ms []Meeting, probe Meeting, buffer time.Duration, from time.Time) bool {
	for _, m := range ms {
		for _, x := range m.Slots(from, from.AddDate(0, 0, 200)) {
			for _, y := range probe.Slots(from, from.AddDate(0, 0, 200)) {
				gap := max(x.Start.Sub(y.End), y.Start.Sub(x.End))
				if m.Number != probe.Number && gap < buffer {
					return true
				}
			}
		}
	}
	return false
}

func TestOverridesStayInOrder(t *testing.T) {
	at := func(d int) time.Time { return day("2026-01-01").AddDate(0, 0, d) }
	m := Meeting{}
	for _, d := range []int{3, 1, 2} {
		m = m.WithOverride(Override{Original: at(d), Written: "x"})
	}
	again := m.WithOverride(Override{Original: at(1), Written: "x"})
	if diff := cmp.Diff(m, again); diff != "" {
		t.Errorf("the same override once more is a change:\n%s", diff)
	}
	if kept := m.OverridesSince(at(2)); len(kept.Overrides) != 2 || len(m.Overrides) != 3 {
		t.Errorf("%d overrides are left, want those from the second day on", len(kept.Overrides))
	}
	moved := m.WithOverride(Override{Original: at(1), Slot: &Slot{at(9), at(10)}}).OverridesSince(at(5))
	if len(moved.Overrides) != 1 {
		t.Errorf("%d overrides are left, want the one that was moved to a later day", len(moved.Overrides))
	}
}

func BenchmarkAgendaAdd(b *testing.B) {
	a := NewAgenda(nil, day("2026-01-01"))
	for i := range 20_000 {
		a.busy = append(a.busy, Busy{Slot: Slot{day("2026-01-01").Add(time.Duration(i) * time.Hour), day("2026-01-01").Add(time.Duration(i)*time.Hour + time.Minute)}, Number: fmt.Sprint(i)})
	}
	m := Meeting{Kind: InRoom, Start: Moment{Time: day("2026-06-01")}, End: Moment{Time: day("2026-06-02")}}
	b.ReportAllocs()
	for i := range b.N {
		m.Number = fmt.Sprint(20_000 + i%100)
		a.Add(m)
	}
}
