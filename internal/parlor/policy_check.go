package parlor

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// longestWords is how many characters of an administrator's own words people are shown with one setting.
const longestWords = 200

// mostRules is how many rules a policy has at most.
const mostRules = 100

// Tidy returns the policy as it is stored: names of domains in lower case, words on one line, no rule that decides nothing.
func (p Policy) Tidy() Policy {
	out := Policy{Rules: []Rule{}, Invitation: p.Invitation.Tidy()}
	if out.Invitation.Languages = p.Invitation.Languages; len(out.Invitation.Languages) == len(Languages) || out.Invitation.Languages == nil {
		out.Invitation.Languages = []string{}
	}
	for _, rule := range p.Rules {
		if rule = rule.tidy(); len(rule.Settings) > 0 || rule.Rooms != RoomsUndecided {
			out.Rules = append(out.Rules, rule)
		}
	}
	return out
}

func (r Rule) tidy() Rule {
	r.For.Name = strings.TrimSpace(r.For.Name)
	if r.For.Kind == ForDomain {
		r.For.Name = strings.TrimPrefix(strings.ToLower(r.For.Name), "@")
	}
	r.Words = oneLine(r.Words)
	if r.Rooms == "" {
		r.Rooms = RoomsUndecided
	}
	settings := map[string]Held{}
	for field, held := range r.Settings {
		held.Words = oneLine(held.Words)
		settings[field] = held
	}
	r.Settings = settings
	return r
}

func oneLine(words string) string { return strings.Join(strings.Fields(words), " ") }

// Validate returns what is wrong with a tidy policy, in its order. origin is that of this installation.
func (p Policy) Validate(origin string) []FieldError {
	var faults []FieldError
	if len(p.Rules) > mostRules {
		faults = append(faults, FieldError{Field: "rules", Message: fmt.Sprintf("must be at most %d", mostRules)})
	}
	for i, rule := range p.Rules {
		at := fmt.Sprintf("rules[%d].", i)
		earlier := p.Rules[:i]
		if slices.ContainsFunc(earlier, func(other Rule) bool { return other.For == rule.For }) {
			faults = append(faults, FieldError{at + "for", "must not be the same as of another rule", rule.For.Name})
		}
		faults = append(faults, below(at, rule.validate(p.Invitation))...)
	}
	return append(faults, below("invitation.", p.Invitation.Validate(origin))...)
}

func below(prefix string, faults []FieldError) []FieldError {
	for i := range faults {
		faults[i].Field = prefix + faults[i].Field
	}
	return faults
}

func (r Rule) validate(w Wording) []FieldError {
	var faults []FieldError
	check := func(ok bool, field string, value any, message string) {
		if !ok {
			faults = append(faults, FieldError{field, message, value})
		}
	}
	check(r.For.rank() >= 0, "for.kind", r.For.Kind, "must be everyone, domain or group")
	check((r.For.Kind == ForEveryone) == (r.For.Name == ""), "for.name", r.For.Name, "must name the domain or the group, and stay empty for everyone")
	check(r.For.Kind != ForDomain || !strings.ContainsAny(r.For.Name, "@/ ,;:<>\""), "for.name", r.For.Name, "must be a domain like example.com")
	check(len(r.For.Name) <= 300 && !strings.ContainsFunc(r.For.Name, notInText), "for.name", r.For.Name, "must be a name of at most 300 characters")
	check(oneOf(r.Rooms, RoomsUndecided, RoomsOn, RoomsOff), "personal_rooms", r.Rooms, "must be undecided, on or off")
	check(wordsFit(r.Words), "personal_rooms_words", r.Words, "must be at most 200 characters of one line")
	return append(faults, r.validateSettings(w)...)
}

// validateSettings tries each value by itself, so that each fault is named.
func (r Rule) validateSettings(w Wording) []FieldError {
	var faults []FieldError
	names := SettingNames()
	for _, field := range slices.Sorted(maps.Keys(r.Settings)) {
		held, at := r.Settings[field], "settings."+field
		if !slices.Contains(names, field) {
			faults = append(faults, FieldError{Field: at, Message: "is no setting"})
			continue
		}
		s := DefaultSettings()
		s.Wording = w
		s.Language = w.Offered()[0]
		was, _ := s.Value(field)
		if err := set(&s, field, held.Value); err != nil || reflect.TypeOf(was) != reflect.TypeOf(plain(held.Value)) {
			faults = append(faults, FieldError{at, fmt.Sprintf("must be a value like %v", was), held.Value})
			continue
		}
		for _, fault := range s.Validate() {
			faults = append(faults, FieldError{"settings." + fault.Field, fault.Message, fault.Value})
		}
		if !wordsFit(held.Words) {
			faults = append(faults, FieldError{at, "has words that are longer than 200 characters of one line", held.Words})
		}
	}
	return faults
}

// plain is a value as it comes out of JSON.
func plain(value any) any {
	if n, ok := value.(int); ok {
		return float64(n)
	}
	return value
}

func wordsFit(words string) bool {
	return utf8.RuneCountInString(words) <= longestWords && utf8.ValidString(words) && !strings.ContainsFunc(words, notInText)
}
