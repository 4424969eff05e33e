package jitsi

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
	"parlor/internal/parlor/parlortest"
)

const appID, appSecret = "parlor", "an app secret of some length, as it should be"

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func signing(t *testing.T, secret string) parlor.Rooms {
	t.Helper()
	r, err := New(Config{URL: "https://meet.example.com", AppID: appID, AppSecret: secret, Now: func() time.Time { return now }}).Rooms(nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRoomsPortWithTokens(t *testing.T) {
	parlortest.RunRooms(t, parlortest.RoomsHarness{Open: func(t *testing.T) parlor.Rooms { return signing(t, appSecret) }})
}

// opened checks a token as Prosody would, with another library than the one that signed it.
func opened(t *testing.T, to *url.URL, secret string, at time.Time) (jwt.MapClaims, error) {
	t.Helper()
	raw, ok := strings.CutPrefix(to.RawQuery, "jwt=")
	if !ok || strings.Count(raw, ".") != 2 {
		t.Fatalf("no token in %q", to.RawQuery)
	}
	claims := jwt.MapClaims{}
	token, err := jwt.ParseWithClaims(raw, claims, func(*jwt.Token) (any, error) { return []byte(secret), nil },
		jwt.WithValidMethods([]string{"HS256"}), jwt.WithAudience("jitsi"), jwt.WithIssuer(appID), jwt.WithExpirationRequired(),
		jwt.WithTimeFunc(func() time.Time { return at }))
	if err == nil && token.Header["typ"] != "JWT" {
		t.Errorf("header %v", token.Header)
	}
	return claims, err
}

func TestToken(t *testing.T) {
	until := now.Add(30 * time.Minute)
	for name, tt := range map[string]struct {
		session parlor.Session
		person  parlor.Person
		exp     time.Time
		user    map[string]any
	}{
		"host":      {parlor.Session{Host: true, Ends: until}, parlor.Person{Name: "Ada", Email: "ada@example.com", Self: true}, until.Add(skew), map[string]any{"name": "Ada", "email": "ada@example.com", "moderator": "true", "affiliation": "owner"}},
		"guest":     {parlor.Session{Ends: until}, parlor.Person{Name: `Eve "</script>` + "\u2028 \x00"}, until.Add(skew), map[string]any{"name": "Eve \"</script>\u2028 \x00", "moderator": "false", "affiliation": "member"}},
		"unnamed":   {parlor.Session{Ends: until}, parlor.Person{}, until.Add(skew), map[string]any{"moderator": "false", "affiliation": "member"}},
		"bare room": {parlor.Session{Topic: "x"}, parlor.Person{}, now.Add(openEnd + skew), map[string]any{"moderator": "false", "affiliation": "member"}},
	} {
		t.Run(name, func(t *testing.T) {
			tt.session.Name = session
			to, err := signing(t, appSecret).Enter(t.Context(), tt.session, tt.person)
			if err != nil {
				t.Fatal(err)
			}
			got, err := opened(t, to, appSecret, now)
			if err != nil {
				t.Fatal(err)
			}
			want := jwt.MapClaims{
				"iss": appID, "aud": "jitsi", "sub": "*", "room": session, "context": map[string]any{"user": tt.user},
				"nbf": float64(now.Add(-skew).Unix()), "exp": float64(tt.exp.Unix()),
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestTokenIsGoodForItsWindowAndItsSecretAlone(t *testing.T) {
	to, err := signing(t, appSecret).Enter(t.Context(), parlor.Session{Name: session, Ends: now.Add(time.Hour)}, parlor.Person{})
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		at     time.Time
		secret string
		want   error
	}{
		"a clock that is five minutes slow": {now.Add(-5 * time.Minute), appSecret, nil},
		"long before":                       {now.Add(-time.Hour), appSecret, jwt.ErrTokenNotValidYet},
		"just before its end":               {now.Add(time.Hour), appSecret, nil},
		"after that":                        {now.Add(time.Hour + 2*skew), appSecret, jwt.ErrTokenExpired},
		"another secret":                    {now, "another", jwt.ErrTokenSignatureInvalid},
	} {
		if _, err := opened(t, to, tt.secret, tt.at); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAServerWithoutTokensGetsNone(t *testing.T) {
	to, err := signing(t, "").Enter(t.Context(), parlor.Session{Name: session}, parlor.Person{Name: "Ada"})
	if err != nil || to.RawQuery != "" {
		t.Errorf("%v %v", to, err)
	}
}

func TestBeyondFollowsWhatIsShared(t *testing.T) {
	for _, tt := range []struct {
		cfg  Config
		want int
	}{
		{Config{}, 2},
		{Config{AppSecret: "x"}, 1},
		{Config{ReservationSecret: "x"}, 1},
		{Config{AppSecret: "x", ReservationSecret: "x"}, 0},
	} {
		if got := beyond(tt.cfg); len(got) != tt.want {
			t.Errorf("%v: %v", tt.cfg, got)
		}
	}
}
