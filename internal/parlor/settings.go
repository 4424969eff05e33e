package parlor

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Settings is what a person chose. The JSON names are the contract of GET and PUT /v1/settings.
type Settings struct {
	UsePMIForScheduled    bool    `json:"use_pmi_for_scheduled" doc:"Use Personal Meeting ID for scheduled meetings"`
	UsePMIForInstant      bool    `json:"use_pmi_for_instant" doc:"Use Personal Meeting ID for instant meetings"`
	AutoAdd               AutoAdd `json:"auto_add" enum:"never,keyword,with_guests,always" doc:"Which events get a link by themselves"`
	Keyword               string  `json:"keyword" doc:"The word in a title or location that asks for a link"`
	AskEachTime           bool    `json:"ask_each_time" doc:"Clients show the options for every meeting"`
	Paused                bool    `json:"paused" doc:"Parlor changes no event by itself while this is on; what is asked for one event is done"`
	WaitingRoom           bool    `json:"waiting_room" doc:"Guests wait until the host admits them"`
	JoinBeforeHost        bool    `json:"join_before_host" doc:"Guests may enter before the host"`
	JoinBeforeHostMinutes int     `json:"join_before_host_minutes" doc:"How many minutes before the start: 5, 10 or 15"`
	EmbedPasscode         bool    `json:"embed_passcode" doc:"The link lets guests in without typing the passcode"`
	PutLinkInLocation     bool    `json:"put_link_in_location" doc:"Also write the link into an empty location"`
	DefaultDuration       int     `json:"default_duration_minutes" doc:"Length of a new meeting, minutes"`
	Language              string  `json:"language" doc:"Language of the invitation text, BCP 47"`
	OpensEarlyMinutes     int     `json:"opens_early_minutes" doc:"How many minutes before its start a meeting's door opens"`
	ClosesAfterMinutes    int     `json:"closes_after_minutes" doc:"How many minutes after its end a meeting's door closes"`
	Guard                 Guard   `json:"guard"`
	Notify                Notify  `json:"notify"`

	Locked map[string]string `json:"locked" doc:"Read-only: settings held by the administrator, with the reason"`

	Wording Wording `json:"-"` // of the whole installation; see Invitation
}

// Invitation is how this person's invitations read.
func (s Settings) Invitation() Wording {
	w := s.Wording
	w.Language = s.Language
	return w
}

// Guard says what keeps the PMI from being used where it should not be.
type Guard struct {
	Overlap       GuardRule `json:"overlap" enum:"one_time,warn,allow" doc:"When another meeting is in the room at that time"`
	BufferMinutes int       `json:"buffer_minutes" doc:"Minutes kept free around each meeting in the room, 0 to 120"`
	Unfamiliar    GuardRule `json:"unfamiliar" enum:"one_time,waiting_room,allow" doc:"When a guest is not known to you"`
}

// Notify says which mails a person wants, where the installation can send any.
type Notify struct {
	Waiting   bool `json:"waiting" doc:"Mail me when somebody waits at my door and I am not there"`
	Reconnect bool `json:"reconnect" doc:"Mail me when a calendar has to be connected again"`
	Rewritten bool `json:"rewritten" doc:"Mail me when my future events have been rewritten"`
}

// AutoAdd says which events get a link by themselves.
type AutoAdd string

// The values of Settings.AutoAdd.
const (
	AddNever      AutoAdd = "never"
	AddKeyword    AutoAdd = "keyword"
	AddWithGuests AutoAdd = "with_guests"
	AddAlways     AutoAdd = "always"
)

// GuardRule is what the guard does when its condition holds.
type GuardRule string

// The values of a guard.
const (
	GuardOneTime     GuardRule = "one_time"
	GuardWarn        GuardRule = "warn"
	GuardWaitingRoom GuardRule = "waiting_room"
	GuardAllow       GuardRule = "allow"
)

// Languages are the languages that an invitation can be written in.
var Languages = []string{"en", "de", "es", "ja"}

// DefaultSettings is what a new account has.
func DefaultSettings() Settings {
	return Settings{
		AutoAdd: AddKeyword, Keyword: "#meet", WaitingRoom: true, JoinBeforeHostMinutes: 5,
		EmbedPasscode: true, PutLinkInLocation: true, DefaultDuration: 30, Language: "en",
		OpensEarlyMinutes: 15, ClosesAfterMinutes: 60, Notify: Notify{Waiting: true, Reconnect: true, Rewritten: true},
		Guard: Guard{Overlap: GuardOneTime, BufferMinutes: 5, Unfamiliar: GuardWaitingRoom},
	}
}

// FieldError is one setting that cannot be accepted.
type FieldError struct {
	Field   string // JSON path: "guard.overlap"
	Message string // what is wrong and what would be right
	Value   any
}

// Error names the field.
func (e FieldError) Error() string { return fmt.Sprintf("%s: %s", e.Field, e.Message) }

// Validate returns every fault, in the order of the fields.
func (s Settings) Validate() []FieldError {
	var faults []FieldError
	check := func(ok bool, field string, value any, message string) {
		if !ok {
			faults = append(faults, FieldError{field, message, value})
		}
	}
	check(oneOf(s.AutoAdd, AddNever, AddKeyword, AddWithGuests, AddAlways), "auto_add", s.AutoAdd,
		"must be never, keyword, with_guests or always")
	check(validKeyword(s.Keyword), "keyword", s.Keyword, "must be 2 to 40 characters without spaces")
	check(oneOf(s.JoinBeforeHostMinutes, 5, 10, 15), "join_before_host_minutes", s.JoinBeforeHostMinutes, "must be 5, 10 or 15")
	check(s.DefaultDuration >= 5 && s.DefaultDuration <= 1440, "default_duration_minutes", s.DefaultDuration,
		"must be 5 to 1440 minutes")
	offered := s.Wording.Offered()
	check(oneOf(s.Language, offered...), "language", s.Language, "must be one of "+strings.Join(offered, ", "))
	check(s.OpensEarlyMinutes >= 0 && s.OpensEarlyMinutes <= 60, "opens_early_minutes", s.OpensEarlyMinutes, "must be 0 to 60 minutes")
	check(s.ClosesAfterMinutes >= 0 && s.ClosesAfterMinutes <= 240, "closes_after_minutes", s.ClosesAfterMinutes,
		"must be 0 to 240 minutes")
	check(oneOf(s.Guard.Overlap, GuardOneTime, GuardWarn, GuardAllow), "guard.overlap", s.Guard.Overlap,
		"must be one_time, warn or allow")
	check(s.Guard.BufferMinutes >= 0 && s.Guard.BufferMinutes <= 120, "guard.buffer_minutes", s.Guard.BufferMinutes,
		"must be 0 to 120 minutes")
	check(oneOf(s.Guard.Unfamiliar, GuardOneTime, GuardWaitingRoom, GuardAllow), "guard.unfamiliar", s.Guard.Unfamiliar,
		"must be one_time, waiting_room or allow")
	return faults
}

func validKeyword(k string) bool {
	n := utf8.RuneCountInString(k)
	return utf8.ValidString(k) && n >= 2 && n <= 40 && !strings.ContainsFunc(k, notInKeyword)
}

// notInKeyword refuses what nobody could see or type; the joiner stays, for it makes one emoji of two.
func notInKeyword(r rune) bool {
	const joiner = '\u200d'
	return unicode.IsSpace(r) || r == utf8.RuneError || !unicode.IsGraphic(r) && r != joiner
}

func oneOf[T comparable](v T, allowed ...T) bool {
	for _, a := range allowed {
		if v == a {
			return true
		}
	}
	return false
}
