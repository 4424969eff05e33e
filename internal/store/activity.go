package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// How many lines of activity an account keeps, about.
const logLength = 1000

// Log appends a line of activity; a zero At becomes now.
func (s *Store) Log(ctx context.Context, id parlor.AccountID, e parlor.Entry) error {
	line, err := s.encodeEntry(e)
	if err != nil {
		return err
	}
	add := &redis.XAddArgs{Stream: logKey(id), MaxLen: logLength, Approx: true, Values: []any{"e", line}}
	return fail("write activity", s.rdb.XAdd(ctx, add).Err())
}

// LogOnce appends a line unless one of the same event, action and code was appended within ttl.
func (s *Store) LogOnce(ctx context.Context, id parlor.AccountID, e parlor.Entry, ttl time.Duration) error {
	line, err := s.encodeEntry(e)
	if err != nil {
		return err
	}
	mark := onceKey(id, hexSum(e.EventID + "\x00" + e.Action + "\x00" + e.Code)[:32])
	_, err = s.runInt(ctx, logOnceScript, []string{mark, logKey(id)}, ttl.Milliseconds(), logLength, line)
	return fail("write activity", err)
}

// First says whether something happens for the first time within ttl, and notes that it happened.
func (s *Store) First(ctx context.Context, id parlor.AccountID, what string, ttl time.Duration) (bool, error) {
	err := s.rdb.SetArgs(ctx, onceKey(id, hexSum(what)[:32]), 1, redis.SetArgs{Mode: "NX", TTL: ttl}).Err()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	return err == nil, fail("note that it happened", err)
}

// cursorShape is the id of a stream's entry: two numbers of 64 bits, which 19 digits always fit.
var cursorShape = regexp.MustCompile(`^[0-9]{1,19}-[0-9]{1,19}$`)

// Activity reads up to n lines, newest first, from a cursor that an earlier call returned; "" begins at the newest, and a
// next of "" says that there are no more. parlor.ErrInvalid: not one of our cursors.
func (s *Store) Activity(ctx context.Context, id parlor.AccountID, cursor string, n int) (lines []parlor.Entry, next string, err error) {
	from := "+"
	if cursor != "" {
		if !cursorShape.MatchString(cursor) {
			return nil, "", fmt.Errorf("read activity: cursor: %w", parlor.ErrInvalid)
		}
		from = "(" + cursor
	}
	found, err := s.rdb.XRevRangeN(ctx, logKey(id), from, "-", int64(n)+1).Result()
	if err != nil {
		return nil, "", fail("read activity", err)
	}
	if len(found) > n {
		found = found[:n]
		next = found[n-1].ID
	}
	for _, message := range found {
		var e parlor.Entry
		text, _ := message.Values["e"].(string)
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			return nil, "", fmt.Errorf("decode activity %s: %w", message.ID, err)
		}
		lines = append(lines, e)
	}
	return lines, next, nil
}

func (s *Store) encodeEntry(e parlor.Entry) ([]byte, error) {
	if e.At.IsZero() {
		e.At = s.now().UTC()
	}
	line, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode activity: %w", err)
	}
	return line, nil
}
