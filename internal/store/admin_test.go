package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func named(t *testing.T, s *store.Store, name, email string) parlor.Account {
	t.Helper()
	a, _, err := s.SignIn(t.Context(), parlor.Identity{Kind: parlor.KindGoogle, Subject: email, Email: email, EmailVerified: true, Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// searched is everybody who is found, page by page.
func searched(t *testing.T, s *store.Store, text string, n int) string {
	t.Helper()
	var names []string
	for cursor := ""; ; {
		found, next, err := s.Search(t.Context(), text, cursor, n)
		if err != nil || len(found) > n {
			t.Fatalf("search %q: %d found, %v", text, len(found), err)
		}
		for _, a := range found {
			names = append(names, a.Name)
		}
		if cursor = next; next == "" {
			return strings.Join(names, ", ")
		}
	}
}

func TestSearchPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s := storetest.Open(t, rdb, time.Now)
		named(t, s, "Ada Lovelace", "ada@example.com")
		named(t, s, "Adam Ant", "music@example.com")
		grace := named(t, s, "Grace  Brewster Hopper", "hopper@navy.example")
		named(t, s, "Émilie du Châtelet", "emilie@example.org")
		named(t, s, "", "nameless@example.com")
		for text, want := range map[string]string{
			"ada": "Ada Lovelace, Adam Ant", "ADA ": "Ada Lovelace, Adam Ant", "love": "Ada Lovelace", "brewster hop": "Grace  Brewster Hopper",
			"hopper": "Grace  Brewster Hopper", "hopper@navy": "Grace  Brewster Hopper", "music@": "Adam Ant", "émi": "Émilie du Châtelet",
			"nobody": "", "[": "", "\xff": "", "ada\x00": "Ada Lovelace, Adam Ant",
			"": "Ada Lovelace, Adam Ant, Grace  Brewster Hopper, Émilie du Châtelet, ",
		} {
			for _, n := range []int{1, 2, 25} {
				if got := searched(t, s, text, n); got != want {
					t.Errorf("%q by %d: %q, want %q", text, n, got, want)
				}
			}
		}
		named(t, s, "Grace Murray", "hopper@navy.example")
		if old, now := searched(t, s, "brewster", 5), searched(t, s, "murray", 5); old != "" || now != "Grace Murray" {
			t.Errorf("after another name of %s: %q, %q", grace.ID, old, now)
		}
	})
}

func TestDirectoryTakesInWhoeverWasThereBefore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s := storetest.Open(t, rdb, time.Now)
		for i := range 7 {
			named(t, s, fmt.Sprintf("Person %d", i), fmt.Sprintf("p%d@example.com", i))
		}
		rdb.Del(t.Context(), "parlor:names")
		if got := searched(t, s, "person", 3); strings.Count(got, "Person") != 7 {
			t.Errorf("found %s", got)
		}
	})
}

func TestEveryAccountIsMetOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		want := map[parlor.AccountID]int{}
		for i := range 9 {
			want[signIn(t, s, fmt.Sprint(i)).ID] = 1
		}
		got, cursor := map[parlor.AccountID]int{}, ""
		for {
			ids, next, err := s.AccountsAfter(ctx, cursor, 4)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range ids {
				got[id]++
			}
			if cursor = next; len(ids) < 4 {
				break
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		gone := fmt.Sprintf("%d-nobodynobodynobo", monday.Unix())
		if ids, _, err := s.AccountsAfter(ctx, gone, 20); err != nil || len(ids) != 9 {
			t.Errorf("after one that was deleted: %v, %v", ids, err)
		}
		if _, _, err := s.AccountsAfter(ctx, "x", 20); !errors.Is(err, parlor.ErrInvalid) {
			t.Errorf("not our cursor: %v", err)
		}
		if drawn := must(s.SampleAccounts(ctx, 5)); len(drawn) != 5 {
			t.Errorf("sample %v", drawn)
		}
	})
}

func TestAuditTrail(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		for i := range 5 {
			act := store.Act{By: store.Doer{Account: ada, Name: "Ada"}, What: fmt.Sprint(i), After: json.RawMessage(`{"a":1}`)}
			if err := s.Record(ctx, act); err != nil {
				t.Fatal(err)
			}
		}
		first, next, err := s.Acts(ctx, "", 3)
		if err != nil || len(first) != 3 || first[0].What != "4" || !first[0].At.Equal(monday) || string(first[0].After) != `{"a":1}` || first[0].ID == "" {
			t.Fatalf("%+v, %v", first, err)
		}
		rest, end, err := s.Acts(ctx, next, 3)
		if err != nil || end != "" || len(rest) != 2 || rest[1].What != "0" {
			t.Errorf("%+v, %q, %v", rest, end, err)
		}
		if _, _, err := s.Acts(ctx, "x", 3); !errors.Is(err, parlor.ErrInvalid) {
			t.Errorf("not our cursor: %v", err)
		}
	})
}

func TestSpreads(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		if _, err := s.Spread(ctx); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("before any: %v", err)
		}
		signIn(t, s, "ada")
		begin := func() store.Spread {
			if err := s.BeginSpread(ctx, store.Spread{Revision: "same"}); err != nil {
				t.Fatal(err)
			}
			return must(s.Spread(ctx))
		}
		first := begin()
		if first.Total != 1 || first.All || !first.Began.Equal(monday) {
			t.Errorf("first: %+v", first)
		}
		first.Seen = 1
		if err := s.AdvanceSpread(ctx, first); err != nil {
			t.Error(err)
		}
		second := begin()
		if !second.All || second.Seen != 0 {
			t.Errorf("one that interrupts another: %+v", second)
		}
		if err := s.AdvanceSpread(ctx, first); !errors.Is(err, parlor.ErrStale) {
			t.Errorf("the first goes on: %v", err)
		}
		second.Ended = monday
		if err := s.AdvanceSpread(ctx, second); err != nil {
			t.Error(err)
		}
		if third := begin(); third.All {
			t.Errorf("one after another: %+v", third)
		}
	})
}
