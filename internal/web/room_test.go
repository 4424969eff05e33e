package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

func TestRoomShowsWhoWaits(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, "Weekly", noon)
		if told := h.verdict(h.get("/meetings/room/waiting")); told.Says["waiting"] != "" {
			t.Errorf("nobody waits: %+v", told)
		}
		for i, guest := range []store.Guest{{Name: "Bob", Number: m.Number}, {Name: hostile}} {
			guest.Ticket, guest.Since = store.TicketOf("sitting", guest.Name), noon.Add(time.Duration(i)*time.Minute)
			_, err := h.st.Wait(t.Context(), h.acct, guest)
			must(t, err)
		}
		page := h.get("/meetings/room")
		says(t, page, http.StatusOK, "2 people are waiting at your door", "Bob for “Weekly”, since 12:00", "since 12:01", "Let them in or turn them away")
		if strings.Contains(page.Body.String(), "<script>alert") {
			t.Error("a guest's name is markup")
		}
		told := h.verdict(h.get("/meetings/room/waiting"))
		if told.Says["waiting"] != "2 people are waiting at your door" || len(told.Lines) != 2 || told.Lines[0] != "Bob for “Weekly”, since 12:00" {
			t.Errorf("told: %+v", told)
		}
	})
}

func TestRoomIsLockedAndUnlocked(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.room()
		leads(t, h.post("/meetings/room/lock", url.Values{"locked": {"true"}}), "/meetings/room?done=locked")
		says(t, h.get("/meetings/room"), http.StatusOK, "Your room is locked.", ">Unlock</button>")
		leads(t, h.post("/meetings/room/lock", url.Values{"locked": {"false"}}), "/meetings/room?done=unlocked")
		if h.room().Locked {
			t.Error("still locked")
		}
	})
}

func TestARoomThatIsOffIsNotHandedOut(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		room := h.room()
		says(t, h.get("/meetings/room"), http.StatusOK, "Copy link", "Copy invitation")
		h.rule(parlor.Rule{Rooms: parlor.RoomsOff})
		page := h.get("/meetings/room")
		says(t, page, http.StatusOK, "Your administrator has switched personal rooms off.", grouped(room.PMI))
		if strings.Contains(page.Body.String(), "Copy invitation") || strings.Contains(page.Body.String(), "Copy link") {
			t.Error("guests are invited to a room that is off")
		}
	})
}

func TestDataOfSomebodyWithoutCalendars(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.room()
		page := h.get("/settings/data/parlor.json")
		says(t, page, http.StatusOK)
		var all map[string]any
		must(t, json.Unmarshal(page.Body.Bytes(), &all))
		for part, value := range all {
			if value == nil {
				t.Errorf("%s is null", part)
			}
		}
	})
}

func TestGraceSaysWhenThereIsNone(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		says(t, h.get("/profile/grace"), http.StatusOK, "There are none")
	})
}
