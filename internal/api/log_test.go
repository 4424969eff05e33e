package api

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"parlor/internal/store/storetest"
)

func TestLogLinesCarryNoSecrets(t *testing.T) {
	rdb, mini := storetest.Mini(t)
	h := newHouse(t, rdb, Limits{})
	room, err := h.st.EnsureRoom(t.Context(), h.acct)
	if err != nil {
		t.Fatal(err)
	}
	bearer := h.bearer()
	secrets := map[string]string{
		"session": h.cookie, "access token": strings.TrimPrefix(bearer, "Authorization: Bearer "), "passcode": room.Passcode,
		"link token": "link-token-in-the-address", "code": "code-of-the-provider", "hook secret": "hook-s3cret",
	}
	h.call("GET", "/v1/room", "", h.as())
	h.call("GET", "/v1/settings", "", bearer)
	h.call("GET", "/j/"+room.PMI+"?pwd="+secrets["link token"], "")
	h.call("POST", "/j/"+room.PMI, "passcode="+room.Passcode, "Content-Type: application/x-www-form-urlencoded")
	h.call("GET", "/panic?pwd="+secrets["link token"], "", h.as())
	h.call("GET", "/panic?pwd="+secrets["link token"], "", bearer)
	h.call("GET", "/signin/google/callback?state=x&code="+secrets["code"], "", h.as())
	h.push("ch-1", secrets["hook secret"], "")
	mini.SetError("LOADING")
	h.call("GET", "/v1/room", "", h.as())
	h.call("GET", "/v1/meetings", "", bearer)
	h.push("ch-1", secrets["hook secret"], "")

	logged := h.logs.String()
	for _, want := range []string{"route=/v1/room", "status=503", "status=500", "method=POST", "route=(page)", "msg=panic", "request="} {
		if !strings.Contains(logged, want) {
			t.Errorf("no %q in the log", want)
		}
	}
	for what, secret := range secrets {
		if secret == "" || strings.Contains(logged, secret) {
			t.Errorf("%s is in the log:\n%s", what, logged)
		}
	}
}

func TestSessionEndsAtSignOut(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		same(t, h.call("GET", "/v1/room", "", h.as()).Code, 200)
		w := h.call("POST", "/signout", "", h.as(), "Sec-Fetch-Site: same-origin")
		same(t, w.Code, 303)
		same(t, w.Header().Get("Location"), "/")
		if c := w.Header().Get("Set-Cookie"); !strings.Contains(c, "Max-Age=0") || !strings.Contains(c, "HttpOnly") {
			t.Errorf("cookie not dropped: %s", c)
		}
		aProblem(t, h.call("GET", "/v1/room", "", h.as()), 401)
	})
}

func TestAccessTokens(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := newHouse(t, rdb, Limits{})
	token := strings.TrimPrefix(h.bearer(), "Authorization: Bearer ")
	claims, err := h.tokens.Open(token)
	if err != nil {
		t.Fatal(err)
	}
	same(t, claims, Claims{Account: h.acct, Device: "laptop", Expires: h.clock.Now().Unix() + 60})
	other := Tokens{Seal: newSealer(t), Now: h.clock.Now}
	foreign, err := other.Mint(h.acct, "laptop", 60e9)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := h.tokens.Seal.Seal([]byte(`{"acct":"x","exp":99999999999}`), []byte("another place"))
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]string{
		"empty": "", "no base64": "$$$", "cut": token[:len(token)-4], "altered": flip(token), "of another keyset": foreign,
		"sealed for another use": base64.RawURLEncoding.EncodeToString(elsewhere),
	} {
		if _, err := h.tokens.Open(bad); !errors.Is(err, ErrToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.clock.Pass(60e9)
	if _, err := h.tokens.Open(token); !errors.Is(err, ErrToken) {
		t.Errorf("expired: %v", err)
	}
	same(t, h.call("GET", "/v1/settings", "", "Authorization: Bearer "+token).Code, 401)
}

func flip(token string) string {
	mid := len(token) / 2
	c := byte('A')
	if token[mid] == c {
		c = 'B'
	}
	return token[:mid] + string(c) + token[mid+1:]
}
