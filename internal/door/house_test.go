package door

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/integrations/jitsi"
	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
	"parlor/internal/web/look"
)

const origin = "https://parlor.example.com"

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// house is one host with a room, and the door to it.
type house struct {
	t     testing.TB
	st    *store.Store
	clock *storetest.Clock
	host  parlor.Account
	room  parlor.Room
	log   *bytes.Buffer
	door  *Door
	told  []store.Guest // by Config.Waits
	from  string        // the client's address
	guest *http.Cookie  // the browser's ticket
	as    *store.SessionRecord
	rev   int64
}

func onBoth(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	t.Run("miniredis", func(t *testing.T) {
		rdb, _ := storetest.Mini(t)
		test(t, newHouse(t, rdb))
	})
	t.Run("redis", func(t *testing.T) { test(t, newHouse(t, storetest.Redis(t))) })
}

func newHouse(t testing.TB, rdb redis.UniversalClient) *house {
	t.Helper()
	h := &house{t: t, clock: storetest.NewClock(noon), log: &bytes.Buffer{}, from: "192.0.2.1:4000"}
	h.st = storetest.Open(t, rdb, h.clock.Now)
	ctx := t.Context()
	who := parlor.Identity{Kind: parlor.KindGoogle, Subject: "1", Email: "ada@example.com", EmailVerified: true, Name: "Ada Lovelace"}
	account, _, err := h.st.SignIn(ctx, who)
	must(t, err)
	h.host, err = h.st.UpdateAccount(ctx, account.ID, func(a *parlor.Account) { a.Zone = "Europe/London" })
	must(t, err)
	h.room, err = h.st.EnsureRoom(ctx, account.ID)
	must(t, err)
	lk, err := look.New()
	must(t, err)
	rooms := jitsi.New(jitsi.Config{URL: "https://meet.example.org"})
	cn := connect.New(h.st, origin, connect.Domains{"example.com"}, nil, rooms, h.clock.Now)
	h.door = New(h.st, cn, Config{
		Look: lk, Origin: origin, Now: h.clock.Now, Log: slog.New(slog.NewTextHandler(h.log, nil)),
		Waits: func(_ context.Context, _ parlor.AccountID, g store.Guest) { h.told = append(h.told, g) },
	})
	t.Cleanup(h.door.Close)
	h.set(func(s *parlor.Settings) { s.WaitingRoom, s.JoinBeforeHost, s.JoinBeforeHostMinutes = false, true, 15 })
	return h
}

// set changes the host's settings.
func (h *house) set(change func(*parlor.Settings)) {
	h.t.Helper()
	s, etag, err := h.st.Settings(h.t.Context(), h.host.ID)
	must(h.t, err)
	change(&s)
	_, err = h.st.PutSettings(h.t.Context(), h.host.ID, etag, s)
	must(h.t, err)
}

// asHost is the same door, seen by its host's browser.
func (h *house) asHost() *house {
	host := *h
	host.as, host.guest = &store.SessionRecord{Account: h.host.ID}, nil
	return &host
}

// another is the same door, seen by a browser that was never there.
func (h *house) another() *house {
	other := *h
	other.as, other.guest = nil, nil
	return &other
}

// meeting stores a meeting of an hour and returns it with its number.
func (h *house) meeting(kind parlor.MeetingKind, title string, start time.Time, recurrence ...string) parlor.Meeting {
	h.t.Helper()
	m, rev, err := h.st.ClaimMeeting(h.t.Context(), h.host.ID, h.rev, parlor.Meeting{
		Kind: kind, State: parlor.Scheduled, Title: title, Recurrence: recurrence,
		Event: parlor.EventRef{Calendar: "ada@example.com", ID: "event of " + title},
		Start: parlor.Moment{Time: start, Zone: "Europe/London"}, End: parlor.Moment{Time: start.Add(time.Hour), Zone: "Europe/London"},
	})
	must(h.t, err)
	h.rev = rev
	return m
}

// link is the meeting's join link without the origin.
func (h *house) link(m parlor.Meeting) string {
	return strings.TrimPrefix(parlor.JoinLink(origin, h.room, m, true), origin)
}

func (h *house) get(path string) *httptest.ResponseRecorder { return h.do(http.MethodGet, path, nil) }

func (h *house) post(path string, form url.Values) *httptest.ResponseRecorder {
	return h.do(http.MethodPost, path, form)
}

func (h *house) do(method, path string, form url.Values) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.RemoteAddr = h.from
	if h.as != nil {
		r = r.WithContext(connect.WithSession(r.Context(), *h.as))
	}
	if h.guest != nil {
		r.AddCookie(h.guest)
	}
	w := httptest.NewRecorder()
	h.door.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		h.guest = c
	}
	return w
}

var passField = regexp.MustCompile(`name="pass" value="([^"]+)"`)

// passOf reads the pass out of a page that has one.
func passOf(t testing.TB, page *httptest.ResponseRecorder) string {
	t.Helper()
	found := passField.FindStringSubmatch(page.Body.String())
	if found == nil {
		t.Fatalf("no pass in the page (status %d)", page.Code)
	}
	return found[1]
}

func enter(pass string) url.Values { return url.Values{"do": {"enter"}, "pass": {pass}} }

func code(passcode string) url.Values { return url.Values{"do": {"passcode"}, "passcode": {passcode}} }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// says fails unless a page has the status and holds every text.
func says(t testing.TB, page *httptest.ResponseRecorder, status int, texts ...string) {
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
