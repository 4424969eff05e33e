package google

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

func push(id, token, number, state string) http.Header {
	h := http.Header{}
	h.Set("X-Goog-Channel-ID", id)
	h.Set("X-Goog-Channel-Token", token)
	h.Set("X-Goog-Message-Number", number)
	h.Set("X-Goog-Resource-State", state)
	return h
}

func TestHear(t *testing.T) {
	for _, state := range []string{"sync", "exists", "not_exists", "somethingNew"} {
		got, err := Hear(push("4ba78bf0-6a47-11e2-bcfd-0800200c9a66", "s3cret", "165139", state), nil, nil)
		want := parlor.Heard{Pings: []parlor.Ping{{Watch: "4ba78bf0-6a47-11e2-bcfd-0800200c9a66", Secret: "s3cret", Number: 165139}}}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", state, err, diff)
		}
	}
}

func TestHearRefuses(t *testing.T) {
	for name, h := range map[string]http.Header{
		"nothing":         {},
		"no channel":      push("", "s", "1", "exists"),
		"strange channel": push("w 1\x00", "s", "1", "exists"),
		"long channel":    push(strings.Repeat("a", 65), "s", "1", "exists"),
		"long token":      push("w", strings.Repeat("s", 257), "1", "exists"),
		"no number":       push("w", "s", "", "exists"),
		"negative number": push("w", "s", "-1", "exists"),
		"huge number":     push("w", "s", "9223372036854775808", "exists"),
		"no state":        push("w", "s", "1", ""),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Hear(h, nil, nil)
			if !errors.Is(err, parlor.ErrInvalid) || got.Pings != nil {
				t.Errorf("%+v %v", got, err)
			}
		})
	}
}

func FuzzHear(f *testing.F) {
	f.Add("4ba78bf0-6a47-11e2-bcfd-0800200c9a66", "s3cret", "10", "exists", []byte(nil))
	f.Add("", "", "", "", []byte("body"))
	f.Add("w\n", strings.Repeat("x", 300), "-0", "sync", []byte("{}"))
	f.Fuzz(func(t *testing.T, id, token, number, state string, body []byte) {
		got, err := Hear(push(id, token, number, state), nil, body)
		if err != nil {
			if !errors.Is(err, parlor.ErrInvalid) || got.Pings != nil {
				t.Fatalf("%+v %v", got, err)
			}
			return
		}
		if len(got.Pings) != 1 || got.Reply != nil {
			t.Fatalf("%+v", got)
		}
		p := got.Pings[0]
		if p.Watch != id || len(id) > 64 || p.Secret != token || len(token) > 256 || p.Number < 0 {
			t.Fatalf("%+v", p)
		}
	})
}
