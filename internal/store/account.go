package store

import (
	"context"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// Account reads an account; parlor.ErrNotFound.
func (s *Store) Account(ctx context.Context, id parlor.AccountID) (parlor.Account, error) {
	a, _, err := read[parlor.Account](ctx, s.rdb, accountKey(id))
	return a, wrap("read account", err)
}

// UpdateAccount changes an account by compare-and-set; change may run several times. parlor.ErrNotFound.
func (s *Store) UpdateAccount(ctx context.Context, id parlor.AccountID, change func(*parlor.Account)) (parlor.Account, error) {
	a, err := update(ctx, s, accountKey(id), change)
	return a, wrap("update account", err)
}

// CountAccounts says how many accounts there are.
func (s *Store) CountAccounts(ctx context.Context) (int64, error) {
	n, err := s.rdb.ZCard(ctx, accountsKey).Result()
	return n, fail("count accounts", err)
}

// SetConnection writes what became of an account's connection to a service, adding it when it is new.
func (s *Store) SetConnection(ctx context.Context, id parlor.AccountID, c parlor.Connection) error {
	_, err := s.UpdateAccount(ctx, id, func(a *parlor.Account) { putConnection(a, c) })
	return err
}

// SetConnectionState changes only the state of a connection, if the account has it.
func (s *Store) SetConnectionState(ctx context.Context, id parlor.AccountID, k parlor.Kind, st parlor.ConnectionState) error {
	_, err := s.MoveConnection(ctx, id, k, st)
	return err
}

// MoveConnection does what SetConnectionState does, and says whether the state was another one.
func (s *Store) MoveConnection(ctx context.Context, id parlor.AccountID, k parlor.Kind, st parlor.ConnectionState) (moved bool, err error) {
	_, err = s.UpdateAccount(ctx, id, func(a *parlor.Account) {
		c, ok := a.Connection(k)
		if moved = ok && c.State != st; moved {
			c.State = st
			putConnection(a, c)
		}
	})
	return moved, err
}

func putConnection(a *parlor.Account, c parlor.Connection) {
	for i := range a.Connections {
		if a.Connections[i].Kind == c.Kind {
			a.Connections[i] = c
			return
		}
	}
	a.Connections = append(a.Connections, c)
}

func (s *Store) index(ctx context.Context, id parlor.AccountID) error {
	at := redis.Z{Score: float64(s.now().Unix()), Member: string(id)}
	return fail("index account", s.rdb.ZAddNX(ctx, accountsKey, at).Err())
}
