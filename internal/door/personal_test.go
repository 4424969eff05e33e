package door

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

// rename gives the room another number, passcode and name; old links lead here for a week.
func (h *house) rename(pmi, name string) {
	h.t.Helper()
	before := h.room
	after := before
	after.PMI, after.PersonalLink = pmi, name
	after.PasscodeVersion++
	after.Former = []parlor.Former{{
		PMI: before.PMI, PersonalLink: before.PersonalLink, PasscodeVersion: before.PasscodeVersion, Until: h.clock.Now().Add(7 * 24 * time.Hour),
	}}
	must(h.t, h.st.Client().Set(h.t.Context(), "parlor:pmi:"+pmi, string(h.host.ID), 0).Err())
	must(h.t, h.st.Client().Set(h.t.Context(), "parlor:link:"+name, string(h.host.ID), 0).Err())
	_, err := h.st.UpdateRoom(h.t.Context(), h.host.ID, func(r *parlor.Room) { *r = after })
	must(h.t, err)
	h.room = after
}

func TestPersonalLink(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.rename("2345678902", "ada.lovelace")
		h.rename("2345678903", "countess")
		h.set(strict)
		for _, name := range []string{"/my/countess", "/my/Countess", "/my/ada.lovelace"} {
			page := h.get(name)
			says(t, page, http.StatusOK, "Please enter the passcode", `action="`+name+`"`)
			if strings.Contains(page.Body.String(), h.room.PMI) {
				t.Error("a name tells the number of its room")
			}
			says(t, h.post(name, code("wrong")), http.StatusForbidden, "does not match", `action="`+name+`"`)
			page = h.post(name, code(h.room.Passcode))
			says(t, page, http.StatusOK, "Personal room of Ada Lovelace", "Your name", `action="/j/2345678903"`)
			form := asks("Grace")
			form.Set("pass", passOf(t, page))
			says(t, h.get(h.post("/j/2345678903", form).Header().Get("Location")), http.StatusOK, "Please wait")
			says(t, h.asHost().get(name), http.StatusOK, "You are the host", `action="/j/2345678903"`)
		}
	})
}

func TestFormerNumberLeadsHereForAWhile(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		planned := h.link(h.meeting(parlor.InRoom, "Weekly", noon.Add(24*time.Hour)))
		h.rename("2345678902", "ada.lovelace")
		says(t, h.get(planned), http.StatusOK, "You are early")
		h.clock.Pass(24 * time.Hour)
		says(t, h.get(planned), http.StatusOK, "Continue to the meeting", "Weekly")
		h.clock.Pass(7 * 24 * time.Hour)
		says(t, h.get(planned), http.StatusOK, "Please enter the passcode")
	})
}

func TestRetiredNumberSaysSoToWhoHadItsLink(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		link := h.link(h.meeting(parlor.InRoom, "Weekly", noon.Add(30*24*time.Hour), "RRULE:FREQ=DAILY"))
		was := h.room.PasscodeVersion
		h.rename("2345678902", "ada.lovelace")
		_, err := h.st.UpdateRoom(t.Context(), h.host.ID, func(r *parlor.Room) { r.PasscodeVersion = was })
		must(t, err)
		h.clock.Pass(30 * 24 * time.Hour)
		says(t, h.get(link), http.StatusGone, "This room has moved", "Ask the person who invited you")
		says(t, h.post(link, enter("")), http.StatusGone)
		says(t, h.get(strings.SplitN(link, "?", 2)[0]), http.StatusOK, "Please enter the passcode")
	})
}

func TestRoomThatIsSwitchedOff(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		planned := h.link(h.meeting(parlor.InRoom, "Weekly", noon))
		bare := strings.TrimPrefix(parlor.RoomLink(origin, h.room, true), origin)
		_, err := h.st.UpdateRoom(t.Context(), h.host.ID, func(r *parlor.Room) { r.Status = parlor.RoomUnavailable })
		must(t, err)
		says(t, h.get(bare), http.StatusGone, "cannot be used just now")
		says(t, h.get(planned), http.StatusOK, "Continue to the meeting")
	})
}
