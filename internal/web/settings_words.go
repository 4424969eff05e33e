package web

import "parlor/internal/parlor"

var usePMI = flag("use_pmi_for_scheduled", "Use Personal Meeting ID",
	"Your Personal Meeting ID (PMI) is a room that is always yours, at the same number. While this is on, the meetings you "+
		"schedule take place there. It suits people you meet regularly. Whoever had the link once can come to your door again, "+
		"so leave it off for strangers and for one meeting right after another: those get a one-time link. Meetings that "+
		"already have a link keep it.",
	func(s *parlor.Settings) *bool { return &s.UsePMIForScheduled })

var usePMIInstant = flag("use_pmi_for_instant", "Use Personal Meeting ID for instant meetings",
	"Start then always opens your room: here, in the browser extension and in Outlook.",
	func(s *parlor.Settings) *bool { return &s.UsePMIForInstant })

var askEachTime = flag("ask_each_time", "Specify options each time",
	"The browser extension shows the options first, whenever you schedule a meeting there.",
	func(s *parlor.Settings) *bool { return &s.AskEachTime })

var autoAdd = text(field{
	Name: "auto_add", Label: "Add a link by itself", Input: "radio", Options: []option{
		{"keyword", "When an event says the keyword", "In its title or location. A link leaves again when the keyword does."},
		{"with_guests", "When an event has guests", "Events with nobody but you stay as they are."},
		{"always", "To every event I organise", "All-day events are left alone."},
		{"never", "Never", "Only when you ask for one on an event."},
	},
}, func(s *parlor.Settings) *parlor.AutoAdd { return &s.AutoAdd })

var keyword = text(field{
	Name: "keyword", Label: "Keyword", Input: "text",
	Hint: "2 to 40 characters without spaces. Write it into a title or location to ask for a link.",
}, func(s *parlor.Settings) *string { return &s.Keyword })

var inLocation = flag("put_link_in_location", "Write the link into the location too",
	"Only when the location is empty. The description always has it.",
	func(s *parlor.Settings) *bool { return &s.PutLinkInLocation })

var embedPasscode = flag("embed_passcode", "Let guests in without typing the passcode",
	"The link then carries a key of its own, never the passcode itself. Without it, every guest types the passcode, which you tell them.",
	func(s *parlor.Settings) *bool { return &s.EmbedPasscode })

var language = text(field{
	Name: "language", Label: "Language of the invitation", Input: "select",
	Options: []option{{"en", "English", ""}, {"de", "Deutsch", ""}, {"es", "Español", ""}, {"ja", "日本語", ""}},
}, func(s *parlor.Settings) *string { return &s.Language })

var overlap = text(field{
	Name: "guard.overlap", Label: "If another meeting is in your room at that time", Input: "radio", Options: []option{
		{"one_time", "Use a one-time link for the new meeting", "The safe choice: nobody walks into the wrong meeting."},
		{"warn", "Use the room and warn me", "The meeting is marked here and in Activity."},
		{"allow", "Use the room", "Guests of both meetings can meet."},
	},
}, func(s *parlor.Settings) *parlor.GuardRule { return &s.Guard.Overlap })

var buffer = number("guard.buffer_minutes", "Free time around each meeting",
	"Meetings that run over still have the room. 0 to 120.", 0, 120,
	func(s *parlor.Settings) *int { return &s.Guard.BufferMinutes })

var unfamiliar = text(field{
	Name: "guard.unfamiliar", Label: "If a guest is not known to you", Input: "radio", Options: []option{
		{"waiting_room", "Use the room, and have guests wait", "You let each of them in, also where your waiting room is off."},
		{"one_time", "Use a one-time link", "They never learn the link of your room."},
		{"allow", "Use the room", "They come in like everybody else."},
	},
}, func(s *parlor.Settings) *parlor.GuardRule { return &s.Guard.Unfamiliar })

var waitingRoom = flag("waiting_room", "Waiting room",
	"Guests wait until you let them in. While this is off, guests with the right link come in by themselves as soon as you are there.",
	func(s *parlor.Settings) *bool { return &s.WaitingRoom })

var joinBeforeHost = flag("join_before_host", "Let guests in before me",
	"For meetings without a waiting room: guests need not wait until you are there.",
	func(s *parlor.Settings) *bool { return &s.JoinBeforeHost })

var joinBeforeHostMinutes = minutes("join_before_host_minutes", "How long before the start they may come in", "",
	[]int{5, 10, 15}, func(s *parlor.Settings) *int { return &s.JoinBeforeHostMinutes })

var opensEarly = number("opens_early_minutes", "The door opens before the start",
	"Whoever comes earlier is told when to come back. 0 to 60.", 0, 60,
	func(s *parlor.Settings) *int { return &s.OpensEarlyMinutes })

var closesAfter = number("closes_after_minutes", "The door stays open after the end",
	"For meetings that run over. After that the link leads nowhere. 0 to 240.", 0, 240,
	func(s *parlor.Settings) *int { return &s.ClosesAfterMinutes })

var mailWaiting = flag("notify.waiting", "Somebody waits at my door",
	"When you are not there. At most one mail for each meeting.",
	func(s *parlor.Settings) *bool { return &s.Notify.Waiting })

var mailReconnect = flag("notify.reconnect", "A calendar has to be connected again",
	"Until then, new events get no link.",
	func(s *parlor.Settings) *bool { return &s.Notify.Reconnect })

var mailRewritten = flag("notify.rewritten", "My future events have been rewritten",
	"After you changed your number, your personal link or your passcode.",
	func(s *parlor.Settings) *bool { return &s.Notify.Rewritten })

var duration = number("default_duration_minutes", "Usual length",
	"How long a meeting is when nothing else was said. 5 to 1440.", 5, 1440,
	func(s *parlor.Settings) *int { return &s.DefaultDuration })

var paused = flag("paused", "Pause Parlor",
	"Parlor changes no event by itself while this is on. Links that are already there keep working, and what you ask for by a button is done.",
	func(s *parlor.Settings) *bool { return &s.Paused })
