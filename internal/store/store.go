// Package store is everything that Parlor keeps, all of it in Redis: accounts, rooms, settings, sealed tokens, sessions,
// calendars, meetings, activity, leases and limits. It holds no policy and speaks to no outside service.
//
// A script or a transaction touches one {account} tag only, so that the same keys work in Redis Cluster. Start at keys.go.
package store

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Store is Parlor's memory. It is safe for use by many goroutines.
type Store struct {
	rdb     redis.UniversalClient
	seal    *Sealer
	now     func() time.Time
	random  io.Reader
	rules   rules
	decoded decoded
}

// Open makes a Store of a client; it talks to nobody yet.
func Open(rdb redis.UniversalClient, seal *Sealer, now func() time.Time) *Store {
	return &Store{rdb: rdb, seal: seal, now: now, random: rand.Reader}
}

// Client is the connection itself, for the job queue.
func (s *Store) Client() redis.UniversalClient { return s.rdb }

// Ready says whether Redis answers and our keyset opens what was sealed there; ErrUnknownKey when it does not.
func (s *Store) Ready(ctx context.Context) error {
	if err := s.rdb.Ping(ctx).Err(); err != nil {
		return fail("ping redis", err)
	}
	sealed, err := s.rdb.Get(ctx, canaryKey).Bytes()
	if errors.Is(err, redis.Nil) {
		return s.plantCanary(ctx)
	}
	if err != nil {
		return fail("read canary", err)
	}
	if _, err := s.seal.Open(sealed, []byte(canaryKey)); err != nil {
		return fmt.Errorf("open canary: %w", err)
	}
	if !s.seal.current(sealed) {
		return s.plantCanary(ctx)
	}
	return nil
}

func (s *Store) plantCanary(ctx context.Context) error {
	sealed, err := s.seal.Seal([]byte("parlor"), []byte(canaryKey))
	if err != nil {
		return fmt.Errorf("seal canary: %w", err)
	}
	return fail("plant canary", s.rdb.Set(ctx, canaryKey, sealed, 0).Err())
}

func (s *Store) draw(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.random, b); err != nil {
		return nil, fmt.Errorf("read randomness: %w", err)
	}
	return b, nil
}

// drawID returns 16 characters of a-z and 2-7.
func (s *Store) drawID() (string, error) {
	b, err := s.draw(10)
	return strings.ToLower(base32.StdEncoding.EncodeToString(b)), err
}
