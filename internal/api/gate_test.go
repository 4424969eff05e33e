package api

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/integrations/jitsi"
	"parlor/internal/connect"
	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

const (
	gateSecret = "shared with prosody"
	sitting    = "abcdefghijklmnopqrstuvwx27"
)

// behindJitsi is a house whose Jitsi asks for reservations.
func behindJitsi(t *testing.T, rdb redis.UniversalClient) *house {
	t.Helper()
	h := newHouse(t, rdb, Limits{})
	video := jitsi.New(jitsi.Config{URL: "https://meet.example.com", ReservationSecret: gateSecret, Now: h.clock.Now})
	h.cn = connect.New(h.st, testOrigin, connect.Domains{"example.com"}, nil, video, h.clock.Now)
	handler, err := New(h.cfg, desk.New(h.st, h.cn, h.cfg.Sync, testOrigin, h.clock.Now), h.cn, h.st, h.pages)
	if err != nil {
		t.Fatal(err)
	}
	h.handler = handler
	return h
}

// prosody sends a request as Prosody's net.http writes it on the wire.
func (h *house) prosody(method, path, authorization, body string) *recorder {
	h.t.Helper()
	lines := []string{
		method + " " + path + " HTTP/1.1", "Host: parlor.example.com", "Accept: */*", "Connection: Keep-Alive",
		"User-Agent: Prosody (0.12.4; LuaSocket)",
	}
	if authorization != "" {
		lines = append(lines, "Authorization: "+authorization)
	}
	if body != "" {
		lines = append(lines, "Content-Type: application/x-www-form-urlencoded", "Content-Length: "+strconv.Itoa(len(body)))
	}
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(strings.Join(lines, "\r\n") + "\r\n\r\n" + body)))
	if err != nil {
		h.t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	return w
}

const (
	asked  = "name=" + sitting + "&mail_owner=a1b2%40meet.example.com&start_time=2026-11-22T09%3A00%3A03.000Z"
	bearer = "Bearer " + gateSecret
)

func TestJitsiAsksWhetherAConferenceMayOpen(t *testing.T) {
	for name, open := range map[string]func() redis.UniversalClient{
		"miniredis": func() redis.UniversalClient { rdb, _ := storetest.Mini(t); return rdb },
		"redis":     func() redis.UniversalClient { return storetest.Redis(t) },
	} {
		t.Run(name, func(t *testing.T) {
			h := behindJitsi(t, open())
			w := h.prosody("POST", "/hooks/jitsi/conference", bearer, asked)
			same(t, w.Code, http.StatusForbidden) // nobody came through the door
			same(t, messageOf(t, w), "Please come in by the link in your invitation.")

			h.sit(t, parlor.Sitting{Account: h.acct, Until: testNow.Add(90 * time.Minute)})
			w = h.prosody("POST", "/hooks/jitsi/conference", bearer, asked)
			same(t, w.Code, http.StatusOK)
			same(t, w.Body.String(), `{"id":"`+sitting+`","name":"`+sitting+`","mail_owner":"a1b2@meet.example.com","start_time":"2026-11-22T09:00:03.000Z","duration":5400}`)
			same(t, w.Header().Get("Content-Type"), "application/json")

			same(t, h.prosody("GET", "/hooks/jitsi/conference/"+sitting, bearer, "").Code, http.StatusOK)
			same(t, h.prosody("DELETE", "/hooks/jitsi/conference/"+sitting, bearer, "").Code, http.StatusNoContent)
			same(t, h.prosody("POST", "/hooks/jitsi/conference", bearer, asked).Code, http.StatusOK) // somebody came back

			h.clock.Pass(91 * time.Minute)
			w = h.prosody("POST", "/hooks/jitsi/conference", bearer, asked)
			same(t, w.Code, http.StatusForbidden)
			same(t, messageOf(t, w), "This meeting has ended.")
		})
	}
}

func TestACancelledMeetingDoesNotOpen(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := behindJitsi(t, rdb)
	ctx := t.Context()
	m, rev, err := h.st.ClaimMeeting(ctx, h.acct, 0, parlor.Meeting{
		Kind: parlor.InRoom, State: parlor.Scheduled, Event: parlor.EventRef{Calendar: "ada", ID: "e1"},
		Start: parlor.Moment{Time: testNow}, End: parlor.Moment{Time: testNow.Add(time.Hour)},
	})
	if err != nil {
		t.Fatal(err)
	}
	h.sit(t, parlor.Sitting{Account: h.acct, Number: m.Number, Until: testNow.Add(time.Hour)})
	same(t, h.prosody("POST", "/hooks/jitsi/conference", bearer, asked).Code, http.StatusOK)
	for _, state := range []parlor.MeetingState{parlor.MeetingCancelled, parlor.LinkRemoved} {
		m.State = state
		if rev, err = h.st.UpdateMeeting(ctx, h.acct, rev, m); err != nil {
			t.Fatal(err)
		}
		same(t, h.prosody("POST", "/hooks/jitsi/conference", bearer, asked).Code, http.StatusForbidden)
	}
}

func TestNobodyElseMayAsk(t *testing.T) {
	rdb, mini := storetest.Mini(t)
	h := behindJitsi(t, rdb)
	h.sit(t, parlor.Sitting{Account: h.acct})
	for _, authorization := range []string{"", "Bearer", "Bearer guess", "Basic cGFybG9yOmd1ZXNz"} {
		for _, request := range [][2]string{{"POST", "/hooks/jitsi/conference"}, {"GET", "/hooks/jitsi/conference/" + sitting}, {"DELETE", "/hooks/jitsi/conference/" + sitting}} {
			w := h.prosody(request[0], request[1], authorization, asked)
			same(t, w.Code, http.StatusUnauthorized)
			if strings.Contains(w.Body.String(), sitting) {
				t.Error("the answer tells of the session")
			}
		}
	}
	// The user and password of reservations_api_prefix.
	same(t, h.prosody("POST", "/hooks/jitsi/conference", "Basic cGFybG9yOnNoYXJlZCB3aXRoIHByb3NvZHk=", asked).Code, http.StatusOK)
	for body, want := range map[string]int{"name=standup": http.StatusForbidden, "": http.StatusForbidden, "name=%zz": http.StatusBadRequest} {
		same(t, h.prosody("POST", "/hooks/jitsi/conference", bearer, body).Code, want)
	}
	mini.Close()
	w := h.prosody("POST", "/hooks/jitsi/conference", bearer, asked)
	same(t, w.Code, http.StatusServiceUnavailable) // Prosody asks again after 5xx
}

func (h *house) sit(t *testing.T, v parlor.Sitting) {
	t.Helper()
	if err := h.st.PutSitting(t.Context(), sitting, v); err != nil {
		t.Fatal(err)
	}
}

func messageOf(t *testing.T, w *recorder) string {
	t.Helper()
	var answer struct{ Message string }
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Message
}
