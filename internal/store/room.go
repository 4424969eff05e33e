package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// How often a free number is looked for before giving up; with 10 digits a single collision is rare.
const drawTries = 20

// How long a number that was given up belongs to nobody else.
const retirement = 365 * 24 * time.Hour

// Room reads an account's room, which the policy may have switched off; parlor.ErrNotFound before EnsureRoom.
func (s *Store) Room(ctx context.Context, id parlor.AccountID) (parlor.Room, error) {
	r, _, err := read[parlor.Room](ctx, s.rdb, roomKey(id))
	if err != nil && !errors.Is(err, parlor.ErrNotFound) {
		return r, wrap("read room", err)
	}
	// Asked of nobody's room, too: the time that it takes must tell nothing.
	ruled, unruled := s.ruled(ctx, id, r)
	if err != nil {
		return r, wrap("read room", errors.Join(err, unruled))
	}
	return ruled, unruled
}

// ruled is a room as it may be used. What the policy says is never stored with the room, so that it comes back by itself.
func (s *Store) ruled(ctx context.Context, id parlor.AccountID, r parlor.Room) (parlor.Room, error) {
	book, err := s.rulebook(ctx)
	if err != nil || !book.policy.RulesRooms() {
		return r, err
	}
	ruling, err := s.Ruling(ctx, id)
	return ruling.Room(r), err
}

// RoomAndETag reads an account's room, drawn if there is none, and the mark that changes with it.
func (s *Store) RoomAndETag(ctx context.Context, id parlor.AccountID) (parlor.Room, string, error) {
	if _, err := s.EnsureRoom(ctx, id); err != nil {
		return parlor.Room{}, "", err
	}
	r, stored, err := read[parlor.Room](ctx, s.rdb, roomKey(id))
	if err != nil {
		return r, "", wrap("read room", err)
	}
	r, err = s.ruled(ctx, id, r)
	return r, revision(stored), err
}

// UpdateRoom changes a room by compare-and-set; change may run several times and must leave alone what the
// room is reached by: see ChangeRoom.
func (s *Store) UpdateRoom(ctx context.Context, id parlor.AccountID, change func(*parlor.Room)) (parlor.Room, error) {
	r, err := update(ctx, s, roomKey(id), change)
	if err != nil {
		return r, wrap("update room", err)
	}
	return s.ruled(ctx, id, r)
}

// EnsureRoom returns an account's room and draws it if there is none: PMI, passcode and secret, once.
func (s *Store) EnsureRoom(ctx context.Context, id parlor.AccountID) (parlor.Room, error) {
	r, err := s.Room(ctx, id)
	if !errors.Is(err, parlor.ErrNotFound) {
		return r, err
	}
	if r, err = s.drawRoom(); err != nil {
		return r, err
	}
	if r.PMI, err = s.claimDrawn(ctx, id, pmiKey, func() (string, error) { return parlor.DrawPMI(s.random) }); err != nil {
		return r, err
	}
	record, err := json.Marshal(r)
	if err != nil {
		return r, fmt.Errorf("encode room: %w", err)
	}
	won, err := s.setNew(ctx, roomKey(id), record)
	switch {
	case err != nil:
		return r, wrap("write room", err)
	case won:
		return s.ruled(ctx, id, r)
	}
	if err := s.rdb.Del(ctx, pmiKey(r.PMI)).Err(); err != nil {
		return r, fail("give PMI back", err)
	}
	return s.Room(ctx, id)
}

// AccountByPMI says whose PMI it is or was; parlor.ErrNotFound. Compare with the room: a retired one still answers.
func (s *Store) AccountByPMI(ctx context.Context, digits string) (parlor.AccountID, error) {
	return s.holder(ctx, pmiKey(digits))
}

// AccountByPersonalLink says whose personal link it is or was, capitals or not; parlor.ErrNotFound. Compare with the room.
func (s *Store) AccountByPersonalLink(ctx context.Context, name string) (parlor.AccountID, error) {
	return s.holder(ctx, linkKey(strings.ToLower(name)))
}

// AccountByNumber says whose meeting number it is or was; parlor.ErrNotFound.
func (s *Store) AccountByNumber(ctx context.Context, number string) (parlor.AccountID, error) {
	return s.holder(ctx, numberKey(number))
}

func (s *Store) holder(ctx context.Context, key string) (parlor.AccountID, error) {
	id, err := s.rdb.Get(ctx, key).Result()
	return parlor.AccountID(id), fail("look up number", err)
}

func (s *Store) drawRoom() (r parlor.Room, err error) {
	r = parlor.Room{PasscodeVersion: 1, Status: parlor.RoomReady}
	if r.Passcode, err = parlor.DrawPasscode(s.random); err != nil {
		return r, fmt.Errorf("draw passcode: %w", err)
	}
	r.Secret, err = s.draw(32)
	return r, err
}

// claimDrawn draws until a name is nobody's and makes it the account's.
func (s *Store) claimDrawn(ctx context.Context, id parlor.AccountID, key func(string) string, draw func() (string, error)) (string, error) {
	for range drawTries {
		name, err := draw()
		if err != nil {
			return "", fmt.Errorf("draw number: %w", err)
		}
		won, err := s.setNew(ctx, key(name), string(id))
		if err != nil || won {
			return name, wrap("claim number", err)
		}
	}
	return "", fmt.Errorf("no free number in %d draws: %w", drawTries, parlor.ErrTaken)
}
