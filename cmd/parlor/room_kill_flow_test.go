package main

import (
	"net/http"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
)

// TestKilledInARewrite: how far it came is known afterwards, and it goes on by itself.
func TestKilledInARewrite(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.redis()
	first := s.ready()
	p := s.settled(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	ids := p.meets(crowd)
	p.quiet()
	s.fake.ResetCalls()
	var writes, slow atomic.Int64
	reached := make(chan struct{})
	s.world.Listen(func(calendar.Change) {
		if writes.Add(1) == crowd/3 {
			slow.Store(1)
			close(reached)
		}
		time.Sleep(time.Duration(slow.Load()) * time.Second)
	})
	p.changesRoom(map[string]any{"pmi": newPMI})
	select {
	case <-reached:
	case <-time.After(20 * time.Second):
		t.Fatal("no pass began")
	}
	if _, left, _ := p.rewriting(); left < crowd/2 || left > crowd-crowd/3+2 {
		t.Errorf("%d of %d events are left after %d writes", left, crowd, writes.Load())
	}
	first.signal(syscall.SIGKILL)
	first.wait()
	slow.Store(0)
	began := time.Now()
	s.ready()
	for _, id := range ids { // the lease of the pass that died has to end first
		s.untilWithin(2*time.Minute, "event "+id+" is rewritten", func() bool { return p.linked(id).ID == newPMI })
	}
	took := time.Since(began).Round(time.Second)
	p.quiet()
	n := s.fake.Count(http.MethodPatch, patches)
	t.Logf("%d events, %d writes; it went on and was done %s after the kill", crowd, n, took)
	if n > crowd+1 {
		t.Errorf("%d writes for %d events; the one whose answer was never read may be repeated", n, crowd)
	}
	if total, left, kept := p.rewriting(); total < crowd || left+kept != 0 {
		t.Errorf("of %d events %d are left and %d kept", total, left, kept)
	}
}
