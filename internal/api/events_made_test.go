package api

import (
	"net/http"
	"strings"
	"testing"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// enter signs Ada in and makes her session the house's own.
func (l *lobby) enter() {
	l.t.Helper()
	address, tie := l.begin("/signin/google")
	w := l.call("GET", l.choose(address, picked("ada@example.com")), "", "Cookie: "+tie.Name+"="+tie.Value)
	session := cookieFrom(l.t, w, sessionCookie)
	if session == nil {
		l.t.Fatalf("not signed in: %v", w.Header())
	}
	rec, err := l.st.Session(l.t.Context(), session.Value)
	if err != nil {
		l.t.Fatal(err)
	}
	l.cookie, l.acct = session.Value, rec.Account
}

func TestAnEventIsMadeListedAndFreedOfItsLink(t *testing.T) {
	l := newLobby(t)
	l.enter()
	body := `{` + strings.Replace(tea, "Tea", "<b>Tea</b> ☕", 1) +
		`,"attendees":["bob@example.com"],"use_pmi":true,"idempotency_key":"9f8b2c"}`
	made := decode[desk.Scheduled](t, l.call("POST", "/v1/events", body, l.bearer()), http.StatusCreated)
	same(t, decode[desk.Scheduled](t, l.call("POST", "/v1/events", body, l.as()), http.StatusCreated), made)
	room := decode[desk.RoomView](t, l.call("GET", "/v1/room", "", l.as()), 200)
	if !strings.HasPrefix(made.JoinURL, testOrigin+"/j/"+room.PMI+"?") || made.Kind != parlor.InRoom {
		t.Errorf("%+v does not lead into room %s", made, room.PMI)
	}
	same(t, strings.Contains(made.JoinURL, room.Passcode), false)

	ev, err := l.world.Event("ada@example.com", made.EventID)
	if err != nil {
		t.Fatal(err)
	}
	same(t, []any{ev.Fields["summary"], ev.Fields["location"]}, []any{"<b>Tea</b> ☕", made.JoinURL})

	type list struct {
		Meetings []desk.MeetingView
		Next     string
	}
	listed := decode[list](t, l.call("GET", "/v1/meetings", "", l.as()), 200)
	if len(listed.Meetings) != 1 || listed.Meetings[0].Number != made.Number || listed.Meetings[0].JoinURL != made.JoinURL {
		t.Errorf("%+v", listed)
	}
	same(t, l.call("DELETE", "/v1/meetings/"+made.Number, "", l.as()).Code, http.StatusNoContent)
	same(t, decode[list](t, l.call("GET", "/v1/meetings", "", l.as()), 200).Meetings, []desk.MeetingView{})
	if ev, err = l.world.Event("ada@example.com", made.EventID); err != nil {
		t.Fatal(err)
	}
	description, _ := ev.Fields["description"].(string)
	location, _ := ev.Fields["location"].(string)
	same(t, []string{description, location}, []string{"", ""})
	activity := l.call("GET", "/v1/activity", "", l.as()).Body.String()
	for _, want := range []string{`"action":"inject"`, `"action":"remove"`, made.EventID} {
		if !strings.Contains(activity, want) {
			t.Errorf("activity lacks %s: %s", want, activity)
		}
	}
}

func TestStartAMeetingNow(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		room := decode[desk.RoomView](t, h.call("GET", "/v1/room", "", h.as()), 200)
		same(t, strings.Contains(room.Invitation, room.JoinURL), true)
		here := decode[desk.Started](t, h.call("POST", "/v1/room/start", `{"use_pmi":true}`, h.as()), 200)
		same(t, []string{here.JoinURL, here.Number, string(here.Kind)}, []string{room.JoinURL, "", "pmi"})
		once := decode[desk.Started](t, h.call("POST", "/v1/room/start", `{}`, h.bearer()), 200)
		same(t, []any{once.Kind, len(once.Number), once.JoinURL == room.JoinURL}, []any{parlor.OneTime, 11, false})
		aProblem(t, h.call("POST", "/v1/room/start", `{"use_pmi":"yes"}`, h.as()), 422)
		aProblem(t, h.call("POST", "/v1/room/start", `{"now":true}`, h.as()), 422)
		aProblem(t, h.call("POST", "/v1/room/start", `{}`), 401)
	})
}
