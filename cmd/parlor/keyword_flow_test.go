package main

import (
	"strings"
	"testing"

	"parlor/internal/fake/calendar"
	"parlor/internal/parlor"
)

func TestAChangedSettingLeavesLinksWhereTheyAre(t *testing.T) {
	for name, setting := range map[string]map[string]any{
		"another keyword": {"keyword": "#call"},
		"never":           {"auto_add": "never"},
		"with guests":     {"auto_add": "with_guests", "keyword": "#call"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			p := h.settled(ada)
			id := p.adds(fields("Planning #meet", tomorrow(9), "description", "mine"))
			link := p.linked(id)
			p.quiet()
			p.set(setting)
			p.edits(id, calendar.Fields{"colorId": "5"})
			p.quiet()
			if _, got, ok := parlor.Find(p.text(id, "description"), h.portal); !ok || got != link {
				t.Errorf("the event has %v (%v), want the link that its guests have, %v", got, ok, link)
			}
			if log := p.activity(); strings.Contains(log, "keyword_gone") {
				t.Errorf("links were taken out: %s", log)
			}
			p.edits(id, calendar.Fields{"summary": "Planning"})
			p.until("the link goes with the word that asked for it", func() bool { return p.text(id, "description") == "mine" })
		})
	}
}
