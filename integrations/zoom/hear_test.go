package zoom

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/fake/faketest"
	fake "parlor/internal/fake/zoom"
	"parlor/internal/parlor"
)

// signed are the headers of an event that Zoom sends.
func signed(secret string, at time.Time, body string) http.Header {
	stamp := strconv.FormatInt(at.Unix(), 10)
	return http.Header{"X-Zm-Request-Timestamp": {stamp}, "X-Zm-Signature": {"v0=" + listener{secret: secret}.sign("v0:"+stamp+":"+body)}}
}

func TestHear(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	l := listener{hookSecret, func() time.Time { return now }}
	const changed = `{"event":"user.updated","event_ts":1,"payload":{"account_id":"a","object":{"id":"U-1","pmi":3456789012}}}`
	for name, tt := range map[string]struct {
		body   string
		header http.Header
		people []string
		err    error
	}{
		"a changed user":     {changed, signed(hookSecret, now, changed), []string{"U-1"}, nil},
		"changed settings":   {`{"event":"user.settings_updated","payload":{"object":{"id":"U-2","settings":{}}}}`, nil, []string{"U-2"}, nil},
		"app taken away":     {`{"event":"app_deauthorized","payload":{"user_id":"U-3","account_id":"a"}}`, nil, []string{"U-3"}, nil},
		"of no interest":     {`{"event":"meeting.started","payload":{"object":{"id":"2345678901"}}}`, nil, nil, nil},
		"of nobody":          {`{"event":"user.updated","payload":{"object":{}}}`, nil, nil, nil},
		"a minute off":       {changed, signed(hookSecret, now.Add(time.Minute), changed), []string{"U-1"}, nil},
		"late":               {changed, signed(hookSecret, now.Add(-6*time.Minute), changed), nil, parlor.ErrInvalid},
		"from the future":    {changed, signed(hookSecret, now.Add(6*time.Minute), changed), nil, parlor.ErrInvalid},
		"another secret":     {changed, signed("guess", now, changed), nil, parlor.ErrInvalid},
		"another body":       {changed, signed(hookSecret, now, changed+" "), nil, parlor.ErrInvalid},
		"unsigned":           {changed, http.Header{"X-Zm-Request-Timestamp": {"1"}}, nil, parlor.ErrInvalid},
		"no JSON":            {"pmi=1", nil, nil, parlor.ErrInvalid},
		"a stamp of letters": {changed, http.Header{"X-Zm-Request-Timestamp": {"now"}, "X-Zm-Signature": {"v0=" + l.sign("v0:now:"+changed)}}, nil, parlor.ErrInvalid},
	} {
		header := tt.header
		if header == nil {
			header = signed(hookSecret, now, tt.body)
		}
		got, err := l.hear(header, nil, []byte(tt.body))
		if !errors.Is(err, tt.err) || !cmp.Equal(got.People, tt.people) {
			t.Errorf("%s: %v %v", name, got, err)
		}
		if len(got.People) > 0 && got.Once == "" {
			t.Errorf("%s: a repeat cannot be told", name)
		}
	}
}

// TestChallenge has the pair of tokens that another implementation of the contract is tested with.
func TestChallenge(t *testing.T) {
	l := listener{"secretValueTest", func() time.Time { return time.Unix(1654503849, 0) }}
	ask := func(plain string, h http.Header) (parlor.Heard, error) {
		return l.hear(h, nil, []byte(`{"event_ts":1654503849680,"event":"endpoint.url_validation","payload":{"plainToken":"`+plain+`"}}`))
	}
	got, err := ask("qgg8vlvZRS6UYooatFL8Aw", http.Header{})
	want := `{"encryptedToken":"70c1f2e2e6ca2d39297490d1f9142c7d701415ea8e6151f6562a08fa657a40ff","plainToken":"qgg8vlvZRS6UYooatFL8Aw"}`
	if err != nil || string(got.Reply) != want || got.ReplyType != "application/json" {
		t.Errorf("%s %v", got.Reply, err)
	}
	for _, plain := range []string{"", "v0:1654503849:{}", "a b"} {
		if got, err := ask(plain, http.Header{}); !errors.Is(err, parlor.ErrInvalid) {
			t.Errorf("%q is signed: %s", plain, got.Reply)
		}
	}
	if got, err := ask("qgg8vlvZRS6UYooatFL8Aw", http.Header{"X-Zm-Signature": {"v0=forged"}}); !errors.Is(err, parlor.ErrInvalid) {
		t.Errorf("a forged challenge is answered: %s", got.Reply)
	}
	if got, err := (listener{"", l.now}).hear(http.Header{}, nil, []byte(`{"event":"endpoint.url_validation","payload":{"plainToken":"x"}}`)); !errors.Is(err, parlor.ErrInvalid) {
		t.Errorf("without a secret: %s", got.Reply)
	}
}

// TestZoomsOwnEvents hears what the stand-in sends.
func TestZoomsOwnEvents(t *testing.T) {
	s := newSite(t)
	told := make(chan parlor.Heard, 1)
	hear := s.service().Hear
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		heard, err := hear(r.Header, r.URL.Query(), raw)
		if err != nil {
			t.Error(err)
		}
		if heard.Reply != nil {
			_, _ = w.Write(heard.Reply)
			return
		}
		told <- heard
	}))
	defer web.Close()
	s.fake.SetWebhook(web.URL)
	if err := s.fake.Validate(); err != nil {
		t.Fatal(err)
	}
	id := s.fake.People()[0].ID
	s.fake.Change(ada, func(p *fake.Person) { p.PMI = 3456789012 })
	if got := faketest.Next(t, told); !cmp.Equal(got.People, []string{id}) {
		t.Errorf("%v", got)
	}
	s.fake.Change(ada, func(p *fake.Person) { p.Off = true })
	if got := faketest.Next(t, told); !cmp.Equal(got.People, []string{id}) {
		t.Errorf("%v", got)
	}
}
