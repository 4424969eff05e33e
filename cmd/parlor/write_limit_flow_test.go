package main

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
)

func TestWhatTheWriteLimitPutOffIsDoneLater(t *testing.T) {
	var hours atomic.Int64
	h := newHouseAt(t, func() time.Time { return time.Now().Add(time.Duration(hours.Load()) * time.Hour) })
	p := h.settled(ada)
	id := p.adds(fields("Planning #meet", tomorrow(9), "description", "mine"))
	p.linked(id)
	for _, language := range []string{"de", "es"} { // with the first, three writes
		p.set(map[string]any{"language": language})
		p.quiet()
	}
	p.edits(id, calendar.Fields{"summary": "Planning"})
	p.told("write_limit")
	p.quiet()
	hours.Store(2)
	if err := h.app.line.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	p.until("the link is gone with its keyword", func() bool { return p.text(id, "description") == "mine" })
}
