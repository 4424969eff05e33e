package syncer_test

import (
	"context"
	"net/http"
	"testing"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
	"parlor/internal/syncer"
)

// ownRooms is a video system that knows one room.
type ownRooms struct {
	parlor.Rooms
	is parlor.Room
}

func (r ownRooms) Room(context.Context) (parlor.Room, error) { return r.is, nil }

// TestAPMIThatAnotherRoomHasIsTold: the person is told once what to do, and their room stays as it is.
func TestAPMIThatAnotherRoomHasIsTold(t *testing.T) {
	clock := storetest.NewClock(monday)
	st, ctx := storetest.Open(t, storetest.Redis(t), clock.Now), t.Context()
	var ids []parlor.AccountID
	for _, name := range []string{"ada", "bob"} {
		a, _, err := st.SignIn(ctx, parlor.Identity{Kind: parlor.KindOIDC, Subject: name, Email: name + "@example.com"})
		must(t, err)
		ids = append(ids, a.ID)
	}
	held, err := st.EnsureRoom(ctx, ids[0])
	must(t, err)
	before, err := st.EnsureRoom(ctx, ids[1])
	must(t, err)
	video := parlor.Service{Kind: parlor.KindZoom, Name: "Zoom", Owns: true, Rooms: func(*http.Client) (parlor.Rooms, error) {
		return ownRooms{is: parlor.Room{PMI: held.PMI, Status: parlor.RoomReady}}, nil
	}}
	cn := connect.New(st, origin, connect.Domains{"*"}, nil, video, clock.Now)
	sy := syncer.New(st, cn, syncer.Config{Origin: origin}, clock.Now)
	for range 2 {
		if changed, err := sy.FollowRoom(ctx, ids[1]); err != nil || changed {
			t.Fatalf("changed %t, %v", changed, err)
		}
	}
	if room, err := st.Room(ctx, ids[1]); err != nil || room.PMI != before.PMI {
		t.Errorf("the room has %s, %v", room.PMI, err)
	}
	told, _, err := st.Activity(ctx, ids[1], "", 10)
	if err != nil || len(told) != 1 || told[0].Code != "room_taken" {
		t.Errorf("told %+v, %v", told, err)
	}
}
