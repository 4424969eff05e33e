package parlor

import "time"

// CalendarID is a service's own id of a calendar.
type CalendarID string

// CalendarInfo describes one of a person's calendars.
type CalendarInfo struct {
	ID       CalendarID `json:"id"`
	Name     string     `json:"name"`
	Zone     string     `json:"zone"` // IANA name
	Primary  bool       `json:"primary"`
	Owned    bool       `json:"owned"`    // the person's own, not shared by somebody else
	Writable bool       `json:"writable"` // events may be changed
}

// Cursor is a service's opaque mark of how far a calendar was read (Google: syncToken, Graph: deltaLink).
// The empty cursor means from the beginning.
type Cursor string

// EventRef names one event in one calendar.
type EventRef struct {
	Calendar CalendarID `json:"calendar"`
	ID       string     `json:"id"`
}

// Moment is a point in time as a calendar states it.
type Moment struct {
	Time   time.Time `json:"time"`           // all-day: midnight UTC of the date
	Zone   string    `json:"zone,omitempty"` // IANA name, "" when the calendar gave none
	AllDay bool      `json:"all_day,omitempty"`
}

// Person is an organiser, creator or guest of an event.
type Person struct {
	Name     string `json:"name,omitempty"`
	Email    string `json:"email"`
	Self     bool   `json:"self,omitempty"`     // the calendar's owner
	Resource bool   `json:"resource,omitempty"` // a room or a projector, no human
}

// Format is how a text is written.
type Format string

// The formats of an event's body.
const (
	Text Format = "text"
	HTML Format = "html"
)

// Event is one entry of a calendar as a service returned it: a single event, the master of a series, or one changed
// occurrence. Deleted entries guarantee only Ref and Cancelled; any other field may be missing.
type Event struct {
	Ref       EventRef
	ETag      string
	UID       string // RFC 5545 UID
	Ordinary  bool   // not a birthday, focus time, working location, out of office …
	Cancelled bool
	Locked    bool // the service forbids changes
	Broken    bool // what is stored is against its own rules: it is shown as far as it can be read, and never written
	Title     string
	Location  string
	Body      string
	Format    Format // of Body; a service may give a text back as HTML
	Start     Moment
	End       Moment

	Organizer Person
	Creator   Person
	Attendees []Person
	Editable  bool // the person may change it at all

	Recurrence    []string // RFC 5545 lines (RRULE, RDATE, EXDATE); only on the master of a series
	SeriesID      string   // id of the master, on an occurrence
	OriginalStart Moment   // on an occurrence: when the series had it
	Following     bool     // on an occurrence: it stands for all later ones too, which move as it did
	// Exceptions are, on the master of a series, the original starts of all its occurrences that are changed or cancelled;
	// nil when this reading does not tell. Where it tells, those that still take place are listed with it.
	Exceptions *[]time.Time

	Conference *Conference // structured conference data of another vendor, nil if none
	Stamp      string      // our private property as read, "" if none; see ParseStamp
	StampRead  bool        // false when this reading cannot show private properties (Graph delta)
	HTMLLink   string      // the event's page in the service's own web client
	Created    time.Time   // zero when the service does not say
	Updated    time.Time
}

// Conference is a video meeting of some vendor.
type Conference struct {
	Provider string // "Google Meet", "Zoom", …
	URL      string
}

// Patch is what to change on an event. A nil field is left alone. Guests are never part of it.
type Patch struct {
	Body     *string
	Format   Format // of Body
	Location *string
	Stamp    *string // "" takes it off
}

// Draft is an event to be created.
type Draft struct {
	Key        string // idempotency key, at least 16 characters of a-z and 0-9: the same key never makes a second event
	Title      string
	Body       string
	Format     Format
	Location   string
	Start      Moment
	End        Moment
	Recurrence []string
	Attendees  []Person
	Stamp      string
}

// Hook is where a service shall push to, and how the push is known to be ours.
type Hook struct {
	ID     string    // drawn by us, unique in the installation, at most 64 characters
	URL    string    // absolute
	Secret string    // echoed in each push, at most 128 characters
	Until  time.Time // wished end; the service may shorten it
}

// Watch is a push channel as the service granted it.
type Watch struct {
	ID       string    `json:"id"`
	Resource string    `json:"resource"` // the service's id of what is watched, needed to stop it
	Since    time.Time `json:"since"`    // when we asked for it
	Until    time.Time `json:"until"`    // as granted, not as wished
}

// Slot is one stretch of time, [Start, End).
type Slot struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}
