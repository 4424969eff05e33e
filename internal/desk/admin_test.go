package desk

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

// office is an administrator's, over a store with one other person.
func office(t *testing.T) (d *Desk, a *Administration, other parlor.Account) {
	t.Helper()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	clock := storetest.NewClock(now)
	st := storetest.Open(t, storetest.Redis(t), clock.Now)
	mails := parlor.Service{Kind: parlor.KindMicrosoft, Mails: true}
	cn := connect.New(st, "https://parlor.example", connect.Domains{"*"}, []parlor.Service{mails}, parlor.Service{}, clock.Now)
	sync := Sync{
		Spread: func(context.Context) error { return nil },
		Resync: func(context.Context, parlor.AccountID) error { return nil },
	}
	d = New(st, cn, sync, "https://parlor.example", clock.Now).WithAdmins(connect.Admins{"ada@example.com", "bob@example.com"})
	person := func(kind parlor.Kind, name string) parlor.Account {
		who := parlor.Identity{Kind: kind, Subject: name, Email: name + "@example.com", EmailVerified: true, Name: name}
		acct, _, err := st.SignIn(t.Context(), who)
		if err == nil {
			_, err = st.EnsureRoom(t.Context(), acct.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		return acct
	}
	ada := person(parlor.KindGoogle, "ada")
	other = person(parlor.KindMicrosoft, "grace")
	a, err := d.Administer(t.Context(), ada.ID)
	if err != nil {
		t.Fatal(err)
	}
	return d, a, other
}

// planned stores meetings of a person whose events have their link as it should be now.
func planned(t *testing.T, d *Desk, acct parlor.AccountID, kinds ...parlor.MeetingKind) {
	t.Helper()
	ctx := t.Context()
	settings, _, errSettings := d.st.Settings(ctx, acct)
	room, errRoom := d.st.Room(ctx, acct)
	calendar := []store.CalendarState{{Info: parlor.CalendarInfo{ID: "main"}, Service: parlor.KindMicrosoft, On: true}}
	if err := errors.Join(errSettings, errRoom, d.st.SaveCalendars(ctx, acct, calendar)); err != nil {
		t.Fatal(err)
	}
	for i, kind := range kinds {
		start := d.now().Add(time.Duration(24+i) * time.Hour)
		m := parlor.Meeting{
			Kind: kind, State: parlor.Scheduled, Service: parlor.KindMicrosoft, Title: "Planned",
			Event: parlor.EventRef{Calendar: "main", ID: string(kind) + start.String()}, Guests: parlor.Guests{Invited: 3, Outside: 1},
			Start: parlor.Moment{Time: start}, End: parlor.Moment{Time: start.Add(time.Hour)}, Created: d.now(),
		}
		_, rev, err := d.st.Agenda(ctx, acct)
		if err != nil {
			t.Fatal(err)
		}
		if m, rev, err = d.st.ClaimMeeting(ctx, acct, rev, m); err != nil {
			t.Fatal(err)
		}
		m.Written = parlor.Render(m, room, d.origin, settings.Invitation(), settings.EmbedPasscode).Hash()
		if _, err := d.st.UpdateMeeting(ctx, acct, rev, m); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEstimates(t *testing.T) {
	d, a, grace := office(t)
	planned(t, d, grace.ID, parlor.InRoom, parlor.InRoom, parlor.OneTime)
	_, etag, err := a.Policy(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	everyone := parlor.Scope{Kind: parlor.ForEveryone}
	for name, tt := range map[string]struct {
		policy parlor.Policy
		want   Estimate
	}{
		"nothing":          {parlor.Policy{}, Estimate{}},
		"no event's text":  {parlor.Policy{Rules: []parlor.Rule{{For: everyone, Settings: map[string]parlor.Held{"use_pmi_for_instant": {Value: true}}}}}, Estimate{}},
		"a footer":         {parlor.Policy{Invitation: parlor.Wording{Footer: "x"}}, Estimate{People: 2, Kept: 3}},
		"rooms off":        {parlor.Policy{Rules: []parlor.Rule{{For: everyone, Rooms: parlor.RoomsOff}}}, Estimate{People: 2, Rooms: 2, Events: 2, Mailed: 6}},
		"one domain's off": {parlor.Policy{Rules: []parlor.Rule{{For: parlor.Scope{Kind: parlor.ForDomain, Name: "example.com"}, Rooms: parlor.RoomsOff}}}, Estimate{People: 1, Rooms: 1}},
	} {
		got, err := a.PreviewPolicy(t.Context(), etag, tt.policy)
		if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
	if _, err := a.PreviewPolicy(t.Context(), "old", parlor.Policy{}); !errors.Is(err, parlor.ErrStale) {
		t.Errorf("of a policy that moved on: %v", err)
	}
	e := Estimate{People: 3, Events: 10}
	if e.extrapolate(2.5); e.People != 8 || e.Events != 25 || !e.About {
		t.Errorf("extrapolated: %+v", e)
	}
}

func TestAdministratorsKeepEachOther(t *testing.T) {
	d, ada, _ := office(t)
	ctx := t.Context()
	who := parlor.Identity{Kind: parlor.KindGoogle, Subject: "bob", Email: "bob@example.com", EmailVerified: true}
	acct, _, err := d.st.SignIn(ctx, who)
	if err != nil {
		t.Fatal(err)
	}
	bob, err := d.Administer(ctx, acct.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := ada.Disable(ctx, ada.by.ID); !errors.Is(err, ErrSelf) {
		t.Errorf("oneself: %v", err)
	}
	if err := ada.Disable(ctx, acct.ID); err != nil {
		t.Fatal(err)
	}
	if err := bob.Disable(ctx, ada.by.ID); !errors.Is(err, parlor.ErrDisabled) { // his request was under way already
		t.Errorf("by somebody who was disabled: %v", err)
	}
	if _, err := d.Administer(ctx, acct.ID); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("a disabled administrator: %v", err)
	}
	if again, err := d.Administer(ctx, ada.by.ID); err != nil || again.by.Disabled {
		t.Errorf("nobody is left: %v", err)
	}
	acts, _, err := ada.Acts(ctx, "", 10)
	if err != nil || len(acts) != 3 || acts[0].Failed == "" || acts[1].What != ActDisable || acts[2].On.Email != "bob@example.com" {
		t.Errorf("on record: %+v, %v", acts, err)
	}
}
