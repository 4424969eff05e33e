package door

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

// BenchmarkCrowd holds people at one door of one replica, before a real Redis, and admits them all: how many come in a second,
// what memory each takes, the client's side of the connection included, and how long after the host's click their pages hear
// of it. In the same run it holds as many streams of a handler that does nothing else: what net/http takes is the floor.
//
//	go test ./internal/door -run '^$' -bench Crowd -benchtime 1x
func BenchmarkCrowd(b *testing.B) {
	for _, people := range []int{1000, 5000} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			for b.Loop() {
				crowd(b, people)
			}
		})
	}
}

func crowd(b *testing.B, people int) {
	floor := hold(b, people, "/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = w.Write([]byte("data: wait\n\n"))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}, nil)
	h, address, sitting := assembled(b, people)
	began := time.Now()
	used := hold(b, people, address, h.door.ServeHTTP, func(said []*bufio.Scanner) {
		b.ReportMetric(float64(people)/time.Since(began).Seconds(), "arrive/s")
		began := time.Now()
		if n, err := h.st.AdmitAll(b.Context(), h.host.ID, sitting); err != nil || n != people {
			b.Fatalf("%d of %d were admitted, %v", n, people, err)
		}
		took := admitted(b, said, began)
		b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "admit-p50-ms")
		b.ReportMetric(float64(took[len(took)-1].Milliseconds()), "admit-last-ms")
	})
	b.ReportMetric(used/1024, "KiB/person")
	b.ReportMetric(used/floor, "ratio")
	b.ReportMetric(0, "ns/op")
}

// hold opens so many streams, waits until each has said something, and gives the memory that each takes on the
// server's side and the client's together, in bytes.
func hold(b *testing.B, people int, address string, serve http.HandlerFunc, then func([]*bufio.Scanner)) float64 {
	b.Helper()
	server := httptest.NewServer(serve)
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	before := held()
	said := make([]*bufio.Scanner, people)
	bodies := make([]io.Closer, people)
	defer func() {
		for _, body := range bodies {
			_ = body.Close()
		}
	}()
	const atOnce = 16
	var all sync.WaitGroup
	for first := range atOnce {
		all.Go(func() {
			for i := first; i < people; i += atOnce {
				said[i], bodies[i] = arrive(b, client, server.URL+address, ticketCookie(i))
			}
		})
	}
	all.Wait()
	after := held()
	if then != nil {
		then(said)
	}
	return float64(after-before) / float64(people)
}

// arrive opens one page's stream and waits until it has said something.
func arrive(b *testing.B, client *http.Client, address, ticket string) (*bufio.Scanner, io.Closer) {
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, address, nil)
	if err != nil {
		b.Error(err)
		return bufio.NewScanner(http.NoBody), http.NoBody
	}
	r.AddCookie(&http.Cookie{Name: guestCookie, Value: ticket})
	answer, err := client.Do(r)
	if err != nil || answer.StatusCode != http.StatusOK {
		b.Errorf("not let in: %v", err)
		return bufio.NewScanner(http.NoBody), http.NoBody
	}
	said := bufio.NewScanner(answer.Body)
	hear(b, said, "data: ")
	return said, answer.Body
}

func hear(b *testing.B, said *bufio.Scanner, text string) {
	for said.Scan() {
		if strings.Contains(said.Text(), text) {
			return
		}
	}
	b.Errorf("the stream ended: %v", said.Err())
}

// admitted waits until everybody has heard that they may go in, and gives how long each took, sorted.
func admitted(b *testing.B, said []*bufio.Scanner, since time.Time) []time.Duration {
	took := make([]time.Duration, len(said))
	var all sync.WaitGroup
	for i, s := range said {
		all.Go(func() {
			hear(b, s, `"standing":"in"`)
			took[i] = time.Since(since)
		})
	}
	all.Wait()
	slices.Sort(took)
	return took
}

func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

func ticketCookie(i int) string { return fmt.Sprintf("%026d.R3Vlc3Q", i) }

// assembled is the house with people on the list of one meeting; the address is that of their pages' streams.
func assembled(b *testing.B, people int) (h *house, address, sitting string) {
	b.Helper()
	h = newHouse(b, storetest.Redis(b))
	h.set(strict)
	path := h.link(h.meeting(parlor.InRoom, "All hands", noon))
	link, _ := parlor.ParseLink(origin, origin+path)
	p, err := h.door.find(b.Context(), link, "")
	must(b, err)
	s, _ := p.sittingFor(link, noon)
	guests := make([]store.Guest, people)
	for i := range guests {
		secret, _, _ := strings.Cut(ticketCookie(i), ".")
		guests[i] = store.Guest{Ticket: store.TicketOf(s.name, secret), Name: "Guest", Since: noon}
	}
	_, err = h.st.Wait(b.Context(), h.host.ID, guests...)
	must(b, err)
	return h, strings.Replace(path, "?", "/events?wait=1&", 1), s.name
}
