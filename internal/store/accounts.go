package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// AccountsAfter lists up to n accounts from a cursor that an earlier call returned, the first for "", in the order in which
// they were made. Whoever is there all along is met once; some are met again when the one at the cursor was deleted.
func (s *Store) AccountsAfter(ctx context.Context, cursor string, n int) (ids []parlor.AccountID, next string, err error) {
	from, err := s.placeAfter(ctx, cursor)
	if err != nil {
		return nil, "", err
	}
	found, err := s.rdb.ZRangeWithScores(ctx, accountsKey, from, from+int64(n)-1).Result()
	if err != nil {
		return nil, "", fail("list accounts", err)
	}
	next = cursor
	for _, z := range found {
		id, _ := z.Member.(string)
		ids, next = append(ids, parlor.AccountID(id)), fmt.Sprintf("%.0f-%s", z.Score, id)
	}
	return ids, next, nil
}

func (s *Store) placeAfter(ctx context.Context, cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	made, id, _ := strings.Cut(cursor, "-")
	rank, err := s.rdb.ZRank(ctx, accountsKey, id).Result()
	if !errors.Is(err, redis.Nil) {
		return rank + 1, fail("find place among accounts", err)
	}
	if _, err := strconv.ParseUint(made, 10, 63); err != nil {
		return 0, fmt.Errorf("read cursor: %w", parlor.ErrInvalid)
	}
	before, err := s.rdb.ZCount(ctx, accountsKey, "-inf", "("+made).Result()
	return before, fail("find place among accounts", err)
}

// SampleAccounts returns n different accounts by chance, all when there are fewer.
func (s *Store) SampleAccounts(ctx context.Context, n int) ([]parlor.AccountID, error) {
	found, err := s.rdb.ZRandMember(ctx, accountsKey, n).Result()
	if err != nil {
		return nil, fail("draw accounts", err)
	}
	ids := make([]parlor.AccountID, len(found))
	for i, id := range found {
		ids[i] = parlor.AccountID(id)
	}
	return ids, nil
}

// Chosen reads an account and what its person chose in their settings, as JSON; nil when they never saved any.
// parlor.ErrNotFound.
func (s *Store) Chosen(ctx context.Context, id parlor.AccountID) (parlor.Account, []byte, error) {
	values, err := s.rdb.MGet(ctx, accountKey(id), settingsKey(id)).Result()
	if err != nil {
		return parlor.Account{}, nil, fail("read account", err)
	}
	account, there := values[0].(string)
	if !there {
		return parlor.Account{}, nil, fmt.Errorf("read account: %w", parlor.ErrNotFound)
	}
	a, err := decode[parlor.Account](account)
	own, _ := values[1].(string)
	return a, []byte(own), err
}
