package door

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func TestDoorKeepsItsHours(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.set(func(s *parlor.Settings) { s.OpensEarlyMinutes, s.ClosesAfterMinutes, s.JoinBeforeHost = 20, 10, false })
		path, host := h.link(h.meeting(parlor.InRoom, "Weekly", noon.Add(time.Hour))), h.asHost()
		at := func(d time.Duration) { h.clock.Pass(noon.Add(d).Sub(h.clock.Now())) }
		at(40*time.Minute - time.Second)
		says(t, h.get(path), http.StatusOK, "You are early", `datetime="2026-11-24T12:40:00Z"`, "The door opens at", "Host: <span dir=\"auto\">Ada Lovelace", ">13:00</time>", ">14:00</time>")
		says(t, h.post(path, asks("Grace")), http.StatusOK, "You are early")
		says(t, h.post(path, enter("")), http.StatusOK, "You are early")
		at(40 * time.Minute)
		says(t, h.get(path), http.StatusOK, "Your name")
		at(130*time.Minute - time.Second)
		says(t, h.get(path), http.StatusOK, "Your name")
		at(130 * time.Minute)
		says(t, h.get(path), http.StatusGone, "This meeting has ended")

		at(0) // a host who is there opens early, and keeps the door open
		host.enters(path, "")
		says(t, h.get(path), http.StatusOK, "Continue to the meeting")
		at(130*time.Minute - time.Second)
		host.post(path, does("resume"))
		at(131 * time.Minute)
		says(t, h.get(path), http.StatusOK, "Continue to the meeting")
		at(131*time.Minute + store.HostingLife)
		says(t, h.get(path), http.StatusGone, "This meeting has ended")
	})
}

func TestHoursOfASeriesInItsOwnZone(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	must(t, err)
	h := newHouse(t, storetest.Redis(t))
	h.set(func(s *parlor.Settings) { s.JoinBeforeHost = false })
	// From 23:45 to 00:45, through the night in which the clocks go forward (29 March 2026, 01:00) and after.
	first := time.Date(2026, 3, 27, 23, 45, 0, 0, london)
	path := h.link(h.meeting(parlor.InRoom, "Night watch", first, "RRULE:FREQ=DAILY"))
	for name, tt := range map[string]struct {
		at   time.Time
		want string
	}{
		"before midnight":         {time.Date(2026, 3, 28, 23, 50, 0, 0, london), "Saturday 28 March 2026"},
		"after midnight":          {time.Date(2026, 3, 29, 0, 40, 0, 0, london), "Saturday 28 March 2026"},
		"overruns into the night": {time.Date(2026, 3, 29, 2, 30, 0, 0, london), "Saturday 28 March 2026"}, // 45 minutes after the end, for there is no 01:30
		"and ends there":          {time.Date(2026, 3, 29, 2, 45, 0, 0, london), "You are early"},
		"opens early":             {time.Date(2026, 3, 29, 23, 30, 0, 0, london), "Sunday 29 March 2026"},
		"summer time holds":       {time.Date(2026, 3, 29, 23, 29, 59, 0, london), "You are early"},
	} {
		h.clock.Pass(tt.at.Sub(h.clock.Now()))
		if page := h.get(path); !strings.Contains(page.Body.String(), tt.want) {
			t.Errorf("%s: %s", name, page.Body)
		}
	}
}

func TestMovedAndCancelledOccurrences(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		day := 24 * time.Hour
		m := h.meeting(parlor.InRoom, "Daily", noon, "RRULE:FREQ=DAILY")
		moved := parlor.Slot{Start: noon.Add(5 * time.Hour), End: noon.Add(6 * time.Hour)}
		m.Overrides = []parlor.Override{{Original: noon, Slot: &moved}, {Original: noon.Add(day)}}
		_, err := h.st.UpdateMeeting(t.Context(), h.host.ID, h.rev, m)
		must(t, err)
		says(t, h.get(h.link(m)), http.StatusOK, "This meeting has moved", "It now begins", `datetime="2026-11-24T17:00:00Z"`)
		h.clock.Pass(5 * time.Hour)
		says(t, h.get(h.link(m)), http.StatusOK, "Continue to the meeting", "Tuesday 24 November 2026")
		h.clock.Pass(19 * time.Hour)
		says(t, h.get(h.link(m)), http.StatusOK, "This meeting was cancelled", "The next one opens", `datetime="2026-11-26T11:45:00Z"`)
		h.clock.Pass(12 * time.Hour)
		says(t, h.get(h.link(m)), http.StatusOK, "You are early", `datetime="2026-11-26T11:45:00Z"`)
	})
}

func TestMovedMeeting(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		later := h.meeting(parlor.InRoom, "Later", noon.Add(3*time.Hour))
		later.Was = &parlor.Slot{Start: noon, End: noon.Add(time.Hour)}
		var err error
		h.rev, err = h.st.UpdateMeeting(t.Context(), h.host.ID, h.rev, later)
		must(t, err)
		says(t, h.get(h.link(later)), http.StatusOK, "This meeting has moved", "Your link is still the right one", `datetime="2026-11-24T15:00:00Z"`)
		earlier := h.meeting(parlor.InRoom, "Earlier", noon.Add(-3*time.Hour))
		earlier.Was = later.Was
		_, err = h.st.UpdateMeeting(t.Context(), h.host.ID, h.rev, earlier)
		must(t, err)
		says(t, h.get(h.link(earlier)), http.StatusGone, "This meeting has ended", "moved to an earlier time")
	})
}
