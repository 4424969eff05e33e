package syncer_test

import (
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
	"parlor/internal/syncer"
)

const adaID = parlor.AccountID("adaadaadaadaadaa")

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func meetingAt(event string, start time.Time) parlor.Meeting {
	return parlor.Meeting{
		State: parlor.Scheduled, Trigger: parlor.ByAlways, Event: parlor.EventRef{Calendar: "c", ID: event}, Title: event,
		Start: parlor.Moment{Time: start, Zone: "UTC"}, End: parlor.Moment{Time: start.Add(time.Hour), Zone: "UTC"},
	}
}

func TestAMeetingBesideTheRoomDoesNotHideWhatOthersClaimed(t *testing.T) {
	st := storetest.Open(t, storetest.Redis(t), storetest.NewClock(monday).Now)
	settings := parlor.DefaultSettings()
	settings.UsePMIForScheduled = true
	room := parlor.Room{PMI: "2345678901", Status: parlor.RoomReady}
	one := syncer.NewClaims(st, adaID, settings, room, storetest.NewClock(monday).Now)
	two := syncer.NewClaims(st, adaID, settings, room, storetest.NewClock(monday).Now)
	no := false
	claim := func(c *syncer.Claims, event string, at time.Duration, usePMI *bool) parlor.Meeting {
		t.Helper()
		m, err := c.Claim(t.Context(), meetingAt(event, monday.Add(at)), usePMI, nil)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	claim(one, "first", 24*time.Hour, nil) // now one has read the agenda
	claim(two, "theirs", 48*time.Hour, nil)
	claim(one, "beside", 72*time.Hour, &no)
	if got := claim(one, "mine", 48*time.Hour, nil); got.Kind != parlor.OneTime {
		t.Errorf("the same hour of the room was given twice: %s", got.Kind)
	}
}
