package store

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

const (
	sessionLife  = 30 * 24 * time.Hour // since it was last seen
	sessionTouch = time.Hour           // being seen is written this often at most
	tokenLength  = 32                  // random bytes
)

// SessionRecord is one browser that is signed in.
type SessionRecord struct {
	ID        string           `json:"id"` // tells sessions of an account apart; opens nothing
	Account   parlor.AccountID `json:"account"`
	Created   time.Time        `json:"created"`
	LastSeen  time.Time        `json:"last_seen"` // exact to the hour
	UserAgent string           `json:"user_agent"`
	Address   string           `json:"address"` // of the client when it signed in
}

// NewSession signs a browser in and returns its secret, which is stored nowhere: Redis has only its SHA-256.
func (s *Store) NewSession(ctx context.Context, id parlor.AccountID, userAgent, address string) (token string, err error) {
	secret, err := s.draw(tokenLength)
	if err != nil {
		return "", err
	}
	token = base64.RawURLEncoding.EncodeToString(secret)
	hash, now := hexSum(token), s.now().UTC()
	rec := SessionRecord{ID: hash[:16], Account: id, Created: now, LastSeen: now, UserAgent: cut(userAgent, 300), Address: address}
	_, err = s.rdb.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.SAdd(ctx, sessionsKey(id), hash)
		p.Expire(ctx, sessionsKey(id), sessionLife+sessionTouch)
		return nil
	})
	if err != nil {
		return "", fail("list session", err)
	}
	return token, s.writeSession(ctx, hash, rec, "")
}

// Session finds the session of a secret and notes that it was seen; parlor.ErrNotFound.
func (s *Store) Session(ctx context.Context, token string) (SessionRecord, error) {
	hash := hexSum(token)
	rec, _, err := read[SessionRecord](ctx, s.rdb, sessionKey(hash))
	if err != nil {
		return rec, wrap("read session", err)
	}
	now := s.now().UTC()
	idle := now.Sub(rec.LastSeen)
	if idle >= sessionLife {
		return SessionRecord{}, fmt.Errorf("read session: %w", parlor.ErrNotFound)
	}
	if idle < sessionTouch {
		return rec, nil
	}
	rec.LastSeen = now
	return rec, s.touchSession(ctx, hash, rec)
}

// Sessions lists where an account is signed in, the last seen first.
func (s *Store) Sessions(ctx context.Context, id parlor.AccountID) ([]SessionRecord, error) {
	hashes, err := s.rdb.SMembers(ctx, sessionsKey(id)).Result()
	if err != nil {
		return nil, fail("list sessions", err)
	}
	var out []SessionRecord
	for _, hash := range hashes {
		rec, _, err := read[SessionRecord](ctx, s.rdb, sessionKey(hash))
		switch {
		case errors.Is(err, parlor.ErrNotFound):
			err = fail("unlist session", s.rdb.SRem(ctx, sessionsKey(id), hash).Err())
		case err == nil:
			out = append(out, rec)
		}
		if err != nil {
			return nil, wrap("read session", err)
		}
	}
	slices.SortFunc(out, func(a, b SessionRecord) int { return b.LastSeen.Compare(a.LastSeen) })
	return out, nil
}

// SignedIn says whether the session of an account with that SessionRecord.ID has not been signed out.
func (s *Store) SignedIn(ctx context.Context, id parlor.AccountID, session string) (bool, error) {
	hashes, err := s.rdb.SMembers(ctx, sessionsKey(id)).Result()
	there := slices.ContainsFunc(hashes, func(hash string) bool { return session == hash[:16] })
	return there, fail("list sessions", err)
}

// EndSession signs out the session of an account with that SessionRecord.ID; parlor.ErrNotFound.
func (s *Store) EndSession(ctx context.Context, id parlor.AccountID, session string) error {
	hashes, err := s.rdb.SMembers(ctx, sessionsKey(id)).Result()
	if err != nil {
		return fail("list sessions", err)
	}
	for _, hash := range hashes {
		if session == hash[:16] {
			return s.endSession(ctx, id, hash)
		}
	}
	return fmt.Errorf("end session: %w", parlor.ErrNotFound)
}

// EndSessionToken signs out the session of a secret; one that is over is no error.
func (s *Store) EndSessionToken(ctx context.Context, token string) error {
	rec, _, err := read[SessionRecord](ctx, s.rdb, sessionKey(hexSum(token)))
	if errors.Is(err, parlor.ErrNotFound) {
		return nil
	}
	if err != nil {
		return wrap("read session", err)
	}
	return s.endSession(ctx, rec.Account, hexSum(token))
}

func (s *Store) endSession(ctx context.Context, id parlor.AccountID, hash string) error {
	if err := s.rdb.Del(ctx, sessionKey(hash)).Err(); err != nil {
		return fail("end session", err)
	}
	return fail("unlist session", s.rdb.SRem(ctx, sessionsKey(id), hash).Err())
}

// touchSession prolongs a session; one that was ended meanwhile does not come back.
func (s *Store) touchSession(ctx context.Context, hash string, rec SessionRecord) error {
	if err := s.writeSession(ctx, hash, rec, "XX"); err != nil {
		return err
	}
	return fail("keep list of sessions", s.rdb.Expire(ctx, sessionsKey(rec.Account), sessionLife+sessionTouch).Err())
}

func (s *Store) writeSession(ctx context.Context, hash string, rec SessionRecord, mode string) error {
	text, err := json.Marshal(rec)
	if err != nil {
		return fmt.Errorf("encode session: %w", err)
	}
	err = s.rdb.SetArgs(ctx, sessionKey(hash), text, redis.SetArgs{Mode: mode, TTL: sessionLife}).Err()
	return fail("write session", err)
}

// cut shortens a text that came from outside, keeping its runes whole.
func cut(text string, n int) string {
	if len(text) > n {
		text = text[:n]
	}
	return strings.ToValidUTF8(text, "")
}
