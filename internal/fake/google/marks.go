package google

// syncMark is what a sync token means.
type syncMark struct {
	Hash  string `json:"h"` // of calendar, person and list parameters
	Place int    `json:"p"` // in the change log
}

// pageMark is what a page token means.
type pageMark struct {
	Hash  string `json:"h"`
	From  int    `json:"f"` // place to go on from
	Upto  int    `json:"u"` // place the whole list ends at
	Skip  int    `json:"k"` // items of a sorted list already sent
	Empty int    `json:"e"` // empty pages still to come
	Sync  bool   `json:"s"` // pages of an incremental list
}

// ExpireSyncTokens makes every sync token given out so far expired; lists and watches with one get 410.
func (s *Server) ExpireSyncTokens() { s.syncs.Renew() }

// ListMode bends the lists of events within what the API allows.
type ListMode struct {
	MaxPage    int // no page is longer; 0: as asked
	EmptyPages int // so many empty pages with a nextPageToken come before the first event
}

// Lists sets how events are listed from now on.
func (s *Server) Lists(m ListMode) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lists = m
}

func (s *Server) listMode() ListMode {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lists
}
