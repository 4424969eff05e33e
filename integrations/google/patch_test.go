package google

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

func TestPatchSendsOnlyWhatItNames(t *testing.T) {
	ref := parlor.EventRef{Calendar: "ada@example.com", ID: "abc"}
	for name, tt := range map[string]struct {
		patch parlor.Patch
		want  string
	}{
		"body":             {parlor.Patch{Body: new("<b>x</b> & \u2028 \"y\"\n"), Format: parlor.HTML}, `{"description":"<b>x</b> & \u2028 \"y\"\n"}`},
		"location":         {parlor.Patch{Location: new("https://x")}, `{"location":"https://x"}`},
		"stamp":            {parlor.Patch{Stamp: new("v1")}, `{"extendedProperties":{"private":{"parlor":"v1"}}}`},
		"stamp taken off":  {parlor.Patch{Stamp: new("")}, `{"extendedProperties":{"private":{"parlor":null}}}`},
		"all made empty":   {parlor.Patch{Body: new(""), Location: new(""), Stamp: new("")}, `{"description":"","location":"","extendedProperties":{"private":{"parlor":null}}}`},
		"body in a format": {parlor.Patch{Body: new("a\r\n\tb"), Format: parlor.Text}, `{"description":"a\r\n\tb"}`},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, answer{body: `{"id":"abc"}`})
			if err := cal.Patch(t.Context(), ref, `"7"`, tt.patch); err != nil {
				t.Fatal(err)
			}
			got := s.only(t)
			var sent, want any
			if err := errors.Join(json.Unmarshal([]byte(got.body), &sent), json.Unmarshal([]byte(tt.want), &want)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, sent); diff != "" {
				t.Error(diff)
			}
			if got.method != "PATCH" || got.header.Get("If-Match") != `"7"` || got.query.Get("sendUpdates") != "none" || got.query.Has("conferenceDataVersion") {
				t.Errorf("%s %v %v", got.method, got.query, got.header)
			}
		})
	}
}

func TestPatchOfNothingAsksNothing(t *testing.T) {
	cal, s := say(t)
	if err := cal.Patch(t.Context(), parlor.EventRef{ID: "a"}, `"7"`, parlor.Patch{Format: parlor.HTML}); err != nil || len(s.asked) != 0 {
		t.Errorf("error %v, %d requests", err, len(s.asked))
	}
}

func TestPatchIsNeverBlind(t *testing.T) {
	cal, s := say(t)
	err := cal.Patch(t.Context(), parlor.EventRef{ID: "a"}, "", parlor.Patch{Location: new("x")})
	if !errors.Is(err, parlor.ErrInvalid) || len(s.asked) != 0 {
		t.Errorf("error %v, %d requests", err, len(s.asked))
	}
}

func TestCreate(t *testing.T) {
	cal, s := say(t, answer{body: `{"id":"made","etag":"\"1\""}`})
	draft := parlor.Draft{
		Key: "0123456789abcdef", Title: "Weekly", Body: "x", Location: "here", Stamp: "v1",
		Start:      parlor.Moment{Time: at("2026-11-24T09:00:00Z"), Zone: "Europe/Berlin"},
		End:        parlor.Moment{Time: at("2026-11-24T09:30:00Z")},
		Recurrence: []string{"RRULE:FREQ=WEEKLY"},
		Attendees:  []parlor.Person{{Name: "Bob", Email: "bob@example.com"}},
	}
	got, err := cal.Create(t.Context(), "ada@example.com", draft)
	if err != nil || got.Ref != (parlor.EventRef{Calendar: "ada@example.com", ID: "made"}) {
		t.Fatalf("%+v %v", got.Ref, err)
	}
	req := s.only(t)
	want := `{"attendees":[{"displayName":"Bob","email":"bob@example.com"}],"description":"x",` +
		`"end":{"dateTime":"2026-11-24T09:30:00Z","timeZone":"UTC"},"extendedProperties":{"private":{"parlor":"v1"}},` +
		`"id":"` + eventID(draft.Key) + `","location":"here","recurrence":["RRULE:FREQ=WEEKLY"],` +
		`"start":{"dateTime":"2026-11-24T09:00:00Z","timeZone":"Europe/Berlin"},"summary":"Weekly"}`
	if diff := cmp.Diff(want, strings.TrimSpace(req.body)); diff != "" {
		t.Error(diff)
	}
	if req.query.Get("sendUpdates") != "all" {
		t.Errorf("query %v", req.query)
	}
	if id := eventID(draft.Key); len(id) != 52 || strings.Trim(id, "0123456789abcdefghijklmnopqrstuv") != "" {
		t.Errorf("id %s", id)
	}
}

func TestCreateAgain(t *testing.T) {
	taken := answer{status: 409, body: `{"error":{"code":409,"message":"The requested identifier already exists.","errors":[{"reason":"duplicate"}]}}`}
	for name, tt := range map[string]struct {
		answers []answer
		want    error
	}{
		"is there":       {[]answer{taken, {body: `{"id":"made"}`}}, nil},
		"was deleted":    {[]answer{taken, {body: `{"id":"made","status":"cancelled"}`}}, parlor.ErrConflict},
		"cannot be read": {[]answer{taken, {status: 500}}, errFault},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, tt.answers...)
			draft := parlor.Draft{Key: "0123456789abcdef", Start: parlor.Moment{Time: at("2026-11-24T00:00:00Z"), AllDay: true}}
			got, err := cal.Create(t.Context(), "c", draft)
			if !errors.Is(err, tt.want) || (err == nil) != (got.Ref.ID == "made") {
				t.Errorf("%+v %v", got.Ref, err)
			}
			if first := s.asked[0]; first.query.Get("sendUpdates") != "none" || !strings.Contains(first.body, `"start":{"date":"2026-11-24"}`) {
				t.Errorf("%v %s", first.query, first.body)
			}
		})
	}
}

func TestCreateNeedsAKey(t *testing.T) {
	cal, s := say(t)
	if _, err := cal.Create(t.Context(), "c", parlor.Draft{Key: "short"}); !errors.Is(err, parlor.ErrInvalid) || len(s.asked) != 0 {
		t.Errorf("error %v, %d requests", err, len(s.asked))
	}
}
