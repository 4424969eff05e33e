package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

// asJSON writes a request.
func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// teaIn is an invitation asked for with what is in the event.
func teaIn(t *testing.T, more map[string]any) string {
	t.Helper()
	body := map[string]any{"title": "Tea", "start": "2026-11-24T10:00:00Z", "end": "2026-11-24T10:30:00Z", "format": "html"}
	for name, value := range more {
		body[name] = value
	}
	return asJSON(t, body)
}

func TestAnInvitationIsPutInAskedAgainAndTakenOut(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		notes := `<html><body><p style="margin:0">Tea 🫖 &amp; cake</p></body></html>`
		ask := func(more map[string]any) desk.Invitation {
			return decode[desk.Invitation](t, h.call("POST", "/v1/invitations", teaIn(t, more), h.bearer()), 200)
		}
		ahead := ask(map[string]any{"preview": true})
		same(t, []string{ahead.JoinURL, ahead.Number}, []string{"", ""})
		made := ask(map[string]any{"current_body": notes, "current_location": ""})
		same(t, []any{made.Replaced, *made.MergedLocation, made.Kind}, []any{false, made.JoinURL, ahead.Kind})
		again := ask(map[string]any{"current_body": *made.MergedBody, "current_location": *made.MergedLocation})
		same(t, []any{again.Replaced, *again.MergedBody, again.Number}, []any{true, *made.MergedBody, made.Number})
		other := ask(map[string]any{"meeting_number": made.Number, "use_pmi": true})
		same(t, []any{other.Number, other.Kind, other.MergedBody == nil}, []any{made.Number, parlor.InRoom, true})

		body := asJSON(t, map[string]any{"format": "html", "current_body": *made.MergedBody, "current_location": *made.MergedLocation})
		left := decode[desk.Removal](t, h.call("POST", "/v1/invitations/removal", body, h.as()), 200)
		same(t, left, desk.Removal{MergedBody: notes, Found: true, Stamp: left.Stamp})
	})
}

func TestInvitationsRefuse(t *testing.T) {
	cases := []struct {
		name     string
		more     map[string]any
		location string
	}{
		{"body too long", map[string]any{"current_body": strings.Repeat("é", 1_000_001)}, "body.current_body"},
		{"no number", map[string]any{"meeting_number": "123"}, "body.meeting_number"},
		{"no address", map[string]any{"on_behalf_of": "grace"}, "body.on_behalf_of"},
		{"wrong type", map[string]any{"preview": "yes"}, "body.preview"},
		{"unknown field", map[string]any{"currentBody": ""}, "body.currentBody"},
	}
	onBoth(t, func(t *testing.T, h *house) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				p := aProblem(t, h.call("POST", "/v1/invitations", teaIn(t, c.more), h.as()), 422)
				if len(p.Errors) != 1 || p.Errors[0].Location != c.location {
					t.Errorf("errors %+v do not name %s", p.Errors, c.location)
				}
			})
		}
		aProblem(t, h.call("POST", "/v1/invitations/removal", `{}`, h.as()), 422)
	})
}

func TestInvitationsTakeAMillionCharacters(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := newHouse(t, rdb, Limits{})
	for piece, length := range map[string]int{"蔵": 990_000, testOrigin + "/j/12345678901\n\n": 100_000, "<div>": 100_000} {
		text := strings.Repeat(piece, length/len([]rune(piece)))
		w := h.call("POST", "/v1/invitations", teaIn(t, map[string]any{"current_body": text}), h.as())
		made := decode[desk.Invitation](t, w, http.StatusOK)
		same(t, len(*made.MergedBody) > len(made.Body), true)
		body := asJSON(t, map[string]any{"current_body": *made.MergedBody})
		left := decode[desk.Removal](t, h.call("POST", "/v1/invitations/removal", body, h.as()), 200)
		same(t, left.Found, true)
	}
	for _, path := range []string{"/v1/invitations", "/v1/invitations/removal"} {
		p := aProblem(t, h.call("POST", path, strings.Repeat(" ", 8<<20+1), h.as()), http.StatusRequestEntityTooLarge)
		same(t, p.Detail, "The request is longer than 8 MiB.")
	}
	p := aProblem(t, h.call("POST", "/v1/events", strings.Repeat(" ", 1<<20+1), h.as()), http.StatusRequestEntityTooLarge)
	same(t, p.Detail, "The request is longer than 1 MiB.")
}
