package main

import (
	"fmt"
	"runtime"
	"testing"
	"time"
)

const (
	manyEvents = 10_000
	wantedOnes = 100 // within a minute's quota, so that no waiting for the service is measured
)

// BenchmarkPass is a person's first pass over a calendar of 10,000 events of which some want a link. The memory is what
// the whole process grew by, the stand-in for Google included: an upper bound.
func BenchmarkPass(b *testing.B) {
	var rate, lists, patches, heap []float64
	for b.Loop() {
		r := openRig(b)
		r.fill()
		runtime.GC()
		before := heapInUse()
		peak := watchHeap()
		r.begin(b)
		heap = append(heap, float64(peak()-before)/(1<<20))
		c, err := r.app.store.Calendar(b.Context(), r.acct, ada)
		if err != nil {
			b.Fatal(err)
		}
		rate = append(rate, manyEvents/c.LastPass.Sub(r.seen.lists()[0].began).Seconds())
		r.silence(b, 3*time.Second)
		lists = append(lists, float64(len(r.seen.lists())))
		patches = append(patches, perEvent(r.seen.patches()))
		r.stop()
		r.stops = nil
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(rate), "events/s")
	b.ReportMetric(median(patches), "patches/change")
	b.ReportMetric(median(lists), "lists")
	b.ReportMetric(median(heap), "peak-MB")
}

// perEvent is how many requests each event got that got any.
func perEvent(requests []trip) float64 {
	events := map[string]bool{}
	for _, one := range requests {
		events[one.path] = true
	}
	return float64(len(requests)) / float64(len(events))
}

func (r *rig) fill() {
	p := &person{house: r.house, email: ada, world: r.world}
	for i := range manyEvents {
		title := fmt.Sprintf("Event %d", i)
		if i%(manyEvents/wantedOnes) == 0 {
			title += " #meet"
		}
		p.adds(fields(title, tomorrow(i)))
	}
}

// watchHeap samples the heap until the returned function is called, which gives the highest sample.
func watchHeap() (peak func() uint64) {
	stop, top := make(chan struct{}), make(chan uint64)
	go func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for highest := uint64(0); ; {
			highest = max(highest, heapInUse())
			select {
			case <-tick.C:
			case <-stop:
				top <- highest
				return
			}
		}
	}()
	return func() uint64 { close(stop); return <-top }
}

func heapInUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}
