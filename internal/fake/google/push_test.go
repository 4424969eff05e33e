package google

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/faketest"
)

// hook is a receiver of pushes.
type hook struct {
	*httptest.Server
	got  chan http.Header
	fail chan int // answers to give before 200
}

func newHook(t *testing.T) *hook {
	h := &hook{got: make(chan http.Header, 100), fail: make(chan int, 10)}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.got <- r.Header.Clone()
		select {
		case status := <-h.fail:
			w.WriteHeader(status)
		default:
		}
	}))
	t.Cleanup(h.Close)
	return h
}

// next waits for one push.
func (h *hook) next(t *testing.T) http.Header {
	t.Helper()
	return faketest.Next(t, h.got)
}

func (h *hook) body(id string) calendar.Fields {
	return calendar.Fields{"id": id, "type": "web_hook", "address": h.URL, "token": "secret"}
}

func number(t *testing.T, h http.Header) int {
	t.Helper()
	n, err := strconv.Atoi(h.Get("X-Goog-Message-Number"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWatchPushesSyncThenExists(t *testing.T) {
	s, h := newSite(t), newHook(t)
	a := s.ok(s.call("POST", primary+"/watch", h.body("ch1")))
	sync := h.next(t)
	if sync.Get("X-Goog-Resource-State") != "sync" || number(t, sync) != 1 {
		t.Errorf("first push: %v", sync)
	}
	s.add("One")
	first := h.next(t)
	s.add("Two")
	second := h.next(t)
	if number(t, first) <= 1 || number(t, second) <= number(t, first) {
		t.Errorf("numbers %d, %d", number(t, first), number(t, second))
	}
	ms, _ := strconv.ParseInt(a.text("expiration"), 10, 64)
	want := map[string]string{
		"X-Goog-Resource-State": "exists", "X-Goog-Channel-Id": "ch1", "X-Goog-Channel-Token": "secret",
		"X-Goog-Resource-Id": a.text("resourceId"), "X-Goog-Resource-Uri": a.text("resourceUri"),
		"X-Goog-Channel-Expiration": time.UnixMilli(ms).UTC().Format(http.TimeFormat), "Content-Length": "0",
	}
	for name, value := range want {
		if first.Get(name) != value {
			t.Errorf("%s = %q, want %q", name, first.Get(name), value)
		}
	}
	if life := time.UnixMilli(ms).Sub(s.now()); life != usualChannelLife {
		t.Errorf("channel lives %s", life)
	}
}

func TestPushModes(t *testing.T) {
	s, h := newSite(t), newHook(t)
	s.Pushes(PushMode{EarlySync: true, Double: true, Delay: time.Millisecond})
	s.ok(s.call("POST", primary+"/watch", h.body("ch1")))
	if len(h.got) != 1 {
		t.Fatal("sync did not come before the answer")
	}
	h.next(t)
	s.add("One")
	if a, b := h.next(t), h.next(t); number(t, a) != number(t, b) {
		t.Errorf("doubled push has numbers %v, %v", a, b)
	}
	s.Pushes(PushMode{Drop: true})
	s.add("Lost")
	s.Pushes(PushMode{})
	s.add("Seen")
	h.next(t)
	s.Close()
	if len(h.got) != 0 {
		t.Error("a dropped push came")
	}
}

func TestPushIsRepeatedOn5xx(t *testing.T) {
	s, h := newSite(t), newHook(t)
	s.ok(s.call("POST", primary+"/watch", h.body("ch1")))
	h.next(t)
	h.fail <- 503
	h.fail <- 500
	h.fail <- 400
	s.add("One")
	first := number(t, h.next(t))
	if again := number(t, h.next(t)); again != first {
		t.Errorf("repeated push has number %d, not %d", again, first)
	}
	h.next(t)
	s.Close()
	if len(h.got) != 0 {
		t.Error("a push answered with 400 was repeated")
	}
}

func TestChannelsEnd(t *testing.T) {
	s, h := newSite(t), newHook(t)
	a := s.ok(s.call("POST", primary+"/watch", h.body("ch1")))
	h.next(t)
	stop := calendar.Fields{"id": "ch1", "resourceId": a.text("resourceId")}
	bob := s.as("bob@example.com")
	bob.refused(bob.call("POST", "channels/stop", stop), 404, "notFound")
	s.refused(s.call("POST", "channels/stop", calendar.Fields{"id": "ch1", "resourceId": "x"}), 404, "notFound")
	s.ok(s.call("POST", "channels/stop", stop))
	s.refused(s.call("POST", "channels/stop", stop), 404, "notFound")
	short := calendar.Merge(h.body("ch2"), calendar.Fields{"params": calendar.Fields{"ttl": "60"}})
	s.ok(s.call("POST", primary+"/watch", short))
	h.next(t)
	s.clock.Add(time.Minute)
	s.add("One")
	s.Close()
	if len(h.got) != 0 || s.Channels("ada@example.com") != 0 {
		t.Error("an ended channel pushed")
	}
}

func TestWatchRefuses(t *testing.T) {
	s, h := newSite(t), newHook(t)
	s.ok(s.call("POST", primary+"/watch", h.body("taken")))
	h.next(t)
	for name, c := range map[string]struct {
		change calendar.Fields
		reason string
	}{
		"id used before":  {calendar.Fields{"id": "taken"}, "channelIdNotUnique"},
		"no id":           {calendar.Fields{"id": nil}, "required"},
		"long id":         {calendar.Fields{"id": string(make([]byte, 65))}, "invalid"},
		"wrong type":      {calendar.Fields{"type": "email"}, "invalid"},
		"plain http":      {calendar.Fields{"address": "http://example.com/hook"}, "push.webhookUrlNotHttps"},
		"no address":      {calendar.Fields{"address": nil}, "required"},
		"long token":      {calendar.Fields{"token": string(make([]byte, 257))}, "invalid"},
		"expired already": {calendar.Fields{"expiration": "1000"}, "invalid"},
		"ttl no number":   {calendar.Fields{"params": calendar.Fields{"ttl": "week"}}, "invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			site := *s
			site.t = t
			site.refused(site.call("POST", primary+"/watch", calendar.Merge(h.body("fresh"), c.change)), 400, c.reason)
		})
	}
}

func TestChannelLifeIsCapped(t *testing.T) {
	s, h := newSite(t, func(o *Options) { o.ChannelLife = time.Hour }), newHook(t)
	asked := calendar.Merge(h.body("ch1"), calendar.Fields{"expiration": s.now().Add(48 * time.Hour).UnixMilli()})
	a := s.ok(s.call("POST", primary+"/watch", asked))
	if want := strconv.FormatInt(s.now().Add(time.Hour).UnixMilli(), 10); a.text("expiration") != want {
		t.Errorf("expiration %s, want %s", a.text("expiration"), want)
	}
	h.next(t)
}
