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

// RunRooms checks an implementation of the Rooms port. Each call of open gives a port of its own whose room is ready.
func RunRooms(t *testing.T, open func(t *testing.T) parlor.Rooms) {
	t.Run("the room is ready", func(t *testing.T) { roomIsReady(t, open(t)) })
	t.Run("a one-time room is ready", func(t *testing.T) { oneTimeIsReady(t, open(t)) })
	t.Run("entering gives a web address", func(t *testing.T) { enterGivesAddress(t, open(t)) })
	t.Run("different sessions are different addresses", func(t *testing.T) { sessionsDiffer(t, open(t)) })
	t.Run("a topic cannot leave its place", func(t *testing.T) { topicStays(t, open(t)) })
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
	return got
}

func enterGivesAddress(t *testing.T, r parlor.Rooms) {
	for _, host := range []bool{true, false} {
		got := enter(t, r, parlor.Session{Name: sessionA, Topic: "Weekly", Host: host})
		again, err := url.Parse(got.String())
		switch {
		case err != nil:
			t.Errorf("address cannot be read back: %v", err)
		case again.Host == "" || (again.Scheme != "https" && again.Scheme != "http"):
			t.Errorf("host %t: %q://%q is no web address", host, again.Scheme, again.Host)
		}
	}
}

func sessionsDiffer(t *testing.T, r parlor.Rooms) {
	a, b := enter(t, r, parlor.Session{Name: sessionA}), enter(t, r, parlor.Session{Name: sessionB})
	if a.String() == b.String() {
		t.Error("two sessions lead to one address")
	}
	if again := enter(t, r, parlor.Session{Name: sessionA}); again.Host != a.Host || again.Path != a.Path {
		t.Error("one session leads to two addresses")
	}
}

// topicStays: whatever a title holds, host, path and query lead where they led without it.
func topicStays(t *testing.T, r parlor.Rooms) {
	plain := enter(t, r, parlor.Session{Name: sessionA, Topic: "x"})
	for _, topic := range []string{`/../evil?pwd=1#x`, `@evil.example`, `a&config.x=1`, "\r\nLocation: x", "مرحبا 🍜", "%2f%zz", strings.Repeat("é", 4000)} {
		got, err := r.Enter(t.Context(), parlor.Session{Name: sessionA, Topic: topic}, parlor.Person{})
		if errors.Is(err, parlor.ErrInvalid) {
			continue
		}
		if err != nil {
			t.Fatalf("%.20q: %v", topic, err)
		}
		again, err := url.Parse(got.String())
		if err != nil || again.Scheme != plain.Scheme || again.Host != plain.Host || again.Path != plain.Path {
			t.Errorf("%.20q leads elsewhere: %v", topic, err)
		}
		if strings.ContainsAny(got.String(), "\r\n \"<>") {
			t.Errorf("%.20q is not escaped", topic)
		}
	}
}
