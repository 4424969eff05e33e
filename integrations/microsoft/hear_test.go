package microsoft

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

func TestHear(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want []parlor.Ping
	}{
		"one channel twice":  {`{"value":[{"clientState":"w1.s1","changeType":"updated"},{"clientState":"w1.s1","changeType":"updated","new":{}}]}`, []parlor.Ping{{Watch: "w1", Secret: "s1"}}},
		"two channels":       {`{"value":[{"clientState":"w1.s1"},{"clientState":"w2.s.2"}],"validationTokens":["x"]}`, []parlor.Ping{{Watch: "w1", Secret: "s1"}, {Watch: "w2", Secret: "s.2"}}},
		"forged beside real": {`{"value":[{"clientState":"w1.bad"},{"clientState":"w1.s1"}]}`, []parlor.Ping{{Watch: "w1", Secret: "bad"}, {Watch: "w1", Secret: "s1"}}},
		"removed":            {`{"value":[{"clientState":"w1.s1","lifecycleEvent":"subscriptionRemoved"}]}`, []parlor.Ping{{Watch: "w1", Secret: "s1", Renew: true}}},
		"reauthorize":        {`{"value":[{"clientState":"w1.s1"},{"clientState":"w1.s1","lifecycleEvent":"reauthorizationRequired"}]}`, []parlor.Ping{{Watch: "w1", Secret: "s1", Renew: true}}},
		"missed":             {`{"value":[{"clientState":"w1.s1","lifecycleEvent":"missed"}]}`, []parlor.Ping{{Watch: "w1", Secret: "s1"}}},
		"unheard of":         {`{"value":[{"clientState":"w1.s1","lifecycleEvent":"lunarEclipse"}]}`, []parlor.Ping{{Watch: "w1", Secret: "s1"}}},
		"of nobody":          {`{"value":[{},{"clientState":""},{"clientState":"nodot"},{"clientState":".s"},{"clientState":null}]}`, nil},
		"nothing":            {`{"value":[]}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Hear(nil, nil, []byte(tt.body))
			if diff := cmp.Diff(parlor.Heard{Pings: tt.want}, got); diff != "" || err != nil {
				t.Errorf("%v %s", err, diff)
			}
		})
	}
}

func TestHearAnswersTheHandshake(t *testing.T) {
	q, err := url.ParseQuery("validationToken=Validation%3A+Testing+client+application+reachability+%3Cb%3E%26%2B")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Hear(nil, q, nil)
	want := parlor.Heard{Reply: []byte("Validation: Testing client application reachability <b>&+")}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}

func TestHearRefuses(t *testing.T) {
	for name, body := range map[string]string{
		"nothing": "", "no JSON": "<html>", "cut off": `{"value":[{"clientState":"w1.s`, "no list": `{}`, "null": `{"value":null}`,
		"another shape": `{"value":"x"}`, "a bare list": `[]`, "a number for a state": `{"value":[{"clientState":7}]}`,
	} {
		if got, err := Hear(nil, nil, []byte(body)); !errors.Is(err, parlor.ErrInvalid) || got.Pings != nil {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
	if _, err := Hear(nil, url.Values{"validationToken": {strings.Repeat("x", longestToken+1)}}, nil); !errors.Is(err, parlor.ErrInvalid) {
		t.Errorf("long token: %v", err)
	}
}

func TestHearOfFiveHundredItemsIsCheap(t *testing.T) {
	var items []string
	for range 500 {
		items = append(items, `{"clientState":"w1.s1","subscriptionId":"x","resource":"Users/1/Events/2"}`)
	}
	body := fmt.Appendf(nil, `{"value":[%s]}`, strings.Join(items, ","))
	got, err := Hear(nil, nil, body)
	if err != nil || len(got.Pings) != 1 {
		t.Errorf("%d pings, %v", len(got.Pings), err)
	}
	if n := testing.AllocsPerRun(10, func() { _, _ = Hear(nil, nil, body) }); n > 2500 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzHear(f *testing.F) {
	f.Add("", []byte(`{"value":[{"clientState":"w1.s1","lifecycleEvent":"missed"}]}`))
	f.Add("token <b>", []byte(nil))
	f.Add("", []byte(`{"value":[{"clientState":"."},null]}`))
	f.Fuzz(func(t *testing.T, token string, body []byte) {
		got, err := Hear(nil, url.Values{"validationToken": {token}}, body)
		if err != nil {
			if !errors.Is(err, parlor.ErrInvalid) || got.Pings != nil || got.Reply != nil {
				t.Fatalf("%+v %v", got, err)
			}
			return
		}
		if token != "" && (string(got.Reply) != token || got.Pings != nil) || token == "" && got.Reply != nil {
			t.Fatalf("%+v", got)
		}
		seen := map[string]bool{}
		for _, p := range got.Pings {
			key := p.Watch + "." + p.Secret
			if p.Watch == "" || len(key) > longestState || seen[key] || p.Number != 0 {
				t.Fatalf("%+v", p)
			}
			seen[key] = true
		}
	})
}
