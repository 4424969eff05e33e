package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"parlor/internal/parlor"
)

const (
	// HostingLife is how long a host counts as there after the last sign of their page. Replicas judge each other's signs by
	// their own clocks, so that it is longer than a few beats.
	HostingLife = 75 * time.Second
	hostingKept = 36 * time.Hour // how long we know that a sitting was ended
)

// Hosting is a sitting that the host has begun.
type Hosting struct {
	Name    string      `json:"name"`               // of the session at the video system
	Number  string      `json:"number,omitempty"`   // of the meeting, "" for the bare room
	OneTime bool        `json:"one_time,omitempty"` // the meeting is not in the room
	Slot    parlor.Slot `json:"slot"`               // which sitting of the meeting; the bare room's has no end
	Topic   string      `json:"topic,omitempty"`
	Round   int         `json:"round,omitempty"` // how often it was ended and begun anew
	Began   time.Time   `json:"began"`
	Seen    time.Time   `json:"seen"` // the last sign of the host's page
	Locked  bool        `json:"locked,omitempty"`
	Ended   bool        `json:"ended,omitempty"` // by the host
}

// There says whether the host is in the sitting now.
func (h Hosting) There(now time.Time) bool { return !h.Ended && now.Sub(h.Seen) < HostingLife }

// Hostings lists the sittings that an account has begun within the last day and a half, the latest first.
func (s *Store) Hostings(ctx context.Context, id parlor.AccountID) ([]Hosting, error) {
	list, _, err := read[[]Hosting](ctx, s.rdb, hostingsKey(id))
	if errors.Is(err, parlor.ErrNotFound) {
		return nil, nil
	}
	return list, wrap("read hostings", err)
}

// Host begins a sitting, or takes it up again; everybody at the door learns of it.
func (s *Store) Host(ctx context.Context, id parlor.AccountID, h Hosting) error {
	h.Seen = s.now().UTC()
	err := s.changeHostings(ctx, id, func(list []Hosting) ([]Hosting, error) {
		list = slices.DeleteFunc(list, func(o Hosting) bool { return o.Number == h.Number && o.Slot.Start.Equal(h.Slot.Start) })
		return append([]Hosting{h}, list...), nil
	})
	if err != nil {
		return wrap("begin hosting", err)
	}
	return s.tellDoor(ctx, id, newsAll)
}

// KeepHosting notes that the host's page of a sitting is still there; parlor.ErrNotFound when nothing is known of the
// sitting, parlor.ErrStale when the host has ended it.
func (s *Store) KeepHosting(ctx context.Context, id parlor.AccountID, name string) error {
	back, now := false, s.now().UTC()
	err := s.changeHosting(ctx, id, name, func(h *Hosting) error {
		if h.Ended {
			return parlor.ErrStale
		}
		back, h.Seen = !h.There(now), now
		return nil
	})
	if err != nil || !back {
		return wrap("keep hosting", err)
	}
	return s.tellDoor(ctx, id, newsAll)
}

// LockHosting locks or unlocks one sitting.
func (s *Store) LockHosting(ctx context.Context, id parlor.AccountID, name string, locked bool) error {
	err := s.changeHosting(ctx, id, name, func(h *Hosting) error {
		h.Locked = locked
		return nil
	})
	if err != nil {
		return wrap("lock hosting", err)
	}
	return s.tellDoor(ctx, id, newsAll)
}

// EndHosting ends a sitting: nobody comes in by its door any more.
func (s *Store) EndHosting(ctx context.Context, id parlor.AccountID, name string) error {
	err := s.changeHosting(ctx, id, name, func(h *Hosting) error {
		h.Ended = true
		return nil
	})
	if err != nil {
		return wrap("end hosting", err)
	}
	return s.tellDoor(ctx, id, newsAll)
}

// LockRoom locks or unlocks the room itself: its door, whatever the meeting.
func (s *Store) LockRoom(ctx context.Context, id parlor.AccountID, locked bool) (parlor.Room, error) {
	r, err := s.UpdateRoom(ctx, id, func(r *parlor.Room) { r.Locked = locked })
	if err != nil {
		return r, err
	}
	return r, s.tellDoor(ctx, id, newsAll)
}

func (s *Store) changeHosting(ctx context.Context, id parlor.AccountID, name string, change func(*Hosting) error) error {
	return s.changeHostings(ctx, id, func(list []Hosting) ([]Hosting, error) {
		at := slices.IndexFunc(list, func(h Hosting) bool { return h.Name == name })
		if at < 0 {
			return nil, parlor.ErrNotFound
		}
		return list, change(&list[at])
	})
}

// changeHostings changes the list by compare-and-set, and forgets what is long over.
func (s *Store) changeHostings(ctx context.Context, id parlor.AccountID, change func([]Hosting) ([]Hosting, error)) error {
	for range swapTries {
		list, stored, err := read[[]Hosting](ctx, s.rdb, hostingsKey(id))
		if err != nil && !errors.Is(err, parlor.ErrNotFound) {
			return err
		}
		if list, err = change(list); err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(h Hosting) bool { return s.now().Sub(h.Seen) > hostingKept })
		next, err := json.Marshal(list)
		if err != nil {
			return fmt.Errorf("encode hostings: %w", err)
		}
		if err := s.swap(ctx, hostingsKey(id), revision(stored), next); !errors.Is(err, parlor.ErrStale) {
			return err
		}
	}
	return parlor.ErrStale
}
