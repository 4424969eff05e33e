package parlortest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parlor/internal/parlor"
)

var patchCases = []calendarCase{
	{"patch: only what it names", patchOnlyNamed},
	{"patch: empty texts", patchEmpty},
	{"patch: with the etag of a list", patchWithListed},
	{"patch: a stale etag", patchStale},
	{"patch: twice with one etag", patchTwice},
	{"patch: guests stay and get no mail", patchGuests},
	{"patch: the stamp is set, kept and taken off", patchStamp},
	{"patch: comes back as a change", patchEcho},
	{"patch: an event that is gone", patchGone},
}

// stored compares what the service holds, guests' own answers aside.
func stored(t *testing.T, w hands, id string, want parlor.Draft) {
	t.Helper()
	got := w.Read(t, id)
	got.Body, want.Body = w.same(got.Body, got.Format), w.same(want.Body, want.Format)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(parlor.Draft{}, "Key", "Format")); diff != "" {
		t.Errorf("stored event (-want +got): %s", diff)
	}
}

func patchOnlyNamed(t *testing.T, w hands) {
	for name, p := range map[string]parlor.Patch{
		"body":     {Body: new("A new text."), Format: parlor.Text},
		"location": {Location: new("https://parlor.example/j/1234567890")},
		"stamp":    {Stamp: new("v1;12345678901")},
		"nothing":  {},
	} {
		t.Run(name, func(t *testing.T) {
			id := w.Add(t, w.invited(plain("Plan")))
			want := w.Read(t, id)
			w.patch(t, id, p)
			apply(&want, p)
			stored(t, w, id, want)
		})
	}
}

func apply(d *parlor.Draft, p parlor.Patch) {
	if p.Body != nil {
		d.Body, d.Format = *p.Body, p.Format
	}
	if p.Location != nil {
		d.Location = *p.Location
	}
	if p.Stamp != nil {
		d.Stamp = *p.Stamp
	}
}

func patchEmpty(t *testing.T, w hands) {
	id := w.Add(t, plain("Plan"))
	w.patch(t, id, parlor.Patch{Body: new(""), Format: parlor.Text, Location: new("")})
	e := w.event(t, id)
	check(t, "body", w.same(e.Body, e.Format), w.same("", parlor.Text))
	check(t, "location", e.Location, "")
	check(t, "title", e.Title, "Plan")
}

func patchWithListed(t *testing.T, w hands) {
	id := w.Add(t, plain("Plan"))
	e := first(w.list(t, ""))[id]
	if err := w.Port.Patch(t.Context(), e.Ref, e.ETag, parlor.Patch{Location: new("there")}); err != nil {
		t.Fatal(err)
	}
	check(t, "location", w.event(t, id).Location, "there")
}

func patchStale(t *testing.T, w hands) {
	id := w.Add(t, plain("Plan"))
	e := w.event(t, id)
	w.Edit(t, id, Edit{Title: new("Plan B")})
	want := w.Read(t, id)
	err := w.Port.Patch(t.Context(), e.Ref, e.ETag, parlor.Patch{Body: new("x"), Format: parlor.Text, Location: new("x"), Stamp: new("x")})
	if !errors.Is(err, parlor.ErrConflict) {
		t.Errorf("error %v", err)
	}
	stored(t, w, id, want)
}

func patchTwice(t *testing.T, w hands) {
	id := w.Add(t, plain("Plan"))
	e := w.event(t, id)
	if err := w.Port.Patch(t.Context(), e.Ref, e.ETag, parlor.Patch{Location: new("first")}); err != nil {
		t.Fatal(err)
	}
	err := w.Port.Patch(t.Context(), e.Ref, e.ETag, parlor.Patch{Location: new("second")})
	if !errors.Is(err, parlor.ErrConflict) {
		t.Errorf("error %v", err)
	}
	check(t, "location", w.event(t, id).Location, "first")
}

func patchGuests(t *testing.T, w hands) {
	id := w.Add(t, w.invited(plain("Plan")))
	want := w.Read(t, id).Attendees
	before := w.mails()
	w.patch(t, id, parlor.Patch{Body: new("x"), Format: parlor.Text, Location: new("y"), Stamp: new("z")})
	check(t, "rounds of mail", w.mails()-before, 0)
	if diff := cmp.Diff(want, w.Read(t, id).Attendees); diff != "" {
		t.Errorf("guests (-before +after): %s", diff)
	}
}

func (w hands) mails() int {
	if w.Mails == nil {
		return 0
	}
	return w.Mails()
}

func patchStamp(t *testing.T, w hands) {
	id := w.Add(t, plain("Plan"))
	w.patch(t, id, parlor.Patch{Stamp: new("v1;12345678901;pmi")})
	check(t, "stamp", w.event(t, id).Stamp, "v1;12345678901;pmi")
	check(t, "stamp can be read", w.event(t, id).StampRead, true)
	w.Edit(t, id, Edit{Title: new("Plan B")})
	check(t, "stamp after the person's edit", w.event(t, id).Stamp, "v1;12345678901;pmi")
	w.patch(t, id, parlor.Patch{Location: new("there")})
	check(t, "stamp after another patch", w.event(t, id).Stamp, "v1;12345678901;pmi")
	w.patch(t, id, parlor.Patch{Stamp: new("")})
	check(t, "stamp taken off", w.event(t, id).Stamp, "")
	w.patch(t, id, parlor.Patch{Stamp: new("")})
	check(t, "stamp taken off again", w.event(t, id).Stamp, "")
}

func patchEcho(t *testing.T, w hands) {
	id := w.Add(t, plain("Plan"))
	_, cursor := w.list(t, "")
	w.patch(t, id, parlor.Patch{Location: new("there"), Stamp: new("v1;x")})
	got, _ := w.list(t, cursor)
	check(t, "location", got[id].Location, "there")
	check(t, "etag is the event's", got[id].ETag, w.event(t, id).ETag)
	if got[id].StampRead {
		check(t, "stamp", got[id].Stamp, "v1;x")
	}
}

func patchGone(t *testing.T, w hands) {
	id := w.Add(t, plain("Plan"))
	e := w.event(t, id)
	w.Delete(t, id)
	err := w.Port.Patch(t.Context(), e.Ref, e.ETag, parlor.Patch{Location: new("x")})
	if !errors.Is(err, parlor.ErrNotFound) && !errors.Is(err, parlor.ErrConflict) {
		t.Errorf("error %v", err)
	}
}
