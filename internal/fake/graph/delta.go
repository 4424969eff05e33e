package graph

import (
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// mostRounds is how many delta rounds are remembered; older tokens are forgotten, as Outlook's cache forgets them.
const mostRounds = 1000

// ListMode bends lists and deltas within what Graph allows.
type ListMode struct {
	MaxPage    int  // no page is longer; 0: as asked
	EmptyPages int  // so many empty pages with a nextLink begin each delta round
	Replays    bool // the first item of a delta page is sent twice
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

// round is one pass over a calendar's window: the events and series to tell of, and where the next pass begins.
type round struct {
	email, calendar string
	from, to        time.Time
	place           int // in the change log, where the round after this one begins
	roots           []string
	known           map[string]bool // events and series the client has after this round
}

// rounds remembers delta rounds by number.
type rounds struct {
	seals stage.Seals

	mu   sync.Mutex
	last int
	all  map[int]round
}

// deltaMark is what a $skiptoken or $deltatoken means.
type deltaMark struct {
	Round int    `json:"r"`
	At    int    `json:"a"` // roots already sent
	Empty int    `json:"e"` // empty pages still to come
	Owner string `json:"o"`
}

func (d *rounds) reset() {
	d.seals.Renew()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = map[int]round{}
}

func (d *rounds) add(r round) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last++
	d.all[d.last] = r
	delete(d.all, d.last-mostRounds)
	return d.last
}

func (d *rounds) get(n int) (round, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r, ok := d.all[n]
	return r, ok
}

// ExpireDeltaTokens makes every delta token given out so far expired: 410 SyncStateNotFound.
func (s *Server) ExpireDeltaTokens() {
	s.rounds.mu.Lock()
	defer s.rounds.mu.Unlock()
	s.rounds.all = map[int]round{}
}

// delta is GET …/calendarView/delta.
func (s *Server) delta(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, err := s.open(r, c)
	if err != nil {
		return err
	}
	for _, name := range []string{"$select", "$expand", "$filter", "$orderby", "$search"} {
		if r.URL.Query().Has(name) {
			return fault("ErrorInvalidUrlQuery", "The following parameters are not supported with change tracking over the 'CalendarView' resource: '"+name+"'.")
		}
	}
	mark, this, err := s.begin(r, c, entry)
	if err != nil {
		return err
	}
	s.writeRound(w, r, scene{c, entry}, mark, this)
	return nil
}

// begin finds the round a request is about: a new one over a window, the next after a delta token, or one to go on with.
func (s *Server) begin(r *http.Request, c caller, entry calendar.Entry) (deltaMark, round, error) {
	q := r.URL.Query()
	token := stage.Or(q.Get("$skiptoken"), q.Get("$deltatoken"))
	if token == "" {
		from, to, err := window(r)
		if err != nil {
			return deltaMark{}, round{}, err
		}
		fresh := round{email: c.Email, calendar: entry.ID, from: from, to: to, known: map[string]bool{}}
		return s.next(fresh)
	}
	var mark deltaMark
	if !s.rounds.seals.Open(token, &mark) || mark.Owner != c.Email+"\n"+entry.ID {
		return mark, round{}, fault("SyncStateInvalid", "")
	}
	this, ok := s.rounds.get(mark.Round)
	if !ok {
		w := fault("SyncStateNotFound", "")
		w.Location = s.Origin() + r.URL.Path + "?$deltatoken="
		return mark, this, w
	}
	if q.Get("$skiptoken") != "" {
		return mark, this, nil
	}
	return s.next(this)
}

// next starts the round after last.
func (s *Server) next(last round) (deltaMark, round, error) {
	upto := s.world.Place(last.calendar)
	changed, _ := s.world.Page(last.calendar, last.place, upto, 1<<30, func(calendar.Event) bool { return true })
	this := last
	this.place, this.roots = upto, nil
	if len(changed) > 0 {
		this.known = maps.Clone(last.known)
	}
	seen := map[string]bool{}
	for _, e := range changed {
		root := stage.Or(e.Series, e.ID)
		if e.Series != "" && s.alone(e) {
			root = e.ID
		}
		if seen[root] {
			continue
		}
		seen[root] = true
		inside := len(s.group(last, root)) > 0
		if inside || last.known[root] {
			this.roots = append(this.roots, root)
		}
		this.known[root] = inside
		if !inside {
			delete(this.known, root)
		}
	}
	mark := deltaMark{Empty: s.listMode().EmptyPages, Owner: last.email + "\n" + last.calendar}
	mark.Round = s.rounds.add(this)
	return mark, this, nil
}

// group is what a window shows of an event or a series: nothing, itself, or a master with its occurrences.
func (s *Server) group(r round, root string) []calendar.Event {
	e, err := s.world.Event(r.calendar, root)
	if err != nil || gone(e) {
		return nil
	}
	all, err := s.world.Instances(r.calendar, root, r.from, r.to, 5000)
	if err != nil {
		return nil
	}
	var out []calendar.Event
	for _, i := range all {
		if span := i.Span(); !gone(i) && span.Start.Before(r.to) && span.End.After(r.from) {
			out = append(out, i)
		}
	}
	if len(out) > 0 && out[0].ID != root {
		out = append([]calendar.Event{e}, out...)
	}
	return out
}

// renderGroup is a group as a delta sends it: a master with the times of its first occurrence, then stubs and exceptions.
func (s *Server) renderGroup(v scene, r round, root string) []map[string]any {
	events := s.group(r, root)
	if len(events) == 0 {
		return []map[string]any{{
			"@odata.type": "#microsoft.graph.event", "id": s.idIn(v, root), "@removed": map[string]any{"reason": "deleted"},
		}}
	}
	var out []map[string]any
	for _, e := range events {
		if s.eventType(e) == "occurrence" {
			out = append(out, s.stub(v, e))
			continue
		}
		item := s.render(v, e)
		item["@odata.type"] = "#microsoft.graph.event"
		out = append(out, item)
	}
	return out
}

// writeRound sends one page. A series is never split over pages.
func (s *Server) writeRound(w http.ResponseWriter, r *http.Request, v scene, mark deltaMark, this round) {
	mode := s.listMode()
	size := stage.Or(v.prefer.page, 10)
	if mode.MaxPage > 0 {
		size = min(size, mode.MaxPage)
	}
	items := []map[string]any{}
	if mark.Empty == 0 {
		for mark.At < len(this.roots) && len(items) < size {
			items = append(items, s.renderGroup(v, this, this.roots[mark.At])...)
			mark.At++
		}
	}
	more := mark.At < len(this.roots) || mark.Empty > 0
	mark.Empty = max(0, mark.Empty-1)
	if mode.Replays && len(items) > 0 {
		items = append(items, items[0])
	}
	body := map[string]any{"@odata.context": s.context("Collection(event)"), "value": items}
	link := s.Origin() + strings.TrimSuffix(r.URL.Path, "()")
	if more {
		body["@odata.nextLink"] = link + "?$skiptoken=" + s.rounds.seals.Seal(mark)
	} else {
		body["@odata.deltaLink"] = link + "?$deltatoken=" + s.rounds.seals.Seal(deltaMark{Round: mark.Round, Owner: mark.Owner})
	}
	writeJSON(w, http.StatusOK, body)
}
