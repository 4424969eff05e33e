package graph

import (
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
)

func TestSeedShowsTheWeekInOutlook(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	world := calendar.New(func() time.Time { return now })
	if err := Seed(world, now); err != nil {
		t.Fatal(err)
	}
	s := newSite(t)
	s.world = world
	var online, shared int
	for _, event := range s.ok(s.call("GET", "me/events?$top=50", nil)).items() {
		if event["isOnlineMeeting"] == true {
			online++
			if !strings.Contains(calendar.Text(event, "body", "content"), calendar.Text(event, "onlineMeeting", "joinUrl")) {
				t.Errorf("no block in %v", event["body"])
			}
		}
	}
	for _, c := range s.ok(s.call("GET", "me/calendars", nil)).items() {
		if calendar.Text(c, "owner", "address") == bob && c["canEdit"] == true {
			shared++
		}
	}
	if online != 1 || shared != 1 {
		t.Errorf("%d online meetings, %d calendars of Bob", online, shared)
	}
}
