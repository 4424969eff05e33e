//go:build shareddata

package google

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

// facts is what a recorded event says, read without the SDK.
type facts struct {
	ID, Status, Summary, Description, Location, RecurringEventID, ICalUID, EventType, HangoutLink string
	Start, End                                                                                    struct{ Date, DateTime, TimeZone string }
	Recurrence                                                                                    []string
	Attendees                                                                                     []struct{ Email string }
	ConferenceData                                                                                *struct {
		EntryPoints []struct{ URI, EntryPointType string }
	}
}

func replayEvent(t *testing.T, raw json.RawMessage) {
	t.Helper()
	compare(t, raw, one(t, string(raw)))
	cal, _ := say(t, answer{body: string(raw)})
	got, err := cal.Event(t.Context(), parlor.EventRef{Calendar: "c", ID: "x"})
	if gone := bytes.Contains(raw, []byte(`"cancelled"`)); gone != errors.Is(err, parlor.ErrNotFound) || (!gone && err != nil) {
		t.Errorf("%s: %v", got.Ref.ID, err)
	}
}

func compare(t *testing.T, raw json.RawMessage, got parlor.Event) {
	t.Helper()
	var want facts
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	for what, pair := range map[string][2]any{
		"id":          {got.Ref.ID, want.ID},
		"cancelled":   {got.Cancelled, want.Status == "cancelled"},
		"title":       {got.Title, want.Summary},
		"body":        {got.Body, want.Description},
		"location":    {got.Location, want.Location},
		"series":      {got.SeriesID, want.RecurringEventID},
		"uid":         {got.UID, want.ICalUID},
		"ordinary":    {got.Ordinary, want.EventType == "" || want.EventType == "default"},
		"zone":        {got.Start.Zone, want.Start.TimeZone},
		"all day":     {got.Start.AllDay, want.Start.Date != ""},
		"has a start": {got.Start.Time.IsZero(), want.Start.Date+want.Start.DateTime == ""},
		"has an end":  {got.End.Time.IsZero(), want.End.Date+want.End.DateTime == ""},
		"recurrence":  {strings.Join(got.Recurrence, "\n"), strings.Join(want.Recurrence, "\n")},
		"guests":      {len(got.Attendees), len(want.Attendees)},
		"conference":  {got.Conference != nil, want.ConferenceData != nil || want.HangoutLink != ""},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %s is %v, recorded %v", want.ID, what, pair[0], pair[1])
		}
	}
}

// replayList reads a page; one that names a next page is followed by an empty last one.
func replayList(t *testing.T, raw json.RawMessage) {
	t.Helper()
	var page struct {
		Items                        []json.RawMessage
		NextPageToken, NextSyncToken string
	}
	if err := json.Unmarshal(raw, &page); err != nil {
		t.Fatal(err)
	}
	end := page.NextSyncToken
	answers := []answer{{body: string(raw)}}
	if end == "" && page.NextPageToken != "" {
		end = "end"
		answers = append(answers, answer{body: `{"nextSyncToken":"end"}`})
	}
	var got []parlor.Event
	cal, _ := say(t, answers...)
	cursor, err := cal.Changes(t.Context(), "c", "", func(p []parlor.Event) error {
		got = append(got, p...)
		return nil
	})
	if end == "" {
		if !errors.Is(err, errPartial) {
			t.Errorf("a list without an end: cursor %q, %v", cursor, err)
		}
		got = apart(t, page.Items)
	} else if err != nil || cursor != parlor.Cursor(listing+end) {
		t.Errorf("cursor %q, %v", cursor, err)
	}
	if len(got) != len(page.Items) {
		t.Fatalf("%d events, recorded %d", len(got), len(page.Items))
	}
	for i, item := range page.Items {
		compare(t, item, got[i])
	}
}

func apart(t *testing.T, items []json.RawMessage) []parlor.Event {
	t.Helper()
	var out []parlor.Event
	for _, item := range items {
		out = append(out, one(t, string(item)))
	}
	return out
}
