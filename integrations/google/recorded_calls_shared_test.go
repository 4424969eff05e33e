//go:build shareddata

package google

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func replayCalendars(t *testing.T, raw json.RawMessage) {
	t.Helper()
	var want struct {
		Items []struct {
			ID, Summary, SummaryOverride, TimeZone, AccessRole string
			Primary                                            bool
		}
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	cal, _ := say(t, answer{body: string(raw)})
	got, err := cal.Calendars(t.Context())
	if err != nil || len(got) != len(want.Items) {
		t.Fatalf("%d calendars, recorded %d, %v", len(got), len(want.Items), err)
	}
	for i, w := range want.Items {
		owned, name := w.AccessRole == "owner", orElse(w.SummaryOverride, w.Summary)
		if got[i] != (parlor.CalendarInfo{ID: parlor.CalendarID(w.ID), Name: name, Zone: w.TimeZone, Primary: w.Primary, Owned: owned, Writable: owned}) {
			t.Errorf("%+v, recorded %+v", got[i], w)
		}
	}
}

func replayWatch(t *testing.T, raw json.RawMessage) {
	t.Helper()
	cal, _ := say(t, answer{body: string(raw)})
	got, err := cal.Watch(t.Context(), "c", parlor.Hook{ID: "watch-events-test-1773300549"})
	if err != nil || got.Resource == "" || !got.Until.Equal(time.UnixMilli(1773905359000)) {
		t.Errorf("%+v %v", got, err)
	}
}

// replayDone answers without a body; of those requests the adapter makes only the stop of a channel.
func replayDone(t *testing.T, x exchange) {
	t.Helper()
	switch {
	case strings.HasSuffix(x.Request.URL, "/channels/stop"):
		cal, _ := say(t, answer{status: x.Response.Status})
		if err := cal.Unwatch(t.Context(), parlor.Watch{ID: "w", Resource: "r"}); err != nil {
			t.Error(err)
		}
	case x.Request.Method != http.MethodDelete && !strings.HasSuffix(x.Request.URL, "/clear"):
		t.Errorf("nothing makes %s %s", x.Request.Method, x.Request.URL)
	}
}

func replayPush(t *testing.T, headers map[string]string) {
	t.Helper()
	h := http.Header{}
	for k, v := range headers {
		h.Set(k, v)
	}
	got, err := Hear(h, nil, nil)
	if err != nil || len(got.Pings) != 1 || got.Pings[0].Watch != headers["X-Goog-Channel-ID"] || got.Pings[0].Secret != headers["X-Goog-Channel-Token"] {
		t.Errorf("%+v %v", got, err)
	}
}

func replayError(t *testing.T, file string, x exchange) {
	t.Helper()
	want, known := map[string]error{
		"error-400-invalid-conference-type.json":  parlor.ErrInvalid,
		"error-403-forbiddenfornonorganizer.json": parlor.ErrForbidden,
		"error-403-quotaexceeded.json":            reasons["quotaExceeded"],
		"error-403-ratelimitexceeded.json":        reasons["rateLimitExceeded"],
		"error-410-fullsyncrequired.json":         parlor.ErrCursorGone,
		"error-412-conditionnotmet.json":          parlor.ErrConflict,
	}[file]
	h := http.Header{}
	for k, v := range x.Response.Headers {
		h.Set(k, v)
	}
	cal, _ := say(t, answer{status: x.Response.Status, header: h, body: string(x.Response.Body)})
	_, err := cal.Watch(t.Context(), "c", parlor.Hook{ID: "w"})
	if !known || !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", file, err, want)
	}
}
