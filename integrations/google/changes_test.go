package google

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

// read runs Changes and collects the ids it was given.
func read(t *testing.T, cal parlor.Calendar, since parlor.Cursor) ([]string, parlor.Cursor, error) {
	t.Helper()
	var ids []string
	end, err := cal.Changes(t.Context(), "ada@example.com", since, func(page []parlor.Event) error {
		for _, e := range page {
			ids = append(ids, e.Ref.ID)
		}
		return nil
	})
	return ids, end, err
}

func TestChangesReadsEveryPageAndKeepsTheLastToken(t *testing.T) {
	cal, s := say(t,
		answer{body: `{"items":[],"nextPageToken":"p1"}`},
		answer{body: `{"items":[{"id":"a"}],"nextPageToken":"p2"}`},
		answer{body: `{"items":[{"id":"b"}],"nextSyncToken":"s1"}`},
		answer{body: `{"nextPageToken":"p3"}`},
		answer{body: `{"items":[{"id":"c","status":"cancelled"}],"nextSyncToken":"s2"}`},
	)
	ids, first, err := read(t, cal, "")
	if diff := cmp.Diff([]string{"a", "b"}, ids); diff != "" || err != nil {
		t.Fatalf("full list: %v %s", err, diff)
	}
	ids, second, err := read(t, cal, first)
	if diff := cmp.Diff([]string{"c"}, ids); diff != "" || err != nil {
		t.Fatalf("incremental list: %v %s", err, diff)
	}
	if want := parlor.Cursor(listing + "s2"); second != want {
		t.Errorf("cursor %q, want %q", second, want)
	}
	var queries []string
	for _, a := range s.asked {
		a.query.Del("alt")
		a.query.Del("prettyPrint")
		queries = append(queries, a.query.Encode())
	}
	want := []string{
		"maxResults=2500&singleEvents=false",
		"maxResults=2500&pageToken=p1&singleEvents=false",
		"maxResults=2500&pageToken=p2&singleEvents=false",
		"maxResults=2500&singleEvents=false&syncToken=s1",
		"maxResults=2500&pageToken=p3&singleEvents=false&syncToken=s1",
	}
	if diff := cmp.Diff(want, queries); diff != "" {
		t.Errorf("queries: %s", diff)
	}
}

func TestChangesNeverTakesAPartialListForAWholeOne(t *testing.T) {
	good := answer{body: `{"items":[{"id":"a"}],"nextPageToken":"p1"}`}
	for name, answers := range map[string][]answer{
		"nothing at all":      {{body: `{}`}},
		"items and no token":  {{body: `{"items":[{"id":"a"}]}`}},
		"second page empty":   {good, {body: `{}`}},
		"second page cut off": {good, {body: `{"items":[{"id":"b"},`}},
		"second page fails":   {good, {status: 500, body: `oops`}},
		"circle":              {good, good},
		"a login page":        {{body: `<html>Sign in to the hotel's network</html>`}},
	} {
		t.Run(name, func(t *testing.T) {
			cal, _ := say(t, answers...)
			if _, end, err := read(t, cal, ""); err == nil || end != "" {
				t.Errorf("cursor %q, error %v", end, err)
			}
		})
	}
}

func TestChangesWithACursorThatIsNoGood(t *testing.T) {
	gone := answer{status: 410, body: `{"error":{"code":410,"message":"Sync token is no longer valid","errors":[{"reason":"fullSyncRequired"}]}}`}
	invalid := answer{status: 400, body: `{"error":{"code":400,"message":"Invalid sync token value.","errors":[{"reason":"invalid"}]}}`}
	bare := answer{status: 410, body: `{"error":{"code":410,"message":"Gone"}}`}
	for name, tt := range map[string]struct {
		since   parlor.Cursor
		answers []answer
	}{
		"expired":             {parlor.Cursor(listing + "s1"), []answer{gone}},
		"unreadable":          {parlor.Cursor(listing + "s1"), []answer{invalid}},
		"gone without reason": {parlor.Cursor(listing + "s1"), []answer{bare}},
		"other parameters":    {"v1.00000000.s1", nil},
		"of another service":  {"https://graph.microsoft.com/v1.0/me/delta", nil},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, tt.answers...)
			_, end, err := read(t, cal, tt.since)
			if !errors.Is(err, parlor.ErrCursorGone) || end != "" {
				t.Errorf("cursor %q, error %v", end, err)
			}
			if len(s.asked) != len(tt.answers) {
				t.Errorf("%d requests, want %d", len(s.asked), len(tt.answers))
			}
		})
	}
}

func TestChangesStopsWhenThePageIsRefused(t *testing.T) {
	cal, s := say(t, answer{body: `{"items":[{"id":"a"}],"nextPageToken":"p1"}`})
	full := errors.New("redis is full")
	_, err := cal.Changes(t.Context(), "ada@example.com", "", func([]parlor.Event) error { return full })
	if !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
	s.only(t)
}

func TestErrorsNameNoAddressAndNoToken(t *testing.T) {
	cal, err := New(Config{APIURL: "http://127.0.0.1:1/"}).Calendar(&http.Client{})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = read(t, cal, parlor.Cursor(listing+"secrettoken"))
	if err == nil || strings.Contains(err.Error(), "ada@") || strings.Contains(err.Error(), "secrettoken") {
		t.Errorf("error %v", err)
	}
}
