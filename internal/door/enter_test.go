package door

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

var sessionPath = regexp.MustCompile(`^https://meet\.example\.org/([a-z2-7]{26})(#.*)?$`)

// enters posts the form and returns the session's name at the video system.
func (h *house) enters(path, pass string) string {
	h.t.Helper()
	answer := h.post(path, enter(pass))
	found := sessionPath.FindStringSubmatch(answer.Header().Get("Location"))
	if answer.Code != http.StatusSeeOther || found == nil {
		h.t.Fatalf("%s: status %d to %q", path, answer.Code, answer.Header().Get("Location"))
	}
	return found[1]
}

func TestSessions(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		daily := h.link(h.meeting(parlor.InRoom, "Daily", noon, "RRULE:FREQ=DAILY"))
		other := h.link(h.meeting(parlor.InRoom, "Other", noon))
		room := strings.TrimPrefix(parlor.RoomLink(origin, h.room, true), origin)
		today := h.enters(daily, "")
		seen := map[string]string{today: "daily", h.enters(other, ""): "other"}
		h.as = &store.SessionRecord{Account: h.host.ID}
		seen[h.enters(room, "")], h.as = "room", nil
		if len(seen) != 3 {
			t.Errorf("sessions are shared: %v", seen)
		}
		h.clock.Pass(30 * time.Minute)
		if h.enters(daily, "") != today {
			t.Error("two guests of one meeting are sent to two sessions")
		}
		h.clock.Pass(24 * time.Hour)
		if h.enters(daily, "") == today {
			t.Error("yesterday's session is used again")
		}
	})
}

func TestTheVideoSystemCanAskAboutASessionThatSomebodyEntered(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, "Weekly", noon)
		path := h.link(m)
		name := sessionPath.FindStringSubmatch(h.post(path, enter("")).Header().Get("Location"))[1]
		want := parlor.Sitting{Account: h.host.ID, Number: m.Number, Until: noon.Add(2 * time.Hour)}
		if got, err := h.st.Sitting(t.Context(), name); err != nil || !cmp.Equal(got, want) {
			t.Errorf("%v %s", err, cmp.Diff(want, got))
		}
		h.as = &store.SessionRecord{Account: h.host.ID}
		room := h.enters(strings.TrimPrefix(parlor.RoomLink(origin, h.room, true), origin), "")
		if got, err := h.st.Sitting(t.Context(), room); err != nil || got.Number != "" || !got.Until.IsZero() {
			t.Errorf("the bare room: %v %v", got, err)
		}
	})
}

func TestPasscode(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, "Weekly", noon)
		path := "/j/" + h.room.PMI + "?omn=" + m.Number
		says(t, h.post(path, code("wrong")), http.StatusForbidden, "does not match", `aria-invalid="true"`)
		page := h.post(path, code(" "+h.room.Passcode+" "))
		says(t, page, http.StatusOK, "Weekly", "Continue to the meeting")
		pass := passOf(t, page)
		if h.enters(path, pass) != h.enters(h.link(m), "") {
			t.Error("the passcode leads somewhere else than the link")
		}
		says(t, h.post("/j/"+h.room.PMI, enter(pass)), http.StatusForbidden, "Please enter the passcode")
		h.clock.Pass(passLife)
		says(t, h.post(path, enter(pass)), http.StatusForbidden, "that took a while")
	})
}

func TestNewPasscodeRetiresLinksAndPasses(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		path := h.link(h.meeting(parlor.InRoom, "Weekly", noon))
		pass := passOf(t, h.post(path, code(h.room.Passcode)))
		_, err := h.st.UpdateRoom(t.Context(), h.host.ID, func(r *parlor.Room) { r.PasscodeVersion++ })
		must(t, err)
		says(t, h.get(path), http.StatusOK, "Please enter the passcode")
		says(t, h.post(path, enter(pass)), http.StatusForbidden)
	})
}

func TestGuessingIsLimited(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		var last *httptest.ResponseRecorder
		for range triesPerAddress.Requests {
			last = h.post("/j/2345678901", code("guess"))
		}
		says(t, last, http.StatusTooManyRequests, "tried too often. Try again in ")
		if last.Header().Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
		says(t, h.post("/j/"+h.room.PMI, code(h.room.Passcode)), http.StatusTooManyRequests)
		says(t, h.get("/j/"+h.room.PMI), http.StatusOK)

		h.from = "192.0.2.2:1"
		says(t, h.post("/j/"+h.room.PMI, code(h.room.Passcode)), http.StatusOK)
	})
}

func TestOneNumberIsGuessedFromManyAddresses(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		limited := 0
		for i := range triesPerNumber.Requests {
			h.from = "192.0.2." + string(rune('0'+i%10)) + string(rune('0'+i/10%10)) + ":1"
			if h.post("/j/"+h.room.PMI, code("guess")).Code == http.StatusTooManyRequests {
				limited++
			}
		}
		if limited == 0 {
			t.Error("a number can be guessed at without end")
		}
	})
}

// TestLimitsTellNoNames: names that nobody has share no limit, which would tell them from those that somebody has.
func TestLimitsTellNoNames(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.rename("2345678903", "countess")
		for i := range triesPerNumber.Requests + 1 {
			h.from = fmt.Sprintf("192.0.2.%d:1", i)
			h.post("/my/nobody", code("guess"))
		}
		says(t, h.post("/my/nobody", code("guess")), http.StatusTooManyRequests)
		says(t, h.post("/my/Nobody", code("guess")), http.StatusTooManyRequests)
		h.from = "198.51.100.1:1"
		says(t, h.post("/my/countess", code("guess")), http.StatusForbidden)
		says(t, h.post("/my/noone", code("guess")), http.StatusForbidden)
	})
}

func TestLargeFormsAreRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		says(t, h.post("/j/2345678901", code(strings.Repeat("x", maxForm))), http.StatusBadRequest, "could not be read")
	})
}
