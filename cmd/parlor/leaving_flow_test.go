package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/google"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// submits sends a form of the portal and follows where it leads.
func (p *person) submits(path string, form url.Values) (*url.URL, string) {
	p.t.Helper()
	resp, err := p.client.PostForm(p.portal+path, form)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return resp.Request.URL, string(body)
}

// links counts the events to come that carry a link, those of the seeded week included.
func (p *person) links() int {
	p.t.Helper()
	list, err := p.app.store.Linked(p.t.Context(), p.account(), parlor.KindGoogle)
	if err != nil || len(list) < 1 {
		p.t.Fatalf("%d links, %v", len(list), err)
	}
	return len(list)
}

var takeOut = url.Values{"take_out": {"on"}, "word": {"Delete"}}

// gone waits until an account is deleted.
func (h *house) gone(acct parlor.AccountID) {
	h.t.Helper()
	h.until("the account is deleted", func() bool {
		_, err := h.app.store.Account(context.Background(), acct)
		return errors.Is(err, parlor.ErrNotFound)
	})
}

// keys are the names of what is kept of an account, without what tells one such thing from the next.
func (h *house) keys(acct parlor.AccountID) []string {
	h.t.Helper()
	all, err := h.app.store.Client().Keys(context.Background(), "parlor:{"+string(acct)+"}:*").Result()
	if err != nil {
		h.t.Fatal(err)
	}
	var names []string
	for _, key := range all {
		_, name, _ := strings.Cut(key, "}:")
		name, _, _ = strings.Cut(name, ":")
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func TestDisconnectTakesLinksOutFirst(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	const own = "Mine.\n"
	first := p.adds(fields("First #meet", tomorrow(9), "description", own))
	series := p.adds(fields("Weekly #meet", tomorrow(12), "recurrence", []any{"RRULE:FREQ=WEEKLY;COUNT=4"}))
	p.linked(first)
	p.linked(series)
	p.quiet()
	if _, _, body := p.follows("/calendars/google/disconnect"); !strings.Contains(body, fmt.Sprintf("%d events", p.links())) {
		t.Errorf("the offer does not name %d events:\n%s", p.links(), body)
	}
	h.fake.ResetCalls()
	p.submits("/calendars/google/disconnect", takeOut)
	p.until("the calendars are gone", func() bool { return len(p.get("/v1/calendars")["calendars"].([]any)) == 0 })
	if got := p.text(first, "description"); got != own {
		t.Errorf("the person's text became %q", got)
	}
	if text := p.text(series, "description") + p.text(first, "location"); strings.Contains(text, "/j/") {
		t.Errorf("a link is left: %q", text)
	}
	if stops, revokes := h.fake.Count(http.MethodPost, "/calendar/v3/channels/stop"), h.fake.Count(http.MethodPost, "/revoke"); stops != 1 || revokes != 1 {
		t.Errorf("%d channels stopped, %d grants revoked; want one of each", stops, revokes)
	}
	if _, err := h.app.store.Token(t.Context(), p.account(), parlor.KindGoogle); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("the token is kept: %v", err)
	}
	p.told("Google was disconnected")
	p.goes("/signin/google") // still a way in, and no calendar comes back by it
	p.quiet()
	if n := len(p.get("/v1/calendars")["calendars"].([]any)); n != 0 {
		t.Errorf("signing in brought %d calendars back", n)
	}
	p.goes("/connect/google?return=/calendars")
	p.until("it is connected again", func() bool { return p.listed("google") })
	p.quiet()
	if text := p.text(first, "description"); text != own {
		t.Errorf("a link that was taken out came back: %q", text)
	}
}

func TestDisconnectLeavesLinksAndSaysSo(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	link := p.linked(id)
	p.quiet()
	links := p.links()
	p.submits("/calendars/google/disconnect", url.Values{})
	p.told(fmt.Sprintf("The links in %d events stay, and still work.", links))
	if p.linked(id) != link {
		t.Error("the link changed")
	}
	p.adds(fields("Later #meet", tomorrow(15)))
	h.fake.ResetCalls()
	if err := h.app.line.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.quiet()
	if calls := h.fake.Calls(); len(calls) != 0 {
		t.Errorf("a calendar that was disconnected is still asked: %v", calls)
	}
}

func TestALinkThatCannotBeTakenOutIsCounted(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.linked(p.adds(fields("Planning #meet", tomorrow(9))))
	p.quiet()
	links := p.links()
	h.fake.RevokeGrants(ada)
	p.submits("/calendars/google/disconnect", takeOut)
	p.told(fmt.Sprintf("The links in %d events stay", links))
}

func TestTakingOutGoesOnAfterAPauseByTheService(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	p.linked(id)
	p.quiet()
	h.fake.Fail(google.Failure{Method: http.MethodPatch, Path: patches, Status: http.StatusForbidden, Reason: "rateLimitExceeded", RetryAfter: time.Second, Times: 1})
	p.submits("/calendars/google/disconnect", takeOut)
	if _, _, body := p.follows("/calendars"); !strings.Contains(body, "Disconnecting Google") && strings.Contains(p.text(id, "description"), "/j/") {
		t.Errorf("how far it is does not show:\n%.1500s", body)
	}
	p.until("the link is out", func() bool { return !strings.Contains(p.text(id, "description"), "/j/") })
	p.told("Google was disconnected")
}

func TestStayEndsADeparture(t *testing.T) {
	h := newHouse(t, still)
	p := h.settled(ada)
	p.quiet()
	acct := p.account()
	if err := h.app.store.PutDeparture(t.Context(), acct, store.Departure{Service: parlor.KindGoogle, TakeOut: true, Begun: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if waiting, err := h.app.syncer.Leave(t.Context(), acct); err != nil || len(waiting) == 0 {
		t.Fatalf("waits for %v, %v", waiting, err)
	}
	p.submits("/calendars/google/stay", nil)
	p.quiet()
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	if _, err := h.app.syncer.Run(t.Context(), acct, ada); err != nil {
		t.Fatal(err)
	}
	p.linked(id)
}

func TestDeleteAccountWithEverything(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.goes("/connect/microsoft?return=/calendars")
	p.until("the mailbox is read", func() bool { return p.listed("microsoft") })
	p.goes("/connect/oidc?return=/calendars")
	here := p.adds(fields("Here #meet", tomorrow(9)))
	p.linked(here)
	there, err := h.other.Insert(ada, "", fields("There #meet", tomorrow(12)), calendar.Write{})
	if err != nil {
		t.Fatal(err)
	}
	text := func() string {
		e, err := h.other.Event(ada, there.ID)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(e.Fields)
	}
	p.until("the other has a link", func() bool { return strings.Contains(text(), "/j/") })
	p.quiet()
	acct, pmi := p.account(), p.get("/v1/room")["pmi"].(string)
	if at, body := p.submits("/settings/data/delete", url.Values{"word": {"yes"}}); at.Path != "/settings/data/delete" || !strings.Contains(body, "Nothing was deleted.") {
		t.Errorf("another word led to %s", at)
	}
	p.submits("/settings/data/delete", takeOut)
	h.gone(acct)
	if strings.Contains(text(), "/j/") || strings.Contains(p.text(here, "description"), "/j/") {
		t.Error("a link is left")
	}
	if left := h.keys(acct); len(left) != 0 {
		t.Errorf("keys are left: %v", left)
	}
	if status, _, _ := p.call(http.MethodGet, "/v1/session", nil); status != http.StatusUnauthorized {
		t.Errorf("still signed in: %d", status)
	}
	if at, _, body := p.follows("/settings/data?leaving=1"); at.Path != "/" || !strings.Contains(body, "Your account is deleted") {
		t.Errorf("the last page led to %s", at)
	}
	if owner, err := h.app.store.AccountByPMI(t.Context(), pmi); err != nil || owner != acct {
		t.Errorf("the number is free for anybody: %q, %v", owner, err)
	}
	_, status, door := p.follows("/j/" + pmi)
	_, nobody, nowhere := p.follows("/j/2345678901")
	if status != nobody || strings.ReplaceAll(door, pmi, "") != strings.ReplaceAll(nowhere, "2345678901", "") {
		t.Errorf("the door tells that somebody was here: %d against %d", status, nobody)
	}
	if again := h.settled(ada); again.account() == acct || again.get("/v1/room")["pmi"] == pmi {
		t.Error("whoever comes back is who they were")
	}
}

// TestDeletionGoesOnAfterAKill: the worker dies after the person has asked; another one's sweep goes on.
func TestDeletionGoesOnAfterAKill(t *testing.T) {
	h := newHouse(t, still)
	p := h.settled(ada)
	p.quiet()
	acct := p.account()
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	if _, err := h.app.syncer.Run(t.Context(), acct, ada); err != nil {
		t.Fatal(err)
	}
	p.linked(id)
	if err := h.app.store.PutDeparture(t.Context(), acct, store.Departure{TakeOut: true, Begun: time.Now(), Links: 1}); err != nil {
		t.Fatal(err)
	}
	ctx, kill := context.WithCancel(t.Context())
	h.world.Listen(func(calendar.Change) { kill() }) // the link is out; the answer does not reach us
	if _, err := h.app.syncer.Leave(ctx, acct); err != nil {
		t.Fatal(err)
	}
	if _, err := h.app.syncer.Run(ctx, acct, ada); !errors.Is(err, context.Canceled) {
		t.Fatalf("the pass ended with %v, want to be killed", err)
	}
	if err := h.app.store.SetDue(t.Context(), acct, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := h.app.line.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.gone(acct)
	if strings.Contains(p.text(id, "description"), "/j/") {
		t.Error("the link is left")
	}
}

// exported says of everything that is kept of an account where it is in the export, or why it is not: whatever is added
// to an account has to be added here, too.
var exported = map[string]string{
	"account": "account", "settings": "settings", "room": "room", "cals": "calendars", "cal": "calendars",
	"meeting": "meetings", "meetings": "meetings", "log": "activity", "delegates": "delegates", "people": "people", "met": "people",
	"sessions": "devices", "grants": "devices", "grant": "devices", "departures": "departures",
	"token": "a secret", "series": "an index", "agenda": "an index", "agenda-rev": "an index", "purge": "an index", "bound": "an index",
	"encounters": "an index of people to come", "encounters-due": "an index",
	"lease": "passing", "fence": "passing", "began": "passing", "once": "passing", "writes": "passing", "slots": "passing", "pace": "passing",
	"code": "passing", "request": "passing", "room-read": "passing",
	"queue": "a guest's, for a day at most", "present": "a guest's, for a day at most", "guests": "a guest's, for a day at most",
	"decided": "a guest's, for a day at most", "hostings": "passing",
}

func TestExportHoldsEverythingAndNoSecret(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	h.settled(bob)
	p.submits("/settings/delegates", url.Values{"email": {bob}})
	p.linked(p.adds(mailed("Planning #meet", tomorrow(9))))
	p.told("Planning #meet")
	p.hasWaiting("sitting", "Grace")
	p.quiet()
	_, status, body := p.follows("/settings/data/parlor.json")
	var all map[string]any
	if err := json.Unmarshal([]byte(body), &all); err != nil || status != http.StatusOK {
		t.Fatalf("%d %v %.300s", status, err, body)
	}
	for _, name := range h.keys(p.account()) {
		part, known := exported[name]
		if !known {
			t.Errorf("%q is kept of people, and nobody said whether they get it with their data", name)
		}
		if _, there := all[part]; !there && !strings.Contains(part, " ") && part != "passing" {
			t.Errorf("%q should be under %q", name, part)
		}
	}
	for _, part := range []string{"calendars", "meetings", "delegates", "devices", "activity"} {
		if list, _ := all[part].([]any); len(list) == 0 {
			t.Errorf("%s is empty", part)
		}
	}
	token, err := h.app.store.Token(t.Context(), p.account(), parlor.KindGoogle)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{token.AccessToken, token.RefreshToken, `"secret"`, "parlor_session"} {
		if strings.Contains(body, secret) {
			t.Errorf("a secret is in the file: %.12s…", secret)
		}
	}
}

func TestDeletingASwitchedOffAccountTakesItsLinksOut(t *testing.T) {
	h := newHouse(t)
	admin, other := h.arrive(ada), h.settled(bob)
	id := other.adds(fields("Planning #meet", tomorrow(9)))
	other.linked(id)
	other.quiet()
	acct := other.account()
	for _, act := range []string{"disable", "delete"} {
		admin.submits("/admin/people/"+string(acct)+"/"+act, nil)
	}
	h.gone(acct)
	if text := other.text(id, "description"); text != "" {
		t.Errorf("a link is left that leads nowhere: %q", text)
	}
}
