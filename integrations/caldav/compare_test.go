package caldav_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"parlor/integrations/caldav"
	"parlor/internal/fake/davtest"
	"parlor/internal/parlor"
)

// TestWithoutSyncCollection lists real servers that refuse the report, as some do for some calendars.
func TestWithoutSyncCollection(t *testing.T) {
	for _, kind := range davtest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			srv := davtest.Start(t, kind)
			h := hand{srv, srv.Calendar(t, "Calendar", zone)}
			srv.Misbehave(davtest.Fault{Body: "sync-collection", Status: http.StatusForbidden, Always: true})
			port, path := connected(t, srv.URL, config()), parlor.CalendarID(h.path)
			list := func(since parlor.Cursor) (map[string]parlor.Event, parlor.Cursor) {
				got := map[string]parlor.Event{}
				next, err := port.Changes(t.Context(), path, since, func(page []parlor.Event) error {
					for _, e := range page {
						got[e.Ref.ID] = e
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
				return got, next
			}
			draft := parlor.Draft{Title: "Plan", Start: parlor.Moment{Time: now(), Zone: zone}, End: parlor.Moment{Time: now(), Zone: zone}}
			var ids []string
			for range 7 {
				ids = append(ids, h.add(t, draft))
			}
			all, cursor := list("")
			if len(all) != 7 {
				t.Fatalf("%d events", len(all))
			}
			before := len(srv.Calls())
			if got, same := list(cursor); len(got) != 0 || same != cursor || len(srv.Calls()) != before+1 {
				t.Errorf("idle: %d events, %d requests", len(got), len(srv.Calls())-before)
			}
			h.remove(t, ids[0])
			edited := h.calendar(t, ids[1])
			part(t, edited, time.Time{}).Props.SetText("SUMMARY", "Edited")
			h.write(t, ids[1], edited)
			added := h.add(t, draft)
			got, _ := list(cursor)
			if len(got) != 3 || !got[ids[0]].Cancelled || got[ids[1]].Title != "Edited" || got[added].Title != "Plan" {
				t.Errorf("changes %+v", got)
			}
		})
	}
}

// TestAListOfEtagsThatIsNoList: what does not name the calendar itself, or an event without its properties, is an error.
func TestAListOfEtagsThatIsNoList(t *testing.T) {
	calendar := item("/cal/", "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><s:getctag>1</s:getctag>")
	for name, answer := range map[string]http.HandlerFunc{
		"without the calendar": multi(item("/cal/a.ics", `<d:getetag>"1"</d:getetag>`)),
		"with a failed event":  multi(calendar, failed("/cal/a.ics", 500)),
		"cut by the server":    multi(calendar, failed("/cal/", http.StatusInsufficientStorage)),
	} {
		s := newScripted(t)
		s.on("REPORT /cal/ sync-collection", says(http.StatusNotImplemented, ""))
		s.on("PROPFIND /cal/", multi(calendar))
		s.on("PROPFIND /cal/ getetag", answer)
		if got, next, err := listed(t, s.port(), ""); err == nil || next != "" {
			t.Errorf("%s: %v, %q", name, got, next)
		}
	}
}

// TestTheCursorOfALargeCalendarStaysSmall: of five thousand events, where a server knows no sync-collection.
func TestTheCursorOfALargeCalendarStaysSmall(t *testing.T) {
	s := newScripted(t)
	calendar := item("/cal/", "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><s:getctag>1</s:getctag>")
	items, objects := []string{calendar}, []string{}
	for i := range 5000 {
		href := fmt.Sprintf("/cal/%08x-1d2b-4c1e-9e4f-%012x.ics", uint32(i)*2654435761, uint64(i)*0x9E3779B97F4A7C15>>16)
		items = append(items, item(href, fmt.Sprintf(`<d:getetag>"%d"</d:getetag>`, i)))
		objects = append(objects, failed(href, http.StatusNotFound))
	}
	s.on("REPORT /cal/ sync-collection", says(http.StatusNotImplemented, ""))
	s.on("PROPFIND /cal/", multi(calendar))
	s.on("PROPFIND /cal/ getetag", multi(items...))
	s.on("REPORT /cal/ calendar-multiget", multi(objects...))
	cfg := config()
	cfg.Batch = 5000
	port, err := caldav.New(cfg).Password.Calendar(s.Client(), parlor.Login{URL: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	_, cursor, err := listed(t, port, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes", len(cursor))
	if len(cursor) > 200_000 {
		t.Errorf("the cursor has %d bytes", len(cursor))
	}
}
