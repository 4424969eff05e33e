package link

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"parlor/internal/parlor"
	"parlor/internal/parlor/parlortest"
)

var sitting = parlor.Session{
	Name: "abcdefghijklmnopqrstuvwx27", PMI: "2345678901", PersonalLink: "ada.l", Number: "12345678901",
	Topic: `Q&A: 50% "off" #1`, Owner: parlor.Person{Email: "Ada.Lovelace@example.com"},
}

func enter(t *testing.T, parsed Template, s parlor.Session, p parlor.Person) *url.URL {
	t.Helper()
	s.Name, s.PMI, s.PersonalLink = sitting.Name, sitting.PMI, sitting.PersonalLink
	to, err := rooms{parsed}.Enter(t.Context(), s, p)
	if err != nil && !errors.Is(err, parlor.ErrRoomUnavailable) {
		t.Fatal(err)
	}
	return to
}

func TestRoomsPort(t *testing.T) {
	for template, shared := range map[string]bool{
		"https://meet.example.com/{session}?topic={topic}&name={name}": false,
		"https://meet.example.com/{pmi}#{topic}":                       true,
		"http://127.0.0.1:4000/rooms/{user}":                           true,
	} {
		t.Run(template, func(t *testing.T) {
			parlortest.RunRooms(t, parlortest.RoomsHarness{Shared: shared, Open: func(t *testing.T) parlor.Rooms {
				r, err := New(template).Rooms(nil)
				if err != nil {
					t.Fatal(err)
				}
				return r
			}})
		})
	}
}

func TestEnter(t *testing.T) {
	for template, want := range map[string]string{
		"https://meet.example.com/{session}":                 "https://meet.example.com/abcdefghijklmnopqrstuvwx27",
		"https://acme.whereby.com/{link}?displayName={name}": "https://acme.whereby.com/ada.l?displayName=Grace%20%3CH%3E%26x%3D1",
		"https://acme.webex.com/meet/{user}":                 "https://acme.webex.com/meet/ada.lovelace",
		"https://bbb.example.com/b/{pmi}?m={number}#{topic}": "https://bbb.example.com/b/2345678901?m=12345678901#Q%26A%3A%2050%25%20%22off%22%20%231",
	} {
		parsed, err := Parse(template)
		if err != nil {
			t.Fatal(err)
		}
		to, err := rooms{parsed}.Enter(t.Context(), sitting, parlor.Person{Name: "Grace <H>&x=1"})
		if err != nil || to.String() != want {
			t.Errorf("%v %v, want %s", to, err, want)
		}
	}
}

func TestEnterWithoutWhatTellsRoomsApart(t *testing.T) {
	for template, s := range map[string]parlor.Session{
		"https://meet.example.com/{link}":    {PMI: "2345678901"},
		"https://meet.example.com/{session}": {},
		"https://meet.example.com/{user}":    {Owner: parlor.Person{Email: `"../x"@example.com`}},
	} {
		parsed, err := Parse(template)
		if err != nil {
			t.Fatal(err)
		}
		if to, err := (rooms{parsed}).Enter(t.Context(), s, parlor.Person{}); !errors.Is(err, parlor.ErrRoomUnavailable) {
			t.Errorf("%s: %v %v", template, to, err)
		}
	}
}

func TestRoomsRefusesATemplateThatIsNone(t *testing.T) {
	if r, err := New("https://{user}.example.com/").Rooms(nil); !errors.Is(err, parlor.ErrInvalid) {
		t.Errorf("%v %v", r, err)
	}
}

func TestBeyondTellsWhatTheDoorCannotDo(t *testing.T) {
	codes := func(template string) string {
		var all []string
		for _, why := range New(template).Beyond {
			all = append(all, why.Code)
		}
		return strings.Join(all, " ")
	}
	if got := codes("https://meet.example.com/{session}"); got != "passed_on open_end" {
		t.Errorf("a room for each session: %s", got)
	}
	if got := codes("https://meet.example.com/{pmi}"); got != "passed_on open_end room_kept" {
		t.Errorf("one room: %s", got)
	}
}
