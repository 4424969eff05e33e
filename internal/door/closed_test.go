package door

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestClosedMeetings(t *testing.T) {
	for name, tt := range map[string]struct {
		state parlor.MeetingState
		start time.Time
		want  string
	}{
		"cancelled": {parlor.MeetingCancelled, noon, "This meeting was cancelled"},
		"removed":   {parlor.LinkRemoved, noon, "This link is no longer in use"},
		"over":      {parlor.Scheduled, noon.Add(-2*time.Hour - time.Second), "This meeting has ended"},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, h *house) {
				m := h.meeting(parlor.OneTime, "Retro", tt.start)
				m.State = tt.state
				_, err := h.st.UpdateMeeting(t.Context(), h.host.ID, h.rev, m)
				must(t, err)
				says(t, h.get(h.link(m)), http.StatusGone, tt.want, "Retro")
				says(t, h.post(h.link(m), enter("")), http.StatusGone, tt.want)
				says(t, h.post("/j/"+m.Number, code(h.room.Passcode)), http.StatusGone, tt.want)
			})
		})
	}
}

func TestForgottenMeetingHasEnded(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		forgotten := parlor.Meeting{Kind: parlor.InRoom, Number: "98765432109"}
		says(t, h.get(h.link(forgotten)), http.StatusGone, "This meeting has ended")
		foreign := "/j/" + h.room.PMI + "?omn=468791raf"
		says(t, h.post(foreign, code(h.room.Passcode)), http.StatusOK, "Personal room of Ada Lovelace")
	})
}

func TestCurrentSlot(t *testing.T) {
	at := func(from, to time.Duration) parlor.Slot { return parlor.Slot{Start: noon.Add(from), End: noon.Add(to)} }
	yesterday, justOver := at(-25*time.Hour, -24*time.Hour), at(-time.Hour, -time.Minute)
	running, soon, tomorrow := at(-time.Minute, time.Hour), at(10*time.Minute, time.Hour), at(24*time.Hour, 25*time.Hour)
	for name, tt := range map[string]struct {
		slots []parlor.Slot
		want  parlor.Slot
		why   closed
	}{
		"running":                      {[]parlor.Slot{yesterday, running, tomorrow}, running, ""},
		"next":                         {[]parlor.Slot{yesterday, tomorrow}, tomorrow, ""},
		"overrunning":                  {[]parlor.Slot{yesterday, justOver}, justOver, ""},
		"overrunning, next is far":     {[]parlor.Slot{justOver, tomorrow}, justOver, ""},
		"overrunning, next is at hand": {[]parlor.Slot{justOver, soon}, soon, ""},
		"over":                         {[]parlor.Slot{yesterday}, parlor.Slot{}, over},
		"never":                        {nil, parlor.Slot{}, over},
	} {
		t.Run(name, func(t *testing.T) {
			got, why := current(tt.slots, noon, 15*time.Minute, time.Hour)
			if diff := cmp.Diff(tt.want, got); diff != "" || why != tt.why {
				t.Errorf("%q, want %q; %s", why, tt.why, diff)
			}
		})
	}
}

func TestNetworks(t *testing.T) {
	for remote, want := range map[string]string{
		"192.0.2.1:4000":              "192.0.2.1/32",
		"[::ffff:192.0.2.1]:4000":     "192.0.2.1/32",
		"[2001:db8:1:2:3:4:5:6]:4000": "2001:db8:1:2::/64",
		"[fe80::1%eth0]:4000":         "fe80::/64",
		"@":                           "unknown",
	} {
		if got := network(remote); got != want {
			t.Errorf("%s: %s, want %s", remote, got, want)
		}
	}
}

func TestStuckDoorSaysSoAndLogsNoSecret(t *testing.T) {
	rdb, mini := storetest.Mini(t)
	h := newHouse(t, rdb)
	path := h.link(h.meeting(parlor.InRoom, "Weekly", noon))
	mini.Close()
	page := h.get(path)
	says(t, page, http.StatusServiceUnavailable, "stuck for a moment")
	if page.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	link, _ := parlor.ParseLink(origin, origin+path)
	if strings.Contains(h.log.String(), link.Token) || strings.Contains(page.Body.String(), link.Token) {
		t.Errorf("a token was logged: %s", h.log)
	}
}
