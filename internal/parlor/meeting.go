package parlor

import (
	"slices"
	"time"
)

// Meeting is one scheduled use of a room or of a one-time number.
type Meeting struct {
	Number     string       `json:"number"` // 11 digits
	Kind       MeetingKind  `json:"kind"`   // decided once, then it sticks
	State      MeetingState `json:"state"`
	Why        Reason       `json:"why"`               // why it is of this kind
	Trigger    Trigger      `json:"trigger"`           // why there is a link at all
	Keyword    string       `json:"keyword,omitempty"` // of ByKeyword: the word that was there then; settings change
	Conflict   *Reason      `json:"conflict,omitempty"`
	Waits      *Reason      `json:"waits,omitempty"`      // guests wait whatever the settings say, and why
	Guests     Guests       `json:"guests,omitzero"`      // as the event had them when it was last seen
	Standalone bool         `json:"standalone,omitempty"` // made in the portal without a calendar: there is no event, and none is waited for
	Event      EventRef     `json:"event"`                // zero while unbound: an invitation that was never saved
	Service    Kind         `json:"service"`
	Title      string       `json:"title"`
	Start      Moment       `json:"start"`
	End        Moment       `json:"end"`
	Recurrence []string     `json:"recurrence,omitempty"`
	Overrides  []Override   `json:"overrides,omitempty"`
	Was        *Slot        `json:"was,omitempty"` // when a single meeting was before it was moved last
	Created    time.Time    `json:"created"`

	Written   string    `json:"written,omitempty"`   // hash of the block that is in the event, "" until it was written
	WrittenAt time.Time `json:"written_at,omitzero"` // when that was
	Held      string    `json:"held,omitempty"`      // hash of the block that it should have and was left without, see Tally
	Asking    bool      `json:"asking,omitempty"`    // the keyword was there when the link was taken out
}

// Explained is why the meeting is of its kind, what is in the way all the same, and why its guests wait.
func (m Meeting) Explained() Reason {
	all := m.Why
	for _, more := range []*Reason{m.Conflict, m.Waits} {
		if more == nil {
			continue
		}
		if all.Code == m.Why.Code {
			all.Code = more.Code
		}
		all.Text += " " + more.Text
	}
	return all
}

// WaitsAt is why the guests of one occurrence wait whatever the settings say, nil when they do not.
func (m Meeting) WaitsAt(occurrence Slot) *Reason {
	for _, o := range m.Overrides {
		if o.Waits != nil && o.Slot != nil && o.Slot.Start.Equal(occurrence.Start) {
			return o.Waits
		}
	}
	return m.Waits
}

// Override returns what is known of the occurrence that the series had at the given time.
func (m Meeting) Override(original time.Time) (Override, bool) {
	for _, o := range m.Overrides {
		if o.Original.Equal(original) {
			return o, true
		}
	}
	return Override{}, false
}

// WithOverride returns the meeting with what is known of one occurrence put in place, in the order of the series; the
// receiver is left alone.
func (m Meeting) WithOverride(o Override) Meeting {
	at, known := slices.BinarySearchFunc(m.Overrides, o.Original, func(o Override, t time.Time) int { return o.Original.Compare(t) })
	overrides := slices.Clone(m.Overrides)
	if known {
		overrides[at] = o
	} else {
		overrides = slices.Insert(overrides, at, o)
	}
	m.Overrides = overrides
	return m
}

// Spread says whether occurrences carry a text of their own with the link: they are events of their own to a calendar.
func (m Meeting) Spread() bool {
	return slices.ContainsFunc(m.Overrides, func(o Override) bool { return o.Written != "" })
}

// OverridesSince returns the meeting without the occurrences that were over at t, planned and moved, and that stand for
// themselves alone; the receiver is left alone.
func (m Meeting) OverridesSince(t time.Time) Meeting {
	var kept []Override
	for _, o := range m.Overrides {
		if o.Following || !o.Original.Before(t) || o.Slot != nil && o.Slot.End.After(t) {
			kept = append(kept, o)
		}
	}
	m.Overrides = kept
	return m
}

// OverridesAmong returns the meeting with what is known of these occurrences alone, by when the series had them: the others
// are as the series has them again. The receiver is left alone.
func (m Meeting) OverridesAmong(originals []time.Time) Meeting {
	var kept []Override
	for _, o := range m.Overrides {
		if slices.ContainsFunc(originals, o.Original.Equal) {
			kept = append(kept, o)
		}
	}
	m.Overrides = kept
	return m
}

// Guests is how many people were invited besides the person.
type Guests struct {
	Invited int `json:"invited,omitempty"`
	Outside int `json:"outside,omitempty"` // of these, whose calendar a silent write does not reach; see Reason.Unmailed
	Unmet   int `json:"unmet,omitempty"`   // of these, whom the person did not know then
}

// Override is an occurrence of a series that was changed by itself.
type Override struct {
	Original time.Time `json:"original"`
	Slot     *Slot     `json:"slot,omitempty"` // nil: cancelled

	Following bool    `json:"following,omitempty"` // all later ones move with it, or are cancelled with it
	Written   string  `json:"written,omitempty"`   // as in Meeting
	Held      string  `json:"held,omitempty"`      // as in Meeting
	Out       bool    `json:"out,omitempty"`       // the person took the link out of this occurrence
	Waits     *Reason `json:"waits,omitempty"`     // as in Meeting, when this occurrence alone has such guests
}

// MeetingKind says which number the join link carries.
type MeetingKind string

// The kinds of a meeting.
const (
	InRoom  MeetingKind = "pmi"
	OneTime MeetingKind = "one_time"
)

// MeetingState says what became of a meeting.
type MeetingState string

// The states of a meeting.
const (
	Scheduled        MeetingState = "scheduled"
	MeetingCancelled MeetingState = "cancelled" // the event is gone
	LinkRemoved      MeetingState = "removed"   // the person or a lost keyword took the link out
)

// Trigger is why an event got a link.
type Trigger string

// The triggers.
const (
	ByKeyword Trigger = "keyword"
	ByGuests  Trigger = "with_guests"
	ByAlways  Trigger = "always"
	ByPerson  Trigger = "asked" // a button, a form or the API
)

// Reason is why something was done or left, for people.
type Reason struct {
	Code string `json:"code"` // stable, see the constants
	Text string `json:"text"` // one sentence
}

// Entry is one line of Activity.
type Entry struct {
	At      time.Time `json:"at"`
	EventID string    `json:"event_id,omitempty"`
	Title   string    `json:"title,omitempty"`
	Action  string    `json:"action"` // a Verb, or what happened to a connection
	Code    string    `json:"code"`
	Text    string    `json:"text"`
}
