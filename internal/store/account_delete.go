package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// stragglers is how long after its account a key may still be written: by an app whose access token has not ended, or by a
// pass under way. The sweep comes back then, and deletes what it finds.
const stragglers = 20 * time.Minute

// DeleteAccount forgets an account and everything of it. Its numbers and its personal link are given to nobody else for 365
// days. It can be killed anywhere and called again: the account's record goes last, and what is left after it is found by
// the sweep, which calls ForgetRest.
func (s *Store) DeleteAccount(ctx context.Context, id parlor.AccountID) error {
	a, err := s.Account(ctx, id)
	if errors.Is(err, parlor.ErrNotFound) {
		return s.ForgetRest(ctx, id)
	}
	if err != nil {
		return err
	}
	for _, step := range []func(context.Context, parlor.Account) error{
		s.endSessions, s.retirePerson, s.dropWatches, s.freeIdentities, s.forgetKeys,
	} {
		if err := step(ctx, a); err != nil {
			return wrap("delete account", err)
		}
	}
	if err := s.SetDue(ctx, id, s.now().Add(stragglers)); err != nil {
		return err
	}
	if err := s.rdb.ZRem(ctx, accountsKey, string(id)).Err(); err != nil {
		return fail("unlist account", err)
	}
	return fail("delete account", s.rdb.Del(ctx, accountKey(id), departuresKey(id)).Err())
}

// ForgetRest deletes what was written of an account after it was deleted, and looks after it no more.
func (s *Store) ForgetRest(ctx context.Context, id parlor.AccountID) error {
	if err := s.forgetKeys(ctx, parlor.Account{ID: id}); err != nil {
		return err
	}
	return fail("forget due account", s.rdb.ZRem(ctx, dueKey, string(id)).Err())
}

func (s *Store) endSessions(ctx context.Context, a parlor.Account) error {
	sessions, err := s.rdb.SMembers(ctx, sessionsKey(a.ID)).Result()
	if err != nil {
		return fail("list sessions", err)
	}
	for _, hash := range sessions {
		if err := s.endSession(ctx, a.ID, hash); err != nil {
			return err
		}
	}
	return nil
}

// retirePerson keeps what led to this person from leading to somebody else.
func (s *Store) retirePerson(ctx context.Context, a parlor.Account) error {
	room, err := s.Room(ctx, a.ID)
	if err != nil && !errors.Is(err, parlor.ErrNotFound) {
		return err
	}
	names := namesOf(room.PMI, room.PersonalLink)
	for _, f := range room.Former {
		names = append(names, namesOf(f.PMI, f.PersonalLink)...)
	}
	var keys []string
	for _, n := range names {
		keys = append(keys, n.key)
	}
	numbers, err := s.rdb.ZRange(ctx, meetingsKey(a.ID), 0, -1).Result()
	if err != nil {
		return fail("list meetings", err)
	}
	for _, number := range numbers {
		keys = append(keys, numberKey(number))
	}
	for _, key := range keys {
		owner, err := s.holder(ctx, key)
		if errors.Is(err, parlor.ErrNotFound) || err == nil && owner != a.ID {
			continue
		}
		if err != nil {
			return err
		}
		if err := s.rdb.Expire(ctx, key, retirement).Err(); err != nil {
			return fail("retire number", err)
		}
	}
	return nil
}

func (s *Store) dropWatches(ctx context.Context, a parlor.Account) error {
	states, err := s.Calendars(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, c := range states {
		if c.Watch.ID == "" {
			continue
		}
		if err := s.DropWatch(ctx, c.Watch.ID); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) freeIdentities(ctx context.Context, a parlor.Account) error {
	for _, c := range a.Connections {
		if err := s.freeIdentity(ctx, a.ID, c); err != nil {
			return err
		}
	}
	if err := s.strike(ctx, a, parlor.Account{}); err != nil {
		return err
	}
	for _, email := range emails(a) {
		if err := s.unindexEmail(ctx, a.ID, email); err != nil {
			return err
		}
	}
	return nil
}

// forgetKeys deletes every key of the account but those two that say that it is being deleted.
func (s *Store) forgetKeys(ctx context.Context, a parlor.Account) error {
	return s.keysOf(ctx, a.ID, func(keys []string) error {
		keys = slices.DeleteFunc(keys, func(key string) bool { return key == accountKey(a.ID) || key == departuresKey(a.ID) })
		if len(keys) == 0 {
			return nil
		}
		return fail("delete keys", s.rdb.Unlink(ctx, keys...).Err())
	})
}

// keysAtOnce is how many keys Redis looks at for one step of a search.
const keysAtOnce = 1000

// keysOf finds every key of an account, some of them perhaps twice. It looks through all keys that there are: a list of names
// would forget the one that is added next. All of an account's keys are on one node of a cluster.
func (s *Store) keysOf(ctx context.Context, id parlor.AccountID, each func(keys []string) error) error {
	node := redis.Cmdable(s.rdb)
	if cluster, ok := s.rdb.(*redis.ClusterClient); ok {
		master, err := cluster.MasterForKey(ctx, accountKey(id))
		if err != nil {
			return fail("find node of account", err)
		}
		node = master
	}
	for cursor := uint64(0); ; {
		keys, next, err := node.Scan(ctx, cursor, tag(id, "*"), keysAtOnce).Result()
		if err != nil {
			return fail("search keys", err)
		}
		if err := each(keys); err != nil || next == 0 {
			return err
		}
		cursor = next
	}
}
