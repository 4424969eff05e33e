package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestMeetingsStandUnderTheReadersDays(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, "Late", time.Date(2026, 11, 24, 23, 30, 0, 0, time.UTC))
		h.meeting(parlor.OneTime, "Running", noon.Add(-10*time.Minute))
		page := h.get("/meetings")
		says(t, page, http.StatusOK, "Today, Tuesday 24 November", "23:30", "Personal room", "One-time", `data-copy="https://parlor.example.com/j/`,
			"omn="+m.Number, `href="/meetings/`+m.Number+`/remove"`, parlor.ReasonRoomBySetting.Text, "Europe/London")
		h.cookies = []*http.Cookie{{Name: zoneCookie, Value: "Asia%2FTokyo"}}
		says(t, h.get("/meetings"), http.StatusOK, "Tomorrow, Wednesday 25 November", "08:30", "Asia/Tokyo", "your calendar is in Europe/London")
		h.cookies[0].Value = "../../etc/passwd"
		says(t, h.get("/meetings"), http.StatusOK, "Europe/London")
	})
}

func TestEmptyPagesSayWhatToDo(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		says(t, h.get("/meetings"), http.StatusOK, "No meeting with a join link is coming up", "Write #meet into the title")
		says(t, h.get("/calendars"), http.StatusOK, "No calendar yet")
		says(t, h.get("/activity"), http.StatusOK, "Nothing has happened yet", "#meet")
	})
}

func TestRoom(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		page := h.get("/meetings/room")
		room, err := h.st.Room(t.Context(), h.acct)
		must(t, err)
		says(t, page, http.StatusOK, grouped(room.PMI), room.Passcode, "/j/"+room.PMI+"?pwd=")
	})
}

func TestRemoveAsksFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, "Weekly", noon.Add(time.Hour))
		says(t, h.get("/meetings/"+m.Number+"/remove"), http.StatusOK, "Remove the join link?", "Weekly")
		says(t, h.get("/meetings/98765432109/remove"), http.StatusNotFound)
		says(t, h.post("/meetings/98765432109/remove", nil), http.StatusNotFound)
	})
}

func TestCalendars(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.calendars()
		says(t, h.get("/calendars"), http.StatusOK, "Up to date.", "Main calendar", "Checked every 15 minutes.", "&lt;b&gt;Team&lt;/b&gt;", `data-syncing="team"`,
			"<span data-listed>1240</span> events so far", "Off. Parlor does not look at it.",
			`<a class="button quietly" href="/connect/microsoft?return=%2Fcalendars">Connect Microsoft</a>`)
		leads(t, h.post("/calendars/switch", url.Values{"id": {"off"}, "on": {"true"}}), "/calendars?done=on")
		leads(t, h.post("/calendars/switch", url.Values{"id": {"team"}, "on": {"false"}}), "/calendars?done=off")
		leads(t, h.post("/calendars/sync", url.Values{"id": {"ada@example.com"}}), "/calendars?done=sync")
		if diff := cmp.Diff([]string{"nudge off", "unwatch team", "nudge ada@example.com"}, h.asked); diff != "" {
			t.Error(diff)
		}
		says(t, h.post("/calendars/switch", url.Values{"id": {"nobody's"}, "on": {"true"}}), http.StatusNotFound)
	})
}

func TestConnectionsThatNeedThePerson(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		must(t, h.st.SetConnectionState(ctx, h.acct, parlor.KindGoogle, parlor.ReconnectNeeded))
		says(t, h.get("/calendars"), http.StatusOK, "Google no longer lets Parlor in.", `href="/connect/google?return=%2Fcalendars"`)
		must(t, h.st.SetConnectionState(ctx, h.acct, parlor.KindGoogle, parlor.ScopeMissing))
		says(t, h.get("/calendars?problem=scope"), http.StatusOK, "may not see your calendar", "Allow calendar access")
	})
}

func TestActivity(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for i := range 60 {
			entry := parlor.Entry{At: noon.Add(time.Duration(i) * time.Minute), Title: "Event", Action: "inject", Text: "Reason."}
			if i == 0 {
				entry.Title, entry.Action = "The first", "keep"
			}
			must(t, h.st.Log(t.Context(), h.acct, entry))
		}
		first := h.get("/activity")
		says(t, first, http.StatusOK, "Link added", "12:59")
		_, rest, found := strings.Cut(first.Body.String(), `href="/activity?cursor=`)
		if !found {
			t.Fatal("no link to older entries")
		}
		cursor, _, _ := strings.Cut(rest, `"`)
		says(t, h.get("/activity?cursor="+cursor), http.StatusOK, "The first", "Left alone", ">Newest</a>")
	})
}

func TestDevices(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		says(t, h.get("/devices"), http.StatusOK, "Chrome on Linux", "This device", "Safari on iPhone", "203.0.113.9", "Sign out everywhere else")
		leads(t, h.post("/devices/end-others", nil), "/devices?done=ended-rest")
		left, err := h.st.Sessions(t.Context(), h.acct)
		must(t, err)
		if len(left) != 1 || left[0].ID != h.session.ID {
			t.Errorf("sessions left: %+v", left)
		}
		says(t, h.post("/devices/end", url.Values{"id": {"nobody's"}}), http.StatusNotFound)
		leads(t, h.post("/devices/end", url.Values{"id": {h.session.ID}}), "/devices?done=ended")
	})
}

func TestProblems(t *testing.T) {
	rdb, mini := storetest.Mini(t)
	h := newHouse(t, rdb)
	says(t, h.get("/nowhere"), http.StatusNotFound, "There is no such page")
	says(t, h.post("/settings", url.Values{"x": {strings.Repeat("x", maxForm)}}), http.StatusBadRequest, "could not be read")
	says(t, h.get("/meetings?cursor=!"), http.StatusBadRequest)
	mini.Close()
	page := h.get("/settings")
	says(t, page, http.StatusServiceUnavailable, "try again in a moment")
	if page.Header().Get("Retry-After") == "" || h.log.Len() == 0 {
		t.Error("no Retry-After, or nothing logged")
	}
}
