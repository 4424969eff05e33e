package main

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkPush is how long an event waits from the change that is pushed until it is patched, less what the stand-in
// itself took for the list and the patch. Aim: a median under 150 ms when there is no burst.
func BenchmarkPush(b *testing.B) {
	r := openRig(b)
	r.begin(b)
	var waits []float64
	for i := 0; b.Loop(); i++ {
		r.silence(b, 1500*time.Millisecond) // our own patch brings a push too
		r.seen.rewind()
		changed := time.Now()
		r.ada.adds(fields(fmt.Sprintf("Alone %d #meet", i), tomorrow(i)))
		await(b, "the patch", func() bool { return len(r.seen.patches()) == 1 })
		waits = append(waits, r.wait(changed).Seconds()*1000)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(waits), "p50-ms")
}

// wait is the time from a change until its patch, without what the stand-in took.
func (r *rig) wait(changed time.Time) time.Duration {
	patch := r.seen.patches()[0]
	wait := patch.began.Sub(changed)
	for _, list := range r.seen.lists() {
		if list.ended.Before(patch.began) {
			wait -= list.ended.Sub(list.began)
		}
	}
	return wait
}

// BenchmarkBurst counts the lists that 200 pushes within a second lead to. Aim: at most 3.
func BenchmarkBurst(b *testing.B) {
	const pushes = 200
	r := openRig(b)
	r.begin(b)
	var lists []float64
	for b.Loop() {
		r.silence(b, 2500*time.Millisecond)
		r.seen.rewind()
		tick := time.NewTicker(time.Second / pushes)
		for i := range pushes {
			r.ada.adds(fields(fmt.Sprintf("Plain %d", i), tomorrow(i)))
			<-tick.C
		}
		tick.Stop()
		r.silence(b, 2500*time.Millisecond)
		lists = append(lists, float64(len(r.seen.lists())))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(lists), "lists")
}
