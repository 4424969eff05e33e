package graph

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/fake/calendar"
)

// instances lists a series' occurrences.
func (s *site) instances(master answer) (out []answer) {
	s.t.Helper()
	for _, item := range s.ok(s.call("GET", eventPath(master)+"/instances?"+year, nil)).items() {
		out = append(out, answer{body: item})
	}
	return out
}

func pattern1(kind string, more map[string]any) map[string]any {
	full := map[string]any{"type": kind, "interval": 1, "month": 0, "dayOfMonth": 0, "firstDayOfWeek": "sunday", "index": "first"}
	for k, v := range more {
		full[k] = v
	}
	return full
}

func TestPatternsComeBackAsWritten(t *testing.T) {
	tuesday := []any{"tuesday"}
	for name, pattern := range map[string]map[string]any{
		"daily":            pattern1("daily", map[string]any{"interval": 3}),
		"weekly":           pattern1("weekly", map[string]any{"daysOfWeek": []any{"monday", "tuesday"}, "firstDayOfWeek": "monday"}),
		"monthly":          pattern1("absoluteMonthly", map[string]any{"dayOfMonth": 24}),
		"last day":         pattern1("absoluteMonthly", map[string]any{"dayOfMonth": 31}),
		"fourth tuesday":   pattern1("relativeMonthly", map[string]any{"daysOfWeek": tuesday, "index": "fourth"}),
		"last of weekdays": pattern1("relativeMonthly", map[string]any{"daysOfWeek": []any{"monday", "friday"}, "index": "last"}),
		"yearly":           pattern1("absoluteYearly", map[string]any{"dayOfMonth": 24, "month": 11}),
		"yearly relative":  pattern1("relativeYearly", map[string]any{"daysOfWeek": tuesday, "index": "last", "month": 11}),
	} {
		for kind, span := range map[string]map[string]any{
			"noEnd":    {"type": "noEnd", "startDate": "2026-11-24", "endDate": "0001-01-01", "numberOfOccurrences": 0},
			"numbered": {"type": "numbered", "startDate": "2026-11-24", "endDate": "0001-01-01", "numberOfOccurrences": 5},
			"endDate":  {"type": "endDate", "startDate": "2026-11-24", "endDate": "2027-06-30", "numberOfOccurrences": 0},
		} {
			s := newSite(t)
			a := s.add(meeting("Series", map[string]any{"recurrence": map[string]any{"pattern": pattern, "range": span}}))
			got := calendar.Map(a.body, "recurrence")
			wantSpan := calendar.Merge(span, calendar.Fields{"recurrenceTimeZone": "GMT Standard Time", "startDate": a.text("start", "dateTime")[:10]})
			for key, want := range map[string]map[string]any{"pattern": pattern, "range": wantSpan} {
				if diff := cmp.Diff(plain(want), plain(calendar.Map(got, key))); diff != "" {
					t.Errorf("%s, %s, %s:\n%s", name, kind, key, diff)
				}
			}
		}
	}
}

// plain makes numbers of both sides alike.
func plain(m map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range m {
		if n, ok := v.(int); ok {
			v = float64(n)
		}
		out[k] = v
	}
	return out
}

func TestBadRecurrences(t *testing.T) {
	s := newSite(t)
	for name, change := range map[string]map[string]any{
		"no days":      {"daysOfWeek": []string{}},
		"unknown day":  {"daysOfWeek": []string{"doomsday"}},
		"no interval":  {"interval": 0},
		"unknown type": {"type": "hourly"},
	} {
		body := meeting("Series", weekly(3))
		p := calendar.Map(calendar.Map(body, "recurrence"), "pattern")
		for k, v := range change {
			p[k] = v
		}
		if a := s.call("POST", "me/events", body); a.status != 400 {
			t.Errorf("%s: status %d", name, a.status)
		}
	}
}

func TestSeriesInDelta(t *testing.T) {
	s := newSite(t)
	master := s.add(meeting("Series", weekly(4)))
	occurrences := s.instances(master)
	s.Lists(ListMode{MaxPage: 1})
	first := s.ok(s.call("GET", "me/calendarView/delta()?"+year, nil))
	if n := len(first.items()); n != 5 || first.text("@odata.deltaLink") == "" {
		t.Fatalf("a page of %d items: a series was split", n)
	}
	if got := first.items()[0]; got["type"] != "seriesMaster" || calendar.Text(got, "start", "dateTime") != "2026-11-24T10:00:00.0000000" {
		t.Errorf("first item: %v", got)
	}
	stub := first.items()[2]
	if diff := cmp.Diff([]string{"@odata.etag", "@odata.type", "end", "id", "seriesMasterId", "start", "type"}, sortedKeys(stub)); diff != "" {
		t.Errorf("stub:\n%s", diff)
	}
	s.ok(s.call("DELETE", eventPath(occurrences[1]), nil))
	s.ok(s.call("PATCH", eventPath(occurrences[2]), map[string]any{"subject": "Changed"}))
	items, _ := s.pull(first.text("@odata.deltaLink"))
	var types []string
	for _, item := range items {
		if item["@removed"] != nil {
			t.Error("a deleted occurrence was reported")
		}
		types = append(types, calendar.Text(item, "type"))
	}
	if diff := cmp.Diff([]string{"seriesMaster", "occurrence", "exception", "occurrence"}, types); diff != "" {
		t.Errorf("the series again:\n%s", diff)
	}
	asked := s.ok(s.call("GET", eventPath(master)+"?$select=cancelledOccurrences&$expand=exceptionOccurrences", nil))
	want := "OID." + master.text("id") + ".2026-12-01"
	if got, _ := asked.body["cancelledOccurrences"].([]any); len(got) != 1 || got[0] != want {
		t.Errorf("cancelled: %v, want %s", got, want)
	}
	if got := calendar.Maps(asked.body, "exceptionOccurrences"); len(got) != 1 || got[0]["occurrenceId"] != "OID."+master.text("id")+".2026-12-08" {
		t.Errorf("exceptions: %v", got)
	}
	s.ok(s.call("DELETE", eventPath(master), nil))
}

func sortedKeys(m map[string]any) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func TestOccurrencesDoNotCross(t *testing.T) {
	s := newSite(t)
	master := s.add(meeting("Series", weekly(4)))
	second := s.instances(master)[1]
	over := map[string]any{"start": at("2026-12-09T10:00:00", "UTC"), "end": at("2026-12-09T11:00:00", "UTC")}
	s.refused(s.call("PATCH", eventPath(second), over), 400, "ErrorOccurrenceCrossingBoundary")
	near := map[string]any{"start": at("2026-12-02T10:00:00", "UTC"), "end": at("2026-12-02T11:00:00", "UTC")}
	moved := s.ok(s.call("PATCH", eventPath(second), near))
	if moved.text("type") != "exception" || moved.text("originalStart") != "2026-12-01T10:00:00Z" {
		t.Errorf("moved: %v", moved.body)
	}
}

func TestSeriesBeginOnTheirRule(t *testing.T) {
	s := newSite(t)
	body := meeting("Series", weekly(2))
	calendar.Map(calendar.Map(body, "recurrence"), "pattern")["daysOfWeek"] = []string{"thursday"}
	a := s.add(body)
	if got := a.text("start", "dateTime") + a.text("recurrence", "range", "startDate"); got != "2026-11-26T10:00:00.00000002026-11-26" {
		t.Errorf("begins %s", got)
	}
	calendar.Map(calendar.Map(body, "recurrence"), "range")["startDate"] = "2026-11-25"
	s.refused(s.call("POST", "me/events", body), 400, "ErrorPropertyValidationFailure")
	s.refused(s.call("POST", "me/events", meeting("x", map[string]any{"onlineMeetingProvider": "parlor"})), 400, "RequestBodyRead")
}
