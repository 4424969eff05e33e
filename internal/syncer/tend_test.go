package syncer_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
	"parlor/internal/syncer"
)

// TestMeetingsInNoCalendar: no pass sees them, and still they follow the room and the wish.
func TestMeetingsInNoCalendar(t *testing.T) {
	clock := storetest.NewClock(monday)
	st, ctx := storetest.Open(t, storetest.Redis(t), clock.Now), t.Context()
	who := parlor.Identity{Kind: parlor.KindOIDC, Subject: "1", Email: "ada@example.com", EmailVerified: true, Name: "Ada"}
	account, _, err := st.SignIn(ctx, who)
	must(t, err)
	cn := connect.New(st, origin, connect.Domains{"*"}, nil, parlor.Service{}, clock.Now)
	sy := syncer.New(st, cn, syncer.Config{Origin: origin}, clock.Now)
	room, err := st.EnsureRoom(ctx, account.ID)
	must(t, err)
	m := meetingAt("", monday.Add(time.Hour))
	m.Event, m.Standalone = parlor.EventRef{}, true
	yes := true
	m, err = syncer.NewClaims(st, account.ID, parlor.DefaultSettings(), room, clock.Now).Claim(ctx, m, &yes, nil)
	must(t, err)
	kind := func() parlor.MeetingKind {
		t.Helper()
		must(t, sy.Tend(ctx, account.ID))
		now, err := st.Meeting(ctx, account.ID, m.Number)
		must(t, err)
		return now.Kind
	}
	got := []parlor.MeetingKind{kind()}
	_, _, err = st.FollowRoom(ctx, account.ID, parlor.Room{Status: parlor.RoomUnavailable})
	must(t, err)
	got = append(got, kind())
	_, _, err = st.FollowRoom(ctx, account.ID, parlor.Room{Status: parlor.RoomReady})
	must(t, err)
	got = append(got, kind())
	_, err = st.ApplyToMeetings(ctx, account.ID, true, false)
	must(t, err)
	got = append(got, kind())
	want := []parlor.MeetingKind{parlor.InRoom, parlor.OneTime, parlor.OneTime, parlor.InRoom}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if room, err = st.Room(ctx, account.ID); err != nil || room.Applying != nil || room.Changed.Done.IsZero() {
		t.Errorf("the wish is still open: %+v, %v", room.Changed, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
