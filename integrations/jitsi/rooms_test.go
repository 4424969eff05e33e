package jitsi

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"

	"parlor/internal/parlor"
	"parlor/internal/parlor/parlortest"
)

const session = "abcdefghijklmnopqrstuvwx27"

func open(t *testing.T, base string) parlor.Rooms {
	t.Helper()
	r, err := New(Config{URL: base}).Rooms(nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRoomsPort(t *testing.T) {
	parlortest.RunRooms(t, parlortest.RoomsHarness{Open: func(t *testing.T) parlor.Rooms { return open(t, "https://meet.example.com/") }})
}

func TestEnter(t *testing.T) {
	for name, tt := range map[string]struct{ base, topic, want string }{
		"bare room":   {"https://meet.example.com", "", "https://meet.example.com/" + session},
		"with prefix": {"http://127.0.0.1:8000/rooms/", "", "http://127.0.0.1:8000/rooms/" + session},
		"topic":       {"https://meet.example.com/", "Weekly sync", "https://meet.example.com/" + session + "#config.subject=%22Weekly%20sync%22"},
		"hostile":     {"https://meet.example.com/", `a&config.x=1#"b`, "https://meet.example.com/" + session + "#config.subject=%22a%5Cu0026config.x%3D1%23%5C%22b%22"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := open(t, tt.base).Enter(t.Context(), parlor.Session{Name: session, Topic: tt.topic}, parlor.Person{})
			if err != nil || got.String() != tt.want {
				t.Errorf("%v %v, want %s", got, err, tt.want)
			}
		})
	}
}

// TestJitsiReadsTheTopic parses as parseURLParams.ts does.
func TestJitsiReadsTheTopic(t *testing.T) {
	straight := strings.NewReplacer("\u2018", "'", "\u2019", "'", "\u201c", `"`, "\u201d", `"`)
	for _, topic := range []string{"“Quoted” ‘one’", `back\slash & "more"`, "🍜 مرحبا\n100% = <b>+</b>", `\&`, "a#b&c=d?e"} {
		got, err := open(t, "https://meet.example.com").Enter(t.Context(), parlor.Session{Name: session, Topic: topic}, parlor.Person{})
		if err != nil {
			t.Fatal(err)
		}
		_, fragment, _ := strings.Cut(got.String(), "#")
		key, escaped, _ := strings.Cut(fragment, "=")
		decoded, err := url.PathUnescape(escaped)
		if err != nil || key != "config.subject" || strings.ContainsAny(escaped, "&=#+") {
			t.Fatalf("%s: %v", fragment, err)
		}
		var read string
		decoded = straight.Replace(strings.Replace(decoded, `\&`, "&", 1))
		if err := json.Unmarshal([]byte(decoded), &read); err != nil || read != topic {
			t.Errorf("%q, want %q, %v", read, topic, err)
		}
	}
}

func TestEnterRefusesANameThatCouldBeGuessedOrEscape(t *testing.T) {
	for _, name := range []string{"", "ada", "../" + session, session + "/x", strings.ToUpper(session)} {
		got, err := open(t, "https://meet.example.com").Enter(t.Context(), parlor.Session{Name: name}, parlor.Person{})
		if !errors.Is(err, parlor.ErrInvalid) {
			t.Errorf("%q: %v %v", name, got, err)
		}
	}
}

func TestRoomsRefusesAnAddressThatIsNone(t *testing.T) {
	for _, base := range []string{"", "meet.example.com", "ftp://meet.example.com", "javascript:alert(1)", "https://", "https://a:b@meet.example.com", "https://meet.example.com?x=1", "https://meet.example.com/#x", "http://%zz"} {
		if r, err := New(Config{URL: base}).Rooms(nil); !errors.Is(err, parlor.ErrInvalid) {
			t.Errorf("%q: %v %v", base, r, err)
		}
	}
}
