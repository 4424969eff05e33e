package parlortest

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

const (
	sessionA = "abcdefghijklmnopqrstuvwxyz"
	sessionB = "zyxwvutsrqponmlkjihgfedcba"
)

// RoomsHarness brings one implementation of the Rooms port into the suite.
type RoomsHarness struct {
	// Open gives a port of its own whose room is ready.
	Open func(t *testing.T) parlor.Rooms
	// Shared: all sessions in a person's room are at one address, which is the room's.
	Shared bool
	// Unavailable gives a port whose room an administrator has switched off; nil where nobody can.
	Unavailable func(t *testing.T) parlor.Rooms
}

// RunRooms checks an implementation of the Rooms port.
func RunRooms(t *testing.T, h RoomsHarness) {
	t.Run("the room is ready", func(t *testing.T) { roomIsReady(t, h.Open(t)) })
	t.Run("a one-time room is ready", func(t *testing.T) { oneTimeIsReady(t, h.Open(t)) })
	t.Run("a one-time room is not the room", func(t *testing.T) { oneTimeIsApart(t, h.Open(t)) })
	t.Run("entering gives a web address", func(t *testing.T) { enterGivesAddress(t, h.Open(t)) })
	t.Run("sessions and addresses", func(t *testing.T) { sessionsDiffer(t, h.Open(t), h.Shared) })
	t.Run("what people write cannot leave its place", func(t *testing.T) { wordsStay(t, h.Open(t)) })
	if h.Unavailable != nil {
		t.Run("a room that is switched off says so", func(t *testing.T) { unavailableSaysSo(t, h.Unavailable(t)) })
	}
}

// sitting is a session in the room as the port describes it.
func sitting(t *testing.T, r parlor.Rooms, name string) parlor.Session {
	t.Helper()
	room, err := r.Room(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if room.PMI == "" {
		room.PMI = "2345678901"
	}
	return parlor.Session{
		Name: name, PMI: room.PMI, PersonalLink: "ada.lovelace", Number: "12345678901", Topic: "Weekly", Address: room.Address,
		Owner: parlor.Person{Name: "Ada", Email: "ada@example.com"},
	}
}

func unavailableSaysSo(t *testing.T, r parlor.Rooms) {
	if got, err := r.Room(t.Context()); !errors.Is(err, parlor.ErrRoomUnavailable) {
		t.Errorf("room %q, %v", got.Status, err)
	}
}

func roomIsReady(t *testing.T, r parlor.Rooms) {
	got, err := r.Room(t.Context())
	if err != nil || got.Status != parlor.RoomReady {
		t.Errorf("room %q, %v", got.Status, err)
	}
	checkPMI(t, got)
}

func oneTimeIsReady(t *testing.T, r parlor.Rooms) {
	got, err := r.OneTime(t.Context(), parlor.Draft{Key: "one0time0meeting", Title: "Once"})
	if err != nil || got.Status == parlor.RoomUnavailable {
		t.Errorf("room %q, %v", got.Status, err)
	}
}

// oneTimeIsApart: what a video system prepares for one meeting is another place than the person's room, each time.
func oneTimeIsApart(t *testing.T, r parlor.Rooms) {
	room, err := r.Room(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{room.Address: true}
	for _, key := range []string{"one0time0meeting", "two0time0meeting"} {
		got, err := r.OneTime(t.Context(), parlor.Draft{Key: key, Title: "Once"})
		if err != nil {
			t.Fatal(err)
		}
		if got.Address != "" && seen[got.Address] {
			t.Error("a one-time meeting is at an address that something else has")
		}
		seen[got.Address] = true
	}
}

// checkPMI accepts no number, which means that Parlor draws it, or ten digits.
func checkPMI(t *testing.T, r parlor.Room) {
	t.Helper()
	if r.PMI != "" && (len(r.PMI) != 10 || strings.Trim(r.PMI, "0123456789") != "") {
		t.Errorf("PMI of %d characters", len(r.PMI))
	}
}

func enter(t *testing.T, r parlor.Rooms, s parlor.Session) *url.URL {
	t.Helper()
	got, err := r.Enter(t.Context(), s, parlor.Person{Name: `Ada "L" & co`, Email: "ada@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	again, err := url.Parse(got.String())
	if err != nil {
		t.Fatalf("address cannot be read back: %v", err)
	}
	return again
}

func enterGivesAddress(t *testing.T, r parlor.Rooms) {
	for _, host := range []bool{true, false} {
		s := sitting(t, r, sessionA)
		s.Host = host
		if got := enter(t, r, s); got.Host == "" || (got.Scheme != "https" && got.Scheme != "http") {
			t.Errorf("host %t: %q://%q is no web address", host, got.Scheme, got.Host)
		}
	}
}

func sessionsDiffer(t *testing.T, r parlor.Rooms, shared bool) {
	a, b := enter(t, r, sitting(t, r, sessionA)), enter(t, r, sitting(t, r, sessionB))
	if same := a.Host == b.Host && a.Path == b.Path; same != shared {
		t.Errorf("two sessions at one address: %t, want %t", same, shared)
	}
	if again := enter(t, r, sitting(t, r, sessionA)); again.Host != a.Host || again.Path != a.Path {
		t.Error("one session leads to two addresses")
	}
}

// wordsStay: whatever a title or a name holds, scheme, host and path are what they are without it.
func wordsStay(t *testing.T, r parlor.Rooms) {
	plain := enter(t, r, sitting(t, r, sessionA))
	for _, words := range []string{`/../evil?pwd=1#x`, `@evil.example`, `a&config.x=1`, "\r\nLocation: x", "مرحبا 🍜", "%2f%zz", strings.Repeat("é", 4000)} {
		s := sitting(t, r, sessionA)
		s.Topic = words
		got, err := r.Enter(t.Context(), s, parlor.Person{Name: words})
		if errors.Is(err, parlor.ErrInvalid) {
			continue
		}
		if err != nil {
			t.Fatalf("%.20q: %v", words, err)
		}
		again, err := url.Parse(got.String())
		if err != nil || again.Scheme != plain.Scheme || again.Host != plain.Host || again.Path != plain.Path {
			t.Errorf("%.20q leads elsewhere: %v", words, err)
		}
		if strings.ContainsAny(got.String(), "\r\n \"<>") {
			t.Errorf("%.20q is not escaped", words)
		}
	}
}
