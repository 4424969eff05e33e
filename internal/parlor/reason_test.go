package parlor

import (
	"strings"
	"testing"
)

func TestUnmailedCountsGuestsElsewhere(t *testing.T) {
	guest := func(addresses ...string) Event {
		e := Event{Organizer: Person{Email: "ada@example.com", Self: true}}
		for _, a := range addresses {
			e.Attendees = append(e.Attendees, Person{Email: a})
		}
		return e
	}
	room := guest()
	room.Attendees = []Person{{Email: "r@rooms.example.net", Resource: true}, {Email: "me@else.example", Self: true}}
	for name, tt := range map[string]struct {
		event Event
		want  string
	}{
		"nobody":           {guest(), "Done."},
		"own people":       {guest("bob@example.com", "Eve@EXAMPLE.com"), "Done."},
		"gmail":            {guest("x@gmail.com"), "Done."},
		"one elsewhere":    {guest("x@outlook.example", "bob@example.com"), "Done. One guest "},
		"three elsewhere":  {guest("a@b.example", "c@d.example", "e@sub.example.com"), "Done. 3 guests "},
		"rooms and myself": {room, "Done."},
	} {
		got := Reason{"x", "Done."}.Unmailed(tt.event).Text
		if !strings.HasPrefix(got, tt.want) || tt.want == "Done." && got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
