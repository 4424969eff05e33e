package main

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

func TestOutlookSaysBeforehandWhomItMails(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	const many = 12
	var ids []string
	for i := range many {
		ids = append(ids, p.adds(mailed(fmt.Sprintf("Meeting %d #meet", i), tomorrow(9).AddDate(0, 0, i))))
	}
	alone := p.adds(fields("Alone #meet", tomorrow(12)))
	for _, id := range append(ids, alone) {
		p.linked(id)
	}
	p.quiet()
	var seen int
	p.mails(&seen)
	preview := p.foretells(map[string]any{"pmi": newPMI})
	if preview["events"] != many+1.0 || preview["mailed"] != float64(many) || preview["stale"] != 0.0 {
		t.Fatalf("foretold %v, want %d events and %d guests mailed", preview, many+1, many)
	}
	quiet := p.foretells(map[string]any{"pmi": newPMI, "quietly": true})
	if quiet["events"] != 1.0 || quiet["mailed"] != 0.0 || quiet["kept"] != float64(many) {
		t.Fatalf("quietly: foretold %v, want one event, nobody mailed", quiet)
	}
	p.changesRoom(map[string]any{"pmi": newPMI, "quietly": true})
	p.until("what mails nobody is rewritten", func() bool { return p.linked(alone).ID == newPMI })
	p.rewritten()
	p.quiet()
	if n := p.mails(&seen); n != 0 {
		t.Errorf("%d rounds of mail for a quiet change", n)
	}
	if _, left, kept := p.rewriting(); left != 0 || kept != many {
		t.Errorf("%d left and %d kept, want %d kept", left, kept, many)
	}
	old := p.text(ids[0], "location")
	if p.linked(ids[0]).ID == newPMI || !p.opens(old) {
		t.Errorf("the link %s was to stay, and to open", old)
	}
	if status, out, _ := p.call(http.MethodDelete, "/v1/room/grace", nil); status != http.StatusNoContent {
		t.Fatalf("end of the grace: %d %v", status, out)
	}
	p.rewritten()
	p.quiet()
	if n := p.mails(&seen); n != many {
		t.Errorf("%d rounds of mail when the grace was ended, want %d", n, many)
	}
	for _, id := range ids {
		if p.linked(id).ID != newPMI {
			t.Errorf("event %s still has its old link", id)
		}
	}
}

func TestAGraceThatEndsByItselfBringsEventsUpToDate(t *testing.T) {
	var days atomic.Int64
	h := newHouseAt(t, func() time.Time { return time.Now().AddDate(0, 0, int(days.Load())) })
	p := h.outlook(ada)
	p.set(map[string]any{"use_pmi_for_scheduled": true})
	id := p.adds(mailed("Planning #meet", tomorrow(9)))
	p.linked(id)
	p.quiet()
	var seen int
	p.mails(&seen)
	p.changesRoom(map[string]any{"pmi": newPMI, "quietly": true, "grace_days": 3})
	p.quiet()
	old := p.text(id, "location")
	for range 2 {
		days.Add(1)
		p.sweeps()
		if n := p.mails(&seen); n != 0 || p.text(id, "location") != old {
			t.Fatalf("day %d of 3: %d rounds of mail, the link is %s", days.Load(), n, p.text(id, "location"))
		}
	}
	days.Add(2)
	p.sweeps()
	p.until("the event has the new link", func() bool { return p.linked(id).ID == newPMI })
	p.quiet()
	if n := p.mails(&seen); n != 1 {
		t.Errorf("%d rounds of mail when the grace ended, want 1", n)
	}
}
