package jitsi

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

func gate(t *testing.T) *parlor.Gate {
	t.Helper()
	g := New(Config{URL: "https://meet.example.com", ReservationSecret: "s3cret/+"}).Gate
	if g == nil {
		t.Fatal("no gate")
	}
	return g
}

func TestGateTrusts(t *testing.T) {
	basic := func(s string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(s)) }
	for header, want := range map[string]bool{
		"Bearer s3cret/+":         true,
		basic("parlor:s3cret/+"):  true,
		basic(":s3cret/+"):        true,
		"":                        false,
		"s3cret/+":                false,
		"Bearer ":                 false,
		"Bearer s3cret":           false,
		basic("s3cret/+:"):        false,
		basic("parlor:s3cret/+x"): false,
		"Basic !":                 false,
	} {
		if got := gate(t).Trusts(http.Header{"Authorization": {header}}); got != want {
			t.Errorf("%q: %t", header, got)
		}
	}
	if trusts(http.Header{"Authorization": {"Bearer "}}, "") {
		t.Error("no secret is no secret")
	}
}

// TestGateReads are the bodies that mod_reservations sends: keys and values percent-encoded, spaces as plus.
func TestGateReads(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for body, want := range map[string]parlor.Asking{
		"name=" + session + "&start_time=2026-11-23T09%3a00%3a00.000Z&mail_owner=9f8e%40meet.example.com":       {Session: session, Name: session, Begins: at, Owner: "9f8e@meet.example.com"},
		"mail_owner=9f8e%40meet.example.com&name=%5bacme%5d" + session + "&start_time=2026-11-23T09:00:00.000Z": {Session: session, Name: "[acme]" + session, Begins: at, Owner: "9f8e@meet.example.com"},
		"name=" + session: {Session: session, Name: session},
	} {
		form, err := url.ParseQuery(body)
		if err != nil {
			t.Fatal(err)
		}
		got, err := gate(t).Reads(form)
		if err != nil || !cmp.Equal(got, want) {
			t.Errorf("%s: %v %s", body, err, cmp.Diff(want, got))
		}
	}
}

func TestGateRefusesToReadWhatIsNoneOfOurs(t *testing.T) {
	for _, form := range []url.Values{
		{},
		{"name": {"standup"}},
		{"name": {"../" + session}},
		{"name": {"[a]b]" + session}},
		{"name": {session}, "start_time": {"yesterday"}},
	} {
		if got, err := gate(t).Reads(form); !errors.Is(err, parlor.ErrInvalid) {
			t.Errorf("%v: %v %v", form, got, err)
		}
	}
}

func TestGateAnswers(t *testing.T) {
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("CET", 3600))
	status, body := gate(t).Grants(parlor.Asking{Session: session, Name: "[acme]" + session, Begins: at, Owner: "x@y"}, 90*time.Minute)
	want := `{"id":"` + session + `","name":"[acme]` + session + `","mail_owner":"x@y","start_time":"2026-11-23T09:00:00.000Z","duration":5400}`
	if status != http.StatusOK || string(body) != want {
		t.Errorf("%d %s", status, body)
	}
	status, body = gate(t).Refuses("Not today.")
	if status != http.StatusForbidden || string(body) != `{"message":"Not today."}` {
		t.Errorf("%d %s", status, body)
	}
}

func TestNoSecretNoGate(t *testing.T) {
	if g := New(Config{URL: "https://meet.example.com"}).Gate; g != nil {
		t.Errorf("a gate that nobody may ask: %v", g)
	}
}
