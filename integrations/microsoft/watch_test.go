package microsoft

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

var own = answer{body: `{"id":"c","isDefaultCalendar":true}`}

func TestWatch(t *testing.T) {
	now := at("2026-11-23T00:00:00Z")
	tooLong := answer{status: 400, body: `{"error":{"code":"ExtensionError","message":"Operation: Create; Exception: [Status Code: BadRequest; Reason: Subscription expiration can only be 1440 minutes in the future.]"}}`}
	granted := answer{status: 201, body: `{"id":"sub1","expirationDateTime":"2026-11-23T05:00:00.5Z"}`}
	unstated := answer{status: 201, body: `{"id":"sub1"}`}
	for name, tt := range map[string]struct {
		wish    time.Time
		answers []answer
		asked   []string
		until   time.Time
	}{
		"as wished":      {now.Add(time.Hour), []answer{own, unstated}, []string{"2026-11-23T01:00:00Z"}, now.Add(time.Hour)},
		"as granted":     {now.Add(9 * time.Hour), []answer{own, granted}, []string{"2026-11-23T09:00:00Z"}, at("2026-11-23T05:00:00.5Z")},
		"as documented":  {now.AddDate(0, 1, 0), []answer{own, unstated}, []string{"2026-11-25T22:30:00Z"}, now.Add(longestWatch)},
		"no wish":        {time.Time{}, []answer{own, unstated}, []string{"2026-11-25T22:30:00Z"}, now.Add(longestWatch)},
		"shortened once": {now.AddDate(0, 1, 0), []answer{own, tooLong, unstated}, []string{"2026-11-25T22:30:00Z", "2026-11-23T23:59:00Z"}, now.Add(1439 * time.Minute)},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, tt.answers...)
			hook := parlor.Hook{ID: "w1", URL: "https://parlor.example/hooks/microsoft", Secret: "s3cret", Until: tt.wish}
			got, err := cal.Watch(t.Context(), "c", hook)
			if diff := cmp.Diff(parlor.Watch{ID: "w1", Resource: "sub1", Until: tt.until}, got); diff != "" || err != nil {
				t.Errorf("%v %s", err, diff)
			}
			for i, req := range s.all(t, len(tt.answers))[1:] {
				subscribed(t, req, tt.asked[i])
			}
		})
	}
}

func subscribed(t *testing.T, req asked, until string) {
	t.Helper()
	var sent map[string]string
	if err := json.Unmarshal([]byte(req.body), &sent); err != nil {
		t.Fatal(err)
	}
	delete(sent, "@odata.type")
	want := map[string]string{
		"resource": "me/events", "changeType": "created,updated,deleted", "clientState": "w1.s3cret", "expirationDateTime": until,
		"notificationUrl": "https://parlor.example/hooks/microsoft", "lifecycleNotificationUrl": "https://parlor.example/hooks/microsoft/lifecycle",
	}
	if diff := cmp.Diff(want, sent); diff != "" {
		t.Error(diff)
	}
	if req.method != "POST" || req.path != "/v1.0/subscriptions" || req.header.Get("Prefer") != `IdType="ImmutableId", outlook.timezone="UTC"` {
		t.Errorf("%s %s %v", req.method, req.path, req.header)
	}
}

func TestWatchRefused(t *testing.T) {
	tooLong := answer{status: 400, body: `{"error":{"code":"ExtensionError","message":"Subscription expiration can only be 1440 minutes in the future."}}`}
	for name, tt := range map[string]struct {
		answers []answer
		want    error
	}{
		"shared by a colleague":     {[]answer{{body: `{"id":"c","isDefaultCalendar":false,"canShare":false}`}}, parlor.ErrForbidden},
		"no such calendar":          {[]answer{code(404, "ErrorItemNotFound")}, parlor.ErrNotFound},
		"hook cannot be reached":    {[]answer{own, code(400, "ValidationError")}, parlor.ErrInvalid},
		"too long even so":          {[]answer{own, tooLong, tooLong}, parlor.ErrInvalid},
		"an answer without a thing": {[]answer{own, {status: 201, body: `{}`}}, errFault},
	} {
		cal, s := say(t, tt.answers...)
		if got, err := cal.Watch(t.Context(), "c", parlor.Hook{ID: "w1", URL: "https://parlor.example/h"}); !errors.Is(err, tt.want) {
			t.Errorf("%s: %+v %v", name, got, err)
		}
		s.all(t, len(tt.answers))
	}
}

func TestUnwatch(t *testing.T) {
	for name, tt := range map[string]struct {
		answer answer
		want   error
	}{
		"there":      {answer{status: 204}, nil},
		"gone":       {code(404, "ResourceNotFound"), nil},
		"no address": {answer{status: 404, body: `nginx`}, errFault},
		"fault":      {answer{status: 500}, errFault},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, tt.answer)
			if err := cal.Unwatch(t.Context(), parlor.Watch{ID: "w1", Resource: "sub1"}); !errors.Is(err, tt.want) {
				t.Errorf("error %v", err)
			}
			if got := s.all(t, 1)[0]; got.method != "DELETE" || got.path != "/v1.0/subscriptions/sub1" {
				t.Errorf("%s %s", got.method, got.path)
			}
		})
	}
}
