package microsoft

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

// list runs Changes and collects what it was given, in words.
func list(t *testing.T, cal parlor.Calendar, since parlor.Cursor) ([]string, parlor.Cursor, error) {
	t.Helper()
	var got []string
	end, err := cal.Changes(t.Context(), "c", since, func(page []parlor.Event) error {
		for _, e := range page {
			word := e.Ref.ID
			if e.Cancelled {
				word += " cancelled"
			}
			if e.SeriesID != "" {
				word += " of " + e.SeriesID + " at " + e.OriginalStart.Time.Format("01-02 15:04")
			}
			if e.Exceptions != nil {
				word += fmt.Sprintf(" with %d exceptions", len(*e.Exceptions))
			}
			got = append(got, word)
		}
		return nil
	})
	return got, end, err
}

const (
	oneEvent = `{"value":[{"id":"a","type":"singleInstance"}],"@odata.nextLink":"{base}/me/calendarView/delta?$skiptoken=p2"}`
	lastPage = `{"value":[],"@odata.deltaLink":"{base}/me/calendarView/delta?$deltatoken=d1"}`
)

func TestChangesReadsEveryPageAndKeepsTheLink(t *testing.T) {
	cal, s := say(t,
		answer{body: `{"value":[],"@odata.nextLink":"{base}/me/calendarView/delta?$skiptoken=p1"}`},
		answer{body: oneEvent},
		answer{body: `{"value":[{"id":"b"}],"@odata.deltaLink":"{base}/me/calendarView/delta?$deltatoken=d1"}`},
		answer{body: `{"value":[{"id":"c"}],"@odata.deltaLink":"{base}/me/calendarView/delta?$deltatoken=d2"}`},
	)
	got, first, err := list(t, cal, "")
	if diff := cmp.Diff([]string{"a", "b"}, got); diff != "" || err != nil {
		t.Fatalf("full list: %v %s", err, diff)
	}
	got, second, err := list(t, cal, first)
	if diff := cmp.Diff([]string{"c"}, got); diff != "" || err != nil {
		t.Fatalf("incremental list: %v %s", err, diff)
	}
	end := at("2026-11-23T00:00:00Z").Add(ahead).Unix()
	if want := fmt.Sprintf("v1 %d %s/me/calendarView/delta?$deltatoken=d2", end, s.base); string(second) != want {
		t.Errorf("cursor %q, want %q", second, want)
	}
	var asked []string
	for _, a := range s.all(t, 4) {
		asked = append(asked, a.path+"?"+a.query.Encode())
		if a.header.Get("Prefer") != `IdType="ImmutableId", outlook.timezone="UTC", odata.maxpagesize=100` {
			t.Errorf("prefer %v", a.header["Prefer"])
		}
	}
	want := []string{
		"/v1.0/me/calendars/c/calendarView/delta()?endDateTime=2027-12-28T00%3A00%3A00Z&startDateTime=2026-11-22T00%3A00%3A00Z",
		"/v1.0/me/calendarView/delta?%24skiptoken=p1", "/v1.0/me/calendarView/delta?%24skiptoken=p2", "/v1.0/me/calendarView/delta?%24deltatoken=d1",
	}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Error(diff)
	}
}

func TestChangesNeverTakesAPartialListForAWholeOne(t *testing.T) {
	good := answer{body: oneEvent}
	cut := answer{body: oneEvent[:40], header: http.Header{"Content-Length": {"400"}}}
	for name, answers := range map[string][]answer{
		"nothing at all":         {{body: `{}`}},
		"no content":             {{status: 204}},
		"items and no link":      {{body: `{"value":[{"id":"a"}]}`}},
		"a link and no items":    {{body: `{"@odata.deltaLink":"{base}/me/calendarView/delta?$deltatoken=d1"}`}},
		"an item without an id":  {{body: `{"value":[{}],"@odata.deltaLink":"{base}/me/calendarView/delta?$deltatoken=d1"}`}},
		"second page empty":      {good, {body: `{}`}},
		"second page cut off":    {good, cut},
		"second page half":       {good, {body: oneEvent[:len(oneEvent)-1]}},
		"second page fails":      {good, {status: 500, body: `oops`}},
		"circle":                 {good, good},
		"a login page":           {{body: `<html>Sign in to the hotel's network</html>`, header: html}},
		"next page elsewhere":    {{body: `{"value":[],"@odata.nextLink":"https://evil.example/v1.0/me"}`}},
		"next page of no API":    {{body: `{"value":[],"@odata.nextLink":"` + "{base}" + `-evil/me"}`}},
		"end elsewhere":          {{body: `{"value":[],"@odata.deltaLink":"https://evil.example/v1.0/me"}`}},
		"a series that is cut":   {{body: `{"value":[{"id":"m","type":"seriesMaster"}],"@odata.deltaLink":"{base}/me/d"}`}, {status: 502}},
		"a removal not verified": {{body: `{"value":[{"id":"a","@removed":{"reason":"deleted"}}],"@odata.deltaLink":"{base}/me/d"}`}, {status: 502}},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, answers...)
			if _, end, err := list(t, cal, ""); err == nil || end != "" {
				t.Errorf("cursor %q, error %v", end, err)
			}
			s.all(t, len(answers))
		})
	}
}

func TestChangesWithACursorThatIsNoGood(t *testing.T) {
	later := at("2026-11-23T00:00:00Z").Add(ahead).Unix()
	ours := fmt.Sprintf("v1 %d {base}/me/calendarView/delta?$deltatoken=d1", later)
	for name, tt := range map[string]struct {
		since   string
		answers []answer
	}{
		"expired":             {ours, []answer{code(410, "SyncStateNotFound")}},
		"gone without a word": {ours, []answer{code(410, "Gone")}},
		"unreadable":          {ours, []answer{code(400, "ErrorInvalidUrlQuery")}},
		"not found":           {ours, []answer{code(404, "ErrorItemNotFound")}},
		"window to be moved":  {fmt.Sprintf("v1 %d {base}/me/calendarView/delta?$deltatoken=d1", later-36*86400), nil},
		"another version":     {"v0 1 {base}/me", nil},
		"no end":              {"v1 soon {base}/me", nil},
		"another server":      {fmt.Sprintf("v1 %d https://evil.example/v1.0/me/delta", later), nil},
		"another port":        {fmt.Sprintf("v1 %d http://127.0.0.1:1/v1.0/me/delta", later), nil},
		"a user in the link":  {fmt.Sprintf("v1 %d http://x@127.0.0.1/v1.0/me/delta", later), nil},
		"of another service":  {"v1.00000000.s1", nil},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, tt.answers...)
			_, end, err := list(t, cal, parlor.Cursor(strings.ReplaceAll(tt.since, "{base}", s.base)))
			if !errors.Is(err, parlor.ErrCursorGone) || end != "" {
				t.Errorf("cursor %q, error %v", end, err)
			}
			s.all(t, len(tt.answers))
		})
	}
}

func TestMailboxesThatCannotBeReadAreNoLostCursor(t *testing.T) {
	cal, s := say(t, code(404, "MailboxNotEnabledForRESTAPI"))
	since := fmt.Sprintf("v1 %d %s/me/calendarView/delta?$deltatoken=d1", at("2026-11-23T00:00:00Z").Add(ahead).Unix(), s.base)
	_, _, err := list(t, cal, parlor.Cursor(since))
	if !errors.Is(err, parlor.ErrForbidden) || errors.Is(err, parlor.ErrCursorGone) || !strings.Contains(err.Error(), "not supported") {
		t.Errorf("error %v", err)
	}
}

func TestWindowsMoveOnDifferentDays(t *testing.T) {
	w := windowAt(at("2026-11-23T15:00:00Z"))
	perDay := map[int]int{}
	for i := range 10_000 {
		due := w.due(parlor.CalendarID(fmt.Sprintf("AQMkADAwATNiZmYAZS1hZGNjAC0zNzY5-%d", i)))
		after := due.Sub(at("2026-11-23T00:00:00Z"))
		if after < soonest || after >= soonest+spread || w.to.Sub(due) < 365*day {
			t.Fatalf("due after %s", after)
		}
		perDay[int(after/day)]++
	}
	for d, n := range perDay {
		if n > 1000 {
			t.Errorf("%d of 10000 on day %d", n, d)
		}
	}
	if len(perDay) != int(spread/day) {
		t.Errorf("%d days", len(perDay))
	}
}

func TestChangesStopsWhenThePageIsRefused(t *testing.T) {
	cal, s := say(t, answer{body: oneEvent})
	full := errors.New("redis is full")
	_, err := cal.Changes(t.Context(), "c", "", func([]parlor.Event) error { return full })
	if !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
	s.all(t, 1)
}

func TestErrorsNameNoAddressAndNoToken(t *testing.T) {
	cal, err := New(Config{APIURL: "http://127.0.0.1:1/v1.0", Now: func() time.Time { return at("2026-11-23T00:00:00Z") }}).Calendar(&http.Client{})
	if err != nil {
		t.Fatal(err)
	}
	since := fmt.Sprintf("v1 %d http://127.0.0.1:1/v1.0/me/delta?token=secrettoken", at("2026-11-23T00:00:00Z").Add(ahead).Unix())
	_, _, err = list(t, cal, parlor.Cursor(since))
	if err == nil || strings.Contains(err.Error(), "me/delta") || strings.Contains(err.Error(), "secrettoken") {
		t.Errorf("error %v", err)
	}
}
