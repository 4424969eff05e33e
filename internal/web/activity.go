package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// activityPage is what activity.html shows.
type activityPage struct {
	Entries []entry
	Older   string // address of the next page, "" on the last
	Paged   bool   // not the first page
	Hint    string // what to do when there is none
}

type entry struct {
	At                        look.When
	Title, Action, Tone, Text string
}

func (s *site) activity(v *visit) error {
	cursor := v.r.URL.Query().Get("cursor")
	entries, next, err := s.desk.Activity(v.ctx(), v.account.ID, cursor)
	if err != nil {
		return err
	}
	page := newActivityPage(entries, next, v.zone)
	page.Paged = cursor != ""
	if len(entries) == 0 {
		if page.Hint, err = s.hint(v); err != nil {
			return err
		}
	}
	return s.show(v, http.StatusOK, "activity", "Activity", page)
}

func newActivityPage(entries []parlor.Entry, next string, zone *time.Location) activityPage {
	var page activityPage
	if next != "" {
		page.Older = "/activity?" + url.Values{"cursor": {next}}.Encode()
	}
	for _, e := range entries {
		words, tone := actionWords(e.Action)
		page.Entries = append(page.Entries, entry{look.At(e.At, "moment", zone), e.Title, words, tone, e.Text})
	}
	return page
}

// actions are the verbs as people read them, with the tone of their chip.
var actions = map[string][2]string{
	"keep":      {"Left alone", ""},
	"inject":    {"Link added", "room"},
	"refresh":   {"Link renewed", "room"},
	"remove":    {"Link removed", ""},
	"reconnect": {"Connection lost", "warn"},
	"error":     {"Problem", "warn"},
}

func actionWords(action string) (words, tone string) {
	if known, ok := actions[action]; ok {
		return known[0], known[1]
	}
	return strings.TrimSuffix(sentence(strings.ReplaceAll(action, "_", " ")), "."), ""
}
