package store_test

import (
	"context"
	"errors"
	"net"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

// held is a policy that holds settings for the people of a scope.
func held(scope parlor.Scope, settings map[string]parlor.Held) parlor.Policy {
	return parlor.Policy{Rules: []parlor.Rule{{For: scope, Settings: settings, Rooms: parlor.RoomsUndecided}}}
}

func putPolicy(t *testing.T, s *store.Store, p parlor.Policy) {
	t.Helper()
	_, rev, err := s.Policy(t.Context())
	if err == nil {
		_, err = s.PutPolicy(t.Context(), rev, p)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestPolicyHoldsAndLetsGo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, other, ctx := storetest.Open(t, rdb, clock.Now), storetest.Open(t, rdb, clock.Now), t.Context()
		st, etag, _ := s.Settings(ctx, ada)
		st.UsePMIForInstant, st.Guard.Overlap = true, parlor.GuardAllow
		etag = must(s.PutSettings(ctx, ada, etag, st))
		must(other.Ruling(ctx, ada))

		putPolicy(t, s, held(parlor.Scope{Kind: parlor.ForEveryone}, map[string]parlor.Held{
			"guard.overlap": {Value: "warn", Locked: true, Words: "house rule"}, "use_pmi_for_instant": {Value: false, Locked: true},
		}))
		if st, _, _ = other.Settings(ctx, ada); st.Guard.Overlap != parlor.GuardAllow {
			t.Error("another replica read the policy twice within five seconds")
		}
		clock.Pass(6 * time.Second)
		st, moved, err := other.Settings(ctx, ada)
		if err != nil || st.Guard.Overlap != parlor.GuardWarn || st.UsePMIForInstant || st.Locked["guard.overlap"] != "set by your administrator: house rule" {
			t.Errorf("under the policy: %+v, %v", st, err)
		}
		if moved == etag || st.Guard.BufferMinutes != 5 {
			t.Error("the ETag stayed, or a neighbour of the forced field changed")
		}
		st.Keyword = "#zap"
		must(s.PutSettings(ctx, ada, moved, st))

		putPolicy(t, s, parlor.Policy{})
		st, _, err = s.Settings(ctx, ada)
		if err != nil || st.Guard.Overlap != parlor.GuardAllow || !st.UsePMIForInstant || st.Keyword != "#zap" || len(st.Locked) != 0 {
			t.Errorf("after the policy: %+v, %v", st, err)
		}
	})
}

func TestAdministratorsDefaultsHoldUntilAPersonChooses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		st, etag, _ := s.Settings(ctx, ada)
		st.Keyword = "#zap"
		must(s.PutSettings(ctx, ada, etag, st))
		wish := func(on bool) parlor.Policy {
			return held(parlor.Scope{Kind: parlor.ForEveryone}, map[string]parlor.Held{"use_pmi_for_scheduled": {Value: on}})
		}
		putPolicy(t, s, wish(true))
		st, etag, err := s.Settings(ctx, ada)
		if err != nil || !st.UsePMIForScheduled || len(st.Locked) > 0 {
			t.Fatalf("whoever saved something else has not chosen this: %+v, %v", st, err)
		}
		st.UsePMIForScheduled = false
		must(s.PutSettings(ctx, ada, etag, st))
		putPolicy(t, s, wish(false))
		putPolicy(t, s, wish(true))
		if st, _, _ = s.Settings(ctx, ada); st.UsePMIForScheduled || st.Keyword != "#zap" {
			t.Errorf("a choice gave way to a default: %+v", st)
		}
	})
}

func TestPolicyByDomainAndGroup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		one, two := signIn(t, s, "one"), signIn(t, s, "two")
		must(s.UpdateAccount(ctx, two.ID, func(a *parlor.Account) { a.Groups = []string{"staff"} }))
		for _, id := range []parlor.AccountID{one.ID, two.ID} {
			must(s.EnsureRoom(ctx, id))
		}
		p := held(parlor.Scope{Kind: parlor.ForDomain, Name: "example.com"}, map[string]parlor.Held{"keyword": {Value: "#domain", Locked: true}})
		p.Rules = append(p.Rules, parlor.Rule{
			For: parlor.Scope{Kind: parlor.ForGroup, Name: "staff"}, Rooms: parlor.RoomsOff, Settings: map[string]parlor.Held{"keyword": {Value: "#staff", Locked: true}},
		})
		putPolicy(t, s, p)
		keyword := func(id parlor.AccountID) string { st, _, _ := s.Settings(ctx, id); return st.Keyword }
		got := []string{keyword(one.ID), keyword(two.ID), keyword("nobodynobodynobo")}
		if diff := cmp.Diff([]string{"#domain", "#staff", "#meet"}, got); diff != "" {
			t.Error(diff)
		}
		if r := must(s.Room(ctx, one.ID)); r.Status != parlor.RoomReady {
			t.Errorf("another person's room is %s", r.Status)
		}
		off := must(s.UpdateRoom(ctx, two.ID, func(r *parlor.Room) { r.Locked = true }))
		if again := must(s.EnsureRoom(ctx, two.ID)); off.Status != parlor.RoomUnavailable || again.Status != parlor.RoomUnavailable {
			t.Errorf("the room is %s, then %s", off.Status, again.Status)
		}
		must(s.UpdateAccount(ctx, two.ID, func(a *parlor.Account) { a.Groups = nil }))
		if r := must(s.Room(ctx, two.ID)); r.Status != parlor.RoomReady || keyword(two.ID) != "#domain" {
			t.Errorf("after leaving the group: %s, %s", r.Status, keyword(two.ID))
		}
	})
}

// trips counts round trips to Redis.
type trips struct{ names []string }

func (c *trips) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (c *trips) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		c.names = append(c.names, cmd.Name())
		return next(ctx, cmd)
	}
}

func (c *trips) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		c.names = append(c.names, "pipeline")
		return next(ctx, cmds)
	}
}

func TestSettingsAreOneRoundTrip(t *testing.T) {
	rdb := storetest.Redis(t)
	s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
	a := signIn(t, s, "ada")
	for _, p := range []struct {
		scope parlor.Scope
		want  string
	}{{parlor.Scope{Kind: parlor.ForEveryone}, "get"}, {parlor.Scope{Kind: parlor.ForDomain, Name: "example.com"}, "mget"}} {
		putPolicy(t, s, held(p.scope, map[string]parlor.Held{"keyword": {Value: "#zap"}}))
		must(s.Ruling(ctx, a.ID))
		seen := &trips{}
		rdb.AddHook(seen)
		st, _, err := s.Settings(ctx, a.ID)
		if err != nil || st.Keyword != "#zap" || !slices.Equal(seen.names, []string{p.want}) {
			t.Errorf("for %s: %v, %s, %v", p.scope.Kind, seen.names, st.Keyword, err)
		}
	}
}

func TestPolicyOneWriterWins(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		_, rev, err := s.Policy(ctx)
		must(s.PutPolicy(ctx, rev, parlor.Policy{Invitation: parlor.Wording{Footer: "a"}}))
		if _, again := s.PutPolicy(ctx, rev, parlor.Policy{}); err != nil || !errors.Is(again, parlor.ErrStale) {
			t.Errorf("%v, %v", err, again)
		}
		if p, _, err := s.Policy(ctx); err != nil || p.Invitation.Footer != "a" {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func TestPolicyThatDoesNotFitIsAnError(t *testing.T) {
	s, ctx := storetest.Open(t, storetest.Redis(t), time.Now), t.Context()
	putPolicy(t, s, held(parlor.Scope{Kind: parlor.ForEveryone}, map[string]parlor.Held{"guard.buffer_minutes": {Value: "many"}}))
	if _, _, err := s.Settings(ctx, ada); err == nil {
		t.Error("a text was accepted as a number")
	}
}

// TestRoomOfNobodyTakesAsLong: whoever asks at the door must not learn from the time it takes whether there is a room.
func TestRoomOfNobodyTakesAsLong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		one := signIn(t, s, "one")
		must(s.EnsureRoom(ctx, one.ID))
		putPolicy(t, s, parlor.Policy{Rules: []parlor.Rule{{For: parlor.Scope{Kind: parlor.ForGroup, Name: "staff"}, Rooms: parlor.RoomsOff}}})
		must(s.Room(ctx, one.ID))
		seen := &trips{}
		rdb.AddHook(seen)
		must(s.Room(ctx, one.ID))
		there := len(seen.names)
		seen.names = nil
		if _, err := s.Room(ctx, "nobodynobodynobo"); !errors.Is(err, parlor.ErrNotFound) {
			t.Error(err)
		}
		if len(seen.names) != there {
			t.Errorf("%d requests for a room that is there, %d for one that is not", there, len(seen.names))
		}
	})
}
