package parlor

import "time"

// Tally counts the texts of ours in coming events against what they should say. Nothing else is kept of how far a change
// has come: what was written is with each meeting, so that a count made after a restart is right.
type Tally struct {
	Done   int // say so since the change
	Left   int // to be rewritten
	Kept   int // looked at since the change, and left as they are
	Mailed int // guests of those to be rewritten, where the calendar mails them
	Stale  int // guests of those to be rewritten who keep the text they were sent
}

// Way is how the events of a calendar are reached.
type Way struct {
	Mails bool // see Service.Mails
	Quiet bool // where guests would be mailed, an event is left alone
	Shut  bool // the calendar is switched off, or its connection has ended

	Since time.Time // when what is counted began; zero: never
}

// Add counts one meeting. want is the fingerprint of its block as it should be. What was right before is not counted.
func (t *Tally) Add(m Meeting, want string, way Way, now time.Time) {
	for _, text := range m.texts(now) {
		switch {
		case text.written == want && !way.Since.IsZero() && !m.WrittenAt.Before(way.Since):
			t.Done++
		case text.written == want:
		case way.Shut, text.held == want, way.Quiet && way.Mails && m.Guests.Invited > 0:
			t.Kept++
		case way.Mails:
			t.Left++
			t.Mailed += m.Guests.Invited
		default:
			t.Left++
			t.Stale += m.Guests.Outside
		}
	}
}

// Total is how many texts a change is about.
func (t Tally) Total() int { return t.Done + t.Left + t.Kept }

type textOf struct{ written, held string }

// texts are those in the event itself and in occurrences that are events of their own, as far as they are still to come.
func (m Meeting) texts(now time.Time) []textOf {
	if m.Written == "" || !m.ToCome(now) {
		return nil
	}
	all := []textOf{{m.Written, m.Held}}
	for _, o := range m.Overrides {
		if o.Written != "" && o.Slot != nil && o.Slot.End.After(now) {
			all = append(all, textOf{o.Written, o.Held})
		}
	}
	return all
}
