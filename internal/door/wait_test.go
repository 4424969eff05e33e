package door

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

func asks(name string) url.Values { return url.Values{"do": {"wait"}, "name": {name}} }

func does(do string, guests ...string) url.Values { return url.Values{"do": {do}, "guest": guests} }

func strict(s *parlor.Settings) { s.WaitingRoom, s.JoinBeforeHost = true, false }

// waits asks to come in and returns the address of the page that waits.
func (h *house) waits(path, name string) string {
	h.t.Helper()
	answer := h.post(path, asks(name))
	to := answer.Header().Get("Location")
	if answer.Code != http.StatusSeeOther || !strings.Contains(to, "/wait") {
		h.t.Fatalf("status %d to %q: %s", answer.Code, to, answer.Body)
	}
	return to
}

// onlyGuest is the ticket of the one who waits.
func (h *house) onlyGuest() string {
	h.t.Helper()
	all, err := h.st.Waiting(h.t.Context(), h.host.ID)
	if err != nil || len(all) != 1 {
		h.t.Fatalf("waiting: %v, %v", all, err)
	}
	return all[0].Ticket
}

func TestGuestWaitsUntilAdmitted(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.set(strict)
		path, host := h.link(h.meeting(parlor.InRoom, "Weekly", noon)), h.asHost()
		says(t, h.get(path), http.StatusOK, "Weekly", "The host is not here yet", "Your name")
		says(t, h.post(path, asks(" \u202e ")), http.StatusUnprocessableEntity, "Please say who you are", `aria-invalid="true"`)
		says(t, h.post(path, enter("")), http.StatusForbidden, "Your name")

		page := h.waits(path, "Grace Hopper")
		says(t, h.get(page), http.StatusOK, "Please wait", "Grace Hopper", "The host is not here yet", `http-equiv="refresh"`)
		says(t, host.get(path), http.StatusOK, "You are the host", "Start meeting", "Grace Hopper", "Start the meeting to let people in")
		must(t, h.st.Leave(t.Context(), h.host.ID, "nobody.at-all"))

		room := host.enters(path, "")
		says(t, h.get(page), http.StatusOK, "The host knows that you are here")
		says(t, h.post(path, enter("")), http.StatusForbidden)
		says(t, host.get(path), http.StatusOK, "Your meeting is open", "Admit Grace Hopper", "Admit all")

		says(t, host.post(path, does("admit", h.onlyGuest())), http.StatusSeeOther)
		says(t, h.get(page), http.StatusOK, "Continue to the meeting")
		if h.enters(path, "") != room {
			t.Error("the guest is sent somewhere else than the host")
		}
		says(t, host.get(path), http.StatusOK, "Nobody is waiting")
		says(t, h.get(path), http.StatusOK, "Continue to the meeting")
		says(t, h.another().get(path), http.StatusOK, "Your name")
	})
}

func TestTurnedAwayIsTurnedAway(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.set(strict)
		path, host := h.link(h.meeting(parlor.InRoom, "Weekly", noon, "RRULE:FREQ=DAILY")), h.asHost()
		page := h.waits(path, "Mallory")
		host.post(path, enter(""))
		host.post(path, does("away", h.onlyGuest()))
		for _, answer := range []*httptest.ResponseRecorder{h.get(page), h.get(path), h.post(path, asks("Alice")), h.post(path, enter(""))} {
			says(t, answer, http.StatusForbidden, "The host has not let you in", "write to the person who invited you")
		}
		if all, err := h.st.Waiting(t.Context(), h.host.ID); err != nil || len(all) != 0 {
			t.Errorf("waits again: %v, %v", all, err)
		}
		h.clock.Pass(24 * time.Hour)
		says(t, h.get(path), http.StatusOK, "Your name", `value="Mallory"`)
	})
}

func TestHostIsInAnotherMeeting(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.set(strict)
		weekly, budget := h.meeting(parlor.InRoom, "Weekly", noon), h.meeting(parlor.InRoom, "Budget", noon.Add(15*time.Minute))
		host := h.asHost()
		room := host.enters(h.link(weekly), "")
		page := h.waits(h.link(budget), "Grace")
		says(t, h.get(page), http.StatusOK, "The host is in another meeting. Yours begins at", `datetime="2026-11-24T12:15:00Z"`)
		panel := host.get(h.link(weekly))
		says(t, panel, http.StatusOK, "Grace", "For your ", `datetime="2026-11-24T12:15:00Z"`, "Budget", "Admit here")
		if strings.Contains(panel.Body.String(), "Admit all") {
			t.Error("guests of another meeting would be let in with all")
		}
		host.post(h.link(weekly), does("admit_all"))
		ticket := h.onlyGuest()
		says(t, host.get(h.link(budget)), http.StatusOK, "You are in another meeting:", "Weekly")
		host.post(h.link(weekly), does("admit", ticket))
		if h.enters(h.link(budget), "") != room {
			t.Error("who was let in here is sent to their own meeting")
		}
		h.clock.Pass(16*time.Minute + store.HostingLife)
		says(t, h.get(page), http.StatusOK, "The host is not here yet")
	})
}

func TestLocks(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.set(strict)
		path, host := h.link(h.meeting(parlor.InRoom, "Weekly", noon)), h.asHost()
		once := h.link(h.meeting(parlor.OneTime, "Interview", noon))
		host.post(path, enter(""))
		page := h.waits(path, "Grace")
		host.post(path, does("lock"))
		says(t, host.get(path), http.StatusOK, "is open and locked", "Unlock")
		for _, answer := range []*httptest.ResponseRecorder{h.another().get(path), h.another().post(path, asks("Bob"))} {
			says(t, answer, http.StatusOK, "The host has locked this meeting", "Nobody new can come in now")
		}
		says(t, h.get(page), http.StatusOK, "Please wait", "The host has locked the meeting. You keep your place")
		host.post(path, does("admit", h.onlyGuest()))
		says(t, h.get(page), http.StatusOK, "Continue to the meeting")
		host.post(path, does("unlock"))
		says(t, h.another().get(path), http.StatusOK, "Your name")

		_, err := h.st.LockRoom(t.Context(), h.host.ID, true)
		must(t, err)
		says(t, h.another().get(path), http.StatusOK, "The host has locked this meeting")
		says(t, h.another().get(once), http.StatusOK, "Your name")
		says(t, host.get(path), http.StatusOK, "Your room is locked.", "Unlock my room")
		host.post(path, does("unlock_room"))
		says(t, h.another().get(path), http.StatusOK, "Your name")
	})
}

func TestEndedSessionBeginsAnewElsewhere(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.set(strict)
		path, host := h.link(h.meeting(parlor.InRoom, "Weekly", noon)), h.asHost()
		first := host.enters(path, "")
		h.waits(path, "Grace")
		host.post(path, does("admit", h.onlyGuest()))
		h.another().waits(path, "Joan")
		host.post(path, does("end"))
		says(t, host.get(path), http.StatusOK, "Nobody is waiting.")
		says(t, h.get(path), http.StatusGone, "The host has ended this meeting")
		says(t, h.another().get(path), http.StatusGone, "The host has ended this meeting")
		says(t, host.get(path), http.StatusOK, "You have ended this meeting")
		if s, err := h.st.Sitting(t.Context(), first); err != nil || s.Until.After(noon) {
			t.Errorf("the video system is told that it lasts until %s, %v", s.Until, err)
		}
		if host.enters(path, "") == first {
			t.Error("those who stayed in the ended session are in the new one")
		}
		says(t, h.get(path), http.StatusOK, "Your name")
	})
}

func TestHostsBrowserIsGone(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.set(func(s *parlor.Settings) { s.WaitingRoom, s.JoinBeforeHost = false, false })
		path, host := h.link(h.meeting(parlor.InRoom, "Weekly", noon)), h.asHost()
		room := host.enters(path, "")
		says(t, h.get(path), http.StatusOK, "Continue to the meeting")
		h.clock.Pass(store.HostingLife - time.Second)
		says(t, host.get(strings.Replace(path, "?", "/host?", 1)), http.StatusOK, "Your meeting is open")
		h.clock.Pass(store.HostingLife - time.Second)
		says(t, h.get(path), http.StatusOK, "Continue to the meeting")
		h.clock.Pass(time.Second)
		page := h.waits(path, "Grace")
		says(t, h.get(page), http.StatusOK, "The host was here until a moment ago")
		says(t, host.get(path), http.StatusOK, "You seem to have left", "Return to the meeting", "only show who waits")
		says(t, host.post(path, does("resume")), http.StatusSeeOther)
		if says(t, h.get(page), http.StatusOK, "Continue to the meeting"); h.enters(path, "") != room {
			t.Error("the meeting is another one")
		}
	})
}

func TestJoinBeforeHost(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.set(func(s *parlor.Settings) { s.JoinBeforeHostMinutes, s.OpensEarlyMinutes = 10, 30 })
		path := h.link(h.meeting(parlor.InRoom, "Weekly", noon.Add(10*time.Minute)))
		says(t, h.get(path), http.StatusOK, "Continue to the meeting")
		h.clock.Pass(-time.Second)
		says(t, h.get(path), http.StatusOK, "Your name", "The meeting begins at")
		h.clock.Pass(time.Second)
		h.set(func(s *parlor.Settings) { s.JoinBeforeHost = false })
		says(t, h.get(path), http.StatusOK, "Your name")
		h.set(func(s *parlor.Settings) { s.JoinBeforeHost, s.OpensEarlyMinutes = true, 0 })
		says(t, h.get(path), http.StatusOK, "Continue to the meeting")
		bare := strings.TrimPrefix(parlor.RoomLink(origin, h.room, true), origin)
		says(t, h.get(bare), http.StatusOK, "Your name", "The host is not here yet")
	})
}

func TestSomebodyUnfamiliarIsInvitedSoAllWait(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, "Weekly", noon)
		m.Waits = &parlor.Reason{Code: "unfamiliar", Text: "A guest is new."}
		_, err := h.st.UpdateMeeting(t.Context(), h.host.ID, h.rev, m)
		must(t, err)
		host := h.asHost()
		host.post(h.link(m), enter(""))
		says(t, h.get(h.link(m)), http.StatusOK, "Your name", "The host lets people in one by one")
		says(t, host.get(h.link(m)), http.StatusOK, "have to be admitted")
	})
}

func TestPasscodeAndThenWaiting(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.set(strict)
		m := h.meeting(parlor.InRoom, "Weekly", noon)
		path, host := "/j/"+h.room.PMI+"?omn="+m.Number, h.asHost()
		form := asks("Grace")
		form.Set("pass", passOf(t, h.post(path, code(h.room.Passcode))))
		to := h.post(path, form).Header().Get("Location")
		h.clock.Pass(2 * passLife)
		says(t, h.get(to), http.StatusOK, "Please wait", "Grace")
		host.post(path, enter(""))
		host.post(path, does("admit", h.onlyGuest()))
		page := h.get(to)
		says(t, page, http.StatusOK, "Continue to the meeting")
		h.enters(path, passOf(t, page))
		says(t, h.get(regexp.MustCompile(`pass=[^&]*`).ReplaceAllString(to, "pass=1.x")), http.StatusOK, "Please enter the passcode")
	})
}

func TestWhoIsToldThatSomebodyWaits(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.set(strict)
		path := h.link(h.meeting(parlor.InRoom, "Weekly", noon))
		h.get(h.waits(path, "Grace"))
		h.asHost().post(path, enter(""))
		h.another().waits(path, "Bob")
		if len(h.told) != 1 || h.told[0].Name != "Grace" {
			t.Errorf("told of %v", h.told)
		}
	})
}

func TestTicketIsForTheDoorAndThisVisitAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.set(strict)
		path := h.link(h.meeting(parlor.InRoom, "Weekly", noon))
		h.waits(path, "Grace")
		c := h.guest
		if c.Path != "/j/" || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.MaxAge != 0 || !c.Expires.IsZero() {
			t.Errorf("%+v", c)
		}
		if strings.Contains(h.asHost().get(path).Body.String(), strings.Split(c.Value, ".")[0]) {
			t.Error("the host sees the guest's secret")
		}
	})
}

func TestNobodyElseDecides(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.set(strict)
		path, host := h.link(h.meeting(parlor.InRoom, "Weekly", noon)), h.asHost()
		host.post(path, enter(""))
		h.waits(path, "Grace")
		ticket, other := h.onlyGuest(), h.another()
		other.as = &store.SessionRecord{Account: "somebodyelse2345"}
		for _, do := range []string{"admit", "admit_all", "away", "lock", "end", "resume"} {
			says(t, h.post(path, does(do, ticket)), http.StatusForbidden)
			says(t, other.post(path, does(do, ticket)), http.StatusForbidden)
		}
		if h.onlyGuest() != ticket || strings.Contains(other.get(path).Body.String(), "You are the host") {
			t.Error("a guest decided")
		}
		says(t, host.get(path), http.StatusOK, "Your meeting is open.")
	})
}

func TestDisabledAccountClosesTheDoor(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		path := h.link(h.meeting(parlor.InRoom, "Weekly", noon))
		_, err := h.st.UpdateAccount(t.Context(), h.host.ID, func(a *parlor.Account) { a.Disabled = true })
		must(t, err)
		says(t, h.get(path), http.StatusGone, "This room is no longer in use")
		says(t, h.post(path, enter("")), http.StatusGone)
	})
}

func TestSomebodyUnfamiliarComesToOneOccurrence(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, "Daily", noon, "RRULE:FREQ=DAILY")
		slot := parlor.Slot{Start: noon, End: noon.Add(time.Hour)}
		m.Overrides = []parlor.Override{{Original: noon, Slot: &slot, Waits: &parlor.Reason{Code: "unfamiliar_waits", Text: "A guest is new."}}}
		_, err := h.st.UpdateMeeting(t.Context(), h.host.ID, h.rev, m)
		must(t, err)
		host := h.asHost()
		host.post(h.link(m), enter(""))
		says(t, h.get(h.link(m)), http.StatusOK, "Your name", "The host lets people in one by one")
		says(t, host.get(h.link(m)), http.StatusOK, "have to be admitted")
		h.clock.Pass(24 * time.Hour)
		host.post(h.link(m), enter(""))
		says(t, h.get(h.link(m)), http.StatusOK, "Continue to the meeting")
	})
}
