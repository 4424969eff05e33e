package zoom_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/zoom"
)

func TestARefreshTokenWorksOnce(t *testing.T) {
	s := newSite(t)
	first := s.signIn()
	again := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {first.Refresh}}
	status, second := s.token(again)
	if status != http.StatusOK || second.Refresh == first.Refresh || second.Access == first.Access {
		t.Fatalf("%d %+v", status, second)
	}
	status, refused := s.token(again)
	is(t, "the old refresh token", fmt.Sprint(status, refused.Error), "400invalid_grant")
	s.clock.Add(91 * 24 * time.Hour)
	status, refused = s.token(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {second.Refresh}})
	is(t, "one that nobody used for 90 days", fmt.Sprint(status, refused.Error), "400invalid_grant")
}

func TestAccessEnds(t *testing.T) {
	s := newSite(t)
	access := s.signIn().Access
	status, me := s.call(access, "GET", "/users/me", "")
	is(t, "me", fmt.Sprint(status, " ", me["pmi"], " ", me["email"], " ", me["personal_meeting_url"] != ""), "200 2345678901 ada@example.com true")
	status, other := s.call(access, "GET", "/users/bob@example.com", "")
	is(t, "somebody else", fmt.Sprint(status, other["code"]), "4041001")
	s.clock.Add(time.Hour)
	status, refused := s.call(access, "GET", "/users/me", "")
	is(t, "after an hour", fmt.Sprint(status, refused["code"]), "401124")
}

func TestErrorsAreXMLForWhomeverAsksForNoJSON(t *testing.T) {
	s := newSite(t)
	resp, body := s.do("GET", "/v2/users/me", "", "Authorization: Bearer none", "Accept: */*")
	is(t, "type", resp.Header.Get("Content-Type"), "application/xml;charset=UTF-8")
	is(t, "body", strings.Contains(body, "<code>124</code>"), true)
}

func TestUsePMI(t *testing.T) {
	for name, tt := range map[string]struct {
		person func(*zoom.Person)
		body   string
		status int
		room   string // the pmi in the answer
	}{
		"asked for":                 {nil, `{"topic":"T","type":2,"settings":{"use_pmi":true}}`, 201, "2345678901"},
		"declined":                  {func(p *zoom.Person) { p.UsePMI = true }, `{"topic":"T","type":2,"settings":{"use_pmi":false}}`, 201, "<nil>"},
		"left out":                  {nil, `{"topic":"T","type":2}`, 201, "<nil>"},
		"left out, hidden default":  {func(p *zoom.Person) { p.UsePMI = true }, `{"topic":"T","type":2}`, 201, "2345678901"},
		"a series without times":    {nil, `{"type":3,"settings":{"use_pmi":true}}`, 201, "2345678901"},
		"a series with times":       {nil, `{"type":8,"settings":{"use_pmi":true}}`, 400, "<nil>"},
		"switched off":              {func(p *zoom.Person) { p.Off = true }, `{"type":2,"settings":{"use_pmi":true}}`, 400, "<nil>"},
		"unknown field":             {nil, `{"type":2,"pmi":2345678901}`, 400, "<nil>"},
		"a type that there is not":  {nil, `{"type":4}`, 400, "<nil>"},
		"a time that is none":       {nil, `{"type":2,"start_time":"tomorrow"}`, 400, "<nil>"},
		"a local time without zone": {nil, `{"type":2,"start_time":"2026-11-23T10:00:00"}`, 400, "<nil>"},
		"a topic too long":          {nil, `{"type":2,"topic":"` + strings.Repeat("x", 201) + `"}`, 400, "<nil>"},
		"a passcode with spaces":    {nil, `{"type":2,"password":"a b"}`, 400, "<nil>"},
	} {
		t.Run(name, func(t *testing.T) {
			person := tt.person
			if person == nil {
				person = func(*zoom.Person) {}
			}
			s := newSite(t, person)
			status, made := s.call(s.signIn().Access, "POST", "/users/me/meetings", tt.body)
			is(t, "status", status, tt.status)
			is(t, "room", fmt.Sprint(made["pmi"]), tt.room)
			if status == http.StatusCreated && fmt.Sprint(made["id"]) == "2345678901" {
				t.Error("a meeting in the room has the room's number as its own")
			}
		})
	}
}

func TestAPasscodeForOneMeetingInTheRoomBecomesTheRooms(t *testing.T) {
	s := newSite(t)
	access := s.signIn().Access
	_, made := s.call(access, "POST", "/users/me/meetings", `{"type":2,"password":"Once1","settings":{"use_pmi":true}}`)
	is(t, "in the meeting", made["password"], "Once1")
	_, settings := s.call(access, "GET", "/users/me/settings", "")
	is(t, "in the room", settings["schedule_meeting"].(map[string]any)["pmi_password"], "Once1")
	_, own := s.call(access, "POST", "/users/me/meetings", `{"type":2,"password":"Mine1","settings":{"use_pmi":false}}`)
	is(t, "in a room of its own", own["password"], "Mine1")
	_, settings = s.call(access, "GET", "/users/me/settings", "")
	is(t, "in the room, still", settings["schedule_meeting"].(map[string]any)["pmi_password"], "Once1")
}

func TestMeetingsComeAndGo(t *testing.T) {
	s := newSite(t)
	access := s.signIn().Access
	_, made := s.call(access, "POST", "/users/me/meetings", `{"topic":"T","type":2,"start_time":"2026-11-23T10:00:00Z","duration":30,"settings":{"use_pmi":true}}`)
	id := made["id"].(json.Number).String()
	status, _ := s.call(access, "PATCH", "/meetings/"+id, `{"topic":"U"}`)
	is(t, "patch", status, http.StatusNoContent)
	_, read := s.call(access, "GET", "/meetings/"+id, "")
	is(t, "topic", read["topic"], "U")
	is(t, "start", read["start_time"], "2026-11-23T10:00:00Z")
	status, refused := s.call(access, "DELETE", "/meetings/2345678901", "")
	is(t, "the room itself", fmt.Sprint(status, refused["message"]), "400PMI erasure is not allowed")
	status, _ = s.call(access, "DELETE", "/meetings/"+id, "")
	is(t, "delete", status, http.StatusNoContent)
	for _, method := range []string{"GET", "DELETE", "PATCH"} {
		status, gone := s.call(access, method, "/meetings/"+id, `{}`)
		is(t, method, fmt.Sprint(status, gone["code"]), "4043001")
	}
}

func TestTheDayHasALimit(t *testing.T) {
	s := newSite(t)
	access := s.signIn().Access
	s.fake.SpendDay(ada, 1)
	another := func() (int, map[string]any) { return s.call(access, "POST", "/users/me/meetings", `{"type":2}`) }
	status, made := another()
	is(t, "the last of the day", status, http.StatusCreated)
	status, refused := another()
	is(t, "one more", fmt.Sprint(status, refused["code"]), "429429")
	status, _ = s.call(access, "PATCH", fmt.Sprint("/meetings/", made["id"]), `{"topic":"U"}`)
	is(t, "a change", status, http.StatusTooManyRequests)
	s.clock.Add(15 * time.Hour) // midnight UTC; the token ends after an hour
	status, _ = s.call(s.signIn().Access, "POST", "/users/me/meetings", `{"type":2}`)
	is(t, "the next day", status, http.StatusCreated)
}

func TestARoomThatIsOff(t *testing.T) {
	for _, number := range []int64{0, -1} {
		s := newSite(t, func(p *zoom.Person) { p.Off, p.NoPMI = true, number })
		access := s.signIn().Access
		_, me := s.call(access, "GET", "/users/me", "")
		is(t, "pmi", fmt.Sprint(me["pmi"]), fmt.Sprint(number))
		_, settings := s.call(access, "GET", "/users/me/settings", "")
		is(t, "switch", settings["schedule_meeting"].(map[string]any)["personal_meeting"], false)
	}
}
