//go:build shareddata

package graph

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/faketest"
)

func recorded[T any](t *testing.T, name string) T { return faketest.Read[T](t, "graph/"+name) }

// names lists the members of an object, without what a recording's anonymiser or the person's client added.
func names(m map[string]any) []string {
	var out []string
	for key := range maps.Keys(m) {
		if !strings.Contains(key, "@example.com") {
			out = append(out, key)
		}
	}
	return slices.Sorted(slices.Values(out))
}

func same(t *testing.T, what string, want, got map[string]any) {
	t.Helper()
	if diff := cmp.Diff(names(want), names(got)); diff != "" {
		t.Errorf("%s:\n%s", what, diff)
	}
}

func TestEventsHaveTheRecordedMembers(t *testing.T) {
	s := newSite(t)
	want := recorded[faketest.Exchange](t, "create-event").Response.Body
	got := s.add(meeting("One"))
	same(t, "event", want, got.body)
	for _, key := range []string{"start", "location", "organizer", "responseStatus", "body"} {
		same(t, key, calendar.Map(want, key), calendar.Map(got.body, key))
	}
	online := recorded[map[string]any](t, "event-teams-block-2026")
	mine := s.add(meeting("Two", with(bob), map[string]any{"isOnlineMeeting": true, "location": map[string]any{"displayName": "Microsoft Teams Meeting"}}))
	for _, key := range []string{"onlineMeeting", "location"} {
		same(t, key, calendar.Map(online, key), calendar.Map(mine.body, key))
	}
	same(t, "attendee", calendar.Maps(online, "attendees")[0], calendar.Maps(mine.body, "attendees")[0])
	listed := recorded[faketest.Exchange](t, "list-calendar-events").Response.Body
	s.add(meeting("Three", weekly(8)))
	page := s.ok(s.call("GET", "me/events?$top=2", nil))
	for _, event := range calendar.Maps(listed, "value") {
		same(t, "listed event", event, page.items()[0])
		if series := calendar.Map(event, "recurrence"); series != nil && calendar.Text(series, "pattern", "type") == "weekly" {
			last := s.ok(s.call("GET", "me/events", nil)).items()[2]
			for _, key := range []string{"pattern", "range"} {
				same(t, key, calendar.Map(series, key), calendar.Map(calendar.Map(last, "recurrence"), key))
			}
		}
	}
}

func TestAnswersHaveTheRecordedMembers(t *testing.T) {
	s := newSite(t)
	calendars := recorded[faketest.Exchange](t, "list-calendars").Response.Body
	got := s.ok(s.call("GET", "me/calendars?$top=10", nil))
	same(t, "calendars", calendars, got.body)
	same(t, "calendar", calendar.Maps(calendars, "value")[0], got.items()[0])
	same(t, "empty delta", recorded[faketest.Exchange](t, "calendarview-delta-empty").Response.Body, s.ok(s.call("GET", "me/calendarView/delta?"+year, nil)).body)
	s.Lists(ListMode{EmptyPages: 1})
	same(t, "empty page", recorded[faketest.Exchange](t, "calendarview-delta-page-empty-nextlink").Response.Body, s.ok(s.call("GET", "me/calendarView/delta?"+year, nil)).body)
	s = s.as(ada, "MailboxSettings.Read")
	same(t, "settings", recorded[map[string]any](t, "mailbox-settings"), s.ok(s.call("GET", "me/mailboxSettings", nil)).body)
}

func TestErrorsAreTheRecordedOnes(t *testing.T) {
	s := newSite(t)
	a := s.add(meeting("One"))
	_, link := s.pull("")
	s.ExpireDeltaTokens()
	conflict := s.call("PATCH", eventPath(a), map[string]any{"subject": "x"}, "If-Match", `W/"x"`)
	expired := s.call("GET", link, nil)
	s.ok(s.call("DELETE", eventPath(a), nil))
	missing := s.call("GET", eventPath(a), nil)
	s.Fail(Failure{Reason: "ApplicationThrottled"})
	for file, got := range map[string]answer{
		"error-412-irresolvableconflict": conflict, "error-410-syncstatenotfound": expired, "error-404-itemnotfound": missing,
		"error-429-mailboxconcurrency": s.call("GET", "me/calendars", nil),
	} {
		want := recorded[faketest.Exchange](t, file).Response
		for _, body := range []map[string]any{want.Body, got.body} {
			delete(calendar.Map(body, "error"), "innerError")
		}
		if diff := cmp.Diff(want.Body, got.body); diff != "" || got.status != want.Status {
			t.Errorf("%s: status %d, want %d\n%s", file, got.status, want.Status, diff)
		}
	}
}

func TestNotificationsHaveTheRecordedMembers(t *testing.T) {
	s, h := newSite(t), newHook(t)
	sub := s.subscribeTo(h)
	want := recorded[faketest.Exchange](t, "subscription-created").Response.Body
	for _, key := range names(want) {
		if _, ok := sub.body[key]; !ok {
			t.Errorf("subscription lacks %s", key)
		}
	}
	s.add(meeting("One"))
	item := calendar.Maps(recorded[map[string]any](t, "notification-event"), "value")[0]
	got := h.next(t)[0]
	same(t, "notification", item, got)
	same(t, "its data", calendar.Map(item, "resourceData"), calendar.Map(got, "resourceData"))
	s.Lifecycle(ada, ReauthorizationRequired)
	want = calendar.Maps(recorded[faketest.Exchange](t, "lifecycle-reauthorization-2026").Request.Body, "value")[0]
	same(t, "lifecycle notification", want, h.next(t)[0])
	if _, err := time.Parse(time.RFC3339Nano, calendar.Text(got, "subscriptionExpirationDateTime")); err != nil {
		t.Error(err)
	}
}
