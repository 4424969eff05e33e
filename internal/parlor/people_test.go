package parlor

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestOwnDomain(t *testing.T) {
	for email, want := range map[string]string{
		"Ada@Example.COM": "example.com", "ada@mail.example.co.uk": "mail.example.co.uk", "ada@live.example.com": "live.example.com",
		"ada@gmail.com": "", "ada@googlemail.com": "", "ada@outlook.com": "", "ada@hotmail.co.uk": "", "ada@yahoo.co.jp": "",
		"ada@gmx.de": "", "ada@icloud.com": "", "ada@proton.me": "", "ada@163.com": "", "ada@yandex.ru": "", "ada@live.nl": "",
		"": "", "ada": "", "@example.com": "", "ada@": "",
	} {
		if got := OwnDomain(email); got != want {
			t.Errorf("%q: %q, want %q", email, got, want)
		}
	}
}

func TestStrangers(t *testing.T) {
	guests := []string{
		"bob@example.com", "ada@example.com", "ada@home.example", "eve@other.example", "mal@sub.example.com",
		"known@far.example", "any@listed.example", "any@sub.listed.example", "cy@gmail.com",
	}
	known := map[string]bool{"known@far.example": true, "@listed.example": true}
	company := Account{Email: "Ada@Example.com", Connections: []Connection{{Email: "Ada@home.example"}}}
	private := Account{Email: "ada@gmail.com"}
	tests := []struct {
		name   string
		circle Circle
		want   []string
	}{
		{"of a company", NewCircle(company, known), []string{"eve@other.example", "mal@sub.example.com", "any@sub.listed.example", "cy@gmail.com"}},
		{"with a public mailbox", NewCircle(private, known), []string{
			"bob@example.com", "ada@example.com", "ada@home.example", "eve@other.example", "mal@sub.example.com",
			"any@sub.listed.example", "cy@gmail.com",
		}},
		{"an account without address", NewCircle(Account{}, nil), guests},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.circle.Strangers(guests)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestGuestsAreThePeopleInvited(t *testing.T) {
	got := Invited([]Person{
		{Email: "ada@example.com", Self: true},
		{Email: " Eve@Other.example"},
		{Email: "eve@other.example"},
		{Email: "room@resource.example", Resource: true},
		{Name: "Nobody"},
		{Email: "bob@example.com"},
	})
	if diff := cmp.Diff([]string{"eve@other.example", "bob@example.com"}, got); diff != "" {
		t.Error(diff)
	}
}

// meets is an event in which Ada of example.com meets Eve of other.example.
func meets(t *testing.T, change func(*Event)) Encounter {
	t.Helper()
	e := testCase(func(*Case) {}).Event
	e.Attendees = []Person{{Email: "ada@example.com", Self: true}, {Email: "Eve@other.example"}, {Email: "bob@example.com"}}
	change(&e)
	return NewCircle(Account{Email: "ada@example.com"}, map[string]bool{"kay@known.example": true}).Meets(e)
}

func TestMeets(t *testing.T) {
	crowd := make([]Person, audience)
	for i := range crowd {
		crowd[i].Email = string(rune('a'+i)) + "@other.example"
	}
	tests := map[string]struct {
		change func(*Event)
		want   []string
	}{
		"guests from outside":       {func(*Event) {}, []string{"eve@other.example"}},
		"cancelled":                 {func(e *Event) { e.Cancelled = true }, nil},
		"all day":                   {func(e *Event) { e.Start.AllDay = true }, nil},
		"focus time":                {func(e *Event) { e.Ordinary = false }, nil},
		"a stranger invites":        {func(e *Event) { e.Organizer = Person{Email: "mal@other.example"} }, nil},
		"somebody known invites":    {func(e *Event) { e.Organizer = Person{Email: "kay@known.example"} }, []string{"eve@other.example", "kay@known.example"}},
		"a colleague invites":       {func(e *Event) { e.Organizer = Person{Email: "bob@example.com"} }, []string{"eve@other.example"}},
		"an audience":               {func(e *Event) { e.Attendees = crowd }, nil},
		"just not an audience":      {func(e *Event) { e.Attendees = crowd[:1] }, []string{"a@other.example"}},
		"a projector is no company": {func(e *Event) { e.Attendees = []Person{{Email: "p@other.example", Resource: true}} }, nil},
	}
	for name, tt := range tests {
		if diff := cmp.Diff(tt.want, meets(t, tt.change).People); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestEncounterCountsOnceItIsOver(t *testing.T) {
	single := Encounter{Start: Moment{Time: testNow}, End: Moment{Time: testNow.Add(time.Hour)}}
	weekly := single
	weekly.Recurrence = []string{"RRULE:FREQ=WEEKLY;COUNT=3"}
	week := 7 * 24 * time.Hour
	calledOff := weekly
	calledOff.Except = []time.Time{testNow}
	tests := []struct {
		name       string
		e          Encounter
		now        time.Duration // after the first one began
		last, next time.Duration // likewise; -1 for none
	}{
		{"to come", single, -time.Hour, -1, time.Hour},
		{"under way", single, time.Minute, -1, time.Hour},
		{"over", single, time.Hour, time.Hour, -1},
		{"forgotten", single, Remembered + 2*time.Hour, -1, -1},
		{"a series, after its first", weekly, week, time.Hour, week + time.Hour},
		{"a series, after its second", weekly, week + 2*time.Hour, week + time.Hour, 2*week + time.Hour},
		{"a series whose first was called off", calledOff, 2 * time.Hour, -1, week + time.Hour},
		{"a series that is over", weekly, 5 * week, 2*week + time.Hour, -1},
	}
	for _, tt := range tests {
		last, ended := tt.e.Last(testNow.Add(tt.now))
		next, comes := tt.e.Next(testNow.Add(tt.now))
		if ended != (tt.last >= 0) || ended && !last.Equal(testNow.Add(tt.last)) {
			t.Errorf("%s: last %s, %t", tt.name, last, ended)
		}
		if comes != (tt.next >= 0) || comes && !next.Equal(testNow.Add(tt.next)) {
			t.Errorf("%s: next %s, %t", tt.name, next, comes)
		}
	}
}
