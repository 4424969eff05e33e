package store

import (
	"context"
	"errors"
	"fmt"

	"parlor/internal/parlor"
)

// nameOf is a name that only one account may hold.
type nameOf struct{ field, key string }

// namesOf lists what a room is reached by; of a personal link also what it could be mistaken for.
func namesOf(pmi, link string) []nameOf {
	names := []nameOf{{"pmi", pmiKey(pmi)}}
	if link != "" {
		names = append(names, nameOf{"personal_link", linkKey(link)}, nameOf{"personal_link", likeKey(parlor.Likeness(link))})
	}
	return names
}

// claimNames makes the new names of a room the account's, and returns those that were nobody's before. Either all of them
// are its own then or none is. A name that is retired answers as one that is in use: taken, after the same two questions.
func (s *Store) claimNames(ctx context.Context, id parlor.AccountID, before, after parlor.Room) (claimed []string, err error) {
	held := map[string]bool{}
	for _, n := range namesOf(before.PMI, before.PersonalLink) {
		held[n.key] = true
	}
	for _, n := range namesOf(after.PMI, after.PersonalLink) {
		if held[n.key] {
			continue
		}
		fresh, err := s.claimName(ctx, id, n)
		if err != nil {
			return nil, errors.Join(err, s.giveBack(ctx, claimed))
		}
		if fresh {
			claimed = append(claimed, n.key)
		}
	}
	return claimed, nil
}

func (s *Store) claimName(ctx context.Context, id parlor.AccountID, n nameOf) (fresh bool, err error) {
	won, err := s.setNew(ctx, n.key, string(id))
	if err != nil || won {
		return won, wrap("claim name", err)
	}
	owner, err := s.holder(ctx, n.key)
	switch {
	case errors.Is(err, parlor.ErrNotFound): // its year ended in between
		return false, fmt.Errorf("claim name: %w", parlor.ErrBusy)
	case err != nil:
		return false, err
	case owner != id:
		return false, &parlor.TakenError{Field: n.field}
	}
	return false, fail("claim name again", s.rdb.Persist(ctx, n.key).Err())
}

func (s *Store) giveBack(ctx context.Context, keys []string) error {
	var errs []error
	for _, key := range keys {
		errs = append(errs, fail("give name back", s.rdb.Del(ctx, key).Err()))
	}
	return errors.Join(errs...)
}

// retireNames keeps what a room is no longer reached by from everybody else for a year. What a crash left out is found here
// by the next change, as long as it is among the former.
func (s *Store) retireNames(ctx context.Context, before, after parlor.Room) error {
	now := map[string]bool{}
	for _, n := range namesOf(after.PMI, after.PersonalLink) {
		now[n.key] = true
	}
	gone := namesOf(before.PMI, before.PersonalLink)
	for _, f := range before.Former {
		gone = append(gone, namesOf(f.PMI, f.PersonalLink)...)
	}
	for _, n := range gone {
		if now[n.key] {
			continue
		}
		if err := s.rdb.Expire(ctx, n.key, retirement).Err(); err != nil {
			return fail("retire name", err)
		}
	}
	return nil
}

// FreePMIs are those of these PMIs that the account can have: nobody else has them, or had within a year.
func (s *Store) FreePMIs(ctx context.Context, id parlor.AccountID, pmis []string) ([]string, error) {
	return s.free(ctx, id, pmis, func(pmi string) []nameOf { return namesOf(pmi, "") })
}

// FreeLinks are those of these personal links that the account can have: nobody else has them, or had within a year, nor one
// that could be mistaken for them.
func (s *Store) FreeLinks(ctx context.Context, id parlor.AccountID, links []string) ([]string, error) {
	return s.free(ctx, id, links, func(link string) []nameOf { return namesOf("", link)[1:] })
}

func (s *Store) free(ctx context.Context, id parlor.AccountID, all []string, names func(string) []nameOf) ([]string, error) {
	var free []string
	for _, one := range all {
		others := 0
		for _, n := range names(one) { // each by itself: they lie in different slots
			owner, err := s.holder(ctx, n.key)
			switch {
			case errors.Is(err, parlor.ErrNotFound):
			case err != nil:
				return nil, err
			case owner != id:
				others++
			}
		}
		if others == 0 {
			free = append(free, one)
		}
	}
	return free, nil
}
