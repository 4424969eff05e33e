package api

import (
	"strings"
	"testing"

	"parlor/internal/desk"
)

const tea = `"title":"Tea","start":"2026-11-24T10:00:00Z","end":"2026-11-24T10:30:00Z","time_zone":"Europe/London"`

func TestEventsRefuse(t *testing.T) {
	cases := []struct {
		name, body string
		status     int
		location   string
	}{
		{"malformed", `{` + tea, 400, "body"},
		{"no object", `"tea"`, 422, "body"},
		{"nothing", `{}`, 422, "body"},
		{"wrong type", `{` + tea + `,"attendees":"bob@example.com"}`, 422, "body.attendees"},
		{"wrong type below", `{` + tea + `,"attendees":[1]}`, 422, "body.attendees[0]"},
		{"unknown field", `{` + tea + `,"color":"red"}`, 422, "body.color"},
		{"null title", strings.Replace(`{`+tea+`}`, `"Tea"`, `null`, 1), 422, "body.title"},
		{"date without a zone", strings.Replace(`{`+tea+`}`, `10:00:00Z`, `10:00:00`, 1), 422, "body.start"},
		{"no date", strings.Replace(`{`+tea+`}`, `2026-11-24T10:00:00Z`, `soon`, 1), 422, "body.start"},
		{"31 February", strings.Replace(`{`+tea+`}`, `2026-11-24T10:00`, `2026-02-31T10:00`, 1), 422, "body.start"},
		{"year 0001", strings.Replace(`{`+tea+`}`, `2026-11-24T10:00`, `0001-01-01T10:00`, 1), 422, "body.start"},
		{"year 9999", strings.Replace(`{`+tea+`}`, `2026-11-24T10:30`, `9999-12-31T10:00`, 1), 422, "body.end"},
		{"end before start", strings.Replace(`{`+tea+`}`, `10:30`, `09:30`, 1), 422, "body.end"},
		{"unknown zone", strings.Replace(`{`+tea+`}`, `Europe/London`, `Mars/Olympus`, 1), 422, "body.time_zone"},
		{"title too long", strings.Replace(`{`+tea+`}`, `Tea`, strings.Repeat("é", 1025), 1), 422, "body.title"},
		{"no address", `{` + tea + `,"attendees":["bob"]}`, 422, "body.attendees"},
		{"no rule", `{` + tea + `,"recurrence":["often"]}`, 422, "body.recurrence"},
		{"not one of my calendars", `{` + tea + `,"calendar":"bob@example.com"}`, 422, "body.calendar"},
	}
	onBoth(t, func(t *testing.T, h *house) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				p := aProblem(t, h.call("POST", "/v1/events", c.body, h.bearer()), c.status)
				if len(p.Errors) == 0 || p.Errors[0].Location != c.location {
					t.Errorf("errors %+v do not name %s", p.Errors, c.location)
				}
			})
		}
	})
}

func TestInvitations(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		titled := strings.Replace(tea, "Tea", `<script>alert(1)</script> 🫖 \u200fשלום`, 1)
		for _, format := range []string{"html", "text"} {
			body := `{` + titled + `,"format":"` + format + `","attendees":["bob@example.com"],"use_pmi":true}`
			made := decode[desk.Invitation](t, h.call("POST", "/v1/invitations", body, h.as()), 200)
			if len(made.Number) != 11 || !strings.HasPrefix(made.JoinURL, testOrigin+"/j/") {
				t.Errorf("%+v", made)
			}
			same(t, strings.Contains(made.Body, "<script>"), false)
			same(t, strings.Contains(made.Body, "<br") || strings.Contains(made.Body, "<p"), format == "html")
		}
		aProblem(t, h.call("POST", "/v1/invitations", `{`+tea+`,"format":"pdf"}`, h.as()), 422)
	})
}

func TestMeetingsAndActivityRefuse(t *testing.T) {
	rdb := newMini(t)
	h := newHouse(t, rdb, Limits{})
	for path, location := range map[string]string{
		"/v1/meetings?from=yesterday":                                    "query.from",
		"/v1/meetings?from=2026-11-24T10:00:00Z&to=2026-11-23T10:00:00Z": "query.to",
		"/v1/meetings?from=2026-01-01T00:00:00Z&to=2036-01-01T00:00:00Z": "query.to",
		"/v1/meetings?cursor=%24%24":                                     "query.cursor",
		"/v1/activity?cursor=first":                                      "query.cursor",
	} {
		p := aProblem(t, h.call("GET", path, "", h.as()), 422)
		if len(p.Errors) != 1 || p.Errors[0].Location != location {
			t.Errorf("%s: errors %+v do not name %s", path, p.Errors, location)
		}
	}
	aProblem(t, h.call("DELETE", "/v1/meetings/12345678901", "", h.as()), 404)
	same(t, h.call("GET", "/v1/meetings", "", h.as()).Body.String(), `{"meetings":[],"next":""}`+"\n")
	same(t, h.call("GET", "/v1/activity", "", h.as()).Body.String(), `{"activity":[],"next":""}`+"\n")
	same(t, h.call("GET", "/v1/calendars", "", h.as()).Body.String(), `{"calendars":[],"connections":[{"service":"google","email":"ada@example.com","state":"ok","error":""}]}`+"\n")
}
