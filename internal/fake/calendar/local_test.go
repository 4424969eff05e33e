package calendar

import (
	"testing"
	"time"
)

// pair is a world in which Ada invited Bob and Mary to an event.
func pair(t *testing.T, more Fields) (*World, Event) {
	t.Helper()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	w := New(func() time.Time { return now })
	w.AddPerson(Ada)
	w.AddPerson(Bob)
	f := Merge(Fields{"summary": "One", "start": Timed(now, "UTC"), "end": Timed(now.Add(time.Hour), "UTC")}, more)
	e, err := w.Insert(Ada.Email, "", Merge(f, guests(Bob.Email, "mary@somerville.example")), Write{})
	if err != nil {
		t.Fatal(err)
	}
	return w, e
}

func TestLocalWriteStaysInItsCalendar(t *testing.T) {
	w, e := pair(t, nil)
	if _, err := w.Patch(Bob.Email, e.ID, Fields{"summary": "Mine"}, Write{Local: true, Send: SendAll}); err != nil {
		t.Fatal(err)
	}
	copied, _ := w.Event(Bob.Email, e.ID)
	if home, _ := w.Event(Ada.Email, e.ID); Text(home.Fields, "summary") != "One" || Text(copied.Fields, "summary") != "Mine" || len(w.Mails()) != 0 {
		t.Errorf("home %v, copy %v, mails %v", home.Fields["summary"], copied.Fields["summary"], w.Mails())
	}
}

func TestCancelledCopyStaysUntilTakenOut(t *testing.T) {
	w, e := pair(t, nil)
	if err := w.Delete(Ada.Email, e.ID, Write{}); err != nil {
		t.Fatal(err)
	}
	if c, _ := w.Event(Bob.Email, e.ID); !c.Cancelled || !c.Dropped {
		t.Errorf("the guest's copy: %+v", c)
	}
	if err := w.Delete(Bob.Email, e.ID, Write{}); err == nil {
		t.Error("a cancelled copy was deleted as if it were not")
	}
	if err := w.Delete(Bob.Email, e.ID, Write{Local: true}); err != nil {
		t.Fatal(err)
	}
	if c, _ := w.Event(Bob.Email, e.ID); c.Dropped {
		t.Error("the copy is still shown")
	}
}

func TestMailGoesToSomeAndAboutInstances(t *testing.T) {
	w, e := pair(t, Fields{"recurrence": List("RRULE:FREQ=DAILY;COUNT=3")})
	second := InstanceID(e.ID, e.Span().Start.AddDate(0, 0, 1), false)
	for _, o := range []Write{{}, {Send: SendAll, To: []string{Bob.Email, "gone@example.com"}}} {
		if _, err := w.Patch(Ada.Email, second, Fields{"summary": "Two" + string(o.Send)}, o); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Patch(Ada.Email, e.ID, Fields{"location": "Hall"}, Write{Send: SendAll, Instances: true}); err != nil {
		t.Fatal(err)
	}
	var counts []int
	for _, m := range w.Mails() {
		counts = append(counts, m.Guests)
	}
	if len(counts) != 3 || counts[0] != 2 || counts[1] != 2 || counts[2] != 2 {
		t.Errorf("rounds of mail: %v", counts)
	}
	if changed, err := w.Exceptions(Ada.Email, e.ID); err != nil || len(changed) != 1 || changed[0].ID != second {
		t.Errorf("exceptions %v, %v", changed, err)
	}
}

func TestChangesNameTheirEvents(t *testing.T) {
	w, e := pair(t, nil)
	var heard []Change
	w.Listen(func(c Change) { heard = append(heard, c) })
	if _, err := w.Insert(Ada.Email, "fresh", Fields{"start": e.Fields["start"], "end": e.Fields["end"]}, Write{}); err != nil {
		t.Fatal(err)
	}
	if err := w.Delete(Ada.Email, "fresh", Write{}); err != nil {
		t.Fatal(err)
	}
	if len(heard) != 2 || heard[0].Events[0] != (Touch{ID: "fresh", New: true}) || heard[1].Events[0] != (Touch{ID: "fresh", Gone: true}) {
		t.Errorf("heard %v", heard)
	}
}
