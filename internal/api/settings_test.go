package api

import (
	"net/http"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

func TestSettingsKeepWhatAClientDoesNotSend(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		got := h.call("GET", "/v1/settings", "", h.bearer())
		first := decode[parlor.Settings](t, got, http.StatusOK)
		same(t, got.Header().Get("Cache-Control"), "no-store")
		want := first
		want.UsePMIForScheduled, want.Guard.BufferMinutes = true, 10
		put := h.call("PUT", "/v1/settings", `{"use_pmi_for_scheduled":true,"guard":{"buffer_minutes":10},"locked":{}}`,
			h.bearer(), "If-Match: "+got.Header().Get("ETag"))
		same(t, decode[parlor.Settings](t, put, http.StatusOK), want)
		again := h.call("GET", "/v1/settings", "", h.as())
		same(t, decode[parlor.Settings](t, again, http.StatusOK), want)
		if put.Header().Get("ETag") != again.Header().Get("ETag") || put.Header().Get("ETag") == got.Header().Get("ETag") {
			t.Errorf("etags: read %s, put %s, read %s", got.Header().Get("ETag"), put.Header().Get("ETag"), again.Header().Get("ETag"))
		}
		if strings.Contains(again.Body.String(), "$schema") {
			t.Error("body has a $schema")
		}
	})
}

func TestSettingsPutRefuses(t *testing.T) {
	cases := []struct {
		name, ifMatch, body string
		status              int
		location            string
	}{
		{"no If-Match", "", `{"paused":true}`, 428, ""},
		{"stale If-Match", `"0123"`, `{"paused":true}`, 412, ""},
		{"malformed", "*", `{"paused":`, 400, "body"},
		{"two values", "*", `{"paused":true} true`, 400, "body"},
		{"empty", "*", "", 400, ""},
		{"no object", "*", `[]`, 422, "body"},
		{"wrong type", "*", `{"paused":"yes"}`, 422, "body.paused"},
		{"wrong type below", "*", `{"guard":{"buffer_minutes":"many"}}`, 422, "body.guard.buffer_minutes"},
		{"number too large", "*", `{"default_duration_minutes":1e300}`, 422, "body.default_duration_minutes"},
		{"unknown field", "*", `{"pause":true}`, 422, "body.pause"},
		{"unknown field below", "*", `{"guard":{"colour":1}}`, 422, "body.guard.colour"},
		{"not in the list", "*", `{"auto_add":"sometimes"}`, 422, "body.auto_add"},
		{"null", "*", `{"paused":null}`, 422, "body.paused"},
		{"null below", "*", `{"guard":{"overlap":null}}`, 422, "body.guard.overlap"},
		{"out of bounds", "*", `{"guard":{"buffer_minutes":121}}`, 422, "body.guard.buffer_minutes"},
		{"field in other letters", "*", `{"PAUSED":true}`, 422, "body.PAUSED"},
		{"field in other letters below", "*", `{"guard":{"Overlap":"warn"}}`, 422, "body.guard.Overlap"},
		{"keyword that nobody can see", "*", `{"keyword":"\u200b\u202e"}`, 422, "body.keyword"},
		{"half a character", "*", `{"keyword":"#\ud800"}`, 422, "body.keyword"},
		{"keyword of two words", "*", `{"keyword":"two words"}`, 422, "body.keyword"},
	}
	onBoth(t, func(t *testing.T, h *house) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				headers := []string{h.as()}
				if c.ifMatch != "" {
					headers = append(headers, "If-Match: "+c.ifMatch)
				}
				p := aProblem(t, h.call("PUT", "/v1/settings", c.body, headers...), c.status)
				if c.location != "" && (len(p.Errors) == 0 || p.Errors[0].Location != c.location) {
					t.Errorf("errors %+v do not name %s", p.Errors, c.location)
				}
			})
		}
		same(t, decode[parlor.Settings](t, h.call("GET", "/v1/settings", "", h.as()), 200).Paused, false)
	})
}

func TestSettingsLockedByPolicy(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		policy := `{"rules":[{"for":{"kind":"everyone"},"settings":{"guard.overlap":{"value":"warn","locked":true}}}]}`
		if err := h.st.Client().Set(t.Context(), "parlor:policy", policy, 0).Err(); err != nil {
			t.Fatal(err)
		}
		got := decode[parlor.Settings](t, h.call("GET", "/v1/settings", "", h.as()), 200)
		same(t, got.Locked, map[string]string{"guard.overlap": "set by your administrator"})
		p := aProblem(t, h.call("PUT", "/v1/settings", `{"guard":{"overlap":"allow"}}`, h.as(), "If-Match: *"), 403)
		if len(p.Errors) != 1 || p.Errors[0].Location != "body.guard.overlap" {
			t.Errorf("errors %+v do not name the locked field", p.Errors)
		}
		put := h.call("PUT", "/v1/settings", `{"guard":{"overlap":"warn","buffer_minutes":7}}`, h.as(), "If-Match: *")
		same(t, decode[parlor.Settings](t, put, 200).Guard.BufferMinutes, 7)
	})
}
