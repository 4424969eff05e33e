package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/davtest"
	"parlor/internal/parlor"
)

// davPerson is Ada, who signed in with Google and has a calendar on a server of her own, too.
type davPerson struct {
	*person
	srv  *davtest.Server
	path string // of her calendar there
}

// withServers runs a test against each server, started for it alone.
func withServers(t *testing.T, test func(t *testing.T, p davPerson)) {
	t.Helper()
	for _, kind := range davtest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			h := newHouse(t)
			srv := davtest.Start(t, kind)
			test(t, davPerson{h.settled(ada), srv, srv.Calendar(t, "Calendar", "Europe/London")})
		})
	}
}

// sends posts a form of the portal and reads the page that it ends at.
func (p *person) sends(path string, form url.Values) (status int, page string) {
	p.t.Helper()
	resp, err := p.client.PostForm(p.portal+path, form)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(raw)
}

func (p davPerson) connects(address, password string) (status int, page string) {
	p.t.Helper()
	return p.sends("/connect/caldav", url.Values{"url": {address}, "user": {davtest.User}, "password": {password}})
}

// connected is Ada with her calendar connected and read.
func (p davPerson) connected() davPerson {
	p.t.Helper()
	if status, page := p.connects(p.srv.URL, davtest.Password); status != http.StatusOK {
		p.t.Fatalf("connect: %d\n%.3000s", status, page)
	}
	p.until("the first pass is over", func() bool { return p.listed("caldav") })
	p.idle()
	return p
}

// syncs is the person asking to look at the calendar now.
func (p davPerson) syncs() {
	p.t.Helper()
	if status, page := p.sends("/calendars/sync", url.Values{"id": {p.path}}); status != http.StatusOK {
		p.t.Fatalf("sync now: %d\n%.500s", status, page)
	}
}

// idle waits until the server is asked nothing any more.
func (p davPerson) idle() {
	p.t.Helper()
	last, still := -1, 0
	p.until("the server is asked nothing any more", func() bool {
		if n := len(p.srv.Calls()); n == last {
			still++
		} else {
			last, still = n, 0
		}
		time.Sleep(30 * time.Millisecond)
		return still > 60 // longer than a second, after which the queue comes back
	})
}

// keeps is an event put into the calendar by hand.
func (p davPerson) keeps(name string, lines ...string) string {
	p.t.Helper()
	p.srv.Put(p.t, p.path+name, vevent(name, lines...))
	return p.path + name
}

// vevent is an event of an hour with some lines of its own.
func vevent(uid string, lines ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTAMP:20260101T000000Z\r\n" +
		strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
}

// hours are the lines of when an event takes place.
func hours(start time.Time) string {
	london, _ := time.LoadLocation("Europe/London")
	const form = "20060102T150405"
	return fmt.Sprintf("DTSTART;TZID=Europe/London:%s\r\nDTEND;TZID=Europe/London:%s",
		start.In(london).Format(form), start.Add(time.Hour).In(london).Format(form))
}

// holds waits until an object holds all these texts, and returns it unfolded.
func (p davPerson) holds(path string, words ...string) string {
	p.t.Helper()
	text := ""
	p.until(fmt.Sprintf("%s holds %q", path, words), func() bool {
		text = unfolded(p.srv.Get(p.t, path))
		for _, w := range words {
			if !strings.Contains(text, w) {
				return false
			}
		}
		return true
	})
	return text
}

func unfolded(text string) string { return strings.NewReplacer("\r\n ", "", "\n ", "").Replace(text) }

// value is what a line of an object says, TEXT unescaped.
func value(text, name string) string {
	for line := range strings.Lines(text) {
		head, v, _ := strings.Cut(strings.TrimRight(line, "\r\n"), ":")
		if head == name || strings.HasPrefix(head, name+";") {
			return strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\,`, ",", `\;`, ";").Replace(v)
		}
	}
	return ""
}

// asked counts requests of a method.
func (p davPerson) asked(method string) int {
	n := 0
	for _, c := range p.srv.Calls() {
		if c.Method == method {
			n++
		}
	}
	return n
}

// linkIn is our link in the text of an event.
func (p davPerson) linkIn(text string) (parlor.Link, bool) {
	_, link, ok := parlor.Find(value(text, "DESCRIPTION"), p.portal)
	return link, ok
}
