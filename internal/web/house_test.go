package web

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/connect"
	"parlor/internal/desk"
	"parlor/internal/grant"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
	"parlor/internal/web/extension"
	"parlor/internal/web/look"
	"parlor/internal/web/outlook"
)

const chrome = "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org"

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// house is one person who is signed in on two devices, and their portal.
type house struct {
	t       *testing.T
	st      *store.Store
	desk    *desk.Desk
	clock   *storetest.Clock
	acct    parlor.AccountID
	portal  http.Handler
	session *store.SessionRecord // nil: signed out
	cookies []*http.Cookie
	asked   []string // of the jobs
	log     *bytes.Buffer
	rev     int64
	mails   func() // has the portal made anew, of an installation that can send mail
}

func onBoth(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	t.Run("miniredis", func(t *testing.T) {
		rdb, _ := storetest.Mini(t)
		test(t, newHouse(t, rdb))
	})
	t.Run("redis", func(t *testing.T) { test(t, newHouse(t, storetest.Redis(t))) })
}

// dressed makes what every house has alike, once: bundling takes longer than a test.
var dressed = sync.OnceValues(func() (cfg Config, err error) {
	if cfg.Look, err = look.New(); err != nil {
		return cfg, err
	}
	if cfg.Extension, err = extension.New(extension.Config{Origin: "https://parlor.example.com"}); err != nil {
		return cfg, err
	}
	cfg.Outlook, err = outlook.New(outlook.Config{Look: cfg.Look, Origin: "https://parlor.example.com"})
	return cfg, err
})

func newHouse(t *testing.T, rdb redis.UniversalClient) *house {
	t.Helper()
	h := &house{t: t, clock: storetest.NewClock(noon), log: &bytes.Buffer{}}
	keyset, err := store.NewKeyset()
	must(t, err)
	seal, err := store.NewSealer(keyset)
	must(t, err)
	h.st = store.Open(rdb, seal, h.clock.Now)
	grants := grant.New(h.st, grant.Config{Origin: "https://parlor.example.com", Extensions: []string{chrome}, Seal: seal, Now: h.clock.Now})
	shut := func(*http.Client) (parlor.Calendar, error) { return nil, parlor.ErrForbidden }
	google := parlor.Service{Kind: parlor.KindGoogle, Name: "Google", OAuth: &parlor.OAuth{Issuer: "https://accounts.example.org"}, Calendar: shut}
	microsoft := parlor.Service{
		Kind: parlor.KindMicrosoft, Name: "Microsoft", OAuth: &parlor.OAuth{Issuer: "https://login.example.org/{tenant}", Tenants: []string{"t"}},
		Calendar: shut,
	}
	generic := connect.Generic{Issuer: "https://id.example.org", Name: "Example ID"}.Service()
	domains := connect.Domains{"example.com", "example.org"}
	cn := connect.New(h.st, "https://parlor.example.com", domains, []parlor.Service{google, microsoft, generic}, parlor.Service{}, h.clock.Now)
	h.desk = desk.New(h.st, cn, h.jobs(), "https://parlor.example.com", h.clock.Now)
	cfg, err := dressed()
	must(t, err)
	cfg.Grants, cfg.Domains, cfg.Now, cfg.Log = grants, domains, h.clock.Now, slog.New(slog.NewTextHandler(h.log, nil))
	h.portal = New(h.desk, cn, cfg)
	h.mails = func() {
		cfg.Mails = true
		h.portal = New(h.desk, cn, cfg)
	}
	h.signIn()
	return h
}

func (h *house) signIn() {
	h.t.Helper()
	ctx := h.t.Context()
	who := parlor.Identity{Kind: parlor.KindGoogle, Subject: "1", Email: "ada@example.com", EmailVerified: true, Name: "Ada Lovelace"}
	account, _, err := h.st.SignIn(ctx, who)
	must(h.t, err)
	h.acct = account.ID
	conn := parlor.Connection{Kind: parlor.KindGoogle, Subject: "1", Email: "ada@example.com", State: parlor.Connected}
	must(h.t, h.st.SetConnection(ctx, h.acct, conn))
	_, err = h.st.UpdateAccount(ctx, h.acct, func(a *parlor.Account) { a.Zone = "Europe/London" })
	must(h.t, err)
	_, err = h.st.NewSession(ctx, h.acct, "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1", "203.0.113.9")
	must(h.t, err)
	token, err := h.st.NewSession(ctx, h.acct, "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36", "192.0.2.7")
	must(h.t, err)
	session, err := h.st.Session(ctx, token)
	must(h.t, err)
	h.session = &session
}

// jobs notes what is asked for; nothing is done.
func (h *house) jobs() desk.Sync {
	return desk.Sync{
		Nudge: h.nudge, Resync: h.resync,
		Leave:  func(context.Context, parlor.AccountID) error { h.asked = append(h.asked, "leave"); return nil },
		Spread: func(context.Context) error { h.asked = append(h.asked, "spread"); return nil },
		SwitchedOff: func(_ context.Context, _ parlor.AccountID, cal parlor.CalendarID) error {
			h.asked = append(h.asked, "unwatch "+string(cal))
			return nil
		},
		Interval: func(context.Context, parlor.Kind) (time.Duration, error) { return 15 * time.Minute, nil },
	}
}

func (h *house) nudge(_ context.Context, _ parlor.AccountID, cal parlor.CalendarID) error {
	h.asked = append(h.asked, "nudge "+string(cal))
	return nil
}

func (h *house) resync(context.Context, parlor.AccountID) error {
	h.asked = append(h.asked, "resync")
	return nil
}

// calendars stores a calendar that is on and has been read, one being read, and one that is off.
func (h *house) calendars() {
	h.t.Helper()
	state := func(id, name string, on bool, pass time.Time) store.CalendarState {
		return store.CalendarState{
			Info:    parlor.CalendarInfo{ID: parlor.CalendarID(id), Name: name, Primary: id == "ada@example.com", Writable: true},
			Service: parlor.KindGoogle, On: on, LastPass: pass,
		}
	}
	must(h.t, h.st.SaveCalendars(h.t.Context(), h.acct, []store.CalendarState{
		state("ada@example.com", "Ada", true, noon), state("team", "<b>Team</b>", true, time.Time{}), state("off", "Family", false, time.Time{}),
	}))
	must(h.t, h.st.Progress(h.t.Context(), h.acct, "team", 1240))
}

// meeting stores a meeting of half an hour.
func (h *house) meeting(kind parlor.MeetingKind, title string, start time.Time) parlor.Meeting {
	h.t.Helper()
	m, rev, err := h.st.ClaimMeeting(h.t.Context(), h.acct, h.rev, parlor.Meeting{
		Kind: kind, State: parlor.Scheduled, Title: title, Why: parlor.ReasonRoomBySetting,
		Event: parlor.EventRef{Calendar: "ada@example.com", ID: "event of " + title}, Service: parlor.KindGoogle,
		Start: parlor.Moment{Time: start, Zone: "Europe/London"}, End: parlor.Moment{Time: start.Add(30 * time.Minute)},
	})
	must(h.t, err)
	h.rev = rev
	return m
}

func (h *house) get(path string) *httptest.ResponseRecorder { return h.do(http.MethodGet, path, nil) }

func (h *house) post(path string, form url.Values) *httptest.ResponseRecorder {
	return h.do(http.MethodPost, path, form)
}

func (h *house) do(method, path string, form url.Values) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range h.cookies {
		r.AddCookie(c)
	}
	if h.session != nil {
		r = r.WithContext(connect.WithSession(r.Context(), *h.session))
	}
	w := httptest.NewRecorder()
	h.portal.ServeHTTP(w, r)
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// says fails unless a page has the status and holds every text.
func says(t *testing.T, page *httptest.ResponseRecorder, status int, texts ...string) {
	t.Helper()
	if page.Code != status {
		t.Errorf("status %d, want %d", page.Code, status)
	}
	for _, text := range texts {
		if !strings.Contains(page.Body.String(), text) {
			t.Errorf("the page does not say %q:\n%s", text, page.Body)
		}
	}
}

// leads fails unless an answer sends the browser there with a GET.
func leads(t *testing.T, answer *httptest.ResponseRecorder, to string) {
	t.Helper()
	if answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != to {
		t.Errorf("status %d to %q, want 303 to %q", answer.Code, answer.Header().Get("Location"), to)
	}
}
