package syncer_test

import (
	"errors"
	"testing"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
	"parlor/internal/syncer"
)

// TestADepartureWaitsForNoServiceThatIsNotConfigured: its links cannot be taken out, however long it waits.
func TestADepartureWaitsForNoServiceThatIsNotConfigured(t *testing.T) {
	clock := storetest.NewClock(monday)
	st, ctx := storetest.Open(t, storetest.Redis(t), clock.Now), t.Context()
	a, _, err := st.SignIn(ctx, parlor.Identity{Kind: parlor.KindGoogle, Subject: "1", Email: "ada@example.com"})
	must(t, err)
	_, err = st.EnsureRoom(ctx, a.ID)
	must(t, err)
	info := parlor.CalendarInfo{ID: "primary", Primary: true, Writable: true}
	must(t, st.SaveCalendars(ctx, a.ID, []store.CalendarState{{Service: parlor.KindGoogle, On: true, Info: info}}))
	must(t, st.PutDeparture(ctx, a.ID, store.Departure{Begun: clock.Now(), TakeOut: true}))
	sy := syncer.New(st, connect.New(st, origin, connect.Domains{"*"}, nil, parlor.Service{}, clock.Now), syncer.Config{Origin: origin}, clock.Now)
	waiting, err := sy.Leave(ctx, a.ID)
	must(t, err)
	for _, cal := range waiting {
		if _, err := sy.Run(ctx, a.ID, cal); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("the pass: %v", err)
		}
	}
	if waiting, err = sy.Leave(ctx, a.ID); err != nil || len(waiting) > 0 {
		t.Errorf("still waits for %v, %v", waiting, err)
	}
	if _, err := st.Account(ctx, a.ID); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("the account is still there: %v", err)
	}
}
