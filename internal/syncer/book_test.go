package syncer_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
	"parlor/internal/syncer"
)

const (
	origin = "https://rooms.example.com"
	work   = parlor.CalendarID("work")
)

// book is a calendar in memory, as a service with Graph's habits shows it: lists tell no private properties.
type book struct {
	events []parlor.Event // listed by the next pass, then gone from the list
	kept   map[string]parlor.Event
	calls  []string // "event e1", "patch e1", "watch", "unwatch w1"
	fail   error    // of the next list
}

func (b *book) Calendars(context.Context) ([]parlor.CalendarInfo, error) { return nil, nil }

func (b *book) Changes(_ context.Context, _ parlor.CalendarID, since parlor.Cursor, page func([]parlor.Event) error) (parlor.Cursor, error) {
	if b.fail != nil {
		return "", b.fail
	}
	listed := b.events
	b.events = nil
	for i := range listed {
		listed[i] = blind(listed[i])
	}
	return since + "+", page(listed)
}

// blind is an event as a list shows it.
func blind(e parlor.Event) parlor.Event {
	e.Stamp, e.StampRead = "", false
	return e
}

func (b *book) Event(_ context.Context, ref parlor.EventRef) (parlor.Event, error) {
	b.calls = append(b.calls, "event "+ref.ID)
	e, ok := b.kept[ref.ID]
	if !ok {
		return e, parlor.ErrNotFound
	}
	return e, nil
}

func (b *book) Create(context.Context, parlor.CalendarID, parlor.Draft) (parlor.Event, error) {
	return parlor.Event{}, parlor.ErrInvalid
}

func (b *book) Patch(_ context.Context, ref parlor.EventRef, _ string, p parlor.Patch) error {
	b.calls = append(b.calls, "patch "+ref.ID)
	e := b.kept[ref.ID]
	if p.Body != nil {
		e.Body = *p.Body
	}
	if p.Location != nil {
		e.Location = *p.Location
	}
	if p.Stamp != nil {
		e.Stamp = *p.Stamp
	}
	b.put(e)
	return nil
}

func (b *book) Watch(_ context.Context, _ parlor.CalendarID, h parlor.Hook) (parlor.Watch, error) {
	b.calls = append(b.calls, "watch")
	return parlor.Watch{ID: h.ID, Resource: "r", Until: h.Until}, nil
}

func (b *book) Unwatch(_ context.Context, w parlor.Watch) error {
	b.calls = append(b.calls, "unwatch "+w.ID)
	return nil
}

// put keeps an event and lists it in the next pass.
func (b *book) put(events ...parlor.Event) {
	for _, e := range events {
		e.StampRead = true
		b.kept[e.Ref.ID] = e
		b.events = append(slices.DeleteFunc(b.events, func(old parlor.Event) bool { return old.Ref.ID == e.Ref.ID }), e)
	}
}

// rig is one person with one calendar at one service.
type rig struct {
	*syncer.Syncer
	t     *testing.T
	st    *store.Store
	clock *storetest.Clock
	book  *book
	acct  parlor.AccountID
}

func newRig(t *testing.T, change ...func(*parlor.Service)) *rig {
	t.Helper()
	r := &rig{t: t, clock: storetest.NewClock(monday), book: &book{kept: map[string]parlor.Event{}}}
	r.st = storetest.Open(t, storetest.Redis(t), r.clock.Now)
	s := parlor.Service{
		Kind: parlor.KindMicrosoft, Calendar: func(*http.Client) (parlor.Calendar, error) { return r.book, nil },
		Hear: func(http.Header, url.Values, []byte) (parlor.Heard, error) { return parlor.Heard{}, nil },
	}
	for _, f := range change {
		f(&s)
	}
	cn := connect.New(r.st, origin, nil, []parlor.Service{s}, parlor.Service{}, r.clock.Now)
	t.Cleanup(cn.Close)
	r.Syncer = syncer.New(r.st, cn, syncer.Config{Origin: origin, HookURL: origin + "/hooks/%s"}, r.clock.Now)
	a, _, err := r.st.SignIn(t.Context(), parlor.Identity{Kind: parlor.KindMicrosoft, Subject: "t/o", Email: "ada@example.com", Name: "Ada"})
	r.must(err)
	r.acct = a.ID
	_, err = r.st.EnsureRoom(t.Context(), r.acct)
	r.must(err)
	info := parlor.CalendarInfo{ID: work, Name: "Work", Primary: true, Owned: true, Writable: true}
	r.must(r.st.SaveCalendars(t.Context(), r.acct, []store.CalendarState{{Info: info, Service: parlor.KindMicrosoft, On: true}}))
	return r
}

func (r *rig) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// pass makes one pass and returns what it called besides the list.
func (r *rig) pass() []string {
	r.t.Helper()
	r.book.calls = nil
	_, err := r.Run(r.t.Context(), r.acct, work)
	r.must(err)
	return r.book.calls
}

func (r *rig) state() store.CalendarState {
	r.t.Helper()
	state, err := r.st.Calendar(r.t.Context(), r.acct, work)
	r.must(err)
	return state
}

// event is tomorrow's, organised by the person.
func (r *rig) event(id, title string, guests ...string) parlor.Event {
	start := r.clock.Now().Add(24 * time.Hour)
	e := parlor.Event{
		Ref: parlor.EventRef{Calendar: work, ID: id}, ETag: "1", Ordinary: true, Editable: true, Title: title, Format: parlor.HTML,
		Start: parlor.Moment{Time: start, Zone: "Europe/London"}, End: parlor.Moment{Time: start.Add(time.Hour), Zone: "Europe/London"},
		Organizer: parlor.Person{Email: "ada@example.com", Self: true}, Creator: parlor.Person{Email: "ada@example.com", Self: true},
		Created: r.clock.Now().Add(-time.Hour),
	}
	for _, g := range guests {
		e.Attendees = append(e.Attendees, parlor.Person{Email: g})
	}
	return e
}

// told lists what Activity says, newest first, as "action code".
func (r *rig) told() []string {
	r.t.Helper()
	entries, _, err := r.st.Activity(r.t.Context(), r.acct, "", 100)
	r.must(err)
	var out []string
	for _, e := range entries {
		out = append(out, fmt.Sprint(e.Action, " ", e.Code))
	}
	return out
}
