//go:build shareddata

package microsoft

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

// facts is what a recorded event says, read without the SDK.
type facts struct {
	ID, Subject, Type, ICalUID, UID, WebLink, ChangeKey string
	SeriesMasterID                                      string
	IsAllDay, IsCancelled, IsOrganizer, IsDraft         bool
	IsOnlineMeeting                                     bool
	Body                                                *struct{ Content, ContentType string }
	Start, End                                          *struct{ DateTime, TimeZone string }
	Location                                            *struct{ DisplayName string }
	Attendees                                           []json.RawMessage
	Organizer                                           *struct {
		EmailAddress struct{ Name, Address string }
	}
	Recurrence, OnlineMeeting *struct{ JoinURL string }
	Removed                   *struct{} `json:"@removed"`
	ETag                      string    `json:"@odata.etag"`
}

func replayEvent(t *testing.T, _ exchange, raw json.RawMessage) {
	t.Helper()
	cal, _ := say(t, answer{body: string(raw)})
	got, err := cal.Event(t.Context(), parlor.EventRef{Calendar: "c", ID: "x"})
	if strings.Contains(string(raw), `"isCancelled": true`) {
		if !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("a cancelled event: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	compare(t, raw, got)
}

func compare(t *testing.T, raw json.RawMessage, got parlor.Event) {
	t.Helper()
	var want facts
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	pairs := map[string][2]any{
		"id":           {got.Ref.ID, want.ID},
		"title":        {got.Title, want.Subject},
		"uid":          {got.UID, orElse(want.UID, want.ICalUID)},
		"etag":         {got.ETag, orElse(want.ETag, `W/"`+want.ChangeKey+`"`)},
		"cancelled":    {got.Cancelled, want.IsCancelled || want.Removed != nil},
		"editable":     {got.Editable && got.Organizer.Self, want.IsOrganizer},
		"ordinary":     {got.Ordinary, !want.IsDraft},
		"guests":       {len(got.Attendees), len(want.Attendees)},
		"recurrence":   {got.Recurrence != nil, want.Recurrence != nil},
		"series":       {got.SeriesID, want.SeriesMasterID},
		"conference":   {got.Conference != nil, want.IsOnlineMeeting},
		"link":         {got.HTMLLink, want.WebLink},
		"has a start":  {!got.Start.Time.IsZero(), want.Start != nil},
		"has an end":   {!got.End.Time.IsZero(), want.End != nil},
		"is a day":     {got.Start.AllDay, want.IsAllDay},
		"has changed":  {got.Updated.IsZero(), !strings.Contains(string(raw), "lastModifiedDateTime")},
		"no exception": {got.Exceptions == nil, true},
	}
	if want.Body != nil {
		pairs["body"] = [2]any{got.Body, want.Body.Content}
		pairs["format"] = [2]any{string(got.Format), strings.ToLower(want.Body.ContentType)}
	}
	if want.Location != nil {
		pairs["location"] = [2]any{got.Location, want.Location.DisplayName}
	}
	if want.Organizer != nil {
		pairs["organizer"] = [2]any{got.Organizer.Email, want.Organizer.EmailAddress.Address}
	}
	if want.OnlineMeeting != nil && got.Conference != nil {
		pairs["conference's link"] = [2]any{got.Conference.URL, want.OnlineMeeting.JoinURL}
	}
	for what, pair := range pairs {
		if pair[0] != pair[1] {
			t.Errorf("%s: %s is %.200v, recorded %.200v", want.ID, what, pair[0], pair[1])
		}
	}
}

// replayEvents reads each event of a list by itself.
func replayEvents(t *testing.T, x exchange, raw json.RawMessage) {
	t.Helper()
	var page struct{ Value []json.RawMessage }
	if err := json.Unmarshal(raw, &page); err != nil || len(page.Value) == 0 {
		t.Fatalf("%d events, %v", len(page.Value), err)
	}
	for _, item := range page.Value {
		replayEvent(t, x, item)
	}
}

// replayMessage reads the event inside an invitation's mail.
func replayMessage(t *testing.T, x exchange, raw json.RawMessage) {
	t.Helper()
	var message struct{ Event json.RawMessage }
	if err := json.Unmarshal(raw, &message); err != nil || message.Event == nil {
		t.Fatalf("no event, %v", err)
	}
	replayEvent(t, x, message.Event)
}

// replayPage reads a page of a delta; one that names a next page is followed by an empty last one. What was removed is
// looked for, and gone.
func replayPage(t *testing.T, _ exchange, raw json.RawMessage) {
	t.Helper()
	body := strings.ReplaceAll(string(raw), "https://graph.microsoft.com/v1.0", "{base}")
	var page struct{ Value []json.RawMessage }
	if err := json.Unmarshal(raw, &page); err != nil {
		t.Fatal(err)
	}
	answers := []answer{{body: body}}
	if strings.Contains(body, "@removed") {
		answers = append(answers, code(404, "ErrorItemNotFound"))
	}
	if strings.Contains(body, "@odata.nextLink") {
		answers = append(answers, answer{body: lastPage})
	}
	var got []parlor.Event
	cal, s := say(t, answers...)
	end, err := cal.Changes(t.Context(), "c", "", func(p []parlor.Event) error {
		got = append(got, p...)
		return nil
	})
	if err != nil || !strings.Contains(string(end), "deltatoken") || len(got) != len(page.Value) {
		t.Fatalf("%d events, recorded %d, cursor %q, %v", len(got), len(page.Value), end, err)
	}
	for i, item := range page.Value {
		if !got[i].Cancelled {
			compare(t, item, got[i])
		} else if !strings.Contains(string(item), "@removed") {
			t.Errorf("%s is cancelled", got[i].Ref.ID)
		}
	}
	s.all(t, len(answers))
}
