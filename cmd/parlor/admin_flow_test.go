package main

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

// decides replaces the policy as an administrator.
func (p *person) decides(policy string) {
	p.t.Helper()
	_, _, h := p.call(http.MethodGet, "/v1/admin/policy", nil)
	status, out, _ := p.call(http.MethodPut, "/v1/admin/policy", rawJSON(policy), "If-Match", h.Get("ETag"))
	if status != http.StatusOK {
		p.t.Fatalf("PUT /v1/admin/policy: %d %v", status, out)
	}
}

type rawJSON string

// MarshalJSON is the text as it is.
func (r rawJSON) MarshalJSON() ([]byte, error) { return []byte(r), nil }

func TestAnAdministratorLocksASetting(t *testing.T) {
	h := newHouse(t)
	admin, other := h.arrive(ada), h.arrive(bob)
	if status, _, _ := other.call(http.MethodGet, "/v1/admin/policy", nil); status != http.StatusForbidden {
		t.Errorf("somebody else reads the policy: %d", status)
	}
	if _, status, _ := other.follows("/admin"); status != http.StatusNotFound {
		t.Errorf("somebody else sees administration: %d", status)
	}
	admin.decides(`{"rules":[{"for":{"kind":"domain","name":"example.com"},"settings":
		{"use_pmi_for_instant":{"value":true,"locked":true,"words":"One way for all."},"keyword":{"value":"#call"}}}],"invitation":{}}`)
	settings := other.get("/v1/settings")
	if settings["use_pmi_for_instant"] != true || settings["keyword"] != "#call" {
		t.Errorf("settings %v", settings)
	}
	if locked := fmt.Sprint(settings["locked"]); locked != "map[use_pmi_for_instant:set by your administrator: One way for all.]" {
		t.Errorf("locked %s", locked)
	}
	status, out, _ := other.call(http.MethodPut, "/v1/settings", map[string]any{"use_pmi_for_instant": false}, "If-Match", "*")
	if status != http.StatusForbidden || !strings.Contains(fmt.Sprint(out["errors"]), "body.use_pmi_for_instant") {
		t.Errorf("a change of it: %d %v", status, out)
	}
	other.set(map[string]any{"keyword": "#zap"})
	status, started, _ := other.call(http.MethodPost, "/v1/room/start", map[string]any{"use_pmi": false})
	if status != http.StatusOK || started["kind"] != "pmi" {
		t.Errorf("an instant meeting: %d %v", status, started)
	}
	if got := other.get("/v1/settings")["keyword"]; got != "#zap" {
		t.Errorf("a default gave no way to a choice: %v", got)
	}
}

func TestRoomsThatAreSwitchedOffGiveWayToOneTimeNumbers(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	pmi := p.get("/v1/room")["pmi"]
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	old := p.linked(id)
	if old.ID != pmi {
		t.Fatalf("the link leads to %s, not into the room", old.ID)
	}
	_, _, tag := p.call(http.MethodGet, "/v1/admin/policy", nil)
	const off = `{"rules":[{"for":{"kind":"everyone"},"personal_rooms":"off","personal_rooms_words":"Too many strangers."}],"invitation":{"footer":"Example Ltd"}}`
	p.until("the meeting is counted", func() bool {
		status, estimate, _ := p.call(http.MethodPost, "/v1/admin/policy/preview", rawJSON(off), "If-Match", tag.Get("ETag"))
		return status == http.StatusOK && estimate["people"] == 1.0 && estimate["rooms"] == 1.0 && estimate["events"].(float64) >= 1
	})
	p.decides(off)
	if status := p.get("/v1/room")["status"]; status != "unavailable" {
		t.Errorf("the room is %v", status)
	}
	p.until("the event has a one-time number", func() bool {
		_, link, ok := parlor.Find(p.text(id, "description"), p.portal)
		return ok && link.ID == old.Number
	})
	if text := p.text(id, "description"); !strings.Contains(text, "│ Example Ltd") {
		t.Errorf("the invitation has no footer: %s", text)
	}
	p.told("switched off")
	status, started, _ := p.call(http.MethodPost, "/v1/room/start", map[string]any{"use_pmi": true})
	if status != http.StatusOK || started["kind"] != "one_time" {
		t.Errorf("an instant meeting: %d %v", status, started)
	}
}

func TestAFooterReachesEventsAndLeavesThem(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	const own = "Agenda:\n  1. cake\n"
	id := p.adds(fields("Planning #meet", tomorrow(9), "description", own))
	p.linked(id)
	says := func(text string) func() bool {
		return func() bool { return strings.Contains(p.text(id, "description"), text) }
	}
	p.decides(`{"rules":[],"invitation":{"footer":"First Ltd & Sons","dial_in":"+44 20 7946 0000"}}`)
	p.until("the footer is in the event", says("First Ltd & Sons"))
	p.decides(`{"rules":[],"invitation":{"footer":"Second Ltd"}}`)
	p.until("the next footer is in the event", says("│ Second Ltd"))
	text := p.text(id, "description")
	if strings.Contains(text, "First") || strings.Contains(text, "7946") || parlor.Strip(text, h.portal) != own {
		t.Errorf("the text is now %q", text)
	}
	if len(h.world.Mails()) != 0 {
		t.Errorf("guests were mailed: %v", h.world.Mails())
	}
}

func TestASwitchedOffAccountIsLeftAlone(t *testing.T) {
	h := newHouse(t)
	admin, other := h.arrive(ada), h.settled(bob)
	room := other.get("/v1/room")
	acct, err := h.app.store.AccountByPMI(t.Context(), fmt.Sprint(room["pmi"]))
	if err != nil {
		t.Fatal(err)
	}
	act := func(what string) {
		t.Helper()
		resp, err := admin.client.Post(h.portal+"/admin/people/"+string(acct)+"/"+what, "application/x-www-form-urlencoded", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK || !strings.Contains(resp.Request.URL.RawQuery, "done="+what) {
			t.Fatalf("%s ended at %s with %d", what, resp.Request.URL, resp.StatusCode)
		}
	}
	act("disable")
	if status, _, _ := other.call(http.MethodGet, "/v1/settings", nil); status != http.StatusUnauthorized {
		t.Errorf("their session lives: %d", status)
	}
	if at, _, body := h.visitor(bob).follows("/signin/google"); !strings.Contains(at.RawQuery, "problem=disabled") || !strings.Contains(body, "switched off") {
		t.Errorf("signing in ended at %s", at)
	}
	id := other.adds(fields("Planning #meet", tomorrow(9)))
	other.quiet()
	if text := other.text(id, "description"); text != "" {
		t.Errorf("a pass wrote %q", text)
	}
	act("enable")
	other.linked(id)
	act("delete")
	h.until("the account is gone, and its link out of the event", func() bool {
		_, err := h.app.store.Account(t.Context(), acct)
		return errors.Is(err, parlor.ErrNotFound) && other.text(id, "description") == ""
	})
	h.settled(bob)
}
