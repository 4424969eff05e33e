package connect_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func four(s *parlor.Service) { s.Pace.AtOnce = 4 }

// holdCalls makes the service hold each call until release is called once for it; arrived tells of each one that came.
func (w *world) holdCalls(t *testing.T) (arrived <-chan int, release func()) {
	t.Helper()
	came, gate := make(chan int, 100), make(chan struct{})
	inside := 0
	var mu sync.Mutex
	w.provider.hold = func() {
		mu.Lock()
		inside++
		came <- inside
		mu.Unlock()
		<-gate
		mu.Lock()
		inside--
		mu.Unlock()
	}
	t.Cleanup(func() { close(gate) })
	return came, func() { gate <- struct{}{} }
}

func TestNoMoreRequestsInFlightThanAllowed(t *testing.T) {
	w, id := openCalendar(t, four)
	arrived, release := w.holdCalls(t)
	other := w.client
	if _, err := w.Calendar(t.Context(), id, parlor.KindGoogle); err != nil { // another worker's
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for i := range 20 {
		wait.Go(func() {
			client := w.client
			if i%2 == 0 {
				client = other
			}
			resp, err := client.Get(w.provider.URL + "/calendar/events")
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
		})
	}
	most := 0
	for range 4 {
		most = max(most, <-arrived)
	}
	for range 16 {
		release()
		most = max(most, <-arrived)
	}
	for range 4 {
		release()
	}
	wait.Wait()
	if most != 4 || len(arrived) != 0 {
		t.Errorf("%d in flight at most, %d too many", most, len(arrived))
	}
}

func TestASlotIsHeldUntilTheBodyIsClosed(t *testing.T) {
	w, id := openCalendar(t, func(s *parlor.Service) { s.Pace.AtOnce = 1 })
	free := func() bool {
		t.Helper()
		ok, err := w.store.TakeSlot(t.Context(), id, parlor.KindGoogle, "probe", 1, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if ok {
			err = w.store.ReturnSlot(t.Context(), id, parlor.KindGoogle, "probe")
		}
		return ok && err == nil
	}
	resp, err := w.client.Get(w.provider.URL + "/calendar/events")
	if err != nil {
		t.Fatal(err)
	}
	if free() {
		t.Error("free before the body was closed")
	}
	_ = resp.Body.Close()
	if !free() {
		t.Error("not free after the body was closed")
	}
	w.provider.dead["*"] = true
	if _, err := w.call(t, "GET", ""); err != nil || !free() {
		t.Errorf("not free after a refusal, %v", err)
	}
	w.provider.refuse = func() (int, any) { return http.StatusBadRequest, map[string]string{"error": "invalid_grant"} }
	if _, err := w.call(t, "GET", ""); !errors.Is(err, parlor.ErrRevoked) || !free() {
		t.Errorf("not free after an error: %v", err)
	}
}

func TestAGivenUpRequestReturnsItsSlot(t *testing.T) {
	w, id := openCalendar(t, func(s *parlor.Service) { s.Pace.AtOnce = 1 })
	arrived, _ := w.holdCalls(t)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
	}()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.provider.URL+"/calendar/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := w.client.Do(req); !errors.Is(err, context.Canceled) {
		_ = resp.Body.Close()
		t.Errorf("%v", err)
	}
	if ok, err := w.store.TakeSlot(t.Context(), id, parlor.KindGoogle, "next", 1, time.Minute); !ok || err != nil {
		t.Errorf("%t, %v", ok, err)
	}
}
