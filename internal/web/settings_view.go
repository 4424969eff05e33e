package web

import (
	"net/url"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

// settingsPage is what settings.html shows.
type settingsPage struct {
	ETag     string
	Sections []section
	Faults   []fault
	Stale    *[]difference // nil: the form is about what is stored

	Delegates delegatesSection
	Video     videoNote
}

// fault is one thing that is wrong, with the field to go to.
type fault struct{ Field, Label, Message string }

// difference is a setting that was saved elsewhere while this form was open.
type difference struct{ Label, Saved, Yours string }

// newSettingsPage shows the stored settings, or where a form was posted what it says, with its faults at the fields.
func newSettingsPage(s parlor.Settings, etag string, posted url.Values, faults []parlor.FieldError) settingsPage {
	page := settingsPage{ETag: etag, Sections: form()}
	for _, sec := range page.Sections {
		for i := range sec.Fields {
			f := &sec.Fields[i]
			f.fill(s, posted, faults)
			if f.Fault != "" {
				page.Faults = append(page.Faults, fault{f.target(), f.Label, f.Fault})
			}
		}
	}
	return page
}

func (f *field) fill(s parlor.Settings, posted url.Values, faults []parlor.FieldError) {
	f.Value, f.Lock = f.get(s), sentence(s.Locked[f.Name])
	if f.Name == language.Name {
		f.Options = slices.DeleteFunc(slices.Clone(f.Options), func(o option) bool { return !slices.Contains(s.Wording.Offered(), o.Value) })
	}
	if v, ok := last(posted, f.Name); ok && f.Lock == "" {
		f.Value = v
	}
	at := slices.IndexFunc(faults, func(e parlor.FieldError) bool { return e.Field == f.Name })
	if at >= 0 {
		f.Fault = sentence(faults[at].Message)
	}
}

// target is the id to which a link to the field goes: a group is left at its first choice.
func (f field) target() string {
	if f.Input == "radio" {
		return f.Name + "-" + f.Options[0].Value
	}
	return f.Name
}

// Describes lists the ids of the texts that belong to the field, for aria-describedby.
func (f field) Describes() string {
	var ids []string
	for _, part := range []struct{ text, id string }{{f.Hint, "-hint"}, {f.Lock, "-lock"}, {f.Always, "-always"}, {f.Fault, "-fault"}} {
		if part.text != "" {
			ids = append(ids, f.Name+part.id)
		}
	}
	return strings.Join(ids, " ")
}

// apply writes a posted form into settings; what the form does not hold stays.
func apply(posted url.Values, s *parlor.Settings) {
	for _, sec := range form() {
		for _, f := range sec.Fields {
			v, ok := last(posted, f.Name)
			if ok && s.Locked[f.Name] == "" {
				f.set(s, v)
			}
		}
	}
}

// last is the value that counts: a checkbox that is on comes after the hidden field that says it is off.
func last(posted url.Values, name string) (string, bool) {
	values := posted[name]
	if len(values) == 0 {
		return "", false
	}
	return strings.TrimSpace(values[len(values)-1]), true
}

// differences lists the settings in which a posted form is not what is stored.
func differences(s parlor.Settings, posted url.Values) []difference {
	var found []difference
	for _, sec := range form() {
		for _, f := range sec.Fields {
			yours, ok := last(posted, f.Name)
			if saved := f.get(s); ok && saved != yours && s.Locked[f.Name] == "" {
				found = append(found, difference{f.Label, f.words(saved), f.words(yours)})
			}
		}
	}
	return found
}

// words is a value as people read it.
func (f field) words(value string) string {
	for _, o := range f.Options {
		if o.Value == value {
			return o.Label
		}
	}
	switch {
	case f.Input == "switch" && value == "true":
		return "On"
	case f.Input == "switch":
		return "Off"
	case f.Unit != "":
		return value + " " + f.Unit
	}
	return value
}

func sentence(message string) string {
	if message == "" {
		return ""
	}
	return capital(strings.TrimSuffix(message, ".")) + "."
}

func capital(words string) string { return strings.ToUpper(words[:1]) + words[1:] }
