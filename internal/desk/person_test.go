package desk

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"
	"golang.org/x/oauth2"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

const origin = "https://parlor.example.com"

// person is somebody at the desk, with a calendar.
type person struct {
	*Desk
	st    *store.Store
	cal   *shelf
	clock *storetest.Clock
	acct  parlor.AccountID
	mu    sync.Mutex
	asked []string // of the queue
}

// onBoth runs a test on miniredis and on a redis-server.
func onBoth(t *testing.T, test func(t *testing.T, p *person)) {
	t.Helper()
	t.Run("miniredis", func(t *testing.T) {
		rdb, _ := storetest.Mini(t)
		test(t, newPerson(t, rdb))
	})
	t.Run("redis", func(t *testing.T) { test(t, newPerson(t, storetest.Redis(t))) })
}

func newPerson(t *testing.T, rdb redis.UniversalClient) *person {
	t.Helper()
	p := &person{cal: newShelf(), clock: storetest.NewClock(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))}
	p.st = storetest.Open(t, rdb, p.clock.Now)
	service := parlor.Service{
		Kind: parlor.KindGoogle, Name: "Google",
		Calendar: func(*http.Client) (parlor.Calendar, error) { return p.cal, nil },
	}
	cn := connect.New(p.st, origin, connect.Domains{"*"}, []parlor.Service{service}, parlor.Service{}, p.clock.Now)
	p.Desk = New(p.st, cn, p.sync(), origin, p.clock.Now)
	p.signIn(t)
	return p
}

func (p *person) signIn(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	who := parlor.Identity{Kind: parlor.KindGoogle, Subject: "1", Email: string(primary), EmailVerified: true, Name: "Ada"}
	account, _, err := p.st.SignIn(ctx, who)
	must(t, err)
	p.acct = account.ID
	conn := parlor.Connection{Kind: parlor.KindGoogle, Subject: "1", Email: string(primary), State: parlor.Connected}
	must(t, p.st.SetConnection(ctx, p.acct, conn))
	token := &oauth2.Token{AccessToken: "a", RefreshToken: "r", Expiry: p.clock.Now().Add(time.Hour)}
	must(t, p.st.PutToken(ctx, p.acct, parlor.KindGoogle, token))
}

func (p *person) note(_ context.Context, _ parlor.AccountID, cal parlor.CalendarID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, "nudge "+string(cal))
	return nil
}

func (p *person) noteAll(context.Context, parlor.AccountID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, "resync")
	return nil
}

func (p *person) sync() Sync {
	return Sync{
		Nudge: p.note, Resync: p.noteAll,
		SwitchedOff: func(_ context.Context, _ parlor.AccountID, cal parlor.CalendarID) error {
			p.asked = append(p.asked, "unwatch "+string(cal))
			return nil
		},
		Interval: func(context.Context, parlor.Kind) (time.Duration, error) { return time.Minute, nil },
	}
}

// set changes the settings.
func (p *person) set(t *testing.T, change func(*parlor.Settings)) {
	t.Helper()
	_, etag, err := p.Settings(t.Context(), p.acct)
	must(t, err)
	_, _, err = p.SaveSettings(t.Context(), p.acct, etag, func(s *parlor.Settings) error {
		change(s)
		return nil
	})
	must(t, err)
}

// at is a request for half an hour, hours from now.
func (p *person) at(hours float64, title string) Request {
	start := p.clock.Now().Add(time.Duration(hours * float64(time.Hour)))
	return Request{
		Title: title, Start: parlor.Moment{Time: start, Zone: "Europe/London"},
		End: parlor.Moment{Time: start.Add(30 * time.Minute), Zone: "Europe/London"},
	}
}

func (p *person) schedule(t *testing.T, req Request) Scheduled {
	t.Helper()
	made, err := p.Schedule(t.Context(), p.acct, req)
	must(t, err)
	return made
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differs (-want +got):\n%s", diff)
	}
}
