package caldav_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

var ref = parlor.EventRef{Calendar: cal, ID: "a.ics"}

// shelf is a server that keeps one object, with etags and conditions as it is told.
type shelf struct {
	*scripted
	text    string
	tag     string
	matches func(condition string) bool
	changed func(text string) string // what it makes of a body
	puts    []string                 // If-Match of each
}

func newShelf(t *testing.T, tag string, matches func(string) bool) *shelf {
	t.Helper()
	s := &shelf{scripted: newScripted(t), text: ics("a", "X-FOO:kept"), tag: tag, matches: matches}
	s.on("GET /cal/a.ics", func(w http.ResponseWriter, _ *http.Request) {
		if s.tag != "" {
			w.Header().Set("ETag", s.tag)
		}
		_, _ = io.WriteString(w, s.text)
	})
	s.on("PUT /cal/a.ics", func(w http.ResponseWriter, r *http.Request) {
		condition := r.Header.Get("If-Match")
		s.puts = append(s.puts, condition)
		if condition == "" || !s.matches(condition) {
			w.WriteHeader(http.StatusPreconditionFailed)
			return
		}
		body, _ := io.ReadAll(r.Body)
		s.text = string(body)
		if s.changed != nil {
			s.text = s.changed(s.text)
		}
		w.WriteHeader(http.StatusNoContent)
	})
	return s
}

func (s *shelf) patch(t *testing.T) error {
	t.Helper()
	e, err := s.port().Event(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	return s.port().Patch(t.Context(), ref, e.ETag, parlor.Patch{Location: new("there")})
}

func TestEveryWriteHasACondition(t *testing.T) {
	for name, tt := range map[string]struct {
		tag     string
		matches func(string) bool
		puts    string
	}{
		"a strong etag":                {`"1"`, func(c string) bool { return c == `"1"` }, `"1"`},
		"a weak one that a proxy made": {`W/"1"`, func(c string) bool { return c == `"1"` }, `"1"`},
		"a weak one":                   {`W/"1"`, func(c string) bool { return c == "*" }, `"1" *`},
		"none":                         {"", func(c string) bool { return c == "*" }, "*"},
	} {
		s := newShelf(t, tt.tag, tt.matches)
		if err := s.patch(t); err != nil || strings.Join(s.puts, " ") != tt.puts || !strings.Contains(s.text, "LOCATION:there") || !strings.Contains(s.text, "X-FOO:kept") {
			t.Errorf("%s: %v, conditions %q, left\n%s", name, err, s.puts, s.text)
		}
	}
}

func TestAnotherWriterInBetweenWins(t *testing.T) {
	s := newShelf(t, `"1"`, nil)
	s.matches = func(string) bool {
		s.text = ics("a", "SUMMARY:theirs")
		return false
	}
	if err := s.patch(t); !errors.Is(err, parlor.ErrConflict) || len(s.puts) != 1 {
		t.Errorf("%v, conditions %q", err, s.puts)
	}
	weak := newShelf(t, `W/"1"`, nil)
	weak.matches = func(string) bool {
		weak.text = ics("a", "COMMENT:theirs")
		return false
	}
	if err := weak.patch(t); !errors.Is(err, parlor.ErrConflict) || len(weak.puts) != 1 {
		t.Errorf("weak: %v, conditions %q", err, weak.puts)
	}
}

// TestAnEtagThatLies: the server keeps one etag whatever is stored, or changes it without a reason. What an event says counts.
func TestAnEtagThatLies(t *testing.T) {
	s := newShelf(t, `"same"`, func(string) bool { return true })
	e, err := s.port().Event(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	s.text = ics("a", "COMMENT:edited since")
	if err := s.port().Patch(t.Context(), ref, e.ETag, parlor.Patch{Location: new("there")}); !errors.Is(err, parlor.ErrConflict) {
		t.Errorf("edited under the same etag: %v", err)
	}
	s.text, s.tag = ics("a", "X-FOO:kept"), `"another"`
	if err := s.port().Patch(t.Context(), ref, e.ETag, parlor.Patch{Location: new("there")}); err != nil {
		t.Errorf("the same under another etag: %v", err)
	}
}

func TestABodyThatTheServerChanges(t *testing.T) {
	s := newShelf(t, `"1"`, func(string) bool { return true })
	s.changed = func(text string) string {
		return strings.ReplaceAll(strings.Replace(text, "UID", "X-SERVER:1\r\nUID", 1), "there", "There")
	}
	if err := s.patch(t); err != nil {
		t.Fatal(err)
	}
	e, err := s.port().Event(t.Context(), ref)
	if err != nil || e.Location != "There" {
		t.Errorf("%+v, %v", e, err)
	}
	if err := s.port().Patch(t.Context(), ref, e.ETag, parlor.Patch{Location: new("elsewhere")}); err != nil {
		t.Errorf("with the etag of what it is now: %v", err)
	}
}

func TestBrokenObjectsAreNotWritten(t *testing.T) {
	s := newShelf(t, `"1"`, func(string) bool { return true })
	s.text = strings.Replace(s.text, "END:VEVENT", "END:VALARM", 1)
	before := s.text
	e, err := s.port().Event(t.Context(), ref)
	if err != nil || !e.Broken {
		t.Fatalf("%+v, %v", e, err)
	}
	if err := s.port().Patch(t.Context(), ref, "x", parlor.Patch{Location: new("there")}); !errors.Is(err, parlor.ErrForbidden) || s.text != before || len(s.puts) != 0 {
		t.Errorf("%v, %q", err, s.puts)
	}
}
