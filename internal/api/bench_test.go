package api

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"parlor/internal/connect"
	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

// BenchmarkSettingsGet is the whole edge with an access token, through a real connection; BenchmarkBareGet is what Gin
// and one GET of go-redis take for the same bytes. Their ratio is what the edge costs.
func BenchmarkSettingsGet(b *testing.B) {
	rdb := storetest.Redis(b)
	seal := newSealer(b)
	st := store.Open(rdb, seal, time.Now)
	cn := connect.New(st, testOrigin, connect.Domains{"*"}, nil, parlor.Service{}, time.Now)
	handler, err := New(Config{
		Origin: testOrigin, Seal: seal, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), //nolint:sloglint // writing the line is part of the cost
	}, desk.New(st, cn, desk.Sync{}, testOrigin, time.Now), cn, st, Pages{Portal: portal, Door: door})
	if err != nil {
		b.Fatal(err)
	}
	account, _, err := st.SignIn(b.Context(), parlor.Identity{Kind: parlor.KindGoogle, Subject: "1", Email: "ada@example.com"})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := st.PutSettings(b.Context(), account.ID, emptyRevision(b, st, account.ID), parlor.DefaultSettings()); err != nil {
		b.Fatal(err)
	}
	token, err := Tokens{Seal: seal, Now: time.Now}.Mint(account.ID, "bench", time.Hour)
	if err != nil {
		b.Fatal(err)
	}
	measure(b, handler, "Bearer "+token)
}

func emptyRevision(b *testing.B, st *store.Store, id parlor.AccountID) string {
	b.Helper()
	_, etag, err := st.Settings(b.Context(), id)
	if err != nil {
		b.Fatal(err)
	}
	return etag
}

func BenchmarkBareGet(b *testing.B) {
	rdb := storetest.Redis(b)
	raw, err := json.Marshal(parlor.DefaultSettings())
	if err != nil {
		b.Fatal(err)
	}
	if err := rdb.Set(b.Context(), "settings", raw, 0).Err(); err != nil {
		b.Fatal(err)
	}
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.GET("/v1/settings", func(c *gin.Context) {
		text, err := rdb.Get(c.Request.Context(), "settings").Bytes()
		if err != nil {
			c.Status(http.StatusServiceUnavailable)
			return
		}
		c.Data(http.StatusOK, "application/json", text)
	})
	measure(b, engine, "Bearer none")
}

func measure(b *testing.B, handler http.Handler, authorization string) {
	b.Helper()
	srv := httptest.NewServer(handler)
	defer srv.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	b.ReportAllocs()
	b.ResetTimer()
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			r, err := http.NewRequest(http.MethodGet, srv.URL+"/v1/settings", nil)
			if err != nil {
				b.Error(err)
				return
			}
			r.Header.Set("Authorization", authorization)
			res, err := client.Do(r)
			if err != nil {
				b.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
			if res.StatusCode != http.StatusOK {
				b.Errorf("status %d", res.StatusCode)
				return
			}
		}
	})
}
