package main

import (
	"net/http"
	"strings"
	"testing"

	"parlor/internal/fake/calendar"
	"parlor/internal/parlor"
)

func TestALinkTakenOutOfASeriesLeavesItsOccurrencesToo(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	start := tomorrow(9)
	id := p.adds(fields("Weekly #meet", start, "recurrence", []any{"RRULE:FREQ=WEEKLY;COUNT=6"}, "description", "all"))
	number := p.linked(id).Number
	p.quiet()
	second := id + "_" + start.AddDate(0, 0, 7).Format("20060102T150405Z")
	third := id + "_" + start.AddDate(0, 0, 14).Format("20060102T150405Z")
	p.edits(second, calendar.Fields{"description": "own words\n\n" + p.text(id, "description")})
	p.until("the occurrence is known", func() bool {
		return strings.Contains(p.text(second, "description"), number)
	})
	p.quiet()
	if status, out, _ := p.call(http.MethodDelete, "/v1/meetings/"+number, nil); status != http.StatusNoContent {
		t.Fatalf("DELETE: %d %v", status, out)
	}
	p.until("no occurrence leads to a closed door", func() bool {
		_, _, there := parlor.Find(p.text(second, "description"), h.portal)
		return !there && strings.HasPrefix(p.text(second, "description"), "own words")
	})
	p.edits(third, calendar.Fields{"description": "mine"})
	p.edits(id, calendar.Fields{"summary": "Weekly, renamed #meet"})
	p.quiet()
	for _, event := range []string{id, second, third} {
		if _, link, there := parlor.Find(p.text(event, "description"), h.portal); there {
			t.Errorf("the link came back into %s: %v", event, link)
		}
	}
}
