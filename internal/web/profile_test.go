package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func (h *house) room() parlor.Room {
	h.t.Helper()
	room, err := h.st.EnsureRoom(h.t.Context(), h.acct)
	must(h.t, err)
	return room
}

func (h *house) verdict(page *httptest.ResponseRecorder) verdict {
	h.t.Helper()
	says(h.t, page, http.StatusOK)
	var told verdict
	must(h.t, json.Unmarshal(page.Body.Bytes(), &told))
	return told
}

func TestProfileShowsTheRoom(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		room := h.room()
		says(t, h.get("/profile"), http.StatusOK, "Ada Lovelace", "ada@example.com", grouped(room.PMI), room.Passcode, "None yet",
			"Instant meetings take place here when you choose so.", `href="/profile/room#pmi"`)
		says(t, h.get("/profile/room"), http.StatusOK, `value="`+grouped(room.PMI)+`"`, `value="`+room.Passcode+`"`, "https://parlor.example.com/my/")
	})
}

func TestProfileIsCheckedByTheServersRules(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		room := h.room()
		other, _, err := h.st.SignIn(t.Context(), parlor.Identity{Kind: parlor.KindGoogle, Subject: "2", Email: "bob@example.com", EmailVerified: true})
		must(t, err)
		taken, err := h.st.EnsureRoom(t.Context(), other.ID)
		must(t, err)
		for typed, want := range map[string]string{
			"123":            "Must be exactly 10 digits.",
			"1234567890":     "Must start with 2 to 9.",
			taken.PMI:        "Is somebody else's, or was not long ago.",
			"481 516 2342":   "Can be had.",
			" 481-516-2342 ": "Can be had.",
			room.PMI:         "",
		} {
			told := h.verdict(h.post("/profile/room/check", url.Values{"pmi": {typed}}))
			bad := strings.HasPrefix(want, "Must") || strings.HasPrefix(want, "Is")
			if told.Says["pmi"] != want || (len(told.Bad) == 1) != bad || (len(told.Suggest["pmi"]) > 0) != bad {
				t.Errorf("%q: %+v, want %q", typed, told, want)
			}
		}
		told := h.verdict(h.post("/profile/room/check", url.Values{"personal_link": {"admin"}, "passcode": {"no"}}))
		if len(told.Bad) != 2 || told.Says["summary"] != "" {
			t.Errorf("a reserved name and a short passcode: %+v", told)
		}
	})
}

func TestProfileSaysBeforehandWhatAChangeDoes(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.calendars()
		room := h.room()
		h.written(parlor.InRoom, "Weekly", noon.Add(time.Hour))
		form := url.Values{"pmi": {"481 516 2342"}, "personal_link": {""}, "passcode": {room.Passcode}}
		told := h.verdict(h.post("/profile/room/check", form))
		if told.Says["summary"] != "One coming event will be rewritten." {
			t.Errorf("summary %q", told.Says["summary"])
		}
		says(t, h.post("/profile/room", form), http.StatusOK, "Change your room?", "One coming event will be rewritten.", grouped(room.PMI), "481 516 2342",
			`name="pmi" value="4815162342"`, `name="grace_days"`, "Two weeks")
		if h.room().PMI != room.PMI {
			t.Fatal("changed before it was confirmed")
		}
		says(t, h.post("/profile/room", url.Values{"do": {"edit"}, "pmi": {"4815162342"}}), http.StatusOK, `value="4815162342"`)
		leads(t, h.post("/profile/room/change", url.Values{"pmi": {"4815162342"}, "grace_days": {"7"}}), "/profile?done=changed")
		says(t, h.get("/profile"), http.StatusOK, "481 516 2342", "Your new Personal Meeting ID", "0 of 1 coming events are up to date.",
			`data-progress="/profile/progress"`, "Tuesday 1 December 2026, 12:00", `action="/profile/undo"`)
		going := h.verdict(h.get("/profile/progress"))
		if !going.Busy || going.Total != 1 || going.Ready != 0 {
			t.Errorf("progress: %+v", going)
		}
	})
}

// written stores a meeting whose event has our text.
func (h *house) written(kind parlor.MeetingKind, title string, start time.Time) parlor.Meeting {
	h.t.Helper()
	m := h.meeting(kind, title, start)
	settings, _, err := h.st.Settings(h.t.Context(), h.acct)
	must(h.t, err)
	m.Written = parlor.Render(m, h.room(), "https://parlor.example.com", parlor.Wording{Language: settings.Language}, settings.EmbedPasscode).Hash()
	_, rev, err := h.st.Agenda(h.t.Context(), h.acct)
	must(h.t, err)
	h.rev, err = h.st.UpdateMeeting(h.t.Context(), h.acct, rev, m)
	must(h.t, err)
	return m
}

func TestProfileUndo(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		room := h.room()
		leads(t, h.post("/profile/undo", nil), "/profile?done=too-late")
		leads(t, h.post("/profile/room/change", url.Values{"rotate": {"true"}}), "/profile?done=changed")
		if h.room().Passcode == room.Passcode {
			t.Fatal("no new passcode")
		}
		says(t, h.get("/profile"), http.StatusOK, "Your new passcode", "No coming event had to be rewritten.")
		leads(t, h.post("/profile/undo", nil), "/profile?done=undone")
		if h.room().Passcode != room.Passcode {
			t.Error("the passcode is not what it was")
		}
	})
}

func TestProfileEndsTheGrace(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		leads(t, h.post("/profile/room/change", url.Values{"personal_link": {"countess"}}), "/profile?done=changed")
		leads(t, h.post("/profile/room/change", url.Values{"personal_link": {"ada.lovelace"}}), "/profile?done=changed")
		says(t, h.get("/profile"), http.StatusOK, "https://parlor.example.com/my/ada.lovelace", "End the old links now")
		says(t, h.get("/profile/grace"), http.StatusOK, "stands before a shut door")
		leads(t, h.post("/profile/grace", nil), "/profile?done=grace-ended")
		if page := h.get("/profile").Body.String(); strings.Contains(page, "End the old links now") {
			t.Error("the grace goes on")
		}
	})
}

func TestProfileFaultsKeepWhatWasTyped(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		page := h.post("/profile/room", url.Values{"pmi": {"1 2 3"}, "passcode": {"no"}})
		says(t, page, http.StatusUnprocessableEntity, "Nothing was changed yet", `value="1 2 3"`, "Must be exactly 10 digits.", `href="#passcode"`)
		leads(t, h.post("/profile/room/change", url.Values{"personal_link": {"countess"}, "of": {""}}), "/profile?done=changed")
		stale := url.Values{"personal_link": {"ada.lovelace"}, "of": {"older"}}
		says(t, h.post("/profile/room/change", stale), http.StatusPreconditionFailed, "changed in another window", `value="ada.lovelace"`)
	})
}

func TestInstantSettingStandsBesideThePMI(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		leads(t, h.post("/profile/room", url.Values{instantField: {"false", "true"}}), "/profile?done=profile")
		if now, _ := h.settings(); !now.UsePMIForInstant {
			t.Error("the setting was not saved")
		}
		says(t, h.get("/profile"), http.StatusOK, "Instant meetings always take place here.")
	})
}

func TestApplyToFutureEvents(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.calendars()
		says(t, h.get("/settings"), http.StatusOK, `<a href="/settings/apply">Apply to future events</a>`)
		h.written(parlor.InRoom, "Weekly", noon.Add(time.Hour))
		says(t, h.get("/settings/apply"), http.StatusOK, "One coming meeting will get a one-time link.")
		leads(t, h.post("/settings/apply", nil), "/profile?done=applied")
		if room := h.room(); room.Changed.What != parlor.PartMeetings {
			t.Errorf("changed: %+v", room.Changed)
		}
	})
}
