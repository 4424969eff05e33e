package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"parlor/internal/parlor"
)

// FeedKind says what a feed shows.
type FeedKind string

// The feeds of a person.
const (
	FeedBusy FeedKind = "busy" // that the time is taken
	FeedFull FeedKind = "full" // titles and links
)

// Feeds gives the secrets of an account's feeds; one that it does not have is not in it.
func (s *Store) Feeds(ctx context.Context, id parlor.AccountID) (map[FeedKind]string, error) {
	feeds := map[FeedKind]string{}
	sealed, err := s.rdb.Get(ctx, feedsKey(id)).Bytes()
	if err = fail("read feeds", err); errors.Is(err, parlor.ErrNotFound) {
		return feeds, nil
	}
	if err != nil {
		return nil, err
	}
	plain, err := s.seal.Open(sealed, feedsPlace(id))
	if err != nil {
		return nil, fmt.Errorf("open feeds: %w", err)
	}
	if err := json.Unmarshal(plain, &feeds); err != nil {
		return nil, fmt.Errorf("decode feeds: %w", err)
	}
	return feeds, nil
}

// MakeFeed draws a new secret for a feed; the one before leads nowhere from then on.
func (s *Store) MakeFeed(ctx context.Context, id parlor.AccountID, kind FeedKind) error {
	secret := strings.ToLower(rand.Text())
	if err := s.rdb.Set(ctx, feedKey(secret), string(id)+" "+string(kind), 0).Err(); err != nil {
		return fail("write feed", err)
	}
	return s.changeFeed(ctx, id, kind, secret)
}

// EndFeed takes a feed away; one that is not there is no error.
func (s *Store) EndFeed(ctx context.Context, id parlor.AccountID, kind FeedKind) error {
	return s.changeFeed(ctx, id, kind, "")
}

func (s *Store) changeFeed(ctx context.Context, id parlor.AccountID, kind FeedKind, secret string) error {
	feeds, err := s.Feeds(ctx, id)
	if err != nil {
		return err
	}
	old := feeds[kind]
	feeds[kind] = secret
	if secret == "" {
		delete(feeds, kind)
	}
	plain, err := json.Marshal(feeds)
	if err != nil {
		return fmt.Errorf("encode feeds: %w", err)
	}
	sealed, err := s.seal.Seal(plain, feedsPlace(id))
	if err != nil {
		return fmt.Errorf("seal feeds: %w", err)
	}
	if err := s.rdb.Set(ctx, feedsKey(id), sealed, 0).Err(); err != nil || old == "" {
		return fail("write feeds", err)
	}
	return fail("end feed", s.rdb.Del(ctx, feedKey(old)).Err())
}

// FeedOf says whose feed a secret leads to; parlor.ErrNotFound when it leads to none. The account must know the feed, too: what
// a deleted account left behind leads nowhere.
func (s *Store) FeedOf(ctx context.Context, secret string) (parlor.AccountID, FeedKind, error) {
	text, err := s.rdb.Get(ctx, feedKey(secret)).Result()
	if err != nil {
		return "", "", fail("read feed", err)
	}
	acct, kind, _ := strings.Cut(text, " ")
	feeds, err := s.Feeds(ctx, parlor.AccountID(acct))
	if err != nil {
		return "", "", err
	}
	if feeds[FeedKind(kind)] != secret {
		return "", "", fmt.Errorf("read feed: %w", parlor.ErrNotFound)
	}
	return parlor.AccountID(acct), FeedKind(kind), nil
}

func feedsPlace(id parlor.AccountID) []byte { return []byte(string(id) + "\x00feeds") }
