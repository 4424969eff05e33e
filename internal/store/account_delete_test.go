package store_test

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/oauth2"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

// lived is an account with something in every drawer.
type lived struct {
	parlor.Account
	former  parlor.Room
	room    parlor.Room
	meeting parlor.Meeting
	session string
}

func live(t *testing.T, s *store.Store, name string) lived {
	t.Helper()
	ctx := t.Context()
	l := lived{Account: signIn(t, s, name)}
	l.former = must(s.EnsureRoom(ctx, l.ID))
	pmi, link := must(parlor.DrawPMI(rand.Reader)), "rooms-of-"+name
	l.room = must(s.ChangeRoom(ctx, l.ID, parlor.RoomChange{PMI: &pmi, PersonalLink: &link}))
	l.session = must(s.NewSession(ctx, l.ID, "a browser", "192.0.2.1"))
	var err error
	if l.meeting, _, err = s.ClaimMeeting(ctx, l.ID, 0, single("e1", time.Hour)); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		s.PutToken(ctx, l.ID, parlor.KindGoogle, &oauth2.Token{AccessToken: "a"}),
		s.SaveCalendars(ctx, l.ID, []store.CalendarState{{Info: parlor.CalendarInfo{ID: "c"}, Service: parlor.KindGoogle, On: true}}),
		s.SetWatch(ctx, l.ID, "c", parlor.Watch{ID: "watch-" + name, Until: monday.Add(time.Hour)}),
		s.PutWatch(ctx, store.WatchRecord{ID: "watch-" + name, Account: l.ID, Calendar: "c", Until: monday.Add(time.Hour)}),
		s.Log(ctx, l.ID, parlor.Entry{Action: "inject", Text: "added"}),
		s.SetDue(ctx, l.ID, monday),
		s.AddPerson(ctx, l.ID, "grace@example.org"),
		s.PutDeparture(ctx, l.ID, store.Departure{Begun: monday}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.PutSettings(ctx, l.ID, etagOf(s.Settings(ctx, l.ID)), parlor.DefaultSettings()))
	return l
}

func etagOf(_ parlor.Settings, etag string, err error) string {
	if err != nil {
		panic(err)
	}
	return etag
}

// traces are the keys that still speak of an account: its own, and those that lead to it.
func traces(t *testing.T, rdb redis.UniversalClient, id parlor.AccountID) []string {
	t.Helper()
	var found []string
	look := func(ctx context.Context, c *redis.Client) error {
		for keys := c.Scan(ctx, 0, "parlor:*", 1000).Iterator(); keys.Next(ctx); {
			key := keys.Val()
			value, err := c.Get(ctx, key).Result()
			if strings.Contains(key, string(id)) || err == nil && strings.Contains(value, string(id)) {
				found = append(found, key)
			}
		}
		return nil
	}
	var err error
	switch c := rdb.(type) {
	case *redis.ClusterClient:
		err = c.ForEachMaster(t.Context(), look)
	case *redis.Client:
		err = look(t.Context(), c)
	}
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestDeleteAccountLeavesOnlyWhatIsRetired(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		a, b := live(t, s, "ada"), live(t, s, "bob")
		before := len(traces(t, rdb, b.ID))
		for range 2 { // the second time there is nothing to do
			if err := s.DeleteAccount(ctx, a.ID); err != nil {
				t.Fatal(err)
			}
		}
		retired := map[string]bool{
			"parlor:pmi:" + a.former.PMI: true, "parlor:pmi:" + a.room.PMI: true, "parlor:link:rooms-of-ada": true,
			"parlor:like:" + parlor.Likeness("rooms-of-ada"): true, "parlor:omn:" + a.meeting.Number: true,
		}
		for _, key := range traces(t, rdb, a.ID) {
			life := rdb.TTL(ctx, key).Val()
			if !retired[key] || life <= 364*24*time.Hour {
				t.Errorf("%s is left for %s", key, life)
			}
			delete(retired, key)
		}
		if len(retired) > 0 {
			t.Errorf("free for anybody: %v", retired)
		}
		if _, err := s.Session(ctx, a.session); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("still signed in: %v", err)
		}
		if found, err := s.WatchesByID(ctx, []string{"watch-ada"}); err != nil || len(found) != 0 {
			t.Errorf("pushes still have a reader: %v, %v", found, err)
		}
		if ids, err := s.AccountsByEmail(ctx, a.Email); err != nil || len(ids) != 0 {
			t.Errorf("the address leads to %v, %v", ids, err)
		}
		if n := must(s.CountAccounts(ctx)); n != 1 {
			t.Errorf("%d accounts are counted", n)
		}
		if now := len(traces(t, rdb, b.ID)); now != before {
			t.Errorf("somebody else had %d keys and has %d", before, now)
		}
		if again, created, err := s.SignIn(ctx, identity("ada")); err != nil || !created || again.ID == a.ID {
			t.Errorf("coming back: %s, %v, %v", again.ID, created, err)
		}
	})
}

// TestDeleteAccountKilledAnywhere cuts the connection before each command in turn, and begins again.
func TestDeleteAccountKilledAnywhere(t *testing.T) {
	rdb := storetest.Redis(t)
	kill := &killer{}
	rdb.AddHook(kill)
	s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
	for after := int64(0); ; after++ {
		a := live(t, s, "ada"+strconv.FormatInt(after, 10)) // a personal link is retired with each
		kill.arm(after)
		err := s.DeleteAccount(ctx, a.ID)
		whole := !kill.disarm()
		if whole != (err == nil) {
			t.Fatalf("after %d commands: %v", after, err)
		}
		if _, err := s.Account(ctx, a.ID); err == nil { // as long as it is there, the sweep finds what it leaves
			if list, err := s.Departures(ctx, a.ID); err != nil || len(list) != 1 {
				t.Fatalf("after %d commands nobody would go on: %v, %v", after, list, err)
			}
		}
		if err := s.DeleteAccount(ctx, a.ID); err != nil {
			t.Fatalf("after %d commands, going on: %v", after, err)
		}
		for _, key := range traces(t, rdb, a.ID) {
			if strings.Contains(key, string(a.ID)) || rdb.TTL(ctx, key).Val() <= 0 {
				t.Fatalf("after %d commands %s is left", after, key)
			}
		}
		if whole {
			return
		}
	}
}

// killer lets so many commands through and then none.
type killer struct{ left, armed atomic.Int64 }

var errKilled = &net.OpError{Op: "write", Err: errors.New("killed")}

func (k *killer) arm(after int64) { k.left.Store(after); k.armed.Store(1) }

// disarm says whether a command was refused.
func (k *killer) disarm() bool { k.armed.Store(0); return k.left.Load() < 0 }

func (k *killer) DialHook(next redis.DialHook) redis.DialHook { return next }

func (k *killer) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if k.armed.Load() == 1 && k.left.Add(-1) < 0 {
			cmd.SetErr(errKilled)
			return errKilled
		}
		return next(ctx, cmd)
	}
}

func (k *killer) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if k.armed.Load() == 1 && k.left.Add(-1) < 0 {
			for _, cmd := range cmds {
				cmd.SetErr(errKilled)
			}
			return errKilled
		}
		return next(ctx, cmds)
	}
}

func TestWhatIsWrittenAfterTheDeletionGoesToo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		a := live(t, s, "ada")
		if err := s.DeleteAccount(ctx, a.ID); err != nil {
			t.Fatal(err)
		}
		must(s.PutSettings(ctx, a.ID, etagOf(s.Settings(ctx, a.ID)), parlor.DefaultSettings())) // by an app whose token has not ended
		if due := must(s.Due(ctx, clock.Now(), 10)); len(due) != 0 {
			t.Errorf("looked after too soon: %v", due)
		}
		clock.Pass(time.Hour)
		if due := must(s.Due(ctx, clock.Now(), 10)); len(due) != 1 || due[0] != a.ID {
			t.Fatalf("nobody comes back for the rest: %v", due)
		}
		if err := s.ForgetRest(ctx, a.ID); err != nil {
			t.Fatal(err)
		}
		if due := must(s.Due(ctx, clock.Now(), 10)); len(due) != 0 {
			t.Errorf("still looked after: %v", due)
		}
		for _, key := range traces(t, rdb, a.ID) {
			if strings.Contains(key, string(a.ID)) {
				t.Errorf("%s is left", key)
			}
		}
	})
}

func TestDisconnect(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		a := signIn(t, s, "ada")
		other := parlor.Identity{Kind: parlor.KindOIDC, Subject: "o", Email: "countess@example.com", Groups: []string{"staff"}}
		must(s.Connect(ctx, a.ID, other))
		if err := s.Disconnect(ctx, a.ID, parlor.KindGoogle, true); err != nil {
			t.Fatal(err)
		}
		kept := must(s.Account(ctx, a.ID))
		if c, ok := kept.Connection(parlor.KindGoogle); !ok || c.State != parlor.SignInOnly || kept.Serves(parlor.KindGoogle) {
			t.Errorf("%+v", kept.Connections)
		}
		if err := s.Disconnect(ctx, a.ID, parlor.KindGoogle, false); err != nil {
			t.Fatal(err)
		}
		after := must(s.Account(ctx, a.ID))
		if len(after.Connections) != 1 || after.Email != other.Email || len(after.Groups) != 1 {
			t.Errorf("%+v", after)
		}
		if ids := must(s.AccountsByEmail(ctx, a.Email)); len(ids) != 0 {
			t.Errorf("the address of what is gone leads to %v", ids)
		}
		if again, created, err := s.SignIn(ctx, identity("ada")); err != nil || !created || again.ID == a.ID {
			t.Errorf("the identity is not free: %s, %v, %v", again.ID, created, err)
		}
		if err := s.Disconnect(ctx, a.ID, parlor.KindOIDC, false); err != nil {
			t.Fatal(err)
		}
		if bare := must(s.Account(ctx, a.ID)); len(bare.Groups) != 0 {
			t.Errorf("groups of a provider that is gone: %v", bare.Groups)
		}
	})
}
