package google

import (
	"net/http"
	"slices"
	"strconv"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// list is events.list.
func (s *Server) list(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, err := s.open(r, c, readScopes)
	if err != nil {
		return err
	}
	p, err := parseList(r.URL.Query(), s.now())
	if err != nil {
		return err
	}
	mark, err := s.mark(p, entry, c)
	if err != nil {
		return err
	}
	mode := s.listMode()
	if mode.MaxPage > 0 {
		p.size = min(p.size, mode.MaxPage)
	}
	events, next := s.page(p, mark, entry)
	s.writeList(w, p, entry, c, mark, events, next)
	return nil
}

// mark finds where a list begins or goes on.
func (s *Server) mark(p listParams, entry calendar.Entry, c caller) (pageMark, error) {
	hash := p.hash(entry.ID, c.email)
	if p.pageToken != "" {
		var mark pageMark
		if !s.syncs.Open(p.pageToken, &mark) || mark.Hash != hash {
			return mark, param("pageToken", "")
		}
		return mark, nil
	}
	mark := pageMark{Hash: hash, Upto: s.world.Place(entry.ID), Empty: s.listMode().EmptyPages}
	if p.syncToken == "" {
		return mark, nil
	}
	place, err := s.readSync(p, entry, c)
	mark.From, mark.Sync = place, true
	return mark, err
}

// readSync finds the place in the change log that a sync token stands for.
func (s *Server) readSync(p listParams, entry calendar.Entry, c caller) (int, error) {
	var sync syncMark
	if !s.syncs.Open(p.syncToken, &sync) {
		return 0, fault("fullSyncRequired", "")
	}
	if sync.Hash != p.syncHash(entry.ID, c.email) {
		return 0, param("syncToken", "Sync token was made with other parameters.")
	}
	return sync.Place, nil
}

// page reads the events of one page and where the next one begins; mark.Upto means there is none.
func (s *Server) page(p listParams, mark pageMark, entry calendar.Entry) ([]calendar.Event, pageMark) {
	next := mark
	if mark.Empty > 0 {
		next.Empty--
		return nil, next
	}
	if p.single || p.order != "" {
		return s.sortedPage(p, mark, entry)
	}
	events, place := s.world.Page(entry.ID, mark.From, mark.Upto, p.size, p.filter(mark.Sync))
	next.From = place
	return events, next
}

// sortedPage is a page of a list that has to be built as a whole before it can be cut.
func (s *Server) sortedPage(p listParams, mark pageMark, entry calendar.Entry) ([]calendar.Event, pageMark) {
	all, _ := s.world.Page(entry.ID, mark.From, mark.Upto, 1<<30, p.filter(mark.Sync))
	if p.single {
		all = s.expand(p, mark, all)
	}
	if p.order == "updated" {
		slices.SortStableFunc(all, func(a, b calendar.Event) int { return a.Updated.Compare(b.Updated) })
	}
	end := min(mark.Skip+p.size, len(all))
	next := mark
	next.Skip = end
	if end == len(all) {
		next.From = mark.Upto
	}
	return all[min(mark.Skip, end):end], next
}

// writeList sends one page.
func (s *Server) writeList(w http.ResponseWriter, p listParams, entry calendar.Entry, c caller, mark pageMark, events []calendar.Event, next pageMark) {
	items := make([]any, 0, len(events))
	for _, e := range events {
		items = append(items, s.renderListed(e, entry, p.zone))
	}
	body := map[string]any{
		"kind": "calendar#events", "etag": strconv.Quote("p" + strconv.Itoa(mark.Upto) + "o0o"),
		"summary": entry.Name, "description": "", "updated": stampText(s.now()), "timeZone": stage.Or(p.zone, entry.Zone),
		"accessRole": string(entry.Role), "defaultReminders": []any{}, "items": items,
	}
	switch {
	case next.Empty < mark.Empty || next.From != next.Upto:
		body["nextPageToken"] = s.syncs.Seal(next)
	case p.syncable():
		body["nextSyncToken"] = s.syncs.Seal(syncMark{Hash: p.syncHash(entry.ID, c.email), Place: mark.Upto})
	}
	writeJSON(w, http.StatusOK, body)
}
