package google

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"sync"
)

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

// syncKeys seals marks so that clients cannot read or make them.
type syncKeys struct {
	mu  sync.Mutex
	key []byte
}

// renew makes every token given out so far unknown.
func (k *syncKeys) renew() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.key = []byte(rand.Text())
}

func (k *syncKeys) sum(body []byte) []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	mac := hmac.New(sha256.New, k.key)
	mac.Write(body)
	return mac.Sum(nil)[:12]
}

func (k *syncKeys) seal(mark any) string {
	body, err := json.Marshal(mark)
	if err != nil {
		return ""
	}
	return base64.URLEncoding.EncodeToString(append(k.sum(body), body...))
}

func (k *syncKeys) open(token string, mark any) bool {
	raw, err := base64.URLEncoding.DecodeString(token)
	if err != nil || len(raw) < 12 || !hmac.Equal(raw[:12], k.sum(raw[12:])) {
		return false
	}
	return json.Unmarshal(raw[12:], mark) == nil
}

// ExpireSyncTokens makes every sync token given out so far expired; lists and watches with one get 410.
func (s *Server) ExpireSyncTokens() { s.syncs.renew() }

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
