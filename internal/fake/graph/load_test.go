package graph

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
)

func TestFourRequestsAtOnce(t *testing.T) {
	s := newSite(t)
	s.Slow(100 * time.Millisecond)
	answers := make(chan answer, 12)
	var all sync.WaitGroup
	for range cap(answers) {
		all.Go(func() { answers <- s.call("GET", "me/calendars", nil) })
	}
	all.Wait()
	close(answers)
	refused := 0
	for a := range answers {
		if a.status == http.StatusTooManyRequests {
			refused++
			if a.code() != "ApplicationThrottled" || a.header.Get("Retry-After") != "1" {
				t.Errorf("refusal: %v, Retry-After %q", a.body, a.header.Get("Retry-After"))
			}
		}
	}
	if refused == 0 || s.Peak(ada) <= mostAtOnce {
		t.Errorf("%d of 12 refused, peak %d", refused, s.Peak(ada))
	}
	s.Slow(0)
	s.ok(s.call("GET", "me/calendars", nil))
}

func TestTenThousandInTenMinutes(t *testing.T) {
	s := newSite(t)
	s.ok(s.call("GET", "me/calendars", nil))
	for range mostRecent {
		s.load.recent[ada] = append(s.load.recent[ada], s.now())
	}
	a := s.call("GET", "me/calendars", nil)
	s.refused(a, 429, "ApplicationThrottled")
	if a.header.Get("Retry-After") != "600" {
		t.Errorf("Retry-After %q", a.header.Get("Retry-After"))
	}
	s.clock.Add(10 * time.Minute)
	s.ok(s.call("GET", "me/calendars", nil))
}

func TestFailures(t *testing.T) {
	s := newSite(t)
	for code, e := range graphErrors {
		s.Fail(Failure{Path: apiBase, Reason: code, RetryAfter: 7 * time.Second})
		a := s.call("GET", "me/calendars", nil)
		want := e.Code
		if want == "" {
			want = code
		}
		s.refused(a, e.Status, want)
		if a.header.Get("Retry-After") != "7" {
			t.Errorf("%s: Retry-After %q", code, a.header.Get("Retry-After"))
		}
	}
	s.Fail(Failure{Path: apiBase, Reason: ClaimsChallenge})
	if got := s.call("GET", "me", nil).header.Get("WWW-Authenticate"); !strings.Contains(got, `error="insufficient_claims", claims="`) {
		t.Errorf("challenge: %s", got)
	}
	s.token = "expired"
	s.refused(s.call("GET", "me", nil), 401, "InvalidAuthenticationToken")
}

func TestOtherAnswers(t *testing.T) {
	s := newSite(t)
	s.add(meeting("One"))
	get := func() (int, string, error) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+apiBase+"me/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+s.token)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		raw, err := io.ReadAll(res.Body)
		return res.StatusCode, string(raw), err
	}
	s.Fail(Failure{Status: 502, Type: "text/html", Body: "<h1>Bad Gateway</h1>"})
	if status, body, _ := get(); status != 502 || body != "<h1>Bad Gateway</h1>" {
		t.Errorf("%d %s", status, body)
	}
	s.Fail(Failure{Cut: true})
	if _, body, err := get(); !errors.Is(err, io.ErrUnexpectedEOF) || body == "" {
		t.Errorf("cut: %v after %d bytes", err, len(body))
	}
}

func TestZippedBodies(t *testing.T) {
	s := newSite(t)
	a := s.add(meeting("One"))
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = io.WriteString(z, `{"subject":"Two"}`)
	_ = z.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPatch, s.url+apiBase+eventPath(a), &zipped)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	req.Header.Set("Content-Encoding", "gzip")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if got := s.ok(s.call("GET", eventPath(a), nil)).text("subject"); got != "Two" || s.Zipped() != 1 {
		t.Errorf("subject %q, %d zipped", got, s.Zipped())
	}
}

func TestBatch(t *testing.T) {
	s := newSite(t)
	steps := []any{
		map[string]any{"id": "1", "method": "POST", "url": "/me/events", "body": meeting("One"), "headers": map[string]any{"Content-Type": "application/json"}},
		map[string]any{"id": "2", "method": "GET", "url": "/me/events/rubbish"},
		map[string]any{"id": "3", "method": "GET", "url": "/me/calendars", "dependsOn": []string{"2"}},
		map[string]any{"id": "4", "method": "GET", "url": "/me/calendars"},
	}
	s.Fail(Failure{Path: apiBase + "me/calendars", Reason: "ApplicationThrottled", RetryAfter: 3 * time.Second})
	a := s.ok(s.call("POST", "$batch", map[string]any{"requests": steps}))
	var got []float64
	for _, r := range calendar.Maps(a.body, "responses") {
		got = append(got, r["status"].(float64))
	}
	if len(got) != 4 || got[0] != 201 || got[1] != 400 || got[2] != 424 || got[3] != 429 {
		t.Errorf("statuses %v", got)
	}
	many := make([]any, 21)
	for i := range many {
		many[i] = steps[3]
	}
	s.refused(s.call("POST", "$batch", map[string]any{"requests": many}), 400, "BadRequest")
}

func TestPathsAndMailboxes(t *testing.T) {
	s := newSite(t)
	s.refused(s.call("GET", "users/me-token-to-replace/calendars", nil), 404, "Request_ResourceNotFound")
	s.refused(s.call("GET", "users/"+bob+"/calendars", nil), 404, "Request_ResourceNotFound")
	me := s.ok(s.call("GET", "me", nil))
	s.ok(s.call("GET", "users/"+me.text("id")+"/calendars", nil))
	s.refused(s.call("GET", "me/messages", nil), 400, "BadRequest")
	s.World().AddPerson(calendar.Person{Email: "carl@example.com", Name: "Carl", Zone: "UTC", OnPremises: true})
	carl := s.as("carl@example.com")
	carl.ok(carl.call("GET", "me", nil))
	carl.refused(carl.call("GET", "me/calendars", nil), 404, "MailboxNotEnabledForRESTAPI")
	reader := s.as(ada, "Calendars.Read")
	reader.refused(reader.call("POST", "me/events", meeting("x")), 403, "ErrorAccessDenied")
}
