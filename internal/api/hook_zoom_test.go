package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/integrations/zoom"
	"parlor/internal/connect"
	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

const zoomSecret = "told to zoom and us"

// behindZoom is a house whose person has connected Zoom.
func behindZoom(t *testing.T, rdb redis.UniversalClient) *house {
	t.Helper()
	h := newHouse(t, rdb, Limits{})
	video := zoom.New(zoom.Config{ClientID: "app", ClientSecret: "s", WebhookSecret: zoomSecret, Now: h.clock.Now})
	h.cn = connect.New(h.st, testOrigin, connect.Domains{"example.com"}, nil, video, h.clock.Now)
	handler, err := New(h.cfg, desk.New(h.st, h.cn, h.cfg.Sync, testOrigin, h.clock.Now), h.cn, h.st, h.pages)
	if err != nil {
		t.Fatal(err)
	}
	h.handler = handler
	if _, err := h.st.Connect(t.Context(), h.acct, parlor.Identity{Kind: parlor.KindZoom, Subject: "U-ada"}); err != nil {
		t.Fatal(err)
	}
	return h
}

// event sends a webhook as Zoom does.
func (h *house) event(secret, body string, at time.Time) *recorder {
	h.t.Helper()
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":" + body))
	return h.call("POST", "/hooks/zoom", body, "X-Zm-Request-Timestamp: "+stamp, "X-Zm-Signature: v0="+hex.EncodeToString(mac.Sum(nil)))
}

func changedUser(id string) string {
	return fmt.Sprintf(`{"event":"user.updated","event_ts":1,"payload":{"account_id":"a","object":{"id":%q,"pmi":3456789012}}}`, id)
}

func TestZoomSaysThatARoomChanged(t *testing.T) {
	for name, open := range map[string]func() redis.UniversalClient{
		"miniredis": func() redis.UniversalClient { rdb, _ := storetest.Mini(t); return rdb },
		"redis":     func() redis.UniversalClient { return storetest.Redis(t) },
	} {
		t.Run(name, func(t *testing.T) {
			h := behindZoom(t, open())
			same(t, h.event(zoomSecret, changedUser("U-ada"), testNow).Code, http.StatusNoContent)
			same(t, slices.Equal(h.rooms, []parlor.AccountID{h.acct}), true)
			for what, w := range map[string]*recorder{
				"forged": h.event("guess", changedUser("U-ada"), testNow),
				"late":   h.event(zoomSecret, changedUser("U-ada"), testNow.Add(-6*time.Minute)),
				"no key": h.call("POST", "/hooks/zoom", changedUser("U-ada")),
			} {
				if w.Code != http.StatusBadRequest {
					t.Errorf("%s: %d", what, w.Code)
				}
			}
			same(t, h.event(zoomSecret, changedUser("U-ada"), testNow).Code, http.StatusNoContent) // sent again by somebody
			same(t, h.event(zoomSecret, changedUser("U-eve"), testNow).Code, http.StatusNoContent) // nobody here
			same(t, len(h.rooms), 1)
			same(t, h.event(zoomSecret, changedUser("U-ada"), testNow.Add(time.Second)).Code, http.StatusNoContent)
			same(t, len(h.rooms), 2)
		})
	}
}

func TestAnEventThatCouldNotBeTakenCountsWhenItComesAgain(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := behindZoom(t, rdb)
	h.nudge = errors.New("queue is down")
	same(t, h.event(zoomSecret, changedUser("U-ada"), testNow).Code, http.StatusServiceUnavailable)
	h.nudge, h.rooms = nil, nil
	same(t, h.event(zoomSecret, changedUser("U-ada"), testNow).Code, http.StatusNoContent)
	same(t, len(h.rooms), 1)
}

func TestZoomProvesOurEndpoint(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := behindZoom(t, rdb)
	w := h.call("POST", "/hooks/zoom", `{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}`)
	mac := hmac.New(sha256.New, []byte(zoomSecret))
	mac.Write([]byte("qgg8vlvZRS6UYooatFL8Aw"))
	same(t, w.Code, http.StatusOK)
	same(t, w.Header().Get("Content-Type"), "application/json")
	same(t, w.Body.String(), `{"encryptedToken":"`+hex.EncodeToString(mac.Sum(nil))+`","plainToken":"qgg8vlvZRS6UYooatFL8Aw"}`)
}

func TestZoomIsConnectedAndNobodySignsInWithIt(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := behindZoom(t, rdb)
	w := h.call("GET", "/connect/zoom", "", h.as())
	same(t, w.Code, http.StatusSeeOther)
	same(t, w.Header().Get("Location")[:len(zoom.AuthURL)], zoom.AuthURL)
	same(t, h.call("GET", "/signin/zoom", "", "Accept: application/json").Code, http.StatusNotFound)
}
