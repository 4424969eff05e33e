package connect_test

import (
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

func TestHearAsksTheService(t *testing.T) {
	w := newWorld(t, func(s *parlor.Service) {
		s.Hear = func(http.Header, url.Values, []byte) (parlor.Heard, error) {
			return parlor.Heard{Pings: []parlor.Ping{{Watch: "w1"}}}, nil
		}
	})
	heard, err := w.Hear(parlor.KindGoogle, nil, nil, nil)
	if err != nil || len(heard.Pings) != 1 {
		t.Errorf("%+v, %v", heard, err)
	}
	for _, k := range []parlor.Kind{"nobody", parlor.KindJitsi} {
		if _, err := w.Hear(k, nil, nil, nil); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("%s: %v", k, err)
		}
	}
}

func TestRoomsWithoutAnAccount(t *testing.T) {
	w := newWorld(t)
	if _, err := w.Rooms(t.Context(), "anybody"); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("a service without rooms: %v", err)
	}
	opened := false
	rooms := parlor.Service{Kind: parlor.KindJitsi, Rooms: func(c *http.Client) (parlor.Rooms, error) {
		opened = c != nil
		return nil, nil
	}}
	c := connect.New(w.store, origin, nil, nil, rooms, time.Now)
	if _, err := c.Rooms(t.Context(), "anybody"); err != nil || !opened {
		t.Errorf("opened %v, %v", opened, err)
	}
}

func TestCalendarOfNobody(t *testing.T) {
	w := newWorld(t)
	if _, err := w.Calendar(t.Context(), "nobody", parlor.KindGoogle); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("no account: %v", err)
	}
	if _, err := w.Calendar(t.Context(), "nobody", parlor.KindJitsi); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("no calendars: %v", err)
	}
	if got := w.Services(); len(got) != 1 || got[0].Kind != parlor.KindGoogle {
		t.Errorf("services %v", got)
	}
}

func TestSessionTravelsInTheContext(t *testing.T) {
	if _, ok := connect.SessionOf(t.Context()); ok {
		t.Error("nobody is signed in")
	}
	want := store.SessionRecord{ID: "s1", Account: "ada"}
	if got, ok := connect.SessionOf(connect.WithSession(t.Context(), want)); !ok || got != want {
		t.Errorf("%+v, %v", got, ok)
	}
}
