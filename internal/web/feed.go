package web

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strings"

	"parlor/internal/store"
	"parlor/internal/web/look"
)

// feedRow is one line of _feeds.html.
type feedRow struct {
	Kind             store.FeedKind
	Title, URL, Hint string
}

func (s *site) feeds(v *visit) ([]feedRow, error) {
	feeds, err := s.desk.Feeds(v.ctx(), v.account.ID)
	return []feedRow{
		{store.FeedBusy, "Busy times", feeds.Busy, "Only that you are busy: no titles, no links."},
		{store.FeedFull, "Everything", feeds.Full, "With titles and join links. Keep this address to yourself."},
	}, err
}

// feed is what calendar programs subscribe to. The address is all that they bring: there is no session.
func (s *site) feed(w http.ResponseWriter, r *http.Request) {
	secret, ok := strings.CutSuffix(r.PathValue("file"), ".ics")
	if !ok {
		s.lost(w, r)
		return
	}
	text, err := s.desk.FeedText(r.Context(), secret)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	look.Protect(w.Header(), look.Policy(""))
	sum := sha256.Sum256([]byte(withoutStamps(text)))
	w.Header().Set("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:12])+`"`)
	w.Header().Set("Cache-Control", "private, max-age=300")
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("X-Robots-Tag", "noindex")
	if r.Header.Get("If-None-Match") == w.Header().Get("ETag") {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = io.WriteString(w, text) // who went away asks again
}

// withoutStamps leaves out when the feed was written, so that the same feed has the same ETag.
func withoutStamps(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "DTSTAMP:") {
			b.WriteString(line)
		}
	}
	return b.String()
}

func (s *site) makeFeed(v *visit) error {
	if err := s.desk.MakeFeed(v.ctx(), v.account.ID, store.FeedKind(v.r.PostForm.Get("kind"))); err != nil {
		return err
	}
	return v.leave("/profile?done=feed#feeds")
}

func (s *site) endFeed(v *visit) error {
	if err := s.desk.EndFeed(v.ctx(), v.account.ID, store.FeedKind(v.r.PostForm.Get("kind"))); err != nil {
		return err
	}
	return v.leave("/profile?done=no-feed#feeds")
}
