package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// MaxPeople is how many people an account can put on its list, and how many it remembers to have met, the latest.
const MaxPeople = 5000

// word is what a person said of somebody. Whoever was taken off the list stays a stranger, met or not, until put on again.
type word struct {
	Added   int64 `json:"added,omitempty"` // Unix seconds, 0: never put on the list
	Removed int64 `json:"removed,omitempty"`
}

// Known says which of the addresses belong to people that the account knows, and which of their domains it knows as a
// whole (parlor.WholeDomain).
func (s *Store) Known(ctx context.Context, id parlor.AccountID, addresses []string) (map[string]bool, error) {
	if len(addresses) == 0 {
		return nil, nil
	}
	if err := s.settleEncounters(ctx, id); err != nil {
		return nil, err
	}
	asked := slices.Clone(addresses)
	for _, a := range addresses {
		asked = append(asked, parlor.WholeDomain(a))
	}
	words, err := s.words(ctx, id, asked)
	if err != nil {
		return nil, err
	}
	met, err := s.rdb.ZMScore(ctx, metKey(id), asked...).Result()
	if err != nil {
		return nil, fail("read people met", err)
	}
	known := map[string]bool{}
	for i, a := range asked {
		w := words[a]
		known[a] = w.Removed == 0 && (w.Added > 0 || s.remembered(met[i]))
	}
	return known, nil
}

// People lists whom an account knows, by address. Nobody is on it twice.
func (s *Store) People(ctx context.Context, id parlor.AccountID) ([]parlor.Acquaintance, error) {
	if err := s.settleEncounters(ctx, id); err != nil {
		return nil, err
	}
	said, err := s.rdb.HGetAll(ctx, peopleKey(id)).Result()
	if err != nil {
		return nil, fail("read people", err)
	}
	met, err := s.rdb.ZRangeWithScores(ctx, metKey(id), 0, -1).Result()
	if err != nil {
		return nil, fail("read people met", err)
	}
	all := map[string]parlor.Acquaintance{}
	for _, z := range met {
		if address, _ := z.Member.(string); s.remembered(z.Score) {
			all[address] = parlor.Acquaintance{Address: address, Met: time.Unix(int64(z.Score), 0).UTC()}
		}
	}
	for address, stored := range said {
		w, err := decodeWord(stored)
		switch {
		case err != nil:
			return nil, err
		case w.Removed > 0:
			delete(all, address)
		case w.Added > 0:
			all[address] = parlor.Acquaintance{Address: address, Added: time.Unix(w.Added, 0).UTC(), Met: all[address].Met}
		}
	}
	return sorted(all), nil
}

func sorted(people map[string]parlor.Acquaintance) []parlor.Acquaintance {
	list := make([]parlor.Acquaintance, 0, len(people))
	for _, a := range people {
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b parlor.Acquaintance) int { return strings.Compare(a.Address, b.Address) })
	return list
}

// AddPerson puts an address or a whole domain on the list, whatever was said of it before. parlor.ErrTaken: it is there
// already; parlor.ErrInvalid: the list is full.
func (s *Store) AddPerson(ctx context.Context, id parlor.AccountID, address string) error {
	w, err := s.word(ctx, id, address)
	if err != nil {
		return err
	}
	if w.Added > 0 && w.Removed == 0 {
		return fmt.Errorf("add person: %w", parlor.ErrTaken)
	}
	listed, err := s.rdb.HLen(ctx, peopleKey(id)).Result()
	if err != nil {
		return fail("count people", err)
	}
	if listed >= MaxPeople {
		return fmt.Errorf("add person: %d are listed: %w", listed, parlor.ErrInvalid)
	}
	return s.say(ctx, id, address, word{Added: s.now().Unix()})
}

// RemovePerson makes somebody a stranger again, until they are put on the list. parlor.ErrNotFound: they are one.
func (s *Store) RemovePerson(ctx context.Context, id parlor.AccountID, address string) error {
	known, err := s.Known(ctx, id, []string{address})
	if err != nil {
		return err
	}
	if !known[address] {
		return fmt.Errorf("remove person: %w", parlor.ErrNotFound)
	}
	w, err := s.word(ctx, id, address)
	if err != nil {
		return err
	}
	w.Removed = s.now().Unix()
	return s.say(ctx, id, address, w)
}

// RestorePerson takes a RemovePerson back: they are known as they were. parlor.ErrNotFound: nothing to take back.
func (s *Store) RestorePerson(ctx context.Context, id parlor.AccountID, address string) error {
	w, err := s.word(ctx, id, address)
	switch {
	case err != nil:
		return err
	case w.Removed == 0:
		return fmt.Errorf("restore person: %w", parlor.ErrNotFound)
	case w.Added == 0:
		return fail("restore person", s.rdb.HDel(ctx, peopleKey(id), address).Err())
	}
	return s.say(ctx, id, address, word{Added: w.Added})
}

func (s *Store) word(ctx context.Context, id parlor.AccountID, address string) (word, error) {
	words, err := s.words(ctx, id, []string{address})
	return words[address], err
}

func (s *Store) words(ctx context.Context, id parlor.AccountID, addresses []string) (map[string]word, error) {
	values, err := s.rdb.HMGet(ctx, peopleKey(id), addresses...).Result()
	if err != nil {
		return nil, fail("read people", err)
	}
	found := map[string]word{}
	for i, v := range values {
		stored, ok := v.(string)
		if !ok {
			continue
		}
		if found[addresses[i]], err = decodeWord(stored); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (s *Store) say(ctx context.Context, id parlor.AccountID, address string, w word) error {
	record, err := json.Marshal(w)
	if err != nil {
		return fmt.Errorf("encode person: %w", err)
	}
	return fail("write person", s.rdb.HSet(ctx, peopleKey(id), address, record).Err())
}

func decodeWord(stored string) (word, error) {
	var w word
	if err := json.Unmarshal([]byte(stored), &w); err != nil {
		return w, fmt.Errorf("decode person: %w", err)
	}
	return w, nil
}

// remembered says whether a meeting that ended then still counts. ZMSCORE says 0 of a member that is not there.
func (s *Store) remembered(end float64) bool {
	return end > float64(s.now().Add(-parlor.Remembered).Unix())
}
