package parlor

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// series is a meeting of an hour that starts at the wall-clock time in the zone.
func series(t testing.TB, zone, start string, lines ...string) Meeting {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", start, loc)
	if err != nil {
		t.Fatal(err)
	}
	return Meeting{
		Number: "98765432109", Kind: InRoom, State: Scheduled, Recurrence: lines,
		Start: Moment{Time: at.UTC(), Zone: zone}, End: Moment{Time: at.UTC().Add(time.Hour), Zone: zone},
	}
}

func starts(slots []Slot) []string {
	var out []string
	for _, s := range slots {
		out = append(out, s.Start.UTC().Format("01-02T15:04"))
	}
	return out
}

func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestSlots(t *testing.T) {
	tests := []struct {
		name, zone, start, from, to string
		lines                       []string
		want                        string
	}{
		{"single", "Europe/London", "2026-07-01 09:00", "2026-06-01", "2026-08-01", nil, "07-01T08:00"},
		{"single outside", "Europe/London", "2026-07-01 09:00", "2026-07-02", "2026-08-01", nil, ""},
		{"weekly over the end of summer time", "Europe/London", "2026-10-19 09:00", "2026-10-01", "2026-11-10", []string{"RRULE:FREQ=WEEKLY"}, "10-19T08:00 10-26T09:00 11-02T09:00 11-09T09:00"},
		{"weekly over the start of summer time", "America/New_York", "2026-03-02 09:00", "2026-03-01", "2026-03-17", []string{"RRULE:FREQ=WEEKLY;BYDAY=MO"}, "03-02T14:00 03-09T13:00 03-16T13:00"},
		{"an hour that New York skips", "America/New_York", "2026-03-07 02:30", "2026-03-01", "2026-03-10", []string{"RRULE:FREQ=DAILY"}, "03-07T07:30 03-08T07:30 03-09T06:30"},
		{"an hour that London skips", "Europe/London", "2026-03-28 01:30", "2026-03-01", "2026-03-31", []string{"RRULE:FREQ=DAILY"}, "03-28T01:30 03-29T01:30 03-30T00:30"},
		{"an hour that New York shows twice", "America/New_York", "2026-10-31 01:30", "2026-10-30", "2026-11-03", []string{"RRULE:FREQ=DAILY;COUNT=3"}, "10-31T05:30 11-01T05:30 11-02T06:30"},
		{"UNTIL in UTC counts its own moment", "Asia/Tokyo", "2026-05-01 09:00", "2026-04-01", "2026-06-01", []string{"RRULE:FREQ=DAILY;UNTIL=20260503T000000Z"}, "05-01T00:00 05-02T00:00 05-03T00:00"},
		{"UNTIL a second too early", "Asia/Tokyo", "2026-05-01 09:00", "2026-04-01", "2026-06-01", []string{"RRULE:FREQ=DAILY;UNTIL=20260502T235959Z"}, "05-01T00:00 05-02T00:00"},
		{"UNTIL a date", "Asia/Tokyo", "2026-05-01 23:00", "2026-04-01", "2026-06-01", []string{"RRULE:FREQ=DAILY;UNTIL=20260502"}, "05-01T14:00 05-02T14:00"},
		{"EXDATE and RDATE", "Europe/Berlin", "2026-01-05 10:00", "2026-01-01", "2026-02-01", []string{"RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Berlin:20260112T100000", "RDATE:20260120T120000Z,20260105T090000Z"}, "01-05T09:00 01-19T09:00 01-20T12:00"},
		{"EXDATE as a date", "Europe/Berlin", "2026-01-05 10:00", "2026-01-01", "2026-01-20", []string{"RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20260112"}, "01-05T09:00 01-19T09:00"},
		{"two rules", "UTC", "2026-01-05 10:00", "2026-01-01", "2026-01-13", []string{"RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;BYDAY=WE"}, "01-05T10:00 01-07T10:00 01-12T10:00"},
		{"start beside the rule", "UTC", "2026-01-06 10:00", "2026-01-01", "2026-01-13", []string{"RRULE:FREQ=WEEKLY;BYDAY=MO"}, "01-06T10:00 01-12T10:00"},
		{"last Friday", "UTC", "2026-01-30 10:00", "2026-01-01", "2026-04-01", []string{"RRULE:FREQ=MONTHLY;BYDAY=-1FR"}, "01-30T10:00 02-27T10:00 03-27T10:00"},
		{"lower case, spaces", "UTC", "2026-01-30 10:00", "2026-01-01", "2026-02-01", []string{" rrule:freq=daily;count=2 "}, "01-30T10:00 01-31T10:00"},
		{"malformed line", "UTC", "2026-01-05 10:00", "2026-01-01", "2026-03-01", []string{"RRULE:FREQ=SOMETIMES", "nonsense", "", "EXDATE:yesterday"}, "01-05T10:00"},
		{"one bad line beside a good one", "UTC", "2026-01-05 10:00", "2026-01-01", "2026-01-20", []string{"RRULE:FREQ=WEEKLY", "RDATE:??"}, "01-05T10:00 01-12T10:00 01-19T10:00"},
		{"zone that nobody knows", "UTC", "2026-01-05 10:00", "2026-01-01", "2026-01-13", []string{"EXDATE;TZID=Middle Earth:20260112T100000", "RRULE:FREQ=WEEKLY"}, "01-05T10:00"},
	}
	for _, tt := range tests {
		got := series(t, tt.zone, tt.start, tt.lines...).Slots(day(tt.from), day(tt.to))
		if text := strings.Join(starts(got), " "); text != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, text, tt.want)
		}
		for _, s := range got {
			if s.End.Sub(s.Start) != time.Hour {
				t.Errorf("%s: %v lasts %s", tt.name, s, s.End.Sub(s.Start))
			}
		}
	}
}

func TestSlotsTouchTheWindow(t *testing.T) {
	m := series(t, "UTC", "2026-01-05 10:00")
	at := m.Start.Time
	tests := []struct {
		from, to time.Time
		want     int
	}{
		{at.Add(59 * time.Minute), at.Add(90 * time.Minute), 1}, // still on
		{at.Add(time.Hour), at.Add(90 * time.Minute), 0},        // just over
		{at.Add(-time.Hour), at, 0},                             // not begun
		{at, at.Add(time.Second), 1},
	}
	for _, tt := range tests {
		if got := m.Slots(tt.from, tt.to); len(got) != tt.want {
			t.Errorf("[%s, %s): %v", tt.from, tt.to, got)
		}
	}
}

func TestSlotsApplyOverrides(t *testing.T) {
	m := series(t, "Europe/London", "2026-10-19 09:00", "RRULE:FREQ=WEEKLY;COUNT=4")
	at := func(text string) time.Time {
		when, err := time.Parse("2006-01-02T15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	m.Overrides = []Override{
		{Original: at("2026-10-26T09:00")}, // cancelled
		{Original: at("2026-11-02T09:00"), Slot: &Slot{at("2026-10-30T15:00"), at("2026-10-30T15:20")}},
		{Original: at("2026-11-09T09:00"), Slot: &Slot{at("2027-01-01T09:00"), at("2027-01-01T10:00")}}, // out of the window
	}
	want := []Slot{
		{at("2026-10-19T08:00"), at("2026-10-19T09:00")},
		{at("2026-10-30T15:00"), at("2026-10-30T15:20")},
	}
	if diff := cmp.Diff(want, m.Slots(day("2026-10-01"), day("2026-12-01"))); diff != "" {
		t.Error(diff)
	}
}

func TestSlotsOfAllDaySeries(t *testing.T) {
	m := Meeting{
		Start: Moment{Time: day("2026-03-28"), AllDay: true, Zone: "America/New_York"}, End: Moment{Time: day("2026-03-29"), AllDay: true},
		Recurrence: []string{"RRULE:FREQ=DAILY;UNTIL=20260330"},
	}
	want := "03-28T00:00 03-29T00:00 03-30T00:00"
	if got := strings.Join(starts(m.Slots(day("2026-03-01"), day("2026-05-01"))), " "); got != want {
		t.Errorf("got %s", got)
	}
}

func TestSlotsSurviveAbsurdRules(t *testing.T) {
	tests := map[string]int{ // slots in a window ten years after the start
		"FREQ=SECONDLY":                          maxSlots,
		"FREQ=MINUTELY;INTERVAL=7":               maxSlots,
		"FREQ=HOURLY;INTERVAL=5;BYDAY=MO,TU,5WE": maxSlots,
		"FREQ=HOURLY;INTERVAL=24;BYHOUR=1":       0,
		"FREQ=SECONDLY;BYSETPOS=2":               0,
		"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30":  0,
		"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30":     0,
		"FREQ=MONTHLY;BYDAY=53MO":                0,
		"FREQ=YEARLY;BYMONTH=1;BYDAY=-53MO":      0,
		"FREQ=YEARLY;BYEASTER=300":               0,
		"FREQ=DAILY;INTERVAL=999999999999999999": 0,
		"FREQ=DAILY;INTERVAL=-1":                 0,
		"FREQ=DAILY;COUNT=999999999":             maxSlots,
		"FREQ=DAILY;UNTIL=99991231T235959Z":      maxSlots,
		"FREQ=YEARLY;BYDAY=53MO":                 1,
		"FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6":      0,
		"FREQ=DAILY;BYHOUR=" + list(24) + ";BYMINUTE=" + list(60) + ";BYSECOND=" + list(60): 0,
	}
	for rule, want := range tests {
		m := series(t, "America/New_York", "2016-01-04 10:00", "RRULE:"+rule)
		began := time.Now()
		if got := len(m.Slots(day("2026-01-01"), day("2031-01-01"))); got != want {
			t.Errorf("%s: %d slots, want %d", rule, got, want)
		}
		LastEnd(Event{Start: m.Start, End: m.End, Recurrence: m.Recurrence})
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s took %s", rule, took)
		}
	}
}

// list is "0,1,…" of n numbers.
func list(n int) string {
	var out []string
	for i := range n {
		out = append(out, strconv.Itoa(i))
	}
	return strings.Join(out, ",")
}

func TestLastEnd(t *testing.T) {
	tests := []struct {
		lines []string
		want  string // "" is endless
	}{
		{nil, "2026-10-19T09:00"},
		{[]string{"RRULE:FREQ=WEEKLY"}, ""},
		{[]string{"RRULE:FREQ=SECONDLY;COUNT=999999999"}, ""},
		{[]string{"RRULE:FREQ=WEEKLY;COUNT=2"}, "2026-10-26T10:00"},
		{[]string{"RRULE:FREQ=WEEKLY;UNTIL=20261105T000000Z"}, "2026-11-02T10:00"},
		{[]string{"RRULE:FREQ=WEEKLY;UNTIL=20261105T000000Z", "EXDATE:20261102T090000Z"}, "2026-10-26T10:00"},
		{[]string{"RRULE:FREQ=WEEKLY;COUNT=2", "RDATE:20270101T090000Z"}, "2027-01-01T10:00"},
		{[]string{"RRULE:FREQ=NEVER"}, "2026-10-19T09:00"},
	}
	for _, tt := range tests {
		m := series(t, "Europe/London", "2026-10-19 09:00")
		got, ok := LastEnd(Event{Start: m.Start, End: m.End, Recurrence: tt.lines})
		if ok != (tt.want != "") || (ok && got.UTC().Format("2006-01-02T15:04") != tt.want) {
			t.Errorf("%v: %s, %t, want %q", tt.lines, got, ok, tt.want)
		}
	}
}

func FuzzSlots(f *testing.F) {
	f.Add("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261105T000000Z", "EXDATE;TZID=Europe/London:20261102T090000", "Europe/London")
	f.Add("RRULE:FREQ=MONTHLY;BYDAY=-1FR;BYSETPOS=1", "RDATE;VALUE=PERIOD:20270101T090000Z/PT1H", "America/New_York")
	f.Add("RRULE:FREQ=YEARLY;BYWEEKNO=-1;BYYEARDAY=-366", "RDATE:20270101", "")
	f.Fuzz(func(t *testing.T, first, second, zone string) {
		from, to := day("2026-01-01"), day("2027-01-01")
		m := Meeting{
			Start: Moment{Time: from, Zone: zone}, End: Moment{Time: from.Add(time.Hour)}, Recurrence: []string{first, second},
		}
		slots := m.Slots(from, to)
		for i, s := range slots {
			if !s.within(from, to) || (i > 0 && !slots[i-1].Start.Before(s.Start)) {
				t.Errorf("slot %d of %v is outside the window or out of order", i, slots)
			}
		}
	})
}

// At 01:30 the clocks in London show 01:30 for the second time that night; the calendar says which of the two is meant.
func TestASingleMeetingInTheHourThatComesTwice(t *testing.T) {
	start := time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC)
	m := Meeting{Start: Moment{Time: start, Zone: "Europe/London"}, End: Moment{Time: start.Add(time.Hour), Zone: "Europe/London"}}
	slots := m.Slots(start.AddDate(0, 0, -1), start.AddDate(0, 0, 1))
	if len(slots) != 1 || !slots[0].Start.Equal(start) {
		t.Errorf("it takes %v, want %s", slots, start)
	}
}
