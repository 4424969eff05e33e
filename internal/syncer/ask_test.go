package syncer_test

import (
	"errors"
	"testing"
	"time"

	"parlor/internal/parlor"
)

// ask asks for a link on one event, in the room or not.
func (r *rig) ask(id string, inRoom bool) (parlor.Meeting, error) {
	return r.Ask(r.t.Context(), r.acct, parlor.EventRef{Calendar: work, ID: id}, &inRoom)
}

func TestAnEventThatCannotBeChangedKeepsItsKind(t *testing.T) {
	for name, change := range map[string]func(*rig, *parlor.Event){
		"over":         func(r *rig, _ *parlor.Event) { r.clock.Pass(48 * time.Hour) },
		"not editable": func(_ *rig, e *parlor.Event) { e.Editable = false },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			r.book.put(r.event("e1", "Tea"))
			made, err := r.ask("e1", true)
			r.must(err)
			e := r.book.kept["e1"]
			change(r, &e)
			r.book.put(e)
			if m, err := r.ask("e1", true); err != nil || m.Kind != parlor.InRoom {
				t.Errorf("asked for what it is: %q, %v", m.Kind, err)
			}
			_, err = r.ask("e1", false)
			if _, refused := errors.AsType[*parlor.RefusedError](err); !refused {
				t.Errorf("asked for the other kind: %v", err)
			}
			kept, err := r.st.Meeting(t.Context(), r.acct, made.Number)
			r.must(err)
			if kept.Kind != parlor.InRoom {
				t.Errorf("stored as %q", kept.Kind)
			}
		})
	}
}

func TestAnOccurrenceThatIsWrittenTooOftenSaysSo(t *testing.T) {
	r := newRig(t)
	series := r.event("s1", "Daily")
	series.Recurrence = []string{"RRULE:FREQ=DAILY;COUNT=5"}
	r.book.put(series)
	_, err := r.ask("s1", true)
	r.must(err)
	bare := r.event("o1", "Daily")
	bare.SeriesID, bare.OriginalStart = "s1", bare.Start
	for range 3 {
		r.book.put(bare)
		_, err := r.ask("o1", true)
		r.must(err)
	}
	r.book.put(bare)
	_, err = r.ask("o1", true)
	if wait, ok := errors.AsType[*parlor.ThrottledError](err); !ok || wait.After <= 0 {
		t.Errorf("the link is not there, and the answer is %v", err)
	}
}
