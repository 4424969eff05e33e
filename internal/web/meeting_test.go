package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func TestMeetingHasAPageOfItsOwn(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.calendars()
		m := h.meeting(parlor.InRoom, "Weekly", noon.Add(time.Hour))
		says(t, h.get("/meetings"), http.StatusOK, grouped(m.Number), "Ada", `href="/meetings/`+m.Number+`"`)
		says(t, h.get("/meetings/"+m.Number), http.StatusOK, "Weekly", grouped(m.Number), grouped(h.room().PMI), parlor.ReasonRoomBySetting.Text,
			`href="/meetings/`+m.Number+`/event"`, "Not in your room after all?", "Tuesday 24 November 2026, 13:00")
		says(t, h.get("/meetings/98765432109"), http.StatusNotFound)
		h.clock.Pass(3 * time.Hour)
		over := h.get("/meetings/" + m.Number)
		says(t, over, http.StatusOK, "This meeting is over.")
		if strings.Contains(over.Body.String(), "Not in your room after all?") {
			t.Error("offers to switch what is over")
		}
	})
}

func TestMeetingSwitchesRooms(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.withoutCalendar()
		at := func(form url.Values) string {
			to, _, _ := strings.Cut(h.post("/meetings/new", wished(form)).Header().Get("Location"), "?")
			return to
		}
		first, second := at(url.Values{"guests": {""}}), at(url.Values{"guests": {""}, "key": {"other"}})
		leads(t, h.post(second+"/room", url.Values{"use_pmi": {"true"}}), second+"?done=guarded")
		leads(t, h.post(first+"/room", url.Values{"use_pmi": {"false"}}), first+"?done=switched")
		leads(t, h.post(second+"/room", url.Values{"use_pmi": {"true"}}), second+"?done=switched")
		says(t, h.get(second), http.StatusOK, "Personal room", parlor.ReasonRoomAsked.Text)
	})
}

func TestMeetingInACalendarThatIsOffSaysSo(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.calendars()
		m := h.meeting(parlor.OneTime, "Weekly", noon.Add(time.Hour))
		must(t, h.st.SwitchCalendar(t.Context(), h.acct, "ada@example.com", false))
		says(t, h.post("/meetings/"+m.Number+"/room", url.Values{"use_pmi": {"true"}}), http.StatusUnprocessableEntity, "Calendar is switched off in Parlor")
	})
}

func TestPastMeetings(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		says(t, h.get("/meetings/past"), http.StatusOK, "No meeting yet that is over")
		h.calendars()
		m := h.meeting(parlor.InRoom, "Weekly", noon.Add(time.Hour))
		h.clock.Pass(3 * time.Hour)
		says(t, h.get("/meetings/past"), http.StatusOK, "Weekly", grouped(m.Number), "Personal room", "Tue 24 Nov, 13:00", "Ada")
		says(t, h.get("/meetings/past?cursor=!"), http.StatusBadRequest)
	})
}

func TestStart(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		room := h.room()
		says(t, h.get("/start"), http.StatusOK, "Use Personal Meeting ID", grouped(room.PMI))
		inRoom := h.post("/start", url.Values{"use_pmi": {"false", "true"}})
		if to := inRoom.Header().Get("Location"); inRoom.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/j/"+room.PMI+"?pwd=") {
			t.Errorf("status %d to %q", inRoom.Code, to)
		}
		alone := h.post("/start", url.Values{"use_pmi": {"false"}})
		to := alone.Header().Get("Location")
		if alone.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/start/") {
			t.Fatalf("status %d to %q", alone.Code, to)
		}
		number := strings.TrimPrefix(to, "/start/")
		says(t, h.get(to), http.StatusOK, "Your meeting is ready", grouped(number), "/j/"+number+"?pwd=", parlorAsked)
	})
}

const parlorAsked = "A one-time number, because you chose it for this meeting."

func TestStartSaysWhoHoldsTheChoice(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		leads(t, h.post("/profile/room", url.Values{instantField: {"true"}}), "/profile?done=profile")
		says(t, h.get("/start"), http.StatusOK, `value="true" checked aria-describedby="use_pmi-hint use_pmi-always" disabled`, alwaysInRoom)
		h.rule(parlor.Rule{
			Rooms: parlor.RoomsUndecided, Settings: map[string]parlor.Held{instantField: {Value: true, Locked: true, Words: "so decided by IT"}},
		})
		says(t, h.get("/start"), http.StatusOK, "Set by your administrator: so decided by IT.")
		if strings.Contains(h.get("/start").Body.String(), alwaysInRoom) {
			t.Error("says that the person holds it")
		}
	})
}

// rule is what the administrator decides for everyone.
func (h *house) rule(r parlor.Rule) {
	h.t.Helper()
	r.For = parlor.Scope{Kind: parlor.ForEveryone}
	_, rev, err := h.st.Policy(h.t.Context())
	must(h.t, err)
	_, err = h.st.PutPolicy(h.t.Context(), rev, parlor.Policy{Rules: []parlor.Rule{r}})
	must(h.t, err)
	h.clock.Pass(time.Minute)
}

func TestRoomThatIsOffSaysWhoDidIt(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.room()
		h.rule(parlor.Rule{Rooms: parlor.RoomsOff, Words: "use the company's rooms."})
		for _, path := range []string{"/meetings/room", "/profile", "/start"} {
			says(t, h.get(path), http.StatusOK, "Your administrator has switched personal rooms off: use the company&#39;s rooms. ")
		}
		if start := h.get("/start").Body.String(); strings.Contains(start, "Your own room, ") && !strings.Contains(start, "once it can be used again") {
			t.Error("the start page offers the number of a room that is off")
		}
		leads := h.post("/start", url.Values{"use_pmi": {"true"}}).Header().Get("Location")
		says(t, h.get(leads), http.StatusOK, parlor.ReasonRoomUnavailable.Text)
	})
}

func TestInstall(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		says(t, h.get("/meetings"), http.StatusOK, `<link rel="manifest" href="/app.webmanifest">`, `name="theme-color"`)
		out := h.signedOut()
		manifest := out.get("/app.webmanifest")
		says(t, manifest, http.StatusOK, `"start_url":"/meetings"`, `"purpose":"maskable"`, `"display":"standalone"`)
		for _, size := range []string{"180", "192", "512"} {
			file := out.get("/app/icons/parlor-" + size + "-full.png")
			if says(t, file, http.StatusOK); file.Header().Get("Content-Type") != "image/png" {
				t.Errorf("%s: %s", size, file.Header().Get("Content-Type"))
			}
		}
		says(t, out.get("/app/icons/none.png"), http.StatusNotFound)
	})
}
