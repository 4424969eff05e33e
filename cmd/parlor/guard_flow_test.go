package main

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
)

const (
	eve      = "eve@other.example"
	eveWaits = "Guests wait in the waiting room, because eve@other.example has not met you here before."
	eveApart = "A one-time number, because eve@other.example has not met you here before."
)

// atBoth runs a test with a person whose calendar is Google's, and with one whose calendar is Outlook's.
func atBoth(t *testing.T, test func(t *testing.T, p *person)) {
	t.Run("google", func(t *testing.T) { test(t, newHouse(t).settled(ada)) })
	t.Run("outlook", func(t *testing.T) { test(t, newHouse(t).outlook(ada)) })
}

// ownCalendar is the id of the calendar that the person writes in.
func (p *person) ownCalendar() string {
	if p.world == p.other {
		return p.calendarAt("microsoft")
	}
	return p.email
}

func inviting(title string, start time.Time, guests ...string) calendar.Fields {
	return fields(title, start, "attendees", attendees(guests...))
}

func attendees(guests ...string) []any {
	var list []any
	for _, g := range guests {
		list = append(list, map[string]any{"email": g})
	}
	return list
}

// waits is why the guests of a meeting wait as the API tells it, "" when they do not.
func (p *person) waits(title string) string {
	p.t.Helper()
	query := url.Values{"from": {tomorrow(0).Format(time.RFC3339)}, "to": {tomorrow(0).AddDate(0, 0, 60).Format(time.RFC3339)}}
	for _, m := range p.get("/v1/meetings?" + query.Encode())["meetings"].([]any) {
		m := m.(map[string]any)
		if m["title"] != title {
			continue
		}
		if why, ok := m["waits"].(map[string]any); ok {
			return why["text"].(string)
		}
		return ""
	}
	p.t.Fatalf("there is no meeting %s", title)
	return ""
}

func TestAStrangerWaitsUntilSheIsKnown(t *testing.T) {
	atBoth(t, func(t *testing.T, p *person) {
		p.set(map[string]any{"use_pmi_for_scheduled": true})
		id := p.adds(inviting("Talk #meet", tomorrow(9), bob))
		link := p.linked(id)
		p.quiet()
		if got := p.waits("Talk #meet"); got != "" {
			t.Errorf("a colleague waits: %q", got)
		}
		p.edits(id, calendar.Fields{"attendees": attendees(bob, eve)})
		p.until("the new guest makes all wait", func() bool { return p.waits("Talk #meet") == eveWaits })
		p.told(eveWaits)
		if got := p.linked(id); got != link {
			t.Errorf("the link became %v", got)
		}
		status, _, _ := p.call(http.MethodPost, "/v1/people", map[string]any{"address": eve})
		if status != http.StatusOK {
			t.Fatalf("add person: %d", status)
		}
		p.until("nobody waits for her sake any more", func() bool { return p.waits("Talk #meet") == "" })
		status, _, _ = p.call(http.MethodDelete, "/v1/people/"+eve, nil)
		if status != http.StatusNoContent {
			t.Fatalf("remove person: %d", status)
		}
		p.until("they wait again", func() bool { return p.waits("Talk #meet") == eveWaits })
		p.set(map[string]any{"guard": map[string]any{"unfamiliar": "allow"}})
		p.until("all may come in", func() bool { return p.waits("Talk #meet") == "" })
	})
}

func TestAStrangerGetsAOneTimeLink(t *testing.T) {
	atBoth(t, func(t *testing.T, p *person) {
		p.set(map[string]any{"use_pmi_for_scheduled": true, "guard": map[string]any{"unfamiliar": "one_time"}})
		id := p.adds(inviting("Talk #meet", tomorrow(9), eve))
		link := p.linked(id)
		if len(link.ID) != 11 {
			t.Errorf("the link leads to %s", link.ID)
		}
		p.told(eveApart)
		p.edits(id, calendar.Fields{"attendees": attendees(bob)})
		p.quiet()
		if got := p.linked(id); got != link {
			t.Errorf("the link became %v", got)
		}
	})
}

func TestEveryAnswerNamesTheStranger(t *testing.T) {
	atBoth(t, func(t *testing.T, p *person) {
		p.set(map[string]any{"use_pmi_for_scheduled": true})
		ask := func(path string, hour int, more map[string]any) map[string]any {
			body := map[string]any{"title": "Talk", "start": tomorrow(hour), "end": tomorrow(hour + 1), "attendees": []string{eve}}
			for name, value := range more {
				body[name] = value
			}
			status, out, _ := p.call(http.MethodPost, path, body)
			if status >= 300 {
				t.Fatalf("%s: %d %v", path, status, out)
			}
			return out
		}
		answers := map[string]map[string]any{
			"preview": ask("/v1/invitations", 9, map[string]any{"preview": true}), "invitation": ask("/v1/invitations", 11, nil),
			"event": ask("/v1/events", 13, nil),
		}
		query := url.Values{"calendar": {p.ownCalendar()}, "event_id": {answers["event"]["event_id"].(string)}}
		answers["link"] = p.get("/v1/links?" + query.Encode())
		for name, answer := range answers {
			if why, _ := answer["waits"].(map[string]any); answer["kind"] != "pmi" || why["text"] != eveWaits || why["code"] != "unfamiliar_waits" {
				t.Errorf("%s: %v, %v", name, answer["kind"], answer["waits"])
			}
		}
	})
}

func TestWhoWasMetIsKnown(t *testing.T) {
	atBoth(t, func(t *testing.T, p *person) {
		p.set(map[string]any{"use_pmi_for_scheduled": true})
		start := time.Now().UTC().Add(-10 * time.Minute).Truncate(time.Second)
		met := inviting("Lunch", start, eve)
		met["end"] = map[string]any{"dateTime": start.Add(5 * time.Minute).Format(time.RFC3339), "timeZone": "Europe/London"}
		p.adds(met)
		p.until("she is on the list", func() bool {
			people := p.get("/v1/people?search=eve")["people"].([]any)
			return len(people) == 1 && people[0].(map[string]any)["learned"] == true
		})
		id := p.adds(inviting("Talk #meet", tomorrow(9), eve))
		p.linked(id)
		p.quiet()
		if got := p.waits("Talk #meet"); got != "" {
			t.Errorf("waits: %q", got)
		}
		if got := fmt.Sprint(p.get("/v1/people?search=eve")["total"]); got != "1" {
			t.Errorf("%s are found", got)
		}
	})
}
