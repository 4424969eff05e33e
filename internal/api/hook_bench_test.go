package api

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parlor/internal/connect"
	"parlor/internal/desk"
	"parlor/internal/jobs"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

// BenchmarkHookFlood is one push of 500 items, of one channel and of as many, into the real queue. A service that waits for
// more than three seconds sends them again (Graph); one that often waits is told nothing any more.
func BenchmarkHookFlood(b *testing.B) {
	for _, channels := range []int{1, 500} {
		b.Run(fmt.Sprint(channels, " channels"), func(b *testing.B) {
			handler := floodedHouse(b)
			body := flood(channels)
			b.ResetTimer()
			for range b.N {
				r := httptest.NewRequest(http.MethodPost, testOrigin+"/hooks/microsoft", strings.NewReader(body))
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, r)
				if w.Code != http.StatusNoContent {
					b.Fatalf("status %d: %s", w.Code, w.Body)
				}
			}
		})
	}
}

func floodedHouse(b *testing.B) http.Handler {
	b.Helper()
	st := storetest.Open(b, storetest.Redis(b), time.Now)
	cn := connect.New(st, testOrigin, connect.Domains{"*"}, []parlor.Service{graphy}, parlor.Service{}, time.Now)
	line := jobs.New(st, nil, jobs.Config{}, time.Now)
	sync := desk.Sync{Nudge: line.Nudge}
	cfg := Config{Origin: testOrigin, Seal: newSealer(b), Sync: sync, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	handler, err := New(cfg, desk.New(st, cn, sync, testOrigin, time.Now), cn, st, Pages{Portal: portal, Door: door})
	if err != nil {
		b.Fatal(err)
	}
	for i := range 500 {
		err := st.PutWatch(b.Context(), store.WatchRecord{
			ID: fmt.Sprint("ch-", i), Account: "adaadaadaadaadaa", Calendar: parlor.CalendarID(fmt.Sprint("cal-", i)),
			Service: parlor.KindMicrosoft, SecretHash: store.HashSecret(strings.Repeat("s", 26)), Until: time.Now().Add(time.Hour),
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return handler
}
