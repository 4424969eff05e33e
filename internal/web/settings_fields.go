package web

import (
	"strconv"

	"parlor/internal/parlor"
)

// field is one setting as the form shows it. Input is "switch", "radio", "select", "number", "text", "date", "time" or "zone".
type field struct {
	Name, Label, Hint, Input, Unit string
	Min, Max                       int
	Least                          string // the first date that can be chosen
	Options                        []option
	get                            func(parlor.Settings) string
	set                            func(*parlor.Settings, string)

	Value, Fault, Lock string
	More               *more
	Always             string // why it is on, and stays so here, by a choice made elsewhere
}

// Held says that the field cannot be changed here.
func (f field) Held() bool { return f.Lock != "" || f.Always != "" }

// more leads from a field or a section to what else can be done about it.
type more struct{ Href, Words string }

type option struct{ Value, Label, Hint string }

// section is one part of the form, with its fields in order.
type section struct {
	ID, Title, Hint string
	Fields          []field
	More            *more // to a page with more of it, if there is one
}

// form is every setting that does something today, in the order people need them.
func form() []section {
	return []section{
		{ID: "your-room", Title: "Your room", Fields: []field{usePMI.with(more{"/settings/apply", "Apply to future events"}), usePMIInstant}},
		{
			ID: "links", Title: "Join links", Hint: "Which of your events get a link, and where it is written.",
			Fields: []field{autoAdd, keyword, inLocation, embedPasscode, language},
		},
		{
			ID: "overlap", Title: "When meetings overlap",
			Hint:   "Two meetings in one room walk in on each other. Parlor looks before it uses your PMI.",
			Fields: []field{overlap, buffer},
		},
		{
			ID: "unfamiliar", Title: "Guests you do not know",
			Hint: "People outside your own organisation whom you have not met in a meeting, and who are not on your list.",
			More: &more{"/settings/people", "People you know"}, Fields: []field{unfamiliar},
		},
		{
			ID: "your-door", Title: "Your door", Hint: "When guests come in, and what they do until then.",
			Fields: []field{waitingRoom, joinBeforeHost, joinBeforeHostMinutes, opensEarly, closesAfter},
		},
		{ID: "new-meetings", Title: "New meetings", Fields: []field{duration, askEachTime}},
		mailSection,
		{ID: "pause", Title: "Pause", Fields: []field{paused}},
	}
}

// mailSection is left out where no mail can be sent.
var mailSection = section{
	ID: "mail", Title: "Mail to you", Hint: "To the address that you sign in with.",
	Fields: []field{mailWaiting, mailReconnect, mailRewritten},
}

func (f field) with(m more) field {
	f.More = &m
	return f
}

func flag(name, label, hint string, at func(*parlor.Settings) *bool) field {
	return field{
		Name: name, Label: label, Hint: hint, Input: "switch",
		get: func(s parlor.Settings) string { return strconv.FormatBool(*at(&s)) },
		set: func(s *parlor.Settings, v string) { *at(s) = v == "true" },
	}
}

// number keeps what is no number as -1, which no rule allows, so that the fault is told with all the others.
func number(name, label, hint string, least, most int, at func(*parlor.Settings) *int) field {
	return field{
		Name: name, Label: label, Hint: hint, Input: "number", Unit: "minutes", Min: least, Max: most,
		get: func(s parlor.Settings) string { return strconv.Itoa(*at(&s)) },
		set: func(s *parlor.Settings, v string) {
			n, err := strconv.Atoi(v)
			if err != nil {
				n = -1
			}
			*at(s) = n
		},
	}
}

// minutes is a choice among a few numbers of minutes.
func minutes(name, label, hint string, choices []int, at func(*parlor.Settings) *int) field {
	f := number(name, label, hint, 0, 0, at)
	f.Input, f.Unit = "select", ""
	for _, n := range choices {
		f.Options = append(f.Options, option{strconv.Itoa(n), strconv.Itoa(n) + " minutes", ""})
	}
	return f
}

func text[T ~string](f field, at func(*parlor.Settings) *T) field {
	f.get = func(s parlor.Settings) string { return string(*at(&s)) }
	f.set = func(s *parlor.Settings, v string) { *at(s) = T(v) }
	return f
}
