package zoom_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"parlor/internal/fake/faketest"
	"parlor/internal/fake/zoom"
)

func TestThePageOneMeetsOn(t *testing.T) {
	s := newSite(t)
	access := s.signIn().Access
	_, me := s.call(access, "GET", "/users/me", "")
	_, made := s.call(access, "POST", "/users/me/meetings", `{"topic":"Weekly","type":2,"settings":{"use_pmi":true}}`)
	_, once := s.call(access, "POST", "/users/me/meetings", `{"topic":"Once","type":2,"settings":{"use_pmi":false}}`)
	get := func(address any) (int, string) {
		resp, body := s.do("GET", strings.TrimPrefix(address.(string), s.at), "")
		return resp.StatusCode, body
	}
	for name, tt := range map[string]struct {
		address any
		status  int
		says    string
	}{
		"the room":              {me["personal_meeting_url"], 200, `data-room>2345678901<`},
		"a session in it":       {made["join_url"], 200, "Weekly"},
		"a room of its own":     {once["join_url"], 200, "Once"},
		"Zoom's malformed link": {strings.Replace(made["join_url"].(string), "&omn", "?omn", 1), 200, "Weekly"},
		"without the passcode":  {s.at + "/j/2345678901", 403, "passcode"},
		"nobody's":              {s.at + "/j/9999999999", 404, "not valid"},
	} {
		status, body := get(tt.address)
		if status != tt.status || !strings.Contains(body, tt.says) {
			t.Errorf("%s: %d\n%s", name, status, body)
		}
	}
	s.fake.Change(ada, func(p *zoom.Person) { p.Passcode = "Other1" })
	status, _ := get(made["join_url"])
	is(t, "the old link after a new passcode", status, http.StatusForbidden)
	resp, _ := s.do("GET", "/my/Ada.Lovelace", "")
	is(t, "personal link", strings.HasPrefix(resp.Header.Get("Location"), s.at+"/j/2345678901?pwd="), true)
}

// endpoint takes events, and proves that it knows the secret.
func endpoint(t *testing.T, secret string) (at string, told chan string) {
	t.Helper()
	told = make(chan string, 10)
	failed := false
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		sum := hmac.New(sha256.New, []byte(secret))
		sum.Write([]byte("v0:" + r.Header.Get("X-Zm-Request-Timestamp") + ":" + string(raw)))
		if r.Header.Get("X-Zm-Signature") != "v0="+hex.EncodeToString(sum.Sum(nil)) {
			told <- "forged"
			return
		}
		var e struct {
			Event   string
			Payload struct{ PlainToken string }
		}
		_ = json.Unmarshal(raw, &e)
		if e.Event == "endpoint.url_validation" {
			answer := hmac.New(sha256.New, []byte(secret))
			answer.Write([]byte(e.Payload.PlainToken))
			_ = json.NewEncoder(w).Encode(map[string]string{"plainToken": e.Payload.PlainToken, "encryptedToken": hex.EncodeToString(answer.Sum(nil))})
			return
		}
		if !failed { // the first time
			failed = true
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		told <- e.Event
	}))
	t.Cleanup(web.Close)
	return web.URL, told
}

func TestChangesByHandAreTold(t *testing.T) {
	s := newSite(t)
	at, told := endpoint(t, "hook")
	s.fake.SetWebhook(at)
	if err := s.fake.Validate(); err != nil {
		t.Fatal(err)
	}
	form := url.Values{"as": {ada}, "pmi": {"345 678 9012"}, "passcode": {"Engine1"}, "link": {"ada.lovelace"}}
	resp, _ := s.do("POST", "/profile", form.Encode(), "Content-Type: application/x-www-form-urlencoded")
	is(t, "saved", resp.StatusCode, http.StatusSeeOther)
	is(t, "told after a failure", faketest.Next(t, told), "user.updated")
	form.Set("passcode", "Other1")
	s.do("POST", "/profile", form.Encode(), "Content-Type: application/x-www-form-urlencoded")
	is(t, "told", faketest.Next(t, told), "user.settings_updated")
	s.fake.Revoke(ada)
	is(t, "told", faketest.Next(t, told), "app_deauthorized")
	is(t, "number", s.fake.People()[0].PMI, int64(3456789012))
	form.Set("pmi", "123")
	resp, _ = s.do("POST", "/profile", form.Encode(), "Content-Type: application/x-www-form-urlencoded")
	is(t, "no room has this number", resp.StatusCode, http.StatusBadRequest)
}

func TestAnEndpointWithAnotherSecretIsNotValid(t *testing.T) {
	s := newSite(t)
	at, _ := endpoint(t, "another")
	s.fake.SetWebhook(at)
	if err := s.fake.Validate(); err == nil {
		t.Error("valid")
	}
}

func TestPagesCanBeRead(t *testing.T) {
	s := newSite(t)
	for path, says := range map[string]string{
		"/": "Ada Lovelace", "/profile?as=" + ada: "Personal Meeting ID", "/profile?as=nobody": "nobody", "/style.css": "color-scheme",
		"/oauth/authorize?client_id=app&response_type=code&redirect_uri=" + url.QueryEscape(back): "Allow as Ada Lovelace",
		"/oauth/authorize?client_id=other": "client_id",
	} {
		if _, body := s.do("GET", path, ""); !strings.Contains(body, says) {
			t.Errorf("%s does not say %q:\n%s", path, says, body)
		}
	}
}
