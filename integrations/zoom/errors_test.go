package zoom

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	fake "parlor/internal/fake/zoom"
	"parlor/internal/parlor"
)

func TestRefusals(t *testing.T) {
	xml := func(code string) fake.Failure {
		return fake.Failure{Type: "application/xml", Body: `<?xml version="1.0" encoding="UTF-8"?><Error><code>` + code + `</code><message>…</message></Error>`}
	}
	json := func(code string) fake.Failure {
		return fake.Failure{Type: "application/json", Body: `{"code":` + code + `,"message":"secret words"}`}
	}
	for name, tt := range map[string]struct {
		failure fake.Failure
		status  int
		want    error
	}{
		"token":                {json("124"), 401, parlor.ErrRevoked},
		"token, in XML":        {xml("124"), 401, parlor.ErrRevoked},
		"no permission":        {json("200"), 403, parlor.ErrForbidden},
		"validation":           {json("300"), 400, parlor.ErrInvalid},
		"validation, in XML":   {xml("300"), 400, parlor.ErrInvalid},
		"nobody":               {json("1001"), 404, parlor.ErrForbidden},
		"another account":      {json("1010"), 400, parlor.ErrForbidden},
		"privilege":            {json("3000"), 400, parlor.ErrForbidden},
		"gone":                 {json("3001"), 404, parlor.ErrNotFound},
		"scope":                {json("4711"), 400, parlor.ErrScope},
		"unknown code":         {json("9999"), 403, parlor.ErrForbidden},
		"a proxy's page":       {fake.Failure{Type: "text/html", Body: "<h1>Not Found</h1>"}, 404, errFault},
		"a proxy's 401":        {fake.Failure{Type: "text/html", Body: "<h1>Sign in</h1>"}, 401, errFault},
		"an outage":            {fake.Failure{Type: "text/plain", Body: "down"}, 503, errFault},
		"a success that is no": {fake.Failure{Type: "application/xml", Body: "<User><pmi>1</pmi></User>"}, 200, errFault},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			tt.failure.Status = tt.status
			s.fake.Fail(tt.failure)
			_, err := s.rooms().Room(t.Context())
			if !errors.Is(err, tt.want) {
				t.Errorf("%v", err)
			}
			if strings.Contains(err.Error(), "secret words") {
				t.Error("Zoom's words are repeated")
			}
		})
	}
}

func TestLimits(t *testing.T) {
	for name, tt := range map[string]struct {
		message, retry string
		after          time.Duration
	}{
		"a second":                {"You have reached the maximum per-second rate limit for this API. Try again later.", "", shortPause},
		"a second, with a header": {"You have reached the maximum per-second rate limit for this API.", "7", 7 * time.Second},
		"a day":                   {"You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular user. You may resume these requests at GMT 00:00:00.", "", 15 * time.Hour},
		"a day, in older words":   {"A maximum of 100 meetings can be created/updated for a single user in one day.", "", 15 * time.Hour},
		"a date":                  {"You have reached the maximum per-second rate limit.", "2026-11-23T09:01:00Z", time.Minute},
		"a date gone by":          {"You have reached the maximum per-second rate limit.", "2026-11-22T09:01:00Z", 0},
		"a date too far":          {"You have reached the maximum per-second rate limit.", "2027-11-22T09:01:00Z", parlor.MostPause},
	} {
		header := http.Header{"Retry-After": {tt.retry}}
		now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		err := newRefused(&http.Response{StatusCode: 429, Header: header}, []byte(`{"code":429,"message":"`+tt.message+`"}`), now).meaning()
		if throttled, ok := errors.AsType[*parlor.ThrottledError](err); !ok || throttled.After != tt.after {
			t.Errorf("%s: %v", name, err)
		}
	}
}
