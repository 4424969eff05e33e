package api

import (
	"strings"
	"testing"

	"parlor/internal/desk"
)

func TestPeople(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		empty := `{"people":[],"total":0,"next":""}` + "\n"
		same(t, h.call("GET", "/v1/people", "", h.as()).Body.String(), empty)
		made := decode[map[string]string](t, h.call("POST", "/v1/people", `{"address":"Other.example.org"}`, h.as()), 200)
		same(t, made, map[string]string{"address": "@other.example.org"})
		decode[map[string]string](t, h.call("POST", "/v1/people", `{"address":"eve@third.example.org"}`, h.as()), 200)
		found := decode[desk.PeopleView](t, h.call("GET", "/v1/people?search=EVE", "", h.as()), 200)
		same(t, found, desk.PeopleView{People: []desk.KnownPerson{{Address: "eve@third.example.org"}}, Total: 1})

		for range 2 {
			same(t, h.call("DELETE", "/v1/people/@other.example.org", "", h.as()).Code, 204)
		}
		same(t, decode[desk.PeopleView](t, h.call("GET", "/v1/people", "", h.as()), 200), found)
		same(t, h.call("POST", "/v1/people/restore", `{"address":"@other.example.org"}`, h.as()).Code, 204)
		same(t, decode[desk.PeopleView](t, h.call("GET", "/v1/people", "", h.as()), 200).Total, 2)

		p := aProblem(t, h.call("POST", "/v1/people", `{"address":"gmail.com"}`, h.as()), 422)
		if len(p.Errors) != 1 || p.Errors[0].Location != "body.address" || !strings.Contains(p.Errors[0].Message, "one by one") {
			t.Errorf("errors %+v", p.Errors)
		}
		aProblem(t, h.call("POST", "/v1/people", `{}`, h.as()), 422)
		aProblem(t, h.call("GET", "/v1/people?cursor=!", "", h.as()), 422)
		aProblem(t, h.call("GET", "/v1/people", ""), 401)
	})
}

func TestPartOfTheNotificationsIsSaved(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		got := h.call("PUT", "/v1/settings", `{"notify":{"waiting":false}}`, h.as(), "If-Match: *")
		same(t, strings.Contains(got.Body.String(), `"notify":{"waiting":false,"reconnect":true,"rewritten":true}`), true)
	})
}
