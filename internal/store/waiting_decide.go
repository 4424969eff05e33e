package store

import (
	"context"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

// Admit lets guests who wait into a session, usually the one they came for. It returns how many of them still waited.
func (s *Store) Admit(ctx context.Context, id parlor.AccountID, session string, tickets ...string) (int, error) {
	return s.decide(ctx, id, session, tickets)
}

// AdmitAll lets everybody in who waits for a sitting, and nobody who waits for another.
func (s *Store) AdmitAll(ctx context.Context, id parlor.AccountID, sitting string) (int, error) {
	all, err := s.waitingFor(ctx, id, sitting)
	if err != nil {
		return 0, err
	}
	return s.decide(ctx, id, sitting, all)
}

// TurnAway sends guests away who wait. With the same ticket they do not come back in this sitting.
func (s *Store) TurnAway(ctx context.Context, id parlor.AccountID, tickets ...string) (int, error) {
	return s.decide(ctx, id, turnedAway, tickets)
}

// Decisions tells what was decided about guests of one sitting, by their tickets; nothing is not in the map.
func (s *Store) Decisions(ctx context.Context, id parlor.AccountID, tickets ...string) (map[string]Decision, error) {
	found := map[string]Decision{}
	for some := range slices.Chunk(tickets, atOnce) {
		values, err := s.rdb.HMGet(ctx, decidedKey(id, sittingOf(some[0])), some...).Result()
		if err != nil {
			return nil, fail("read decisions", err)
		}
		for i, value := range values {
			if to, decided := value.(string); decided {
				found[some[i]] = decision(to)
			}
		}
	}
	return found, nil
}

func decision(to string) Decision {
	if to == turnedAway {
		return Decision{Away: true}
	}
	return Decision{To: to}
}

func (s *Store) decide(ctx context.Context, id parlor.AccountID, to string, tickets []string) (decided int, err error) {
	for some := range slices.Chunk(inOrderOfSittings(tickets), atOnce) {
		for len(some) > 0 {
			sitting := sittingOf(some[0])
			same := some[:sameSitting(some)]
			args := append([]any{to, decidedKept.Milliseconds()}, anys(same)...)
			n, err := s.runInt(ctx, decideScript, waitingKeys(id, sitting), args...)
			if err != nil {
				return decided, fail("decide about guests", err)
			}
			decided, some = decided+int(n), some[len(same):]
		}
	}
	if decided == 0 {
		return 0, nil
	}
	return decided, s.tellDoor(ctx, id, aboutTickets(tickets))
}

func inOrderOfSittings(tickets []string) []string {
	return slices.SortedFunc(slices.Values(tickets), strings.Compare)
}

// sameSitting is how many tickets at the beginning are of one sitting.
func sameSitting(tickets []string) int {
	end := slices.IndexFunc(tickets, func(ticket string) bool { return sittingOf(ticket) != sittingOf(tickets[0]) })
	if end < 0 {
		return len(tickets)
	}
	return end
}
