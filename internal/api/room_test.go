package api

import (
	"net/http"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

type roomJSON struct {
	PMI          string `json:"pmi"`
	PersonalLink string `json:"personal_link"`
	PersonalURL  string `json:"personal_url"`
	Passcode     string `json:"passcode"`
	GraceUntil   string `json:"grace_until"`
	Undoable     bool   `json:"undoable"`
}

func TestTheRoomIsChanged(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		read := h.call("GET", "/v1/room", "", h.as())
		before, etag := decode[roomJSON](t, read, http.StatusOK), read.Header().Get("ETag")
		if etag == "" || before.Undoable || before.GraceUntil != "" {
			t.Fatalf("ETag %q, %+v", etag, before)
		}
		changed := h.call("PATCH", "/v1/room", `{"pmi":"481 516 2342","personal_link":"Ada.Lovelace","grace_days":7}`, h.as(), "If-Match: "+etag)
		room := decode[roomJSON](t, changed, http.StatusOK)
		want := roomJSON{"4815162342", "ada.lovelace", testOrigin + "/my/ada.lovelace", before.Passcode, "2026-11-29T09:00:00Z", true}
		if room != want || changed.Header().Get("ETag") == etag {
			t.Errorf("%+v, want %+v", room, want)
		}
		aProblem(t, h.call("PATCH", "/v1/room", `{"pmi":"4815162343"}`, h.as(), "If-Match: "+etag), http.StatusPreconditionFailed)

		rotated := decode[roomJSON](t, h.call("POST", "/v1/room/passcode", "", h.as()), http.StatusOK)
		if rotated.Passcode == before.Passcode || parlor.ValidatePasscode(rotated.Passcode) != nil {
			t.Errorf("passcode %q", rotated.Passcode)
		}
		undone := decode[roomJSON](t, h.call("POST", "/v1/room/undo", "", h.as()), http.StatusOK)
		if undone.Passcode != before.Passcode || undone.PMI != "4815162342" {
			t.Errorf("undone: %+v", undone)
		}
		if w := h.call("DELETE", "/v1/room/grace", "", h.as()); w.Code != http.StatusNoContent {
			t.Errorf("end of the grace: %d %s", w.Code, w.Body)
		}
		aProblem(t, h.call("POST", "/v1/room/undo", "", h.as()), http.StatusNotFound)
	})
}

func TestWhatARoomCannotBe(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		bob, _, err := h.st.SignIn(t.Context(), parlor.Identity{Kind: parlor.KindGoogle, Subject: "2", Email: "bob@example.com", EmailVerified: true, Name: "Bob"})
		if err != nil {
			t.Fatal(err)
		}
		taken := "4815162342"
		if _, err := h.st.ChangeRoom(t.Context(), bob.ID, parlor.RoomChange{PMI: &taken}); err != nil {
			t.Fatal(err)
		}
		p := aProblem(t, h.call("PATCH", "/v1/room", `{"pmi":"4815162342"}`, h.as()), http.StatusConflict)
		if p.Type != "urn:parlor:taken" || !strings.Contains(p.Detail, "Free are: 48151623") || len(p.Errors) != 4 {
			t.Errorf("%+v", p)
		}
		wrong := `{"pmi":"1234567890","personal_link":"admin","passcode":"fedcba"}`
		p = aProblem(t, h.call("PATCH", "/v1/room", wrong, h.as()), http.StatusUnprocessableEntity)
		if len(p.Errors) != 3 || p.Errors[0].Location != "body.pmi" || strings.Contains(h.logs.String(), "fedcba") {
			t.Errorf("%+v", p)
		}
		for _, body := range []string{`{"pmi":null,"pni":""}`, `{"grace_days":-1}`, `{"grace_days":366}`, `{"pmi":4815162342}`} {
			aProblem(t, h.call("PATCH", "/v1/room", body, h.as()), http.StatusUnprocessableEntity)
		}
		preview := decode[struct {
			Events int
			Faults []struct{ Field, Message string }
		}](t, h.call("POST", "/v1/room/preview", wrong, h.as()), http.StatusOK)
		if preview.Events != 0 || len(preview.Faults) != 3 || preview.Faults[2].Field != "passcode" {
			t.Errorf("%+v", preview)
		}
		aProblem(t, h.call("PATCH", "/v1/room", `{"pmi":"4815162345"}`), http.StatusUnauthorized)
	})
}

func TestTryingManyNumbersIsSlowedDown(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for range 200 {
			w := h.call("POST", "/v1/room/preview", `{"pmi":"4815162342"}`, h.as())
			if w.Code == http.StatusTooManyRequests {
				if aProblem(t, w, http.StatusTooManyRequests); w.Header().Get("Retry-After") == "" {
					t.Error("no Retry-After")
				}
				return
			}
		}
		t.Error("200 numbers were tried at once")
	})
}

func TestHowFarAndWhatIsFree(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		type rewrite struct {
			Active bool
			What   string
			Left   int
		}
		if r := decode[rewrite](t, h.call("GET", "/v1/room/rewrite", "", h.as()), http.StatusOK); r.Active {
			t.Errorf("nothing was changed: %+v", r)
		}
		h.call("POST", "/v1/room/passcode", `{"quietly":true}`, h.as())
		if r := decode[rewrite](t, h.call("GET", "/v1/room/rewrite", "", h.as()), http.StatusOK); r != (rewrite{true, "passcode", 0}) {
			t.Errorf("%+v", r)
		}
		free := decode[struct {
			PMIs  []string `json:"pmis"`
			Links []string `json:"personal_links"`
		}](t, h.call("GET", "/v1/room/suggestions?pmi=4815&name=Ada+Lovelace", "", h.as()), http.StatusOK)
		if len(free.PMIs) != 3 || !strings.HasPrefix(free.PMIs[0], "4815") || len(free.Links) == 0 || free.Links[0] != "ada.lovelace" {
			t.Errorf("%+v", free)
		}
		apply := decode[struct {
			InRoom bool `json:"in_room"`
			Moves  int
			Kept   []any
		}](t, h.call("GET", "/v1/room/apply", "", h.as()), http.StatusOK)
		if apply.InRoom || apply.Moves != 0 || apply.Kept == nil {
			t.Errorf("%+v", apply)
		}
		if w := h.call("POST", "/v1/room/apply", "", h.as()); w.Code != http.StatusNoContent {
			t.Errorf("apply: %d %s", w.Code, w.Body)
		}
	})
}
