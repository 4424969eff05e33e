package door

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func TestLinkShowsTheMeeting(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, "Weekly", noon.Add(10*time.Minute))
		page := h.get(h.link(m))
		says(t, page, http.StatusOK, "<h1 dir=\"auto\">Weekly</h1>", "Ada Lovelace", `datetime="2026-11-24T12:10:00Z"`,
			"Tuesday 24 November 2026", ">12:10</time>", ">13:10</time>", "Europe/London", "Continue to the meeting")

		once := h.meeting(parlor.OneTime, "Interview", noon.Add(10*time.Minute))
		says(t, h.get(h.link(once)), http.StatusOK, "Interview", once.Number[:3]+" "+once.Number[3:7])

		bare := strings.TrimPrefix(parlor.RoomLink(origin, h.room, true), origin)
		says(t, h.get(bare), http.StatusOK, "Personal room of Ada Lovelace")
	})
}

func TestPagesAreProtected(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, "Weekly", noon)
		for _, page := range []*httptest.ResponseRecorder{h.get(h.link(m)), h.get("/j/" + h.room.PMI), h.post(h.link(m), enter(""))} {
			for name, want := range map[string]string{
				"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; " +
					"connect-src 'self'; form-action 'self' https:; base-uri 'none'; frame-ancestors 'none'",
				"Referrer-Policy":        "no-referrer",
				"Cache-Control":          "no-store",
				"X-Robots-Tag":           "noindex, nofollow",
				"X-Content-Type-Options": "nosniff",
			} {
				if got := page.Header().Get(name); got != want {
					t.Errorf("status %d: %s is %q, want %q", page.Code, name, got, want)
				}
			}
		}
	})
}

// TestOpeningChangesNothing holds what keeps mail scanners harmless: they open every link.
func TestOpeningChangesNothing(t *testing.T) {
	rdb, mini := storetest.Mini(t)
	h := newHouse(t, rdb)
	m := h.meeting(parlor.InRoom, "Weekly", noon)
	before := mini.Dump()
	for _, path := range []string{h.link(m), "/j/" + h.room.PMI, "/j/2345678901"} {
		h.get(path)
		h.do(http.MethodHead, path, nil)
	}
	if diff := cmp.Diff(before, mini.Dump()); diff != "" {
		t.Error(diff)
	}
}

// action is the only part of the page that comes from the address.
var action = regexp.MustCompile(`action="[^"]*"`)

// TestNothingIsToldWithoutAKey: a stranger cannot tell a number that exists from one that does not.
func TestNothingIsToldWithoutAKey(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		weekly := h.meeting(parlor.InRoom, "Weekly", noon)
		gone := h.meeting(parlor.OneTime, "Gone", noon.Add(-30*time.Hour))
		cancelled := h.meeting(parlor.OneTime, "Cancelled", noon)
		cancelled.State = parlor.MeetingCancelled
		_, err := h.st.UpdateMeeting(t.Context(), h.host.ID, h.rev, cancelled)
		must(t, err)
		paths := []string{
			"/j/2345678901", "/j/" + h.room.PMI, "/j/" + h.room.PMI + "?pwd=AAAAAAAAAAAAAAAAAAAAAA&omn=" + weekly.Number,
			"/j/" + gone.Number, "/j/" + cancelled.Number, "/j/98765432109", "/j/123456789", "/j/abc", "/j/", "/my/ada", "/my/nobody",
		}
		for _, form := range []map[string][]string{nil, code("wrong"), enter("1.x")} {
			method := http.MethodGet
			if form != nil {
				method = http.MethodPost
			}
			first := h.do(method, paths[0], form)
			for _, path := range paths[1:] {
				page := h.do(method, path, form)
				if page.Code != first.Code {
					t.Errorf("%s %s: status %d, want %d", method, path, page.Code, first.Code)
				}
				want, got := action.ReplaceAllString(first.Body.String(), ""), action.ReplaceAllString(page.Body.String(), "")
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s %s: %s", method, path, diff)
				}
			}
			h.clock.Pass(time.Hour)
			h.from = "[2001:db8:1::1]:4000"
		}
	})
}

func TestLinksAsTheyComeBack(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, "Weekly", noon)
		token := h.room.Token(h.room.PMI, m.Number)
		for _, path := range []string{
			"/j/" + h.room.PMI + "?pwd=" + token + "?omn=" + m.Number,
			"/j/" + h.room.PMI + "?omn=" + m.Number + "&utm_source=mail&pwd=" + token,
			"/j/" + h.room.PMI + "?pwd=" + token + "&amp;omn=" + m.Number,
		} {
			says(t, h.get(path), http.StatusOK, "Weekly", "Continue to the meeting")
		}
		says(t, h.get("/j/"+h.room.PMI+"?pwd="+token), http.StatusOK, "Please enter the passcode")
	})
}

func TestHostNeedsNoKey(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, "Weekly", noon)
		path := "/j/" + h.room.PMI + "?omn=" + m.Number
		h.as = &store.SessionRecord{Account: h.host.ID}
		says(t, h.get(path), http.StatusOK, "You are the host", "Weekly")
		says(t, h.post(path, enter("")), http.StatusSeeOther)

		h.as = &store.SessionRecord{Account: "somebodyelse2345"}
		says(t, h.get(path), http.StatusOK, "Please enter the passcode")
		h.as = &store.SessionRecord{Account: nobody}
		says(t, h.get("/j/2345678901"), http.StatusOK, "Please enter the passcode")
	})
}

func TestHostileTitlesAreText(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, `</title><script>alert(1)</script> "🎉" &amp; مرحبا`, noon)
		page := h.get(h.link(m))
		says(t, page, http.StatusOK, "&lt;script&gt;alert(1)&lt;/script&gt;", "🎉", "مرحبا", "&amp;amp;")
		if n := strings.Count(page.Body.String(), "<script"); n != 1 {
			t.Errorf("%d script elements, want the page's own", n)
		}
	})
}
