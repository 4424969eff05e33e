//go:build shareddata

package google

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/faketest"
)

// recorded reads one recording of Google's real answers.
func recorded[T any](t *testing.T, name string) T { return faketest.Read[T](t, "google/"+name) }

func TestErrorsAreTheRecordedOnes(t *testing.T) {
	for file, reason := range map[string]string{
		"error-403-forbiddenfornonorganizer": "forbiddenForNonOrganizer",
		"error-403-quotaexceeded":            "quotaExceeded",
		"error-403-ratelimitexceeded":        "rateLimitExceeded",
		"error-410-fullsyncrequired":         "fullSyncRequired",
		"error-412-conditionnotmet":          "conditionNotMet",
	} {
		t.Run(file, func(t *testing.T) {
			s := newSite(t)
			want := recorded[faketest.Exchange](t, file).Response
			s.Fail(Failure{Reason: reason})
			got := s.call("GET", primary, nil)
			if diff := cmp.Diff(want.Body, got.body); diff != "" || got.status != want.Status {
				t.Errorf("status %d, want %d\n%s", got.status, want.Status, diff)
			}
		})
	}
}

func TestRealErrorsAreTheRecordedOnes(t *testing.T) {
	s := newSite(t)
	e := s.add("One", calendar.Fields{"attendees": calendar.List[any](calendar.Fields{"email": "bob@example.com"})})
	path, bob := primary+"/"+e.text("id"), s.as("bob@example.com")
	zoom := calendar.Fields{"conferenceData": calendar.Fields{"createRequest": calendar.Fields{"conferenceSolutionKey": calendar.Fields{"type": "zoom"}}}}
	for file, got := range map[string]answer{
		"error-400-invalid-conference-type":  s.call("PATCH", path+"?conferenceDataVersion=1", zoom),
		"error-403-forbiddenfornonorganizer": bob.call("PATCH", path, calendar.Fields{"location": "x"}),
		"error-410-fullsyncrequired":         s.call("GET", primary+"?syncToken=old", nil),
		"error-412-conditionnotmet":          s.call("PATCH", path, calendar.Fields{"location": "x"}, "If-Match", `"2"`),
	} {
		want := recorded[faketest.Exchange](t, file).Response
		if diff := cmp.Diff(want.Body, got.body); diff != "" || got.status != want.Status {
			t.Errorf("%s: status %d, want %d\n%s", file, got.status, want.Status, diff)
		}
	}
}

func keys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

func TestAnswersHaveTheRecordedMembers(t *testing.T) {
	s, h := newSite(t), newHook(t)
	s = s.as("ada@example.com", scopeBase+"calendar")
	event := s.add("One", calendar.Fields{"description": "x", "location": "y"})
	watch := s.ok(s.call("POST", primary+"/watch", calendar.Merge(h.body("ch"), calendar.Fields{"token": nil})))
	h.next(t)
	single := s.ok(s.call("GET", primary+"?maxResults=5", nil))
	for file, got := range map[string]map[string]any{
		"patch-event": event.body, "watch-events": watch.body, "incremental-delete-all": single.body,
	} {
		if diff := cmp.Diff(keys(recorded[faketest.Exchange](t, file).Response.Body), keys(got)); diff != "" {
			t.Errorf("%s:\n%s", file, diff)
		}
	}
}

func TestPushHasTheRecordedHeaders(t *testing.T) {
	s, h := newSite(t), newHook(t)
	s.ok(s.call("POST", primary+"/watch", h.body("ch")))
	h.next(t)
	s.add("One")
	got := h.next(t)
	for _, file := range []string{"push-exists-2015", "push-exists-guide"} {
		for name := range recorded[faketest.Exchange](t, file).Request.Headers {
			if got.Get(name) == "" {
				t.Errorf("%s: header %s is missing", file, name)
			}
		}
	}
}

func TestDeletionsHaveTheRecordedMembers(t *testing.T) {
	s := newSite(t)
	id, second := s.series()
	_, token := s.pull("")
	s.ok(s.call("DELETE", primary+"/"+second, nil))
	for i, got := range s.ok(s.call("GET", primary+"?syncToken="+token, nil)).items() {
		want := calendar.Maps(recorded[faketest.Exchange](t, "incremental-delete-single").Response.Body, "items")[i]
		if diff := cmp.Diff(keys(want), keys(got)); diff != "" {
			t.Errorf("deleted occurrence, item %d:\n%s", i, diff)
		}
	}
	_, token = s.pull("")
	s.ok(s.call("DELETE", primary+"/"+id, nil))
	got := s.ok(s.call("GET", primary+"?syncToken="+token, nil)).items()
	want := calendar.Maps(recorded[faketest.Exchange](t, "incremental-delete-all").Response.Body, "items")
	if diff := cmp.Diff(keys(want[0]), keys(got[0])); diff != "" || len(got) != len(want) {
		t.Errorf("deleted series, %d items:\n%s", len(got), diff)
	}
}
