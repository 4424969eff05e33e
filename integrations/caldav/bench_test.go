package caldav_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/davtest"
	"parlor/internal/parlor"
)

const (
	manyEvents = 500
	query      = `<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/><C:calendar-data/></prop>` +
		`<C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>`
)

// fullCalendar is a server on which Ada has a calendar of many events.
func fullCalendar(b *testing.B, kind davtest.Kind) (*davtest.Server, parlor.CalendarID, parlor.Calendar) {
	b.Helper()
	srv := davtest.Start(b, kind)
	path := srv.Calendar(b, "Calendar", zone)
	objects := map[string]string{}
	for i := range manyEvents {
		name := fmt.Sprintf("event-%04d.ics", i)
		objects[name] = planned(name, "Event")
	}
	srv.Fill(b, path, objects)
	cfg := config()
	cfg.Batch = 0
	return srv, parlor.CalendarID(path), connected(b, srv.URL, cfg)
}

func planned(uid, summary string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTAMP:20260101T000000Z\r\n" +
		"DTSTART:20310224T100000Z\r\nDTEND:20310224T110000Z\r\nSUMMARY:" + summary + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
}

// changes lists what changed and counts the events.
func changes(b *testing.B, port parlor.Calendar, cal parlor.CalendarID, since parlor.Cursor) (now parlor.Cursor, events int) {
	b.Helper()
	now, err := port.Changes(b.Context(), cal, since, func(page []parlor.Event) error {
		events += len(page)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return now, events
}

// BenchmarkList reads a whole calendar. The floor is what the server itself takes to hand all of it out at once.
func BenchmarkList(b *testing.B) {
	for _, kind := range davtest.Kinds {
		b.Run(string(kind), func(b *testing.B) {
			srv, cal, port := fullCalendar(b, kind)
			var ours, floor time.Duration
			for b.Loop() {
				began := time.Now()
				raw(b, srv, string(cal))
				floor += time.Since(began)
				srv.Reset()
				began = time.Now()
				if _, n := changes(b, port, cal, ""); n != manyEvents {
					b.Fatalf("%d events, want %d", n, manyEvents)
				}
				ours += time.Since(began)
			}
			b.ReportMetric(float64(len(srv.Calls())), "requests")
			b.ReportMetric(float64(b.N*manyEvents)/ours.Seconds(), "events/s")
			b.ReportMetric(float64(b.N*manyEvents)/floor.Seconds(), "floor-events/s")
		})
	}
}

// raw reads all of a calendar and does nothing with it.
func raw(b *testing.B, srv *davtest.Server, path string) {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), "REPORT", srv.URL+path, strings.NewReader(query))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/xml")
	req.Header.Set("Depth", "1")
	resp, err := (&http.Client{Transport: basic{ada, davtest.Password}}).Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	n, err := io.Copy(io.Discard, resp.Body)
	if err != nil || resp.StatusCode != http.StatusMultiStatus || n < manyEvents*200 {
		b.Fatalf("the whole calendar: %s, %d bytes, %v", resp.Status, n, err)
	}
}

// BenchmarkPoll asks a calendar in which nothing happened, and one in which one event did; that gets a link.
func BenchmarkPoll(b *testing.B) {
	for _, kind := range davtest.Kinds {
		b.Run(string(kind), func(b *testing.B) {
			srv, cal, port := fullCalendar(b, kind)
			cursor, _ := changes(b, port, cal, "")
			idle, changed, n := 0, 0, 0
			for b.Loop() {
				srv.Reset()
				cursor, _ = changes(b, port, cal, cursor)
				idle += len(srv.Calls())
				name := fmt.Sprintf("new-%d.ics", n)
				n++
				srv.Put(b, string(cal)+name, planned(name, "Planning #meet"))
				srv.Reset()
				cursor = linked(b, port, cal, cursor)
				changed += len(srv.Calls())
			}
			b.ReportMetric(float64(idle)/float64(n), "requests/poll")
			b.ReportMetric(float64(changed)/float64(n), "requests/change")
		})
	}
}

// linked finds the one event that changed, writes to it, and sees that write come back.
func linked(b *testing.B, port parlor.Calendar, cal parlor.CalendarID, since parlor.Cursor) parlor.Cursor {
	b.Helper()
	var found []parlor.Event
	now, err := port.Changes(b.Context(), cal, since, func(page []parlor.Event) error {
		found = append(found, page...)
		return nil
	})
	if err != nil || len(found) != 1 {
		b.Fatalf("%d events changed, want 1: %v", len(found), err)
	}
	change := parlor.Patch{Location: new("https://parlor.example/j/2345678901"), Stamp: new("v1 n=12345678901 k=pmi t=keyword h=0")}
	if err := port.Patch(b.Context(), found[0].Ref, found[0].ETag, change); err != nil {
		b.Fatal(err)
	}
	now, n := changes(b, port, cal, now)
	if n != 1 {
		b.Fatalf("%d events came back, want 1", n)
	}
	return now
}
