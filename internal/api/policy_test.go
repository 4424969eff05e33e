package api

import (
	"strings"
	"testing"

	"parlor/internal/connect"
	"parlor/internal/desk"
	"parlor/internal/parlor"
)

const lockedKeyword = `{"rules":[{"for":{"kind":"everyone"},"settings":{"keyword":{"value":"#call","locked":true,"words":"One word for all."}}}],
	"invitation":{"footer":"Example Ltd","languages":["de","en"]}}`

func TestPolicyIsForAdministrators(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		p := aProblem(t, h.call("GET", "/v1/admin/policy", "", h.as()), 403)
		same(t, p.Detail, "Only administrators may do this.")
		h.desk.WithAdmins(connect.Admins{"ada@example.com"})
		same(t, h.call("GET", "/v1/admin/policy", "", h.as()).Code, 200)
		aProblem(t, h.call("GET", "/v1/admin/policy", "", h.bearer()), 403)
		aProblem(t, h.call("GET", "/v1/admin/policy", ""), 401)
		bob := h.person("bob@example.com", "Bob")
		for _, call := range []string{"PUT /v1/admin/policy", "POST /v1/admin/policy/preview"} {
			method, path, _ := strings.Cut(call, " ")
			aProblem(t, h.call(method, path, lockedKeyword, bob, "If-Match: *"), 403)
		}
	})
}

func TestPutPolicy(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.desk.WithAdmins(connect.Admins{"ada@example.com"})
		first := h.call("GET", "/v1/admin/policy", "", h.as())
		same(t, first.Body.String(), `{"rules":[],"invitation":{"footer":"","dial_in":"","languages":[]}}`+"\n")
		aProblem(t, h.call("PUT", "/v1/admin/policy", lockedKeyword, h.as()), 428)
		etag := "If-Match: " + first.Header().Get("ETag")

		preview := decode[desk.Estimate](t, h.call("POST", "/v1/admin/policy/preview", lockedKeyword, h.as(), etag), 200)
		same(t, preview, desk.Estimate{People: 1})
		same(t, h.spread, 0)

		put := h.call("PUT", "/v1/admin/policy", lockedKeyword, h.as(), etag)
		same(t, decode[parlor.Policy](t, put, 200).Rules[0].Rooms, parlor.RoomsUndecided)
		same(t, h.spread, 1)
		same(t, put.Header().Get("ETag") != first.Header().Get("ETag"), true)
		aProblem(t, h.call("PUT", "/v1/admin/policy", lockedKeyword, h.as(), etag), 412)

		settings := h.call("GET", "/v1/settings", "", h.as())
		got := decode[parlor.Settings](t, settings, 200)
		same(t, got.Locked, map[string]string{"keyword": "set by your administrator: One word for all."})
		same(t, got.Keyword+" "+got.Language, "#call en")
		p := aProblem(t, h.call("PUT", "/v1/settings", `{"keyword":"#mine"}`, h.as(), "If-Match: *"), 403)
		same(t, p.Errors[0].Location, "body.keyword")
		same(t, p.Errors[0].Message, "set by your administrator: One word for all.")
		refused := aProblem(t, h.call("PUT", "/v1/settings", `{"language":"ja"}`, h.as(), "If-Match: *"), 422)
		same(t, refused.Errors[0].Location, "body.language")

		again := h.call("PUT", "/v1/admin/policy", lockedKeyword, h.as(), "If-Match: *")
		same(t, again.Header().Get("ETag"), put.Header().Get("ETag"))
		same(t, h.spread, 1)
	})
}

func TestPolicyFaults(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.desk.WithAdmins(connect.Admins{"ada@example.com"})
		for body, want := range map[string]string{
			`{"rules":[{"for":{"kind":"everyone"},"settings":{"keyword":{"value":"a b","locked":true}}}],"invitation":{}}`: "body.rules[0].settings.keyword",
			`{"rules":[{"for":{"kind":"domain"},"personal_rooms":"off"}],"invitation":{}}`:                                 "body.rules[0].for.name",
			`{"rules":[],"invitation":{"footer":"<b>"}}`:                                                                   "body.invitation.footer",
			`{"rules":[],"invitation":{"header":"x"}}`:                                                                     "body.invitation.header",
			`{"rules":[{"for":{"kind":"planet"}}],"invitation":{}}`:                                                        "body.rules[0].for.kind",
			`{"invitation":{}}`: "body",
		} {
			for _, call := range []string{"PUT /v1/admin/policy", "POST /v1/admin/policy/preview"} {
				method, path, _ := strings.Cut(call, " ")
				p := aProblem(t, h.call(method, path, body, h.as(), "If-Match: *"), 422)
				if len(p.Errors) == 0 || p.Errors[0].Location != want {
					t.Errorf("%s of %s: %+v", method, body, p.Errors)
				}
			}
		}
		same(t, h.spread, 0)
	})
}
