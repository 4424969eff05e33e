package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestTheConnectPageIsThereOnlyWithTheService(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for _, got := range []int{
			h.get("/connect/caldav").Code, h.post("/connect/caldav", url.Values{"url": {"https://example.com"}}).Code,
		} {
			if got != http.StatusNotFound {
				t.Errorf("%d where no calendar is opened by a password", got)
			}
		}
		if page := h.get("/calendars").Body.String(); strings.Contains(page, "/connect/caldav") {
			t.Error("the page leads to it")
		}
	})
}
