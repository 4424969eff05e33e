package parlortest

import (
	"context"
	"errors"
	"testing"
	"time"

	"parlor/internal/parlor"
)

var refusalCases = []calendarCase{
	{"refusal: an unknown event", unknownEvent},
	{"refusal: an unknown calendar", unknownCalendar},
	{"refusal: a draft without a key", unkeyed},
	{"refusal: throttled", throttled},
	{"refusal: revoked", revoked},
	{"refusal: an outage is to be tried again", outage},
	{"refusal: a cancelled context", cancelled},
}

// calls are the methods of the port that ask the service something, by name.
func (w hands) calls(ctx context.Context, ref parlor.EventRef) map[string]func() error {
	all := map[string]func() error{
		"calendars": func() error { _, err := w.Port.Calendars(ctx); return err },
		"changes": func() error {
			_, err := w.Port.Changes(ctx, ref.Calendar, "", func([]parlor.Event) error { return nil })
			return err
		},
		"event":  func() error { _, err := w.Port.Event(ctx, ref); return err },
		"create": func() error { _, err := w.Port.Create(ctx, ref.Calendar, keyed(plain("Made"))); return err },
		"patch": func() error {
			return w.Port.Patch(ctx, ref, `"1"`, parlor.Patch{Location: new("x")})
		},
		"watch": func() error {
			_, err := w.Port.Watch(ctx, ref.Calendar, parlor.Hook{ID: "w", URL: "https://parlor.example/hooks"})
			return err
		},
	}
	if w.Hook == nil {
		delete(all, "watch")
	}
	return all
}

func unknownEvent(t *testing.T, w hands) {
	known := w.event(t, w.Add(t, plain("Known")))
	ref := w.ref("0123456789abcdefghijkl")
	if _, err := w.Port.Event(t.Context(), ref); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("event: %v", err)
	}
	err := w.Port.Patch(t.Context(), ref, known.ETag, parlor.Patch{Location: new("x")})
	if !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("patch: %v", err)
	}
}

func unknownCalendar(t *testing.T, w hands) {
	calls := w.calls(t.Context(), parlor.EventRef{Calendar: "nobody-at-all@example.com", ID: "0123456789"})
	delete(calls, "calendars")
	for name, call := range calls {
		if err := call(); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func unkeyed(t *testing.T, w hands) {
	for _, k := range []string{"", "short"} {
		d := plain("Made")
		d.Key = k
		if _, err := w.Port.Create(t.Context(), w.Calendar, d); !errors.Is(err, parlor.ErrInvalid) {
			t.Errorf("key %q: %v", k, err)
		}
	}
	got, _ := w.list(t, "")
	check(t, "number of events", len(got), 0)
}

func throttled(t *testing.T, w hands) {
	ref := w.ref(w.Add(t, plain("Plan")))
	for name, call := range w.calls(t.Context(), ref) {
		w.Throttle(42 * time.Second)
		var got *parlor.ThrottledError
		if err := call(); !errors.As(err, &got) || got.After != 42*time.Second || got.Reason == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func revoked(t *testing.T, w hands) {
	ref := w.ref(w.Add(t, plain("Plan")))
	w.Revoke()
	for name, call := range w.calls(t.Context(), ref) {
		if err := call(); !errors.Is(err, parlor.ErrRevoked) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// outage: a fault of the service must not look like an answer about the event or the grant.
func outage(t *testing.T, w hands) {
	ref := w.ref(w.Add(t, plain("Plan")))
	verdicts := []error{
		parlor.ErrNotFound, parlor.ErrConflict, parlor.ErrCursorGone, parlor.ErrRevoked, parlor.ErrForbidden,
		parlor.ErrScope, parlor.ErrInvalid,
	}
	for name, call := range w.calls(t.Context(), ref) {
		w.Outage()
		err := call()
		if err == nil {
			t.Errorf("%s: no error", name)
		}
		for _, v := range verdicts {
			if errors.Is(err, v) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func cancelled(t *testing.T, w hands) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, call := range w.calls(ctx, w.ref("x")) {
		if err := call(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
