package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/davtest"
)

// many is how many events somebody's calendar of years has. Debian's Xandikos looks through its whole list for each object
// that a multiget names, 28 ms of 5,000: the list of those takes it more than two minutes whatever the batches.
var many = map[davtest.Kind]int{davtest.Xandikos: 1000, davtest.Radicale: 5000}

// TestALargeCalDAVCalendar lists a calendar of many events, of which one asks for a link, and counts what the server is asked:
// for the list, for a poll that finds nothing, and for a change.
func TestALargeCalDAVCalendar(t *testing.T) {
	withServers(t, func(t *testing.T, p davPerson) {
		large := many[p.srv.Kind]
		objects := map[string]string{}
		for i := range large {
			name := fmt.Sprintf("event-%04d.ics", i)
			objects[name] = vevent(name, utcHours(tomorrow(9).Add(-time.Duration(i)*24*time.Hour)), "SUMMARY:Event", "DESCRIPTION:Nothing is asked for.")
		}
		objects["wanted.ics"] = vevent("wanted", hours(tomorrow(11)), "SUMMARY:Planning #meet")
		p.srv.Fill(t, p.path, objects)
		p.srv.Reset()
		if status, _ := p.connects(p.srv.URL, davtest.Password); status != http.StatusOK {
			t.Fatalf("connect: %d", status)
		}
		p.untilWithin(4*time.Minute, "everything is listed", func() bool {
			time.Sleep(time.Second) // or so many questions would be too many
			return p.listed("caldav")
		})
		p.holds(p.path+"wanted.ics", "X-PARLOR")
		p.idle()
		if n := p.reports("calendar-multiget"); n < large/50 || n > large/50+5 {
			t.Errorf("%d requests for objects of the list", n)
		}
		p.syncs() // our own write comes back once
		p.idle()
		p.srv.Reset()
		p.syncs()
		p.idle()
		if n := len(p.srv.Calls()); n != 1 {
			t.Errorf("a poll that finds nothing made %d requests", n)
		}
		path := p.keeps("another.ics", hours(tomorrow(15)), "SUMMARY:Another #meet")
		p.srv.Reset()
		p.syncs()
		p.holds(path, "X-PARLOR")
		p.idle()
		asked := p.reports("") + p.asked(http.MethodPut)
		if puts := p.asked(http.MethodPut); puts != 1 || asked > 7 {
			t.Errorf("a changed event made %d writes and %d other requests", puts, asked-puts)
		}
	})
}

// reports counts the REPORTs whose body holds a word.
func (p davPerson) reports(word string) int {
	n := 0
	for _, c := range p.srv.Calls() {
		if c.Method == "REPORT" && strings.Contains(c.Body, word) {
			n++
		}
	}
	return n
}

// utcHours are the lines of when an event takes place, in UTC: to write a zone out, as Radicale does when it first reads an
// event, takes it 46 ms in the place of 0.2.
func utcHours(start time.Time) string {
	const form = "20060102T150405Z"
	return "DTSTART:" + start.UTC().Format(form) + "\r\nDTEND:" + start.UTC().Add(time.Hour).Format(form)
}
