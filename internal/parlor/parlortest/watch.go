package parlortest

import (
	"errors"
	"testing"
	"time"

	"parlor/internal/parlor"
)

var watchCases = []calendarCase{
	{"watch: a change is pushed", pushing(watchPushes)},
	{"watch: the new one before the old one is stopped", pushing(watchOverlap)},
	{"watch: stopping one that is gone", pushing(unwatchGone)},
}

// pushing: a service without pushes refuses for good, so that nobody waits for one, and has nothing to stop.
func pushing(run func(*testing.T, hands)) func(*testing.T, hands) {
	return func(t *testing.T, w hands) {
		if w.Hook != nil {
			run(t, w)
			return
		}
		hook := parlor.Hook{ID: "one", URL: "https://parlor.example/hooks"}
		if got, err := w.Port.Watch(t.Context(), w.Calendar, hook); !errors.Is(err, parlor.ErrInvalid) || got != (parlor.Watch{}) {
			t.Errorf("watch %+v, error %v", got, err)
		}
		w.stop(t, parlor.Watch{ID: "never-was", Resource: "nothing"})
	}
}

func (w hands) watch(t *testing.T, id string) parlor.Watch {
	t.Helper()
	h := w.Hook(t, id)
	got, err := w.Port.Watch(t.Context(), w.Calendar, h)
	if err != nil {
		t.Fatalf("watch calendar: %v", err)
	}
	check(t, "watch", got.ID != "" && got.Resource != "" && !got.Until.IsZero(), true)
	if !h.Until.IsZero() && got.Until.After(h.Until.Add(time.Minute)) {
		t.Errorf("watch until %s, wished %s", got.Until, h.Until)
	}
	return got
}

// heard waits until n pushes came for a watch.
func (w hands) heard(t *testing.T, watch parlor.Watch, n int) {
	t.Helper()
	eventually(t, func() bool { return w.count(watch.ID) >= n })
}

func (w hands) count(id string) int {
	n := 0
	for _, p := range w.Heard() {
		if p.Watch == id {
			n++
		}
	}
	return n
}

func (w hands) stop(t *testing.T, watch parlor.Watch) {
	t.Helper()
	if err := w.Port.Unwatch(t.Context(), watch); err != nil {
		t.Errorf("stop watch: %v", err)
	}
}

func watchPushes(t *testing.T, w hands) {
	hook := w.Hook(t, "one")
	watch := w.watch(t, "one")
	before := w.count(watch.ID)
	w.Add(t, plain("Pushed"))
	w.heard(t, watch, before+1)
	for _, p := range w.Heard() {
		check(t, "secret", p.Secret, hook.Secret)
	}
	w.stop(t, watch)
}

func watchOverlap(t *testing.T, w hands) {
	old := w.watch(t, "old")
	newer := w.watch(t, "new")
	w.stop(t, old)
	before := w.count(newer.ID)
	w.Add(t, plain("Pushed"))
	w.heard(t, newer, before+1)
	w.stop(t, newer)
}

func unwatchGone(t *testing.T, w hands) {
	watch := w.watch(t, "one")
	w.stop(t, watch)
	w.stop(t, watch)
	w.stop(t, parlor.Watch{ID: "never-was", Resource: "nothing"})
}

// eventually polls until something that another process does has happened.
func eventually(t *testing.T, done func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(10 * time.Second)
	for !done() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("it did not happen within 10 seconds")
		}
	}
}
