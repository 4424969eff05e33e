package api

import (
	"net/http"
	"testing"
	"time"

	"parlor/internal/desk"
	"parlor/internal/store"
)

func TestRoomIsLockedByItsOwner(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for _, body := range []string{`{"locked":true}`, `{"locked":false}`} {
			want := body == `{"locked":true}`
			room := decode[desk.RoomView](t, h.call("POST", "/v1/room/lock", body, h.bearer()), http.StatusOK)
			again := decode[desk.RoomView](t, h.call("GET", "/v1/room", "", h.bearer()), http.StatusOK)
			if room.Locked != want || again.Locked != want {
				t.Errorf("%s: %t, %t", body, room.Locked, again.Locked)
			}
		}
		for _, body := range []string{`{}`, `{"locked":"yes"}`, `{"locked":null}`, ``} {
			if got := h.call("POST", "/v1/room/lock", body, h.bearer()); got.Code != http.StatusUnprocessableEntity && got.Code != http.StatusBadRequest {
				t.Errorf("%q: status %d", body, got.Code)
			}
		}
	})
}

func TestWaitingIsListedForTheHostAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		type listed struct {
			Waiting []desk.WaitingView `json:"waiting"`
			Total   int                `json:"total"`
		}
		list := func() listed {
			return decode[listed](t, h.call("GET", "/v1/room/waiting", "", h.bearer()), http.StatusOK)
		}
		same(t, list(), listed{Waiting: []desk.WaitingView{}})
		since := h.clock.Now().UTC().Truncate(time.Second)
		guest := store.Guest{Ticket: store.TicketOf("abcdefghijklmnopqrstuvwx27", "secret"), Name: "Grace <b>", Number: "12345678901", Since: since}
		if _, err := h.st.Wait(t.Context(), h.acct, guest); err != nil {
			t.Fatal(err)
		}
		same(t, list(), listed{[]desk.WaitingView{{Name: "Grace <b>", Number: "12345678901", Since: since}}, 1})
		if got := h.call("GET", "/v1/room/waiting", ""); got.Code != http.StatusUnauthorized {
			t.Errorf("a stranger: status %d", got.Code)
		}
	})
}
