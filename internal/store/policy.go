package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// PolicyLife is how long a policy that was read is believed; an administrator's change takes this long to be everywhere.
const PolicyLife = 5 * time.Second

// Policy reads the policy as it is now, with the revision that PutPolicy needs; the empty one when there is none.
func (s *Store) Policy(ctx context.Context) (p parlor.Policy, rev string, err error) {
	text, err := s.policyText(ctx)
	if err != nil {
		return p, "", err
	}
	p, err = decodePolicy(text)
	return p.Tidy(), revision(text), err
}

// PutPolicy stores a policy if the stored one still has the revision, and returns the new one; parlor.ErrStale.
func (s *Store) PutPolicy(ctx context.Context, rev string, p parlor.Policy) (string, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("encode policy: %w", err)
	}
	if err := s.swap(ctx, policyKey, rev, text); err != nil {
		return "", wrap("write policy", err)
	}
	s.rules.forget()
	return revision(string(text)), nil
}

// PolicyRevision is the revision that PutPolicy would give a policy.
func PolicyRevision(p parlor.Policy) (string, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("encode policy: %w", err)
	}
	return revision(string(text)), nil
}

// Ruling is what the policy says of an account, at most 5 s old.
func (s *Store) Ruling(ctx context.Context, id parlor.AccountID) (parlor.Ruling, error) {
	book, err := s.rulebook(ctx)
	if err != nil || !book.scoped {
		return book.everyone, err
	}
	text, err := s.rdb.Get(ctx, accountKey(id)).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return parlor.Ruling{}, fail("read account for policy", err)
	}
	return book.of(text)
}

func (s *Store) policyText(ctx context.Context) (string, error) {
	text, err := s.rdb.Get(ctx, policyKey).Result()
	if errors.Is(err, redis.Nil) {
		return "", nil
	}
	return text, fail("read policy", err)
}

func decodePolicy(text string) (parlor.Policy, error) {
	var p parlor.Policy
	if text == "" {
		return p, nil
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return p, fmt.Errorf("decode policy: %w", err)
	}
	return p, nil
}

// rulebook is the policy as this process believes it, read at most once in 5 s.
func (s *Store) rulebook(ctx context.Context) (*rulebook, error) {
	s.rules.Lock()
	defer s.rules.Unlock()
	if age := s.now().Sub(s.rules.read); s.rules.book != nil && age >= 0 && age < PolicyLife {
		return s.rules.book, nil
	}
	text, err := s.policyText(ctx)
	if err != nil {
		return &rulebook{}, err
	}
	if s.rules.book == nil || s.rules.book.text != text {
		p, err := decodePolicy(text)
		if err != nil {
			return &rulebook{}, err
		}
		s.rules.book = newRulebook(text, p)
	}
	s.rules.read = s.now()
	return s.rules.book, nil
}

// rules is what is believed, and since when.
type rules struct {
	sync.Mutex
	book *rulebook
	read time.Time
}

func (r *rules) forget() {
	r.Lock()
	defer r.Unlock()
	r.read = time.Time{}
}

// rulebook is one policy, with what it says of the accounts that were asked about.
type rulebook struct {
	text     string
	policy   parlor.Policy
	scoped   bool
	everyone parlor.Ruling // what it says of whoever nothing is known of

	sync.RWMutex
	byAccount map[string]parlor.Ruling // by the account as it is stored, so that nothing here can be out of date
}

func newRulebook(text string, p parlor.Policy) *rulebook {
	return &rulebook{text: text, policy: p, scoped: p.Scoped(), everyone: p.Of(parlor.Account{})}
}

// of finds the ruling for an account as it is stored; an empty text is an account that is not there.
func (b *rulebook) of(account string) (parlor.Ruling, error) {
	if !b.scoped || account == "" {
		return b.everyone, nil
	}
	b.RLock()
	known, ok := b.byAccount[account]
	b.RUnlock()
	if ok {
		return known, nil
	}
	var a parlor.Account
	if err := json.Unmarshal([]byte(account), &a); err != nil {
		return parlor.Ruling{}, fmt.Errorf("decode account for policy: %w", err)
	}
	ruling := b.policy.Of(a)
	b.Lock()
	defer b.Unlock()
	if len(b.byAccount) >= memoSize || b.byAccount == nil {
		b.byAccount = map[string]parlor.Ruling{}
	}
	b.byAccount[account] = ruling
	return ruling, nil
}
