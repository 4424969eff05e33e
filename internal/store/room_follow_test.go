package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestFollowRoom(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, func() time.Time { return monday }), t.Context()
		a, b := signIn(t, s, "ada"), signIn(t, s, "bob")
		drawn := must(s.EnsureRoom(ctx, a.ID))
		must(s.EnsureRoom(ctx, b.ID))
		is := parlor.Room{PMI: "2468135790", PersonalLink: "ada.lovelace", Address: "https://zoom.example/j/1", Status: parlor.RoomReady}
		before, after, err := s.FollowRoom(ctx, a.ID, is)
		if err != nil || before.PMI != drawn.PMI || after.PMI != is.PMI || after.Address != is.Address {
			t.Fatalf("%+v %+v %v", before, after, err)
		}
		for _, pmi := range []string{is.PMI, drawn.PMI} {
			if owner := must(s.AccountByPMI(ctx, pmi)); owner != a.ID {
				t.Errorf("%s is of %s", pmi, owner)
			}
		}
		if before, after, err = s.FollowRoom(ctx, a.ID, is); err != nil || !after.Leads(before) {
			t.Errorf("the same again: %v", err)
		}
		// Somebody else with the same name there, and with the same number.
		theirs := parlor.Room{PMI: "3579246801", PersonalLink: "ada.lovelace", Status: parlor.RoomReady}
		if _, after, err = s.FollowRoom(ctx, b.ID, theirs); err != nil || after.PMI != theirs.PMI || after.PersonalLink != "" {
			t.Errorf("a name that is taken: %+v %v", after, err)
		}
		theirs.PMI = is.PMI
		if _, _, err = s.FollowRoom(ctx, b.ID, theirs); !errors.Is(err, parlor.ErrTaken) {
			t.Errorf("a number that is taken: %v", err)
		}
	})
}

func TestPushesAndReadingsAreRemembered(t *testing.T) {
	rdb, mini := storetest.Mini(t)
	s, ctx := storetest.Open(t, rdb, func() time.Time { return monday }), t.Context()
	a := signIn(t, s, "ada")
	if owner := must(s.AccountByIdentity(ctx, parlor.KindGoogle, "sub-ada")); owner != a.ID {
		t.Errorf("sub-ada is of %s", owner)
	}
	if owner, err := s.AccountByIdentity(ctx, parlor.KindZoom, "sub-ada"); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("another service's: %s %v", owner, err)
	}
	check := func(when string, heard, read bool) {
		t.Helper()
		if got := must(s.Heard(ctx, parlor.KindZoom, "v0=abc")); got != heard {
			t.Errorf("%s: heard %t", when, got)
		}
		if got := must(s.RoomRead(ctx, a.ID)); got != read {
			t.Errorf("%s: read %t", when, got)
		}
	}
	check("before", false, false)
	if err := errors.Join(s.NoteHeard(ctx, parlor.KindZoom, "v0=abc"), s.NoteRoomRead(ctx, a.ID, time.Hour)); err != nil {
		t.Fatal(err)
	}
	check("after", true, true)
	mini.FastForward(20 * time.Minute)
	check("later", false, true)
	mini.FastForward(time.Hour)
	check("in the end", false, false)
}

// TestARoomThatIsSwitchedOffThereIsTended: meetings that are in no calendar wait for no pass.
func TestARoomThatIsSwitchedOffThereIsTended(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		a := signIn(t, s, "one")
		must(s.EnsureRoom(ctx, a.ID))
		if err := s.SetDue(ctx, a.ID, monday.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.FollowRoom(ctx, a.ID, parlor.Room{Status: parlor.RoomUnavailable}); err != nil {
			t.Fatal(err)
		}
		if due := must(s.Due(ctx, clock.Now(), 10)); len(due) != 1 {
			t.Errorf("due: %v", due)
		}
	})
}

// TestAPMIThatSomebodyElseHadIsFollowed: what the video system says is the truth there, and nobody waits a year for it.
func TestAPMIThatSomebodyElseHadIsFollowed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, func() time.Time { return monday }), t.Context()
		one, two, three := signIn(t, s, "one"), signIn(t, s, "two"), signIn(t, s, "three")
		there := parlor.Room{PMI: "2468135790", Status: parlor.RoomReady}
		follow := func(who parlor.Account, is parlor.Room) parlor.Room {
			t.Helper()
			if _, _, err := s.FollowRoom(ctx, who.ID, is); err != nil {
				t.Fatal(err)
			}
			if owner := must(s.AccountByPMI(ctx, is.PMI)); owner != who.ID {
				t.Errorf("%s is of %s, not of %s", is.PMI, owner, who.ID)
			}
			return must(s.Room(ctx, who.ID))
		}
		follow(one, there)
		follow(one, parlor.Room{PMI: "3579246801", Status: parlor.RoomReady})
		if room := follow(two, there); room.PMI != there.PMI {
			t.Errorf("the second has %s", room.PMI)
		}
		room := must(s.Room(ctx, one.ID))
		for _, f := range room.Former {
			if f.PMI == there.PMI {
				t.Error("it still leads to the first one too")
			}
		}
		follow(one, parlor.Room{PMI: "4681357902", Status: parlor.RoomReady}) // retires what it had
		if life := rdb.TTL(ctx, "parlor:pmi:"+there.PMI).Val(); life > 0 {
			t.Errorf("the PMI of a room is forgotten in %v", life)
		}
		if err := s.DeleteAccount(ctx, two.ID); err != nil {
			t.Fatal(err)
		}
		if room := follow(three, there); room.PMI != there.PMI {
			t.Errorf("the third has %s", room.PMI)
		}
		if life := rdb.TTL(ctx, "parlor:pmi:"+there.PMI).Val(); life > 0 {
			t.Errorf("the PMI of a room is forgotten in %v", life)
		}
	})
}
