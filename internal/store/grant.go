package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parlor/internal/parlor"
)

const (
	grantIdle = 60 * 24 * time.Hour  // since it was last renewed
	grantLife = 365 * 24 * time.Hour // since the person allowed it
	// GrantGrace is how long the refresh token before the current one still works: the answer with the new one may not
	// have arrived.
	GrantGrace = time.Minute
	// CodeKept is how long a used authorization code is known as used; codes must not live as long.
	CodeKept = 10 * time.Minute
)

// ErrReused says that a code or a token came a second time: somebody else may have it, and what it gave has ended.
var ErrReused = errors.New("used before")

// GrantRecord is one app on one device that may act for a person. All refresh tokens that follow from one authorization
// code are one grant; which of them is the current one is a number, so that nothing of a token is stored.
type GrantRecord struct {
	ID        string           // drawn with the code
	Client    string           // OAuth client id
	Account   parlor.AccountID // whose it is
	Created   time.Time
	LastSeen  time.Time // when it was last renewed
	UserAgent string
	Address   string // of the device when it was allowed
}

// Fields of a grant's hash.
const (
	grantClient     = "client"
	grantCreated    = "created" // Unix ms, as the next two
	grantSeen       = "seen"
	grantRenewed    = "renewed"
	grantGeneration = "generation"
	grantAgent      = "agent"
	grantAddress    = "address"
)

// FirstGeneration is that of the refresh token a grant begins with.
const FirstGeneration = 1

// BeginGrant stores the grant of an authorization code if the session in which it was allowed lasts. The grant's id
// stands for the code. parlor.ErrNotFound: the session is over. ErrReused: the code was used before.
func (s *Store) BeginGrant(ctx context.Context, g GrantRecord, session string) error {
	hash, err := s.sessionHash(ctx, g.Account, session)
	if err != nil {
		return err
	}
	now := s.now().UnixMilli()
	keys := []string{codeKey(g.Account, g.ID), grantKey(g.Account, g.ID), grantsKey(g.Account), sessionsKey(g.Account)}
	done, err := s.runInt(ctx, beginGrantScript, keys,
		hash, CodeKept.Milliseconds(), grantIdle.Milliseconds(), grantLife.Milliseconds(), g.ID,
		grantClient, g.Client, grantCreated, now, grantSeen, now, grantRenewed, now, grantGeneration, FirstGeneration,
		grantAgent, cut(g.UserAgent, 300), grantAddress, g.Address)
	return outcome("begin grant", done, err)
}

// RenewGrant takes the refresh token of a generation and returns the generation of the next. parlor.ErrNotFound: there is
// no such grant of this client, or it has expired. ErrReused: that token was used before, longer than GrantGrace ago.
func (s *Store) RenewGrant(ctx context.Context, g GrantRecord, generation int64) (next int64, err error) {
	next, err = s.runInt(ctx, renewGrantScript, []string{grantKey(g.Account, g.ID), grantsKey(g.Account)},
		g.ID, g.Client, generation, s.now().UnixMilli(), GrantGrace.Milliseconds(), grantIdle.Milliseconds(),
		grantLife.Milliseconds(), cut(g.UserAgent, 300))
	return next, outcome("renew grant", next, err)
}

// EndGrant ends a grant of an account; parlor.ErrNotFound. With a client it must be that one's: parlor.ErrForbidden.
func (s *Store) EndGrant(ctx context.Context, id parlor.AccountID, grant, client string) error {
	done, err := s.runInt(ctx, endGrantScript, []string{grantKey(id, grant), grantsKey(id)}, grant, client)
	if err == nil && done < 0 {
		return fmt.Errorf("end grant: %w", parlor.ErrForbidden)
	}
	return outcome("end grant", done, err)
}

// Grants lists the apps that may act for an account, the last seen first.
func (s *Store) Grants(ctx context.Context, id parlor.AccountID) ([]GrantRecord, error) {
	ids, err := s.rdb.SMembers(ctx, grantsKey(id)).Result()
	if err != nil {
		return nil, fail("list grants", err)
	}
	var out []GrantRecord
	for _, grant := range ids {
		fields, err := s.rdb.HGetAll(ctx, grantKey(id, grant)).Result()
		switch {
		case err != nil:
			return nil, fail("read grant", err)
		case len(fields) == 0: // it has expired
			if err := s.rdb.SRem(ctx, grantsKey(id), grant).Err(); err != nil {
				return nil, fail("unlist grant", err)
			}
			continue
		}
		if g := readGrant(fields); s.now().Sub(g.LastSeen) < grantIdle && s.now().Sub(g.Created) < grantLife {
			g.ID, g.Account = grant, id
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b GrantRecord) int { return b.LastSeen.Compare(a.LastSeen) })
	return out, nil
}

func readGrant(fields map[string]string) GrantRecord {
	at := func(field string) time.Time {
		ms, err := strconv.ParseInt(fields[field], 10, 64)
		if err != nil {
			return time.Time{}
		}
		return time.UnixMilli(ms).UTC()
	}
	return GrantRecord{
		Client: fields[grantClient], Created: at(grantCreated), LastSeen: at(grantSeen),
		UserAgent: fields[grantAgent], Address: fields[grantAddress],
	}
}

// sessionHash finds the key of the session with that SessionRecord.ID; "" when it is over.
func (s *Store) sessionHash(ctx context.Context, id parlor.AccountID, session string) (string, error) {
	hashes, err := s.rdb.SMembers(ctx, sessionsKey(id)).Result()
	if err != nil {
		return "", fail("list sessions", err)
	}
	for _, hash := range hashes {
		if session != "" && strings.HasPrefix(hash, session) {
			return hash, nil
		}
	}
	return "", nil
}

// outcome reads what a script on a grant returns.
func outcome(what string, done int64, err error) error {
	switch {
	case err != nil:
		return fail(what, err)
	case done == 0:
		return fmt.Errorf("%s: %w", what, parlor.ErrNotFound)
	case done < 0:
		return fmt.Errorf("%s: %w", what, ErrReused)
	}
	return nil
}
