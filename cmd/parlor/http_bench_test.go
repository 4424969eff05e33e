package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"net/url"
	"testing"
	"time"

	"parlor/internal/api"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"

	"github.com/redis/go-redis/v9"
)

// BenchmarkSettings compares GET /v1/settings by access token with bare Gin and one GET of go-redis. Aim: 0.8.
func BenchmarkSettings(b *testing.B) {
	cfg, a := newQuietApp(b)
	acct, _, err := a.store.SignIn(b.Context(), parlor.Identity{
		Kind: parlor.KindGoogle, Subject: "1", Email: "ada@example.com", EmailVerified: true, Name: "Ada",
	})
	if err != nil {
		b.Fatal(err)
	}
	settings, etag, err := a.store.Settings(b.Context(), acct.ID)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := a.store.PutSettings(b.Context(), acct.ID, etag, settings); err != nil {
		b.Fatal(err)
	}
	request := "GET /v1/settings HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + mint(b, cfg, acct.ID) + "\r\n\r\n"
	ours := side{serveBench(b, a.handler), request}
	trips := record(b, cfg, request)
	bare := side{floor(b, cfg.redisURL, http.MethodGet, "/v1/settings", http.StatusOK, trips[:1]), request}
	duel(b, ours, bare)
	b.ReportMetric(float64(len(trips)), "trips/op")
}

// BenchmarkHook compares a push that is coalesced into one waiting pass with bare Gin doing the same round trips. Aim: 0.7.
func BenchmarkHook(b *testing.B) {
	cfg, a := newQuietApp(b)
	err := a.store.PutWatch(b.Context(), store.WatchRecord{
		ID: "bench", Account: "acct", Calendar: "ada@example.com", Service: parlor.KindGoogle,
		SecretHash: store.HashSecret("secret"), Until: time.Now().Add(time.Hour),
	})
	if err != nil {
		b.Fatal(err)
	}
	request := "POST /hooks/google HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n" +
		"X-Goog-Channel-ID: bench\r\nX-Goog-Channel-Token: secret\r\nX-Goog-Resource-State: exists\r\n" +
		"X-Goog-Resource-ID: r\r\nX-Goog-Message-Number: 7\r\n\r\n"
	ours := side{serveBench(b, a.handler), request}
	volley(b, ours, lines) // the first ones are queued; from then on a push finds a pass waiting
	trips := record(b, cfg, request)
	bare := side{floor(b, cfg.redisURL, http.MethodPost, "/hooks/google", http.StatusNoContent, trips), request}
	duel(b, ours, bare)
	b.ReportMetric(float64(len(trips)), "trips/op")
}

// newQuietApp is the product on a real Redis, with nobody working on the queue and no request refused for being one of
// many. Its log lines are written, to nowhere.
func newQuietApp(b *testing.B) (config, *app) {
	b.Helper()
	redisURL := overTCP(b)
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil))) //nolint:sloglint // writing lines is a cost that people have too
	b.Cleanup(func() { slog.SetDefault(old) })
	keys, err := store.NewKeyset()
	if err != nil {
		b.Fatal(err)
	}
	cfg := config{
		publicURL: &url.URL{Scheme: "http", Host: "127.0.0.1:1"}, redisURL: redisURL, keyset: keys,
		allowedDomains: []string{"*"}, push: true, pollEvery: time.Hour,
		google: oauthConfig{"id", "secret", "http://127.0.0.1:1", "http://127.0.0.1:1/calendar/v3/"},
		rooms:  roomsConfig{jitsiURL: "http://127.0.0.1:1"}, limits: api.Limits{Address: countless, Session: countless},
	}
	return cfg, buildBench(b, cfg)
}

// overTCP gives the address of an empty Redis as most people reach theirs.
func overTCP(b *testing.B) string {
	b.Helper()
	rdb := storetest.Redis(b)
	l, err := new(net.ListenConfig).Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	addr := l.Addr().String()
	_, port, _ := net.SplitHostPort(addr)
	if err := errors.Join(l.Close(), rdb.ConfigSet(b.Context(), "port", port).Err()); err != nil {
		b.Fatal(err)
	}
	return "redis://" + addr
}

// countless requests are counted as ever, and never too many.
var countless = parlor.Rate{Requests: math.MaxInt32, Per: time.Second}

func buildBench(b *testing.B, cfg config) *app {
	b.Helper()
	a, err := build(cfg, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { a.store.Close() })
	return a
}

// record sends one request to a second instance of the product and returns the round trips to Redis that it takes.
func record(b *testing.B, cfg config, request string) [][]redis.Cmder {
	b.Helper()
	a := buildBench(b, cfg)
	var t tape
	a.store.Client().AddHook(&t)
	s := side{serveBench(b, a.handler), request}
	volley(b, s, lines) // connections are made, scripts are loaded
	t.rewind()
	if err := shoot(s, 1); err != nil {
		b.Fatal(err)
	}
	if len(t.trips) == 0 {
		b.Fatal("the request asked Redis nothing")
	}
	return t.trips
}

func mint(b *testing.B, cfg config, acct parlor.AccountID) string {
	b.Helper()
	seal, err := store.NewSealer(cfg.keyset)
	if err != nil {
		b.Fatal(err)
	}
	token, err := api.Tokens{Seal: seal, Now: time.Now}.Mint(acct, "bench", time.Hour)
	if err != nil {
		b.Fatal(fmt.Errorf("mint token: %w", err))
	}
	return token
}
