package parlor

import (
	"strings"
	"testing"
	"time"
)

func TestFeeds(t *testing.T) {
	now := day("2031-03-01")
	m := series(t, "Europe/Berlin", "2031-03-24 09:00", "RRULE:FREQ=WEEKLY;COUNT=3")
	m.Title = "Salary, of Bob; " + strings.Repeat("long ", 30)
	m.Overrides = []Override{{Original: m.Start.Time.AddDate(0, 0, 7).Add(-time.Hour)}} // summer time began
	gone := m
	gone.State = MeetingCancelled
	f := Feed{Name: "Ada's room", Room: testRoom, Origin: testOrigin, Embed: true}
	busy := f.Text([]Meeting{m, gone}, now)
	f.Full = true
	full := f.Text([]Meeting{m, gone}, now)
	for text, want := range map[string]int{busy: 2, full: 2} {
		if n := strings.Count(text, "BEGIN:VEVENT"); n != want || !strings.Contains(text, "DTSTART:20310324T080000Z\r\n") || !strings.Contains(text, "DTSTART:20310407T070000Z\r\n") {
			t.Errorf("%d events in\n%s", n, text)
		}
		for line := range strings.SplitSeq(text, "\r\n") {
			if len(line) > 75 {
				t.Errorf("a line of %d octets", len(line))
			}
		}
	}
	for _, secret := range []string{"Salary", "/j/", m.Number, testRoom.PMI, testRoom.Passcode, "pwd="} {
		if strings.Contains(busy, secret) {
			t.Errorf("the busy feed tells %q", secret)
		}
	}
	unfolded := strings.ReplaceAll(full, "\r\n ", "")
	for _, want := range []string{`SUMMARY:Salary\, of Bob\; long`, "LOCATION:" + testOrigin + "/j/", "CONFERENCE;VALUE=URI", m.Number} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("the full feed lacks %q:\n%s", want, unfolded)
		}
	}
	if again := f.Text([]Meeting{m}, now); strings.Count(again, "UID:") != 2 || again != f.Text([]Meeting{m}, now) {
		t.Error("the same feed is written in two ways")
	}
}
