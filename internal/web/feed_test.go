package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

var feedAddress = regexp.MustCompile(`https://parlor\.example\.com(/feeds/[a-z2-7]{26}\.ics)`)

func TestFeedsInTheProfile(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		_, err := h.st.EnsureRoom(t.Context(), h.acct)
		must(t, err)
		h.meeting(parlor.InRoom, "Board, secret", noon.Add(48*time.Hour))
		if page := h.get("/profile").Body.String(); feedAddress.MatchString(page) || !strings.Contains(page, "Make one") {
			t.Errorf("before there is a feed:\n%s", page)
		}
		feed := func(kind string) string {
			h.post("/profile/feeds", url.Values{"kind": {kind}})
			found := feedAddress.FindStringSubmatch(h.get("/profile").Body.String())
			if found == nil {
				t.Fatal("no address on the page")
			}
			return found[1]
		}
		session := h.session
		busy := feed("busy")
		h.session = nil // programs have none
		got := h.get(busy)
		if got.Code != http.StatusOK || !strings.HasPrefix(got.Header().Get("Content-Type"), "text/calendar") ||
			!strings.Contains(got.Body.String(), "SUMMARY:Busy") || strings.Contains(got.Body.String(), "Board") {
			t.Errorf("%d %v\n%s", got.Code, got.Header(), got.Body)
		}
		h.session = session
		if again := feed("busy"); again == busy {
			t.Error("the new address is the old one")
		}
		h.session = nil
		for _, gone := range []string{busy, "/feeds/" + strings.Repeat("a", 26) + ".ics", "/feeds/x"} {
			if got := h.get(gone); got.Code != http.StatusNotFound {
				t.Errorf("%s: %d", gone, got.Code)
			}
		}
		h.session = session
		h.post("/profile/feeds/end", url.Values{"kind": {"busy"}})
		full := feed("full")
		h.session = nil
		if got := h.get(full).Body.String(); !strings.Contains(got, `SUMMARY:Board\, secret`) || !strings.Contains(got, "/j/") {
			t.Errorf("the full feed:\n%s", got)
		}
	})
}
