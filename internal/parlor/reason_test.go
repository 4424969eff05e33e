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
		got := Reason{"x", "Done."}.Unmailed(Case{Event: tt.event}).Text
		if !strings.HasPrefix(got, tt.want) || tt.want == "Done." && got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestUnmailedWhereTheCalendarMailsEveryGuest(t *testing.T) {
	self, room := Person{Email: "ada@example.com", Self: true}, Person{Email: "r@example.com", Resource: true}
	bob, eve := Person{Email: "bob@example.com"}, Person{Email: "eve@gmail.com"}
	for name, tt := range map[string]struct {
		guests []Person
		want   string
	}{
		"nobody":             {nil, "Done."},
		"myself and a room":  {[]Person{self, room}, "Done."},
		"one":                {[]Person{self, bob, room}, "Done. Your calendar told one guest of it by mail."},
		"two, wherever they": {[]Person{bob, eve}, "Done. Your calendar told 2 guests of it by mail."},
	} {
		c := Case{Event: Event{Organizer: self, Attendees: tt.guests}, Mails: true}
		if got := (Reason{"x", "Done."}).Unmailed(c).Text; got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
