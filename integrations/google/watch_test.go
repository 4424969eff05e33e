package google

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

func TestWatchTakesGooglesWordForTheEnd(t *testing.T) {
	hook := parlor.Hook{ID: "w1", URL: "https://parlor.example/hooks/google", Secret: "s3cret", Until: at("2026-12-22T00:00:00Z")}
	for name, tt := range map[string]struct {
		answer string
		want   parlor.Watch
	}{
		"shortened": {`{"id":"w1","resourceId":"r1","expiration":"1773905359000"}`, parlor.Watch{ID: "w1", Resource: "r1", Until: at("2026-03-19T07:29:19Z")}},
		"unstated":  {`{"id":"w1","resourceId":"r1"}`, parlor.Watch{ID: "w1", Resource: "r1", Until: hook.Until}},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, answer{body: tt.answer})
			got, err := cal.Watch(t.Context(), "ada@example.com", hook)
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v %s", err, diff)
			}
			want := `{"address":"https://parlor.example/hooks/google","expiration":"1797897600000","id":"w1","token":"s3cret","type":"web_hook"}` + "\n"
			if diff := cmp.Diff(want, s.only(t).body); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnwatch(t *testing.T) {
	for name, tt := range map[string]struct {
		answer answer
		want   error
	}{
		"there":      {answer{status: 204}, nil},
		"gone":       {answer{status: 404, body: `{"error":{"code":404,"message":"Channel not found","errors":[{"reason":"notFound"}]}}`}, nil},
		"no address": {answer{status: 404, body: `nginx`}, errFault},
		"fault":      {answer{status: 500}, errFault},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, tt.answer)
			if err := cal.Unwatch(t.Context(), parlor.Watch{ID: "w1", Resource: "r1"}); !errors.Is(err, tt.want) {
				t.Errorf("error %v", err)
			}
			if got := s.only(t); got.path != "/calendar/v3/channels/stop" || got.body != `{"id":"w1","resourceId":"r1"}`+"\n" {
				t.Errorf("%s %s", got.path, got.body)
			}
		})
	}
}
