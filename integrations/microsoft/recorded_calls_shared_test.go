//go:build shareddata

package microsoft

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func replayCalendars(t *testing.T, _ exchange, raw json.RawMessage) {
	t.Helper()
	var want struct {
		Value []struct {
			ID, Name                   string
			IsDefaultCalendar, CanEdit bool
			Owner                      struct{ Address string }
		}
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	cal, _ := say(t, answer{body: string(raw)}, code(403, "ErrorAccessDenied"))
	got, err := cal.Calendars(t.Context())
	if err != nil || len(got) != len(want.Value) {
		t.Fatalf("%d calendars, recorded %d, %v", len(got), len(want.Value), err)
	}
	for i, w := range want.Value {
		owned := w.Owner.Address == want.Value[0].Owner.Address
		if got[i] != (parlor.CalendarInfo{ID: parlor.CalendarID(w.ID), Name: w.Name, Primary: w.IsDefaultCalendar, Owned: owned, Writable: owned && w.CanEdit}) {
			t.Errorf("%+v, recorded %+v", got[i], w)
		}
	}
}

func replaySchedule(t *testing.T, _ exchange, raw json.RawMessage) {
	t.Helper()
	cal, _ := say(t, answer{body: twoCalendars + "}"}, answer{body: string(raw)})
	got, err := cal.Calendars(t.Context())
	if err != nil || got[0].Zone != "America/Los_Angeles" {
		t.Errorf("%+v %v", got, err)
	}
}

func replayCreate(t *testing.T, x exchange, raw json.RawMessage) {
	t.Helper()
	cal, _ := say(t, answer{status: x.Response.Status, body: string(raw)})
	got, err := cal.Create(t.Context(), "c", parlor.Draft{Key: key})
	if err != nil {
		t.Fatal(err)
	}
	compare(t, raw, got)
}

func replayWatch(t *testing.T, x exchange, raw json.RawMessage) {
	t.Helper()
	cal, _ := say(t, own, answer{status: x.Response.Status, body: string(raw)})
	got, err := cal.Watch(t.Context(), "c", parlor.Hook{ID: "w"})
	if err != nil || got.Resource != "7f105c7d-2dc5-4530-97cd-4e7ae6534c07" || !got.Until.Equal(at("2016-11-20T18:23:45.9356913Z")) {
		t.Errorf("%+v %v", got, err)
	}
}

// replayPush hears a recorded push as it is, and once more with one of our own clientStates in it.
func replayPush(t *testing.T, x exchange, raw json.RawMessage) {
	t.Helper()
	if x.Request != nil {
		raw = x.Request.Body
	}
	if _, err := Hear(nil, url.Values{}, raw); err != nil {
		t.Error(err)
	}
	var push struct{ Value []map[string]any }
	if err := json.Unmarshal(raw, &push); err != nil {
		t.Fatal(err)
	}
	renew := false
	for _, item := range push.Value {
		item["clientState"] = "w1.s1"
		renew = renew || item["lifecycleEvent"] == "reauthorizationRequired"
	}
	ours, err := json.Marshal(push)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Hear(nil, nil, ours)
	if err != nil || len(got.Pings) != 1 || got.Pings[0] != (parlor.Ping{Watch: "w1", Secret: "s1", Renew: renew}) {
		t.Errorf("%+v %v", got, err)
	}
}

func replayError(t *testing.T, x exchange, raw json.RawMessage) {
	t.Helper()
	want := map[int]error{404: parlor.ErrNotFound, 410: parlor.ErrCursorGone, 412: parlor.ErrConflict, 429: nil}[x.Response.Status]
	h := http.Header{}
	for k, v := range x.Response.Headers {
		h.Set(k, v)
	}
	h.Set("Content-Type", strings.TrimSpace(h.Get("Content-Type")))
	cal, _ := say(t, answer{status: x.Response.Status, header: h, body: string(raw)})
	_, err := cal.Event(t.Context(), ref)
	pause, throttled := errors.AsType[*parlor.ThrottledError](err)
	switch {
	case want == nil && (!throttled || *pause != parlor.ThrottledError{After: time.Second, Reason: "ApplicationThrottled"}):
		t.Errorf("%v", err)
	case want != nil && !errors.Is(err, want):
		t.Errorf("%v, want %v", err, want)
	}
}
