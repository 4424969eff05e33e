package main

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parlor/integrations/caldav"
	"parlor/internal/fake/davtest"
	"parlor/internal/parlor"
)

func TestACalDAVEventThatAsksGetsTheRoom(t *testing.T) {
	withServers(t, func(t *testing.T, p davPerson) {
		p.connected()
		p.set(map[string]any{"use_pmi_for_scheduled": true})
		pmi := p.get("/v1/room")["pmi"]
		p.idle()
		const own = "Agenda:\n  1. cake\n\nBring your own. "
		path := p.keeps("planning.ics", hours(tomorrow(9)), "SUMMARY:Planning #meet", `DESCRIPTION:Agenda:\n  1. cake\n\nBring your own. `,
			"SEQUENCE:3", `X-FOO;X-BAR="a;b":kept`, "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Soon", "TRIGGER:-PT5M", "END:VALARM")
		p.srv.Reset()
		p.syncs()
		text := p.holds(path, "X-PARLOR", "CONFERENCE;", "SEQUENCE:3", `X-FOO;X-BAR="a;b":kept`, "TRIGGER:-PT5M")
		link, found := p.linkIn(text)
		if !found || link.ID != pmi || len(link.Number) != 11 {
			t.Errorf("link %+v, want the PMI %v and a number in:\n%s", link, pmi, text)
		}
		if got := parlor.Strip(value(text, "DESCRIPTION"), p.portal); got != own {
			t.Errorf("own text became %q, want %q", got, own)
		}
		if !strings.Contains(value(text, "LOCATION"), link.Number) || !strings.Contains(value(text, "CONFERENCE"), link.Number) {
			t.Errorf("the link is not in place and conference:\n%s", text)
		}
		p.told("Planning #meet", "Use Personal Meeting ID")
		p.idle()
		if n := p.asked(http.MethodPut); n != 1 {
			t.Errorf("%d writes for one event, want 1", n)
		}
		p.edit(path, "SUMMARY:Planning #meet", "SUMMARY:Planning")
		p.syncs()
		p.until("the link is gone with its keyword", func() bool {
			text := p.srv.Get(t, path)
			return !strings.Contains(text, "X-PARLOR") && !strings.Contains(text, "CONFERENCE") && value(text, "LOCATION") == ""
		})
		if got := value(unfolded(p.srv.Get(t, path)), "DESCRIPTION"); got != own {
			t.Errorf("own text is left as %q, want %q", got, own)
		}
	})
}

// edit is the person changing a line of an event by hand.
func (p davPerson) edit(path, from, to string) {
	p.t.Helper()
	p.srv.Put(p.t, path, strings.Replace(p.srv.Get(p.t, path), from, to, 1))
}

func TestACalDAVSeriesAndItsExceptionHaveOneNumber(t *testing.T) {
	withServers(t, func(t *testing.T, p davPerson) {
		p.connected()
		start := tomorrow(9)
		second := start.AddDate(0, 0, 7)
		series := hours(start) + "\r\nRRULE:FREQ=WEEKLY;COUNT=6\r\nSUMMARY:Weekly #meet\r\nDESCRIPTION:All of us\r\nEND:VEVENT\r\n" +
			"BEGIN:VEVENT\r\nUID:weekly.ics\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID:" + second.UTC().Format("20060102T150405Z") + "\r\n" +
			hours(second.Add(3*60*60*1e9)) + "\r\nSUMMARY:Weekly #meet\r\nDESCRIPTION:Only some of us"
		path := p.keeps("weekly.ics", series)
		p.srv.Reset()
		p.syncs()
		p.until("both have a link", func() bool { return strings.Count(p.srv.Get(t, path), "CONFERENCE") == 2 })
		events := strings.Split(unfolded(p.srv.Get(t, path)), "BEGIN:VEVENT")
		one, _ := p.linkIn(events[1])
		other, _ := p.linkIn(events[2])
		if one.Number == "" || one != other {
			t.Errorf("links %+v and %+v, want the same", one, other)
		}
		p.idle()
		if n := p.asked(http.MethodPut); n != 2 {
			t.Errorf("%d writes for two events, want 2", n)
		}
	})
}

func TestABrokenCalDAVEventIsLeftAloneAndTold(t *testing.T) {
	withServers(t, func(t *testing.T, p davPerson) {
		path := p.keeps("bad.ics", hours(tomorrow(9)), "SUMMARY:Bad #meet")
		p.keeps("good.ics", hours(tomorrow(11)), "SUMMARY:Good #meet")
		// Neither server takes a broken object, so it breaks on its way to us.
		p.srv.Misbehave(davtest.Fault{Body: "calendar-multiget", Always: true, Change: func(answer string) string {
			return strings.Replace(answer, "SUMMARY:Bad", "BEGIN:VALARM\nSUMMARY:Bad", 1)
		}})
		before := p.srv.Get(t, path)
		p.connected()
		p.holds(p.path+"good.ics", "X-PARLOR")
		p.told("Bad #meet", "against the rules of its format")
		if after := p.srv.Get(t, path); after != before {
			t.Errorf("the broken event was written:\n%s", after)
		}
	})
}

func TestACalDAVPasswordThatDied(t *testing.T) {
	withServers(t, func(t *testing.T, p davPerson) {
		if status, page := p.connects(p.srv.URL, "n0t-the-passw0rd"); status != http.StatusUnprocessableEntity || !strings.Contains(page, "did not accept this user name and password") || strings.Contains(page, "n0t-the-passw0rd") {
			t.Errorf("a wrong password ends with %d:\n%.2000s", status, page)
		}
		p.connected()
		p.srv.Revoke()
		p.syncs()
		p.until("the person is asked to connect again", func() bool {
			_, _, page := p.follows("/calendars")
			return strings.Contains(page, "CalDAV no longer lets Parlor in")
		})
		p.srv.Reset()
		p.connected()
		path := p.keeps("planning.ics", hours(tomorrow(9)), "SUMMARY:Planning #meet")
		p.syncs()
		p.holds(path, "X-PARLOR")
		if status, page := p.sends("/calendars/caldav/disconnect", url.Values{}); status != http.StatusOK {
			t.Errorf("disconnect ends with %d:\n%.2000s", status, page)
		}
		p.until("the calendar is no longer looked at", func() bool {
			_, _, page := p.follows("/calendars")
			return !strings.Contains(page, "Sync now: Calendar")
		})
		p.holds(path, "X-PARLOR") // the links were not to be taken out
	})
}

func TestCalDAVStaysOutOfPrivateNetworks(t *testing.T) {
	h := newHouse(t, func(c *config) { c.caldav.private = caldav.Private{} })
	p := davPerson{person: h.settled(ada), srv: davtest.Start(t, davtest.Radicale)}
	secure := strings.Replace(p.srv.URL, "http://", "https://", 1)
	for address, words := range map[string]string{p.srv.URL: "begins with http://", secure: "inside a private network"} {
		if status, page := p.connects(address, davtest.Password); status != http.StatusUnprocessableEntity || !strings.Contains(page, words) {
			t.Errorf("%s ends with %d:\n%.2000s", address, status, page)
		}
	}
	if n := len(p.srv.Calls()); n != 0 {
		t.Errorf("%d requests went into the private network", n)
	}
}

func TestDisconnectTakesLinksOutOfCalDAVFirst(t *testing.T) {
	withServers(t, func(t *testing.T, p davPerson) {
		p.connected()
		first := p.keeps("first.ics", hours(tomorrow(9)), "SUMMARY:First #meet", "DESCRIPTION:Mine.")
		series := p.keeps("weekly.ics", hours(tomorrow(12)), "RRULE:FREQ=WEEKLY;COUNT=4", "SUMMARY:Weekly #meet", "X-FOO:kept")
		p.syncs()
		p.holds(first, "X-PARLOR")
		p.holds(series, "X-PARLOR")
		p.idle()
		const path = "/calendars/caldav/disconnect"
		if _, _, page := p.follows(path); !strings.Contains(page, "2 events") || !strings.Contains(page, "CalDAV") {
			t.Errorf("the offer does not name two events:\n%s", page)
		}
		p.submits(path, takeOut)
		p.until("the calendar is gone", func() bool { return !p.listed("caldav") })
		p.told("CalDAV was disconnected")
		for _, path := range []string{first, series} {
			if text := p.srv.Get(t, path); strings.Contains(text, "X-PARLOR") || strings.Contains(text, "CONFERENCE") || strings.Contains(text, "/j/") {
				t.Errorf("a link is left:\n%s", text)
			}
		}
		if text := p.srv.Get(t, first); value(text, "DESCRIPTION") != "Mine." || value(text, "LOCATION") != "" {
			t.Errorf("the person's text became:\n%s", text)
		}
		if text := p.srv.Get(t, series); !strings.Contains(text, "X-FOO:kept") || !strings.Contains(text, "RRULE:FREQ=WEEKLY;COUNT=4") {
			t.Errorf("the series became:\n%s", text)
		}
		if _, err := p.app.store.Token(t.Context(), p.account(), parlor.KindCalDAV); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("the password is kept: %v", err)
		}
		p.srv.Reset()
		if err := p.app.line.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.idle()
		if calls := p.srv.Calls(); len(calls) != 0 {
			t.Errorf("a server that was disconnected is still asked %d times", len(calls))
		}
	})
}
