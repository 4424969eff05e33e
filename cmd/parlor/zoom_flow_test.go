package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/zoom"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

const zoomPMI = "2468135790"

// atZoom is Ada in a house whose rooms are Zoom's, who has connected it.
func atZoom(t *testing.T) *person {
	t.Helper()
	h := newHouseBehind(t, parlor.KindZoom, time.Now)
	p := h.settled(ada)
	p.goes("/connect/zoom")
	p.until("the room has Zoom's number", func() bool { return p.get("/v1/room")["pmi"] == zoomPMI })
	p.set(open)
	p.quiet()
	return p
}

func TestConnectingZoomBringsItsRoom(t *testing.T) {
	h := newHouseBehind(t, parlor.KindZoom, time.Now)
	p := h.settled(ada)
	room := p.get("/v1/room")
	if room["pmi"] == zoomPMI || room["status"] != "unavailable" {
		t.Errorf("before: %v", room)
	}
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	early := p.linked(p.adds(fields("Early #meet", tomorrow(9))))
	if len(early.ID) != 11 {
		t.Errorf("a room that is not there yet was given to an event: %v", early)
	}
	p.goes("/connect/zoom")
	p.until("the room has Zoom's number", func() bool { return p.get("/v1/room")["pmi"] == zoomPMI })
	if room = p.get("/v1/room"); room["status"] != "ready" || room["personal_link"] != "ada.lovelace" {
		t.Errorf("after: %v", room)
	}
	p.told("Your Personal Meeting ID is " + zoomPMI + " now, as it is at Zoom")
	link := p.linked(p.adds(fields("Planning #meet", tomorrow(14))))
	if link.ID != zoomPMI || len(link.Number) != 11 {
		t.Errorf("%+v", link)
	}
	if n := h.video.Count(http.MethodPost, "/v2/*") + h.video.Count(http.MethodPatch, "/v2/*"); n != 0 {
		t.Errorf("%d writes at Zoom", n)
	}
	if status, out, _ := p.call(http.MethodPatch, "/v1/room", map[string]any{"pmi": "4815162342"}); status != http.StatusUnprocessableEntity {
		t.Errorf("what is Zoom's was changed here: %d %v", status, out)
	}
}

// TestEventsFollowZoomsNumber: one reading of the room at Zoom, whatever the number of events, and one write for each event.
func TestEventsFollowZoomsNumber(t *testing.T) {
	p := atZoom(t)
	var ids []string
	ids = append(ids, p.adds(fields("Now #meet", soon())))
	for i := range 199 {
		ids = append(ids, p.adds(fields(fmt.Sprintf("Event %d #meet", i), tomorrow(8).AddDate(0, 0, i))))
	}
	for _, id := range ids {
		p.linked(id)
	}
	p.quiet()
	p.fake.ResetCalls()
	p.video.ResetCalls()
	old := p.linked(ids[0])
	p.video.Change(ada, func(z *zoom.Person) { z.PMI = 3692581470 })
	for _, id := range ids {
		p.untilWithin(2*time.Minute, id+" follows", func() bool { return p.linked(id).ID == "3692581470" })
	}
	p.quiet()
	if n := p.fake.Count(http.MethodPatch, "/calendar/v3/calendars/*/events/*"); n != len(ids) {
		t.Errorf("%d writes for %d events", n, len(ids))
	}
	who, settings, all := p.video.Count("GET", "/v2/users/me"), p.video.Count("GET", "/v2/users/me/settings"), p.video.Count("", "/v2/*")
	if all != 2 || settings != 1 { // the person and their settings: one reading of the room
		t.Errorf("%d calls to Zoom, %d below the person, %d for the settings; want one reading of the room", all, who, settings)
	}
	if len(p.world.Mails()) != 0 {
		t.Error("guests were mailed")
	}
	again := p.linked(ids[0])
	if again.Number != old.Number {
		t.Error("the meeting number changed with the room")
	}
	for what, link := range map[string]parlor.Link{"the new link": again, "the old one, in its grace": old} {
		if to := p.enters(link); !strings.HasPrefix(to, p.zoom+"/j/3692581470?pwd=") {
			t.Errorf("%s leads to %s", what, to)
		}
	}
}

// enters goes through the door as a guest whom nobody has to let in, and returns where it leads.
func (p *person) enters(link parlor.Link) string {
	p.t.Helper()
	guest := p.visitor("")
	guest.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	at := fmt.Sprintf("%s/j/%s?pwd=%s", p.portal, link.ID, link.Token)
	if link.Number != link.ID {
		at += "&omn=" + link.Number
	}
	resp, err := guest.client.PostForm(at, map[string][]string{"do": {"enter"}})
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.Header.Get("Location")
}

// open lets guests in by the link alone, before the host is there.
var open = map[string]any{"use_pmi_for_scheduled": true, "waiting_room": false, "join_before_host": true, "guard": map[string]any{"unfamiliar": "allow"}}

func TestAPasscodeChangedAtZoomNeedsNoEvent(t *testing.T) {
	p := atZoom(t)
	id := p.adds(fields("Planning #meet", soon()))
	link := p.linked(id)
	p.quiet()
	before := p.enters(link)
	p.fake.ResetCalls()
	p.video.Change(ada, func(z *zoom.Person) { z.Passcode = "Engine2" })
	p.until("the door leads to Zoom's new link", func() bool { return p.enters(link) != before })
	p.quiet()
	if n := p.fake.Count(http.MethodPatch, "/calendar/v3/*"); n != 0 {
		t.Errorf("%d events were written", n)
	}
}

func TestInvitationsWithZoomsOwnLink(t *testing.T) {
	d := &demoRun{}
	h := furnished(t, d, time.Now, func(c *config) {
		c.rooms = d.videos()[parlor.KindZoom].config
		c.rooms.zoom.direct = true
	})
	p := h.settled(ada)
	p.goes("/connect/zoom")
	p.until("the room has Zoom's number", func() bool { return p.get("/v1/room")["pmi"] == zoomPMI })
	p.set(open)
	id := p.adds(fields("Planning #meet", soon(), "description", "Agenda"))
	p.linked(id)
	p.quiet()
	there := func() string { return p.enters(p.linked(id)) }
	address := there()
	if text := p.text(id, "description"); !strings.Contains(text, "Zoom: "+address) || !strings.Contains(text, h.portal+"/j/") {
		t.Errorf("the invitation says %s", text)
	}
	p.fake.ResetCalls()
	p.video.Change(ada, func(z *zoom.Person) { z.Passcode = "Engine2" })
	p.until("the event has Zoom's new link", func() bool {
		now := there()
		return now != address && strings.Contains(p.text(id, "description"), "Zoom: "+now)
	})
	p.quiet()
	if n := p.fake.Count(http.MethodPatch, "/calendar/v3/calendars/*/events/*"); n != 1 {
		t.Errorf("%d writes", n)
	}
	if text := parlor.Strip(p.text(id, "description"), h.portal); text != "Agenda" {
		t.Errorf("own text became %q", text)
	}
}

func TestARoomSwitchedOffAtZoom(t *testing.T) {
	p := atZoom(t)
	id := p.adds(fields("Planning #meet", soon()))
	p.linked(id)
	p.quiet()
	p.video.Change(ada, func(z *zoom.Person) { z.Off = true })
	p.until("the event has a one-time number", func() bool { return len(p.linked(id).ID) == 11 })
	if room := p.get("/v1/room"); room["status"] != "unavailable" {
		t.Errorf("%v", room)
	}
	p.told("cannot be used at Zoom")
	first, second := p.enters(p.linked(id)), p.enters(p.linked(id))
	if !strings.HasPrefix(first, p.zoom+"/j/8") || first != second {
		t.Errorf("one meeting leads to %s and to %s", first, second)
	}
	if n := p.video.Count(http.MethodPost, "/v2/users/me/meetings"); n != 1 {
		t.Errorf("%d meetings were made at Zoom", n)
	}
	p.video.Change(ada, func(z *zoom.Person) { z.Off = false })
	p.until("the room is back", func() bool { return p.get("/v1/room")["status"] == "ready" })
}

func TestTheDayIsUsedUpAtZoom(t *testing.T) {
	p := atZoom(t)
	p.set(map[string]any{"use_pmi_for_scheduled": false})
	p.video.SpendDay(ada, 1)
	first := p.linked(p.adds(fields("First #meet", soon())))
	second := p.linked(p.adds(fields("Second #meet", soon())))
	if to := p.enters(first); !strings.HasPrefix(to, p.zoom+"/j/8") {
		t.Errorf("the last meeting of the day leads to %q", to)
	}
	for range 2 {
		if to := p.enters(second); to != "" {
			t.Errorf("one more leads to %s", to)
		}
	}
	resp, err := p.visitor("").client.PostForm(fmt.Sprintf("%s/j/%s?pwd=%s", p.portal, second.ID, second.Token), map[string][]string{"do": {"enter"}})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if said, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(said), "until 00:00 UTC") {
		t.Errorf("%d %.2000s", resp.StatusCode, said)
	}
	p.told("until 00:00 UTC")
	if n := strings.Count(p.activity(), "daily_limit"); n != 1 {
		t.Errorf("the host is told %d times", n)
	}
	if to := p.enters(first); !strings.HasPrefix(to, p.zoom+"/j/8") {
		t.Errorf("a meeting that is there leads to %q", to)
	}
}

func TestZoomIsTakenAway(t *testing.T) {
	p := atZoom(t)
	link := p.linked(p.adds(fields("Planning #meet", soon())))
	p.video.Revoke(ada)
	p.until("the portal asks to connect again", func() bool {
		_, _, body := p.follows("/profile")
		return strings.Contains(body, "Connect Zoom again")
	})
	if to := p.enters(link); !strings.HasPrefix(to, p.zoom+"/j/"+zoomPMI) {
		t.Errorf("guests are kept out of a room that is there: %s", to)
	}
	p.goes("/connect/zoom")
	_, _, body := p.follows("/profile")
	if strings.Contains(body, "Connect Zoom again") {
		t.Error("still asked for")
	}
}

// soon is a time at which the door is open already.
func soon() time.Time { return time.Now().UTC().Truncate(time.Minute).Add(2 * time.Minute) }

func TestZoomIsDisconnected(t *testing.T) {
	p := atZoom(t)
	ctx := t.Context()
	acct, err := p.app.store.AccountByIdentity(ctx, parlor.KindZoom, p.video.People()[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.app.store.PutDeparture(ctx, acct, store.Departure{Service: parlor.KindZoom, Begun: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.app.syncer.Leave(ctx, acct); err != nil {
		t.Fatal(err)
	}
	if room := p.get("/v1/room"); room["status"] != "unavailable" {
		t.Errorf("%v", room)
	}
	if n := p.video.Count(http.MethodPost, "/oauth/revoke"); n != 1 {
		t.Errorf("Zoom was told %d times", n)
	}
	p.goes("/connect/zoom")
	p.until("the room is back", func() bool { return p.get("/v1/room")["status"] == "ready" })
}
