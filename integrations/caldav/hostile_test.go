package caldav_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

func TestAHalfAnswerIsAnError(t *testing.T) {
	calendar := item("/cal/", "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>")
	for name, answer := range map[string]http.HandlerFunc{
		"one is missing":            multi(object("/cal/a.ics", "a")),
		"one has failed":            multi(object("/cal/a.ics", "a"), failed("/cal/b.ics", 500)),
		"one comes without data":    multi(object("/cal/a.ics", "a"), item("/cal/b.ics", `<d:getetag>"1"</d:getetag>`)),
		"nothing is in it":          multi(),
		"it is a page for people":   says(http.StatusOK, "<html><body>Log in</body></html>"),
		"it is 207 and a page":      says(http.StatusMultiStatus, "<html><body>Log in</body></html>"),
		"it ends early":             says(http.StatusMultiStatus, `<d:multistatus xmlns:d="DAV:">`),
		"it has a document type":    says(http.StatusMultiStatus, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><d:multistatus xmlns:d="DAV:">&b;</d:multistatus>`),
		"it is deep":                says(http.StatusMultiStatus, `<d:multistatus xmlns:d="DAV:">`+strings.Repeat("<d:x>", 100_000)),
		"it has an endless element": says(http.StatusMultiStatus, `<d:multistatus xmlns:d="DAV:"><d:response><d:href>`+strings.Repeat("x", 20<<20)),
		"it does not exist":         says(http.StatusNotFound, ""),
	} {
		t.Run(name, func(t *testing.T) {
			s := newScripted(t)
			s.on("REPORT /cal/ sync-collection", multi(item("/cal/a.ics", `<d:getetag>"1"</d:getetag>`), item("/cal/b.ics", `<d:getetag>"1"</d:getetag>`), token))
			s.on("REPORT /cal/ calendar-multiget", answer)
			s.on("PROPFIND /cal/", multi(calendar))
			got, next, err := listed(t, s.port(), "")
			if err == nil || next != "" || len(got) != 0 {
				t.Errorf("%d events, cursor %q, error %v", len(got), next, err)
			}
			if errors.Is(err, parlor.ErrCursorGone) {
				t.Errorf("the cursor is not to blame: %v", err)
			}
		})
	}
}

func TestAListInParts(t *testing.T) {
	s := newScripted(t)
	s.on("REPORT /cal/ <sync-token></sync-token>", multi(item("/cal/a.ics", ""), failed("/cal/", http.StatusInsufficientStorage), token))
	s.on("REPORT /cal/ <sync-token>t1</sync-token>", multi(item("/cal/b%40c.ics", ""), failed("/cal/a.ics", 404), `<d:sync-token>t2</d:sync-token>`))
	s.on("REPORT /cal/ calendar-multiget", multi(object("/cal/b@c.ics", "b")))
	got, next, err := listed(t, s.port(), "")
	if err != nil || next == "" || len(got) != 2 || !got["a.ics"].Cancelled || got["b@c.ics"].Title != "b" {
		t.Errorf("%+v, %q, %v", got, next, err)
	}
	s.on("REPORT /cal/ <sync-token>t1</sync-token>", multi(failed("/cal/", http.StatusInsufficientStorage), token))
	if _, _, err := listed(t, s.port(), ""); err == nil {
		t.Error("a list that goes in circles ends well")
	}
}

func TestTokensThatAreGone(t *testing.T) {
	well := multi(item("/cal/", "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"))
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		gone   bool
	}{
		"as the RFC says":       {says(http.StatusForbidden, `<d:error xmlns:d="DAV:"><d:valid-sync-token/></d:error>`), true},
		"with a conflict":       {says(http.StatusConflict, ""), true},
		"as a failed condition": {says(http.StatusPreconditionFailed, ""), true},
		"by falling over it":    {says(http.StatusInternalServerError, ""), true},
		"while it is busy":      {says(http.StatusServiceUnavailable, ""), false},
		"behind a bad gateway":  {says(http.StatusBadGateway, ""), false},
		"for a wrong password":  {says(http.StatusUnauthorized, ""), false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScripted(t)
			s.on("PROPFIND /cal/", well)
			s.on("REPORT /cal/", multi(token))
			_, cursor, err := listed(t, s.port(), "")
			if err != nil {
				t.Fatal(err)
			}
			s.on("REPORT /cal/", tt.answer)
			if _, _, err := listed(t, s.port(), cursor); err == nil || errors.Is(err, parlor.ErrCursorGone) != tt.gone {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestACursorIsOfOneServer(t *testing.T) {
	one, other := newScripted(t), newScripted(t)
	one.on("REPORT /cal/", multi(token))
	_, cursor, err := listed(t, one.port(), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := listed(t, other.port(), cursor); !errors.Is(err, parlor.ErrCursorGone) {
		t.Errorf("%v", err)
	}
}

func TestNothingGoesToAnotherHost(t *testing.T) {
	elsewhere := newScripted(t) // told of nothing
	for name, answer := range map[string]http.HandlerFunc{
		"a redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+"/cal/a.ics", http.StatusFound)
		},
		"with its body": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+"/cal/a.ics", http.StatusPermanentRedirect)
		},
	} {
		s := newScripted(t)
		s.on("GET /cal/a.ics", answer)
		s.on("PUT /cal/a.ics", answer)
		if _, err := s.port().Event(t.Context(), parlor.EventRef{Calendar: cal, ID: "a.ics"}); err == nil || errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := newScripted(t)
	s.on("REPORT /cal/ sync-collection", multi(item(elsewhere.URL+"/cal/a.ics", ""), item("//evil.example/cal/b.ics", ""), item("/other/c.ics", ""), item("/cal/sub/d.ics", ""), token))
	if got, _, err := listed(t, s.port(), ""); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
	for _, id := range []string{"../secret", "..", ".", "a/b", "a?b", "", "a b"} {
		if _, err := s.port().Event(t.Context(), parlor.EventRef{Calendar: cal, ID: id}); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("%q: %v", id, err)
		}
	}
	for _, id := range []parlor.CalendarID{"//evil.example/", "cal/", "/cal", "https://evil.example/"} {
		if _, err := s.port().Event(t.Context(), parlor.EventRef{Calendar: id, ID: "a.ics"}); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestANotFoundOfAProxyIsNoDeletedEvent(t *testing.T) {
	s := newScripted(t)
	s.on("GET /cal/a.ics", says(http.StatusNotFound, "<html>no such host</html>"))
	s.on("PROPFIND /cal/", says(http.StatusNotFound, "<html>no such host</html>"))
	if _, err := s.port().Event(t.Context(), parlor.EventRef{Calendar: cal, ID: "a.ics"}); err == nil || errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("%v", err)
	}
	s.on("PROPFIND /cal/", multi(item("/cal/", "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>")))
	if _, err := s.port().Event(t.Context(), parlor.EventRef{Calendar: cal, ID: "a.ics"}); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("%v", err)
	}
}
