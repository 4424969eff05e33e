package store

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// longestWord is how much of a name or an address can be searched for, bytes.
const longestWord = 100

// The directory finds people by how a name, one of its words or an address begins. It is one sorted set whose members all
// have the same score, so that Redis keeps them in the order of their letters and a search reads only what it shows
// (https://redis.io/docs/latest/commands/zrangebylex/).

// Search lists up to n accounts whose name or address begins with a text, whatever its case, in the order of what was found;
// all accounts for "". The cursor is the one that an earlier call returned; a next of "" says that there are no more.
func (s *Store) Search(ctx context.Context, text, cursor string, n int) (found []parlor.Account, next string, err error) {
	if err := s.completeDirectory(ctx); err != nil {
		return nil, "", err
	}
	prefix := directoryWord(text)
	from := "[" + prefix
	if cursor != "" {
		from = "(" + cursor
	}
	for last := ""; ; {
		by := &redis.ZRangeBy{Min: from, Max: "[" + prefix + "\xff", Count: int64(n) + 1}
		members, err := s.rdb.ZRangeByLex(ctx, namesKey, by).Result()
		if err != nil {
			return nil, "", fail("search people", err)
		}
		for _, member := range members {
			a, err := s.listed(ctx, member, prefix)
			switch {
			case err != nil:
				return nil, "", err
			case a.ID != "" && len(found) == n:
				return found, last, nil
			case a.ID != "":
				found, last = append(found, a), member
			}
			from = "(" + member
		}
		if len(members) <= n {
			return found, "", nil
		}
	}
}

// listed reads the account of an entry; the zero one when it is listed elsewhere: somebody who is found by several words
// stands once, at the first of them. An entry may also be ahead of its account, or behind it.
func (s *Store) listed(ctx context.Context, member, prefix string) (parlor.Account, error) {
	word, id, _ := strings.Cut(member, "\x00")
	a, err := s.Account(ctx, parlor.AccountID(id))
	if errors.Is(err, parlor.ErrNotFound) {
		return parlor.Account{}, nil
	}
	words := directoryWords(a)
	first := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, prefix) })
	if err != nil || first < 0 || words[first] != word {
		return parlor.Account{}, err
	}
	return a, nil
}

// completeDirectory enters every account once, where some are older than the directory.
func (s *Store) completeDirectory(ctx context.Context) error {
	whole, err := s.rdb.Exists(ctx, namedKey).Result()
	if err != nil || whole > 0 {
		return fail("look at directory", err)
	}
	for cursor := ""; ; {
		ids, next, err := s.AccountsAfter(ctx, cursor, 500)
		if err != nil {
			return err
		}
		for _, id := range ids {
			a, err := s.Account(ctx, id)
			if err == nil {
				err = s.enter(ctx, a)
			}
			if err != nil && !errors.Is(err, parlor.ErrNotFound) {
				return err
			}
		}
		if cursor = next; len(ids) == 0 {
			return fail("note directory", s.rdb.Set(ctx, namedKey, 1, 0).Err())
		}
	}
}

func (s *Store) enter(ctx context.Context, a parlor.Account) error {
	var entries []redis.Z
	for _, word := range directoryWords(a) {
		entries = append(entries, redis.Z{Member: directoryEntry(word, a.ID)})
	}
	if len(entries) == 0 {
		return nil
	}
	return fail("enter into directory", s.rdb.ZAdd(ctx, namesKey, entries...).Err())
}

// strike takes out the words by which an account was found before and is found no more.
func (s *Store) strike(ctx context.Context, before, after parlor.Account) error {
	var gone []any
	now := directoryWords(after)
	for _, word := range directoryWords(before) {
		if !slices.Contains(now, word) {
			gone = append(gone, directoryEntry(word, before.ID))
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return fail("strike from directory", s.rdb.ZRem(ctx, namesKey, gone...).Err())
}

func directoryEntry(word string, id parlor.AccountID) string { return word + "\x00" + string(id) }

// directoryWords are the name from each of its words on, and the addresses, in the order of the directory.
func directoryWords(a parlor.Account) []string {
	words := emails(a)
	parts := strings.Fields(a.Name)
	for i := range parts {
		words = append(words, directoryWord(strings.Join(parts[i:], " ")))
	}
	for i, word := range words {
		words[i] = directoryWord(word)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

func directoryWord(text string) string {
	text = strings.ReplaceAll(strings.Join(strings.Fields(strings.ToLower(text)), " "), "\x00", "")
	return cut(text, longestWord)
}
