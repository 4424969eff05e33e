package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
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
)

const testOrigin = "https://parlor.example.com"

var testNow = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

type recorder = httptest.ResponseRecorder

// house is the whole edge over a store, with one person in it.
type house struct {
	t       *testing.T
	handler http.Handler
	cfg     Config
	desk    *desk.Desk
	cn      *connect.Connector
	pages   Pages
	st      *store.Store
	tokens  Tokens
	clock   *storetest.Clock
	logs    *bytes.Buffer
	acct    parlor.AccountID
	cookie  string
	mu      sync.Mutex
	nudged  []parlor.CalendarID
	arrived []string
	rooms   []parlor.AccountID // to be read again
	spread  int                // how often a policy was sent on its way
	nudge   error              // what a nudge ends with
}

func newHouse(t *testing.T, rdb redis.UniversalClient, limits Limits, services ...parlor.Service) *house {
	t.Helper()
	h := &house{t: t, clock: storetest.NewClock(testNow), logs: &bytes.Buffer{}}
	seal := newSealer(t)
	h.st = store.Open(rdb, seal, h.clock.Now)
	h.tokens = Tokens{Seal: seal, Now: h.clock.Now}
	sync := desk.Sync{
		Nudge: func(_ context.Context, _ parlor.AccountID, cal parlor.CalendarID) error {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.nudged = append(h.nudged, cal)
			return h.nudge
		},
		Resync: func(context.Context, parlor.AccountID) error { return nil },
		Connected: func(_ context.Context, acct parlor.AccountID, kind parlor.Kind) error {
			h.arrived = append(h.arrived, string(acct)+" "+string(kind))
			return nil
		},
		Room: func(_ context.Context, acct parlor.AccountID) error {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.rooms = append(h.rooms, acct)
			return h.nudge
		},
		SwitchedOff: func(context.Context, parlor.AccountID, parlor.CalendarID) error { return nil },
		Spread:      func(context.Context) error { h.spread++; return nil },
		Interval:    func(context.Context, parlor.Kind) (time.Duration, error) { return time.Minute, nil },
	}
	if len(services) == 0 {
		services = []parlor.Service{pushy}
	}
	cn := connect.New(h.st, testOrigin, connect.Domains{"example.com"}, services, parlor.Service{}, h.clock.Now)
	h.cfg = Config{
		Origin: testOrigin, Seal: seal, Sync: sync, Limits: limits, Now: h.clock.Now,
		Log: slog.New(slog.NewTextHandler(h.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	h.cfg.Grants = grant.New(h.st, grant.Config{Origin: testOrigin, Extensions: []string{testChrome}, Seal: seal, Now: h.clock.Now})
	h.desk, h.cn, h.pages = desk.New(h.st, cn, sync, testOrigin, h.clock.Now), cn, Pages{Portal: portal, Door: door}
	handler, err := New(h.cfg, h.desk, cn, h.st, h.pages)
	if err != nil {
		t.Fatal(err)
	}
	h.handler = handler
	h.signIn()
	return h
}

// pushy is a service that pushes as Google does and can do nothing else.
var pushy = parlor.Service{
	Kind: parlor.KindGoogle,
	Hear: func(h http.Header, _ url.Values, _ []byte) (parlor.Heard, error) {
		id := h.Get("X-Goog-Channel-ID")
		if id == "" {
			return parlor.Heard{}, parlor.ErrInvalid
		}
		return parlor.Heard{Pings: []parlor.Ping{{Watch: id, Secret: h.Get("X-Goog-Channel-Token")}}}, nil
	},
}

var portal = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/":
		_, _ = io.WriteString(w, "<h1>portal</h1>")
	case "/panic":
		panic("the portal fell")
	default:
		http.Error(w, "<h1>no such page</h1>", http.StatusNotFound)
	}
})

var door = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPut {
		w.Header().Set("Allow", "GET, POST")
		http.Error(w, "no", http.StatusMethodNotAllowed)
		return
	}
	_, _ = io.WriteString(w, "door of "+r.URL.Path)
})

func newSealer(t testing.TB) *store.Sealer {
	t.Helper()
	keyset, err := store.NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	seal, err := store.NewSealer(keyset)
	if err != nil {
		t.Fatal(err)
	}
	return seal
}

func (h *house) signIn() {
	h.t.Helper()
	ada := parlor.Identity{Kind: parlor.KindGoogle, Subject: "1", Email: "ada@example.com", EmailVerified: true, Name: "Ada"}
	account, _, err := h.st.SignIn(context.Background(), ada)
	if err != nil {
		h.t.Fatal(err)
	}
	h.acct = account.ID
	if h.cookie, err = h.st.NewSession(context.Background(), account.ID, "test", "127.0.0.1"); err != nil {
		h.t.Fatal(err)
	}
}

// call is one request; headers are pairs "Name: value".
func (h *house) call(method, path, body string, headers ...string) *recorder {
	h.t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, testOrigin+path, reader)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	return w
}

// as signs a request with the person's session cookie.
func (h *house) as() string { return "Cookie: " + sessionCookie + "=" + h.cookie }

// bearer signs a request with an access token.
func (h *house) bearer() string {
	h.t.Helper()
	token, err := h.tokens.Mint(h.acct, "laptop", time.Minute)
	if err != nil {
		h.t.Fatal(err)
	}
	return "Authorization: Bearer " + token
}

// aProblem checks that an answer is an RFC 9457 document of this status and returns it.
func aProblem(t *testing.T, w *recorder, status int) (p struct {
	Type, Title, Detail string
	Status              int
	Errors              []struct{ Message, Location string }
},
) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("status %d, want %d: %s", w.Code, status, w.Body)
	}
	if ct := w.Header().Get("Content-Type"); ct != "application/problem+json" {
		t.Errorf("content type %q: %s", ct, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	if p.Status != status || p.Title == "" {
		t.Errorf("problem %+v does not repeat status %d", p, status)
	}
	return p
}

func decode[T any](t *testing.T, w *recorder, status int) (v T) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("status %d, want %d: %s", w.Code, status, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return v
}

// onBoth runs a test on miniredis and on a redis-server.
func onBoth(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	t.Run("miniredis", func(t *testing.T) {
		rdb, _ := storetest.Mini(t)
		test(t, newHouse(t, rdb, Limits{}))
	})
	t.Run("redis", func(t *testing.T) { test(t, newHouse(t, storetest.Redis(t), Limits{})) })
}
