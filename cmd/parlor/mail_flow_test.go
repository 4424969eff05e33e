package main

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/post"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// mailed are the mails so far whose subject has these words.
func (h *house) mailed(words string) []post.Mail {
	return slices.DeleteFunc(h.post.Mails(), func(m post.Mail) bool { return !strings.Contains(m.Subject, words) })
}

// hasWaiting puts a guest on the list of those at a person's door, as the door does, and tells of it.
func (p *person) hasWaiting(sitting, name string) {
	p.t.Helper()
	g := store.Guest{Ticket: store.TicketOf(sitting, name), Name: name, Since: time.Now().UTC()}
	if _, err := p.app.store.Wait(p.t.Context(), p.account(), g); err != nil {
		p.t.Fatal(err)
	}
	p.app.line.TellWaiting(p.t.Context(), p.account(), g)
}

func TestTheHostIsToldWhoWaits(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.set(map[string]any{"language": "de"})
	p.hasWaiting("sitting", "Grace")
	p.hasWaiting("sitting", "Bob") // the same mail names both
	h.until("a mail comes", func() bool { return len(h.mailed("Jemand wartet")) > 0 })
	p.hasWaiting("sitting", "Eve") // within ten minutes: no other mail
	p.hasWaiting("another", "Zoe")
	h.until("a mail about the other sitting comes", func() bool { return len(h.mailed("Jemand wartet")) > 1 })
	got := h.mailed("Jemand wartet")
	if len(got) != 2 || got[0].To != ada || !strings.Contains(got[0].Text, "Grace, seit") || !strings.Contains(got[0].Text, "Bob") {
		t.Errorf("%+v", got)
	}
	for _, m := range got {
		if strings.Contains(m.Text+m.HTML, "/j/") || strings.Contains(m.Text+m.HTML, "pwd") {
			t.Errorf("a join link is in the mail:\n%s", m.Text)
		}
	}
}

func TestNobodyIsToldOfAGuestWhoHasLeft(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.hasWaiting("sitting", "Grace")
	if err := h.app.store.Leave(t.Context(), p.account(), store.TicketOf("sitting", "Grace")); err != nil {
		t.Fatal(err)
	}
	p.hasWaiting("another", "Zoe")
	h.until("the other's mail comes", func() bool { return len(h.mailed("waiting")) > 0 })
	if got := h.mailed("waiting"); len(got) != 1 || !strings.Contains(got[0].Text, "Zoe") {
		t.Errorf("%+v", got)
	}
}

func TestReconnectIsToldOncePerDeath(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	b := h.settled(bob)
	b.set(map[string]any{"notify": map[string]any{"reconnect": false}})
	p.quiet()
	for _, who := range []*person{b, p} {
		h.fake.RevokeGrants(who.email)
		who.adds(fields("Planning #meet", tomorrow(9)))
		who.until("the calendar says reconnect", func() bool { return strings.Contains(strings.Join(who.states(), " "), "reconnect") })
	}
	h.until("a mail comes", func() bool { return len(h.mailed("Google has to be connected again")) > 0 })
	p.adds(fields("Another #meet", tomorrow(12)))
	if err := h.app.line.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.quiet()
	if got := h.mailed("connected again"); len(got) != 1 || got[0].To != ada {
		t.Errorf("%d mails: %+v", len(got), got)
	}
}

func TestARewriteThatIsDoneIsTold(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	p.linked(p.adds(fields("Planning #meet", tomorrow(9))))
	p.quiet()
	_, _, head := p.call(http.MethodGet, "/v1/room", nil)
	if status, out, _ := p.call(http.MethodPatch, "/v1/room", map[string]any{"pmi": "4815162342"}, "If-Match", head.Get("ETag")); status != http.StatusOK {
		t.Fatalf("the number is not changed: %d %v", status, out)
	}
	h.until("a mail comes", func() bool { return len(h.mailed("up to date")) > 0 })
	if got := h.mailed("up to date"); len(got) != 1 || !strings.Contains(got[0].Text, "future events carry the new link") {
		t.Errorf("%+v", got)
	}
}

func TestAMailServerThatIsDownForAWhile(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	h.post.Refuse(450)
	p.app.line.TellRewritten(t.Context(), p.account(), parlor.Tally{Done: 3})
	h.until("it was refused once", func() bool { return h.post.Refused() > 0 })
	h.post.Refuse(0)
	h.until("the mail comes all the same", func() bool { return len(h.mailed("up to date")) == 1 })
}

func TestNoMailServerNoMail(t *testing.T) {
	h := newHouse(t, func(c *config) { c.smtpURL = "" })
	p := h.settled(ada)
	p.app.line.TellRewritten(context.Background(), p.account(), parlor.Tally{Done: 3})
	p.quiet()
	if got := h.post.Mails(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if h.app.mailer != nil {
		t.Error("a mail server is asked by the doctor")
	}
}

func TestTheDemoShowsMail(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.app.line.TellRewritten(t.Context(), p.account(), parlor.Tally{Done: 3})
	h.until("the mail comes", func() bool { return len(h.mailed("up to date")) == 1 })
	resp, err := http.Get(h.inbox)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if page, err := io.ReadAll(resp.Body); err != nil || !strings.Contains(string(page), "3 future events") {
		t.Errorf("%v\n%s", err, page)
	}
}
