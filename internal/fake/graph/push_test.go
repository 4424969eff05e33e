package graph

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/faketest"
)

// hook is a receiver of notifications.
type hook struct {
	*httptest.Server
	got    chan []map[string]any // items of each delivery
	tokens chan string
	fail   chan int                          // answers to give before 202
	answer func(http.ResponseWriter, string) // to a validation token; nil: as it should be
}

func newHook(t *testing.T) *hook {
	h := &hook{got: make(chan []map[string]any, 1000), tokens: make(chan string, 10), fail: make(chan int, 10)}
	h.Server = httptest.NewServer(http.HandlerFunc(h.serve))
	t.Cleanup(h.Close)
	return h
}

func (h *hook) serve(w http.ResponseWriter, r *http.Request) {
	if token := r.URL.Query().Get("validationToken"); token != "" {
		h.tokens <- r.URL.Path
		if h.answer != nil {
			h.answer(w, token)
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, token)
		return
	}
	var body struct {
		Value []map[string]any `json:"value"`
	}
	_ = json.NewDecoder(r.Body).Decode(&body)
	h.got <- body.Value
	select {
	case status := <-h.fail:
		w.WriteHeader(status)
	default:
		w.WriteHeader(http.StatusAccepted)
	}
}

// next waits for one delivery.
func (h *hook) next(t *testing.T) []map[string]any {
	t.Helper()
	return faketest.Next(t, h.got)
}

// wish is the body of a subscription for an hour.
func (s *site) wish(h *hook, more ...map[string]any) map[string]any {
	body := map[string]any{
		"changeType": "created,updated,deleted", "notificationUrl": h.URL + "/hook", "resource": "me/events", "clientState": "id.secret",
		"expirationDateTime": s.now().Add(time.Hour).Format(time.RFC3339), "lifecycleNotificationUrl": h.URL + "/hook/lifecycle",
	}
	for _, m := range more {
		for k, v := range m {
			body[k] = v
		}
	}
	return body
}

func (s *site) subscribeTo(h *hook, more ...map[string]any) answer {
	s.t.Helper()
	return s.ok(s.call("POST", "subscriptions", s.wish(h, more...), "Prefer", immutable))
}

func TestSubscriptionNotifies(t *testing.T) {
	s, h := newSite(t), newHook(t)
	sub := s.subscribeTo(h)
	if one, two := <-h.tokens, <-h.tokens; one != "/hook" || two != "/hook/lifecycle" {
		t.Errorf("handshakes with %s and %s", one, two)
	}
	a := s.add(meeting("One"))
	got := h.next(t)
	lasting := s.EventID(ada, ada, func() string { e := s.World().Between(ada, s.now(), s.now().AddDate(0, 0, 7)); return e[0].ID }())
	if len(got) != 2 || got[0]["changeType"] != "created" || got[1]["changeType"] != "updated" {
		t.Errorf("a new event: %v", got)
	}
	if id := calendar.Text(got[0], "resourceData", "id"); id != lasting || got[0]["clientState"] != "id.secret" || got[0]["subscriptionId"] != sub.body["id"] {
		t.Errorf("item: %v", got[0])
	}
	s.ok(s.call("PATCH", eventPath(a), map[string]any{"subject": "Two"}))
	if got = h.next(t); len(got) != 3 {
		t.Errorf("an update came %d times", len(got))
	}
	s.Pushes(PushMode{Once: true})
	s.ok(s.call("DELETE", eventPath(a), nil))
	if got = h.next(t); len(got) != 1 || got[0]["changeType"] != "deleted" {
		t.Errorf("a deletion: %v", got)
	}
	s.Pushes(PushMode{Drop: true})
	s.add(meeting("Unheard"))
	s.Close()
	if len(h.got) != 0 {
		t.Error("a dropped notification came")
	}
}

func TestNotificationsOfSeveralSubscriptionsComeTogether(t *testing.T) {
	s, h := newSite(t), newHook(t)
	s.subscribeTo(h)
	s.as(bob).subscribeTo(h)
	s.Pushes(PushMode{Delay: 20 * time.Millisecond, Once: true})
	s.add(meeting("One", with(bob)))
	got := h.next(t)
	if len(got) != 2 || got[0]["subscriptionId"] == got[1]["subscriptionId"] {
		t.Errorf("delivery: %v", got)
	}
}

func TestNotificationIsRepeated(t *testing.T) {
	s, h := newSite(t), newHook(t)
	s.subscribeTo(h)
	h.fail <- 503
	h.fail <- 400
	s.add(meeting("One"))
	for range 3 {
		h.next(t)
	}
	s.Close()
	if len(h.got) != 0 {
		t.Error("an accepted notification was repeated")
	}
}

func TestHandshakeRefuses(t *testing.T) {
	s := newSite(t, func(o *Options) { o.HandshakeWait = 200 * time.Millisecond })
	over := make(chan struct{})
	defer close(over)
	say := func(kind, text string) func(http.ResponseWriter, string) {
		return func(w http.ResponseWriter, token string) {
			w.Header().Set("Content-Type", kind)
			_, _ = io.WriteString(w, strings.ReplaceAll(text, "TOKEN", token))
		}
	}
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter, string)
		code   string
	}{
		"other token": {say("text/plain", "x"), "InvalidRequest"},
		"html":        {say("text/html", "TOKEN"), "InvalidRequest"},
		"more":        {say("text/plain", "TOKEN\n"), "InvalidRequest"},
		"not 200":     {func(w http.ResponseWriter, _ string) { w.WriteHeader(http.StatusAccepted) }, "ValidationError"},
		"no answer":   {func(http.ResponseWriter, string) { <-over }, "InvalidRequest"},
	} {
		h := &hook{tokens: make(chan string, 10), answer: c.answer}
		h.Server = httptest.NewServer(http.HandlerFunc(h.serve))
		t.Cleanup(h.Close)
		if a := s.call("POST", "subscriptions", s.wish(h)); a.status != 400 || a.code() != c.code {
			t.Errorf("%s: %d %s", name, a.status, a.code())
		}
	}
}

func TestSubscriptionRefuses(t *testing.T) {
	s, h := newSite(t), newHook(t)
	for name, c := range map[string]struct {
		change map[string]any
		status int
		code   string
	}{
		"too long":     {map[string]any{"expirationDateTime": s.now().Add(4231 * time.Minute).Format(time.RFC3339)}, 400, "ExtensionError"},
		"over":         {map[string]any{"expirationDateTime": s.now().Add(-time.Minute).Format(time.RFC3339)}, 400, "ExtensionError"},
		"plain http":   {map[string]any{"notificationUrl": "http://example.com/hook"}, 400, "InvalidRequest"},
		"long state":   {map[string]any{"clientState": strings.Repeat("x", 129)}, 400, "InvalidRequest"},
		"kind":         {map[string]any{"changeType": "moved"}, 400, "InvalidRequest"},
		"other person": {map[string]any{"resource": "users/bob@example.com/events"}, 403, "ExtensionError"},
	} {
		if a := s.call("POST", "subscriptions", s.wish(h, c.change)); a.status != c.status || a.code() != c.code {
			t.Errorf("%s: %d %s", name, a.status, a.code())
		}
	}
	shared := s.as(ada, "Calendars.ReadWrite.Shared")
	shared.refused(shared.call("POST", "subscriptions", s.wish(h)), 403, "ErrorAccessDenied")
}

func TestSubscriptionLife(t *testing.T) {
	s, h := newSite(t), newHook(t)
	sub := s.subscribeTo(h, map[string]any{"expirationDateTime": s.now().Add(time.Minute).Format(time.RFC3339)})
	if got, want := sub.text("expirationDateTime"), stampText(s.now().Add(45*time.Minute)); got != want {
		t.Errorf("ends %s, want %s", got, want)
	}
	path := "subscriptions/" + sub.text("id")
	s.refused(s.call("PATCH", path, map[string]any{"lifecycleNotificationUrl": h.URL}), 400, "InvalidRequest")
	s.refused(s.as(bob).call("GET", path, nil), 404, "ResourceNotFound")
	s.ok(s.call("PATCH", path, map[string]any{"expirationDateTime": s.now().Add(2 * time.Hour).Format(time.RFC3339)}))
	s.clock.Add(time.Hour)
	if n := len(s.ok(s.call("GET", "subscriptions", nil)).items()); n != 1 {
		t.Errorf("%d subscriptions after the renewal", n)
	}
	s.clock.Add(time.Hour)
	s.refused(s.call("GET", path, nil), 401, "InvalidAuthenticationToken")
	s.token, _ = s.Grant(ada)
	s.refused(s.call("GET", path, nil), 404, "ResourceNotFound")
}

func TestLifecycle(t *testing.T) {
	s, h := newSite(t), newHook(t)
	sub := s.subscribeTo(h)
	path := "subscriptions/" + sub.text("id")
	s.Lifecycle(ada, Missed)
	if got := h.next(t)[0]; got["lifecycleEvent"] != Missed || got["clientState"] != "id.secret" || got["organizationId"] != DefaultTenant {
		t.Errorf("missed: %v", got)
	}
	s.Pushes(PushMode{Once: true})
	s.Lifecycle(ada, ReauthorizationRequired)
	h.next(t)
	s.add(meeting("Unheard"))
	s.ok(s.call("POST", path+"/reauthorize", nil))
	s.add(meeting("Heard"))
	if got := h.next(t); len(got) != 1 || got[0]["changeType"] != "created" {
		t.Errorf("after the reauthorization: %v", got)
	}
	s.Lifecycle(ada, SubscriptionRemoved)
	if got := h.next(t)[0]; got["lifecycleEvent"] != SubscriptionRemoved {
		t.Errorf("removed: %v", got)
	}
	s.refused(s.call("PATCH", path, map[string]any{"expirationDateTime": s.now().Add(time.Hour).Format(time.RFC3339)}), 404, "ResourceNotFound")
}

func TestMostSubscriptionsOfAMailbox(t *testing.T) {
	s := newSite(t)
	for range mostSubscriptions {
		s.post.add(Subscription{Email: ada, Until: s.now().Add(time.Hour)})
	}
	s.refused(s.call("POST", "subscriptions", s.wish(newHook(t))), 403, "ExtensionError")
}

func TestSlowReceiverLosesNotifications(t *testing.T) {
	s, h := newSite(t), newHook(t)
	s.subscribeTo(h)
	for i := range slowFrom {
		took := time.Millisecond
		if i%5 == 0 {
			took = slowAnswer + time.Millisecond
		}
		s.post.timed(h.URL+"/hook", took)
	}
	s.add(meeting("Lost"))
	for deadline := time.Now().Add(5 * time.Second); s.Dropped() == 0; {
		if time.Now().After(deadline) {
			t.Fatal("nothing was dropped")
		}
	}
	if len(h.got) != 0 {
		t.Error("a slow receiver heard of a change")
	}
}
