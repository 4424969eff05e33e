package microsoft

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

const propertyID = "String {00020329-0000-0000-C000-000000000046} Name cecp-addin"

func stampedWith(value string) string {
	raw, _ := json.Marshal([]map[string]string{{"id": propertyID, "value": value}})
	return string(raw)
}

// before is the event as it is, with more fields.
func before(more string) answer {
	return answer{body: `{"id":"e","@odata.etag":"W/\"7\"","isOrganizer":true` + more + `}`}
}

var done = answer{body: `{"id":"e","@odata.etag":"W/\"8\""}`}

var ref = parlor.EventRef{Calendar: "c", ID: "e"}

func TestPatchSendsOnlyWhatItNames(t *testing.T) {
	const room = `{"displayName":"Board room","locationType":"conferenceRoom","locationEmailAddress":"board@example.com"}`
	const place = `{"displayName":"Room 4","locationType":"default"}`
	stamp := func(value string) string {
		return `{"singleValueExtendedProperties":` + stampedWith(value) + `}`
	}
	for name, tt := range map[string]struct {
		now   string
		patch parlor.Patch
		want  string
	}{
		"body":                    {``, parlor.Patch{Body: new("<b>x</b> & \u2028 \"y\"\n"), Format: parlor.HTML}, `{"body":{"contentType":"html","content":"<b>x</b> & \u2028 \"y\"\n"}}`},
		"text":                    {``, parlor.Patch{Body: new("a\r\n\tb"), Format: parlor.Text}, `{"body":{"contentType":"text","content":"a\r\n\tb"}}`},
		"first location":          {`,"locations":[],"location":{"displayName":""}`, parlor.Patch{Location: new("https://x")}, `{"locations":[{"displayName":"https://x"}]}`},
		"another location":        {`,"locations":[` + place + `]`, parlor.Patch{Location: new("https://x")}, `{"locations":[{"displayName":"https://x"}]}`},
		"a room stays":            {`,"locations":[` + room + `]`, parlor.Patch{Location: new("Board room; https://x")}, `{"locations":[` + room + `,{"displayName":"https://x"}]}`},
		"a room stays unnamed":    {`,"locations":[` + place + `,` + room + `]`, parlor.Patch{Location: new("https://x")}, `{"locations":[` + room + `,{"displayName":"https://x"}]}`},
		"a place that is named":   {`,"locations":[` + place + `]`, parlor.Patch{Location: new("Room 4; https://x")}, `{"locations":[` + place + `,{"displayName":"https://x"}]}`},
		"ours in the middle":      {`,"locations":[` + room + `,{"displayName":"https://old"},` + place + `]`, parlor.Patch{Location: new("Board room; https://x; Room 4")}, `{"locations":[` + room + `,` + place + `,{"displayName":"https://x"}]}`},
		"ours taken out":          {`,"locations":[` + room + `,{"displayName":"https://old"}]`, parlor.Patch{Location: new("Board room; ")}, `{"locations":[` + room + `]}`},
		"no location":             {`,"locations":[` + place + `]`, parlor.Patch{Location: new("")}, `{"location":{"displayName":""}}`},
		"stamp":                   {``, parlor.Patch{Stamp: new("v1")}, stamp(`{"parlor":"v1"}`)},
		"stamp beside others":     {`,"singleValueExtendedProperties":` + stampedWith(`{"a":12345678901234567890,"parlor":"v0"}`), parlor.Patch{Stamp: new("v1")}, stamp(`{"a":12345678901234567890,"parlor":"v1"}`)},
		"stamp taken off":         {`,"singleValueExtendedProperties":` + stampedWith(`{"a":"b","parlor":"v1"}`), parlor.Patch{Stamp: new("")}, stamp(`{"a":"b"}`)},
		"stamp over nonsense":     {`,"singleValueExtendedProperties":` + stampedWith(`[7`), parlor.Patch{Stamp: new("v1")}, stamp(`{"parlor":"v1"}`)},
		"everything in one piece": {``, parlor.Patch{Body: new("x"), Format: parlor.Text, Location: new("y"), Stamp: new("z")}, `{"body":{"contentType":"text","content":"x"},"locations":[{"displayName":"y"}],"singleValueExtendedProperties":` + stampedWith(`{"parlor":"z"}`) + `}`},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, before(tt.now), done)
			if err := cal.Patch(t.Context(), ref, `W/"7"`, tt.patch); err != nil {
				t.Fatal(err)
			}
			got := s.all(t, 2)[1]
			if diff := cmp.Diff(plain(t, tt.want), plain(t, got.body)); diff != "" {
				t.Error(diff)
			}
			if got.method != "PATCH" || got.path != "/v1.0/me/calendars/c/events/e" || got.header.Get("If-Match") != `W/"7"` {
				t.Errorf("%s %s %v", got.method, got.path, got.header)
			}
		})
	}
}

// plain reads JSON without the type annotations that the SDK adds.
func plain(t *testing.T, raw string) any {
	t.Helper()
	var v any
	d := json.NewDecoder(strings.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return strip(v)
}

func strip(v any) any {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "@odata.type")
		for k := range v {
			v[k] = strip(v[k])
		}
	case []any:
		for i := range v {
			v[i] = strip(v[i])
		}
	}
	return v
}

func TestPatchWritesNothing(t *testing.T) {
	for name, tt := range map[string]struct {
		now   string
		etag  string
		patch parlor.Patch
		reads int
		want  error
	}{
		"that is nothing":           {``, `W/"7"`, parlor.Patch{Format: parlor.HTML}, 0, nil},
		"without an etag":           {``, ``, parlor.Patch{Location: new("x")}, 0, parlor.ErrInvalid},
		"with an old etag":          {``, `W/"6"`, parlor.Patch{Location: new("x")}, 1, parlor.ErrConflict},
		"on somebody else's event":  {`,"isOrganizer":false`, `W/"7"`, parlor.Patch{Location: new("x")}, 1, parlor.ErrForbidden},
		"for a stamp that is there": {`,"singleValueExtendedProperties":` + stampedWith(`{"parlor":"v1"}`), `W/"7"`, parlor.Patch{Stamp: new("v1")}, 1, nil},
		"for no stamp on none":      {``, `W/"7"`, parlor.Patch{Stamp: new("")}, 1, nil},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, before(tt.now))
			if err := cal.Patch(t.Context(), ref, tt.etag, tt.patch); !errors.Is(err, tt.want) {
				t.Errorf("error %v", err)
			}
			s.all(t, tt.reads)
		})
	}
}

// The SDK's own client repeats throttled requests by itself, often without their body; ours hands the refusal on.
func TestThrottledPatchIsHandedOnAndGoesOutWholeAgain(t *testing.T) {
	limit := code(http.StatusTooManyRequests, "ApplicationThrottled")
	limit.header = http.Header{"Retry-After": {"17"}}
	cal, s := say(t, before(""), limit, before(""), done)
	patch := parlor.Patch{Body: new(strings.Repeat("long ", 2000)), Format: parlor.Text, Stamp: new("v1")}
	err := cal.Patch(t.Context(), ref, `W/"7"`, patch)
	if got, ok := errors.AsType[*parlor.ThrottledError](err); !ok || got.After != 17*time.Second {
		t.Fatalf("error %v", err)
	}
	s.all(t, 2)
	if err := cal.Patch(t.Context(), ref, `W/"7"`, patch); err != nil {
		t.Fatal(err)
	}
	all := s.all(t, 4)
	first, second := all[1], all[3]
	if first.body != second.body || len(first.body) < 10_000 || first.header.Get("Content-Encoding") != "" {
		t.Errorf("%d bytes, then %d, encoding %q", len(first.body), len(second.body), first.header.Get("Content-Encoding"))
	}
	if first.header.Get("Content-Length") == "" {
		t.Error("length is not stated")
	}
}

// rereading sends each body twice, as the transport below us does after it renewed a token.
type rereading struct{ bodies []string }

func (r *rereading) RoundTrip(req *http.Request) (*http.Response, error) {
	for range 2 {
		body := ""
		if req.GetBody != nil {
			b, err := req.GetBody()
			if err != nil {
				return nil, err
			}
			var sb strings.Builder
			if err := req.Write(&sb); err != nil {
				return nil, err
			}
			_, body, _ = strings.Cut(sb.String(), "\r\n\r\n")
			req.Body = b
		}
		r.bodies = append(r.bodies, body)
	}
	return nil, parlor.ErrBusy
}

func TestBodiesCanBeReadAgain(t *testing.T) {
	below := &rereading{}
	cal, err := New(Config{}).Calendar(&http.Client{Transport: below})
	if err != nil {
		t.Fatal(err)
	}
	_, err = cal.Create(t.Context(), "c", parlor.Draft{Key: "0123456789abcdef", Title: "Made"})
	if !errors.Is(err, parlor.ErrBusy) || len(below.bodies) != 2 || below.bodies[0] != below.bodies[1] || !strings.Contains(below.bodies[0], "Made") {
		t.Errorf("%v %q", err, below.bodies)
	}
}

func TestPatchNeedsNoAnswer(t *testing.T) {
	cal, s := say(t, before(""), answer{status: http.StatusNoContent})
	if err := cal.Patch(t.Context(), ref, `W/"7"`, parlor.Patch{Location: new("x")}); err != nil {
		t.Error(err)
	}
	s.all(t, 2)
}

// If-Match goes out all the same, and what Graph says to it counts.
func TestPatchLosesTheRaceAfterItsReading(t *testing.T) {
	for _, late := range []answer{code(412, "ErrorIrresolvableConflict"), code(409, "Conflict"), code(423, "locked")} {
		cal, s := say(t, before(""), late)
		if err := cal.Patch(t.Context(), ref, `W/"7"`, parlor.Patch{Location: new("x")}); !errors.Is(err, parlor.ErrConflict) {
			t.Errorf("%d: %v", late.status, err)
		}
		s.all(t, 2)
	}
}
